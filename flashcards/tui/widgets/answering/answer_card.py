"""The card with its answer being made: cursor and ticks, or a line to type into.

Input and box stay mounted under the card and are only shown or hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from textual.widgets import Input, TextArea

from flashcards.grading.answers import MOST_CHARACTERS, GivenAnswer
from flashcards.grading.lines import MOST_TYPED
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.widgets.answering.draft import Draft
from flashcards.tui.widgets.answering.drafts import draft_of, is_ticking
from flashcards.tui.widgets.answering.rows import AnswerRow
from flashcards.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from flashcards.study.session.current_card import CurrentCard

BOX_ROWS = 5
_OF_DRAFTS = ("move", "number", "letter", "tick", "shift", "side", "answer")


class Asker(Protocol):
    """The screen that asks."""

    def is_held_key(self) -> bool:
        """Return whether a key comes from one held down since the card came up."""

    def take(self, given: GivenAnswer) -> None:
        """Take an answer."""

    def take_line(self, line: str) -> None:
        """Take a line that spells an answer."""

    def notice(self, sentence: str) -> None:
        """Say what is missing."""

    def redraw(self) -> None:
        """Show everything as it is now."""

    def typed(self) -> None:
        """Note that the unfinished answer has changed."""


class AnswerLine(Input):
    """One line for a number or a phrase."""

    async def _on_key(self, event: events.Key) -> None:
        if _is_held(self) and self.check_consume_key(event.key, event.character):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)


class AnswerBox(TextArea):
    """Several lines for what is recalled; enter is an answer, not a line break."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()
        elif _is_held(self) and self.check_consume_key(event.key, event.character):
            # Only what would be typed; ctrl+q quits from the first moment on.
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave undo to the session while nothing was typed."""
        return bool(self.text) if action == "undo" else True

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Return whether a key is text; enter is not."""
        return key != "enter" and super().check_consume_key(key, character)


def _is_held(widget: Widget) -> bool:
    return cast("Asker", widget.screen).is_held_key()


class AnswerCard(CardView, can_focus=True):
    """A card that takes the keys of answering while there is something to answer."""

    BINDINGS = bindings("answer")

    draft: Draft | None = None
    is_same = False
    """Whether the card dealt last lay there already."""
    _dealt: tuple[CurrentCard | None, bool] = (None, False)
    _is_blurred = False
    _pressed: int | None = None
    _was_dragged = False

    def compose(self) -> ComposeResult:
        """Put line and box on the card, once."""
        yield AnswerLine(max_length=MOST_TYPED, compact=True)
        yield AnswerBox(soft_wrap=True, compact=True, highlight_cursor_line=False)

    def on_mount(self) -> None:
        """Keep the cursor still and the fields out of sight."""
        line, box = self._fields
        line.cursor_blink = box.cursor_blink = False
        line.display = box.display = False

    @property
    def _fields(self) -> tuple[AnswerLine, AnswerBox]:
        return self.query_one(AnswerLine), self.query_one(AnswerBox)

    # The card as it is dealt.

    def deal(self, shown: CurrentCard) -> tuple[AnswerRow, ...]:
        """Begin an answer where the card or its side is another one; return its rows."""
        dealt, revealed = self._dealt
        self.is_same = dealt is shown
        self.set_class(shown.is_graded, "-graded")
        if dealt is not shown or revealed != shown.revealed:
            self._begin(shown)
        return self.draft.rows() if self.draft else ()

    def _begin(self, shown: CurrentCard) -> None:
        self._dealt = (shown, shown.revealed)
        self.draft = draft_of(shown)
        self._is_blurred = False
        line, box = self._fields
        text = getattr(self.draft, "text", "")
        self.fill(text)
        self._aim()
        line.display = bool(self.field is line)
        box.display = bool(self.field is box)

    def _aim(self) -> None:
        """Give the keys to the field, to the card, or to the screen."""
        target: Widget | None = self if self.draft and not self.field else self.field
        if self._is_blurred:
            target = None
        if self.screen.focused is not target:
            self.screen.set_focus(target, scroll_visible=False)

    @property
    def field(self) -> AnswerLine | AnswerBox | None:
        """Where the answer is typed, None where it is not typed."""
        if self.draft is None or not self.draft.takes_text:
            return None
        return self._fields[self.draft.is_long]

    @property
    def is_typing(self) -> bool:
        """Whether letters go into the field."""
        return self.field is not None and self.screen.focused is self.field

    @property
    def is_ticking(self) -> bool:
        """Whether points are being ticked on the answer side."""
        return is_ticking(self.draft)

    @property
    def writing_rows(self) -> int:
        """Rows that the field needs under the question."""
        if self.field is None:
            return 0
        tallest = 3 if self.frame.is_low else BOX_ROWS
        return tallest if self.draft and self.draft.is_long else 1

    def place_field(self) -> None:
        """Put the field under the question."""
        field = self.field
        if field is not None and self.size:
            field.styles.height = self.writing_rows
            field.styles.offset = (0, self.writing_place)

    def on_resize(self) -> None:
        """Keep the field under the question."""
        self.call_after_refresh(self.place_field)

    def focus_answer(self) -> bool:
        """Go on typing; return whether there is anything to type."""
        if self.field is None:
            return False
        self._is_blurred = False
        self._aim()
        return True

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys that mean nothing to this answer to the screen."""
        draft = self.draft
        if action == "blur_answer":
            return self.is_typing
        if action not in _OF_DRAFTS:
            return True
        if draft is None or action not in draft.does:
            return False
        rows = {"number": draft.numbers, "letter": draft.letters}
        place = parameters[0] if parameters else 0
        return action not in rows or (isinstance(place, int) and place < rows[action])

    @property
    def _asker(self) -> Asker:
        return cast("Asker", self.screen)

    def _changed(self) -> None:
        if self.is_ticking:
            self._hand_over()
        else:
            self._asker.typed()
            self._asker.redraw()

    def _hand_over(self) -> None:
        given = self.draft.given() if self.draft else None
        if isinstance(given, str):
            self._asker.notice(given)
        elif given is not None:
            self._asker.take(given)

    def action_move(self, steps: int) -> None:
        """Move the cursor."""
        if self.draft:
            self.draft.move(steps)
            self._asker.typed()
            self._asker.redraw()

    def action_number(self, place: int) -> None:
        """Choose by a digit."""
        if self.draft and not self._asker.is_held_key():
            self.draft.number(place)
            self._changed()

    def action_letter(self, place: int) -> None:
        """Choose by a letter."""
        if self.draft and not self._asker.is_held_key():
            self.draft.letter(place)
            self._changed()

    def action_tick(self) -> None:
        """Tick, hold or choose the row; a single choice is answered."""
        if self.draft is None or self._asker.is_held_key():
            return
        if self.draft.toggle():
            self.action_answer()
        else:
            self._changed()

    def action_shift(self, steps: int) -> None:
        """Move the item under the cursor."""
        if self.draft:
            self.draft.shift(steps)
            self._asker.typed()
            self._asker.redraw()

    def action_side(self) -> None:
        """Go to the other side of a match."""
        if self.draft:
            self.draft.other_side()
            self._asker.redraw()

    def action_answer(self) -> None:
        """Give the answer."""
        if self.draft is None or self._asker.is_held_key():
            return
        line, box = self._fields
        if self.field is None:
            self._hand_over()
        elif self.draft.is_long:
            self._asker.take(self.draft.spoken(box.text))
        else:
            self._asker.take_line(line.value)

    @property
    def typed_text(self) -> str:
        """What is typed and was not given as an answer; empty where nothing is."""
        if self.draft is None or self.field is None:
            return ""
        line, box = self._fields
        text = (box.text if self.draft.is_long else line.value).strip()
        return "" if text == getattr(self.draft, "text", "").strip() else text

    def shows(self, shown: CurrentCard | None) -> bool:
        """Return whether this very card was dealt last."""
        return shown is not None and self._dealt[0] is shown

    @property
    def chosen(self) -> GivenAnswer | None:
        """What is ticked, ordered or paired on the question side; None where nothing is."""
        if self.draft is None or self.field is not None or self.is_ticking:
            return None
        given = self.draft.given()
        return None if isinstance(given, str) else given

    def fill(self, text: str) -> None:
        """Put text into the field, as if it was typed."""
        line, box = self._fields
        if self.field is box:
            box.text = text
            box.move_cursor(box.document.end)
        elif self.field is line:
            line.value = text

    def typed_answer(
        self, parse: Callable[[str], GivenAnswer | str | None]
    ) -> GivenAnswer | None:
        """Return what was typed and not answered yet; None where that is no answer."""
        text, draft = self.typed_text, self.draft
        if draft is None or not text:
            return None
        given = draft.spoken(text) if draft.is_long else parse(text)
        return None if isinstance(given, str) else given

    def action_blur_answer(self) -> None:
        """Stop typing, so that letters are keys again."""
        self._is_blurred = True
        self._aim()
        self._asker.redraw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the answer that was typed."""
        event.stop()
        self.action_answer()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the screen that text was typed."""
        event.stop()
        self._asker.typed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep no more text than an answer may have."""
        event.stop()
        box = event.text_area
        if len(box.text) > MOST_CHARACTERS:
            box.text = box.text[:MOST_CHARACTERS]
            box.move_cursor(box.document.end)
        self._asker.typed()

    # The mouse.

    def action_pick(self, place: int) -> None:
        """Choose a row that was clicked."""
        if self.draft is None or self._was_dragged or self._asker.is_held_key():
            self._was_dragged = False
        elif self.draft.pick(place):
            self.action_answer()
        else:
            self._changed()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember the row that a drag begins on."""
        self._pressed = _row_under(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Put a row that was dragged where the button was let go."""
        start, end = self._pressed, _row_under(event)
        self._pressed = None
        self._was_dragged = None not in (start, end) and start != end
        if self.draft and start is not None and end is not None and start != end:
            self.draft.drag(start, end)
            self._changed()


def _row_under(event: events.MouseEvent) -> int | None:
    action = str(event.style.meta.get("flashcards.click", ""))
    number = action.removeprefix("pick(").removesuffix(")")
    return int(number) if action.startswith("pick(") and number.isdecimal() else None
