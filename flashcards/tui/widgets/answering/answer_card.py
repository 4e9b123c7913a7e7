"""The card with an answer in progress: a cursor and ticks, or a field to type into.

Both fields stay mounted on the card and are only shown or hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual.widgets import Input, TextArea

from flashcards.grading.answers import MOST_CHARACTERS, GradedAnswer
from flashcards.grading.lines import MOST_TYPED
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.widgets.answering.draft import Draft
from flashcards.tui.widgets.answering.drafts import create_draft, is_ticking_points
from flashcards.tui.widgets.answering.rows import AnswerRow
from flashcards.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from flashcards.study.session.current_card import CurrentCard

BOX_ROWS = 5
_DRAFT_ACTIONS = ("move", "number", "letter", "tick", "shift", "side", "answer")


class AnswerReceiver(Protocol):
    """Takes the answers of a card."""

    def is_too_early(self) -> bool:
        """Return whether a key comes too soon after the card or its answer appeared."""

    def submit(self, answer: GradedAnswer) -> None:
        """Submit an answer."""

    def submit_line(self, line: str) -> None:
        """Submit the answer that a line spells, or show what is expected."""

    def draft_changed(self) -> None:
        """React to a change of an answer that is not submitted."""

    def notice(self, message: str) -> None:
        """Show what is missing."""

    def redraw(self) -> None:
        """Show the card as it is now."""


class AnswerLine(Input):
    """One line for a number or a phrase."""

    def __init__(self, receiver: AnswerReceiver) -> None:
        super().__init__(max_length=MOST_TYPED, compact=True)
        self._receiver = receiver

    async def _on_key(self, event: events.Key) -> None:
        is_text = self.check_consume_key(event.key, event.character)
        if is_text and self._receiver.is_too_early():
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)


class AnswerBox(TextArea):
    """Several lines for a recall; enter submits and does not break the line."""

    def __init__(self, receiver: AnswerReceiver) -> None:
        super().__init__(soft_wrap=True, compact=True, highlight_cursor_line=False)
        self._receiver = receiver

    async def _on_key(self, event: events.Key) -> None:
        is_text = self.check_consume_key(event.key, event.character)
        if event.key == "enter":
            event.prevent_default()
        elif is_text and self._receiver.is_too_early():
            # Only text is ignored: ctrl+q quits from the first moment on.
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave undo to the session while the box is empty."""
        return bool(self.text) if action == "undo" else True

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Return whether a key types text; enter does not."""
        return key != "enter" and super().check_consume_key(key, character)


class AnswerCard(CardView, can_focus=True):
    """A card that handles the keys of answering while it can be answered."""

    BINDINGS = bindings("answer")

    draft: Draft | None = None
    is_same = False
    """Whether the card loaded last was there already."""
    _loaded: tuple[CurrentCard | None, bool] = (None, False)
    _is_blurred = False
    _pressed: int | None = None
    _was_dragged = False

    def __init__(self, receiver: AnswerReceiver) -> None:
        super().__init__()
        self._receiver = receiver

    def compose(self) -> ComposeResult:
        """Create the fields, once."""
        yield AnswerLine(self._receiver)
        yield AnswerBox(self._receiver)

    def on_mount(self) -> None:
        """Hide the fields and stop their cursors from blinking."""
        line, box = self._fields
        line.cursor_blink = box.cursor_blink = False
        line.display = box.display = False

    @property
    def _fields(self) -> tuple[AnswerLine, AnswerBox]:
        return self.query_one(AnswerLine), self.query_one(AnswerBox)

    # The card and its draft.

    def load(self, current: CurrentCard) -> tuple[AnswerRow, ...]:
        """Start a draft if the card or its side is new; return the rows of the draft."""
        card, revealed = self._loaded
        self.is_same = card is current
        self.set_class(current.is_graded, "-graded")
        if card is not current or revealed != current.revealed:
            self._start_draft(current)
        return self.draft.rows() if self.draft else ()

    def _start_draft(self, current: CurrentCard) -> None:
        self._loaded = (current, current.revealed)
        self.draft = create_draft(current)
        self._is_blurred = False
        line, box = self._fields
        self.fill(getattr(self.draft, "text", ""))
        self._focus_target()
        line.display = bool(self.field is line)
        box.display = bool(self.field is box)

    def _focus_target(self) -> None:
        """Focus the field or the card, or nothing so that keys go to the screen."""
        target: Widget | None = self if self.draft and not self.field else self.field
        if self._is_blurred:
            target = None
        if self.screen.focused is not target:
            self.screen.set_focus(target, scroll_visible=False)

    @property
    def field(self) -> AnswerLine | AnswerBox | None:
        """The field in which the answer is typed; None if it is not typed."""
        if self.draft is None or not self.draft.takes_text:
            return None
        return self._fields[self.draft.is_long]

    @property
    def is_typing(self) -> bool:
        """Whether letters are typed into the field."""
        return self.field is not None and self.screen.focused is self.field

    @property
    def is_ticking(self) -> bool:
        """Whether points of a recall are ticked on the answer side."""
        return is_ticking_points(self.draft)

    @property
    def input_rows(self) -> int:
        """Rows that the field takes below the question."""
        if self.field is None:
            return 0
        box_rows = 3 if self.frame.is_low else BOX_ROWS
        return box_rows if self.draft and self.draft.is_long else 1

    def place_field(self) -> None:
        """Move the field below the question."""
        field = self.field
        if field is not None and self.size:
            field.styles.height = self.input_rows
            field.styles.offset = (0, self.field_row)

    def on_resize(self) -> None:
        """Keep the field below the question."""
        self.call_after_refresh(self.place_field)

    def focus_answer(self) -> bool:
        """Focus the field; return whether there is one."""
        if self.field is None:
            return False
        self._is_blurred = False
        self._focus_target()
        return True

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys without effect on this draft to the screen."""
        draft = self.draft
        if action == "blur_answer":
            return self.is_typing
        if action not in _DRAFT_ACTIONS:
            return True
        if draft is None or action not in draft.actions:
            return False
        rows = {"number": draft.numbers, "letter": draft.letters}
        index = parameters[0] if parameters else 0
        return action not in rows or (isinstance(index, int) and index < rows[action])

    def _show_change(self) -> None:
        if self.is_ticking:
            self._submit_draft()
        else:
            self._receiver.draft_changed()
            self._receiver.redraw()

    def _submit_draft(self) -> None:
        answer = self.draft.to_answer() if self.draft else None
        if isinstance(answer, str):
            self._receiver.notice(answer)
        elif answer is not None:
            self._receiver.submit(answer)

    def action_move(self, steps: int) -> None:
        """Move the cursor."""
        if self.draft:
            self.draft.move(steps)
            self._receiver.draft_changed()
            self._receiver.redraw()

    def action_number(self, index: int) -> None:
        """Choose a row by a digit."""
        if self.draft and not self._receiver.is_too_early():
            self.draft.choose_number(index)
            self._show_change()

    def action_letter(self, index: int) -> None:
        """Choose a row by a letter."""
        if self.draft and not self._receiver.is_too_early():
            self.draft.choose_letter(index)
            self._show_change()

    def action_tick(self) -> None:
        """Tick, hold or choose the row; a single choice is submitted."""
        if self.draft is None or self._receiver.is_too_early():
            return
        if self.draft.toggle():
            self.action_answer()
        else:
            self._show_change()

    def action_shift(self, steps: int) -> None:
        """Move the item under the cursor."""
        if self.draft:
            self.draft.move_row(steps)
            self._receiver.draft_changed()
            self._receiver.redraw()

    def action_side(self) -> None:
        """Go to the other side of a match."""
        if self.draft:
            self.draft.switch_side()
            self._receiver.redraw()

    def action_answer(self) -> None:
        """Submit the answer."""
        if self.draft is None or self._receiver.is_too_early():
            return
        line, box = self._fields
        if self.field is None:
            self._submit_draft()
        elif self.draft.is_long:
            self._receiver.submit(self.draft.to_recall_answer(box.text))
        else:
            self._receiver.submit_line(line.value)

    @property
    def typed_text(self) -> str:
        """The text that is typed and not submitted; empty if there is none."""
        if self.draft is None or self.field is None:
            return ""
        line, box = self._fields
        text = (box.text if self.draft.is_long else line.value).strip()
        return "" if text == getattr(self.draft, "text", "").strip() else text

    def shows(self, current: CurrentCard | None) -> bool:
        """Return whether this very card was loaded last."""
        return current is not None and self._loaded[0] is current

    @property
    def chosen(self) -> GradedAnswer | None:
        """What is ticked, ordered or paired on the question side; None if nothing is."""
        if self.draft is None or self.field is not None or self.is_ticking:
            return None
        answer = self.draft.to_answer()
        return None if isinstance(answer, str) else answer

    def fill(self, text: str) -> None:
        """Put text into the field, as if it were typed."""
        line, box = self._fields
        if self.field is box:
            box.text = text
            box.move_cursor(box.document.end)
        elif self.field is line:
            line.value = text

    def typed_answer(
        self, parse: Callable[[str], GradedAnswer | str | None]
    ) -> GradedAnswer | None:
        """Return the answer that the typed text spells; None if it spells none."""
        text, draft = self.typed_text, self.draft
        if draft is None or not text:
            return None
        answer = draft.to_recall_answer(text) if draft.is_long else parse(text)
        return None if isinstance(answer, str) else answer

    def action_blur_answer(self) -> None:
        """Stop typing, so that letters are keys again."""
        self._is_blurred = True
        self._focus_target()
        self._receiver.redraw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Submit the answer that was typed."""
        event.stop()
        self.action_answer()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Report that text was typed."""
        event.stop()
        self._receiver.draft_changed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Cut text that is longer than an answer may be, and report the change."""
        event.stop()
        box = event.text_area
        if len(box.text) > MOST_CHARACTERS:
            box.text = box.text[:MOST_CHARACTERS]
            box.move_cursor(box.document.end)
        self._receiver.draft_changed()

    # The mouse.

    def action_pick(self, number: int) -> None:
        """Choose a row that was clicked."""
        if self.draft is None or self._was_dragged or self._receiver.is_too_early():
            self._was_dragged = False
        elif self.draft.click(number):
            self.action_answer()
        else:
            self._show_change()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember the row on which a drag begins."""
        self._pressed = _row_under(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Move a row that was dragged to where the button was released."""
        start, end = self._pressed, _row_under(event)
        self._pressed = None
        self._was_dragged = None not in (start, end) and start != end
        if self.draft and start is not None and end is not None and start != end:
            self.draft.drag(start, end)
            self._show_change()


def _row_under(event: events.MouseEvent) -> int | None:
    action = str(event.style.meta.get("flashcards.click", ""))
    number = action.removeprefix("pick(").removesuffix(")")
    return int(number) if action.startswith("pick(") and number.isdecimal() else None
