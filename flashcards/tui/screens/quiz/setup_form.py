"""The form that sets up a quiz: its rows, what is ticked, and its summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import count
from flashcards.tui.rendering.lines import blank, justify, pad, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.answering.rows import TICKED, UNTICKED
from flashcards.tui.widgets.base import clickable

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope
    from flashcards.study.quiz.menu import Pick, QuizMenu
    from flashcards.tui.theme.themes import Look

MIN_ITEMS, MAX_ITEMS, STEP = 5, 100, 5
NO_MATCHES = "No questions match. Untick something."
_COUNT, _MODE = ("", "count"), ("", "mode")
_MAX_TAGS = 12
"""Tags in the list, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class SetupRow:
    """One row: a setting, a deck, a topic or a tag."""

    pick: Pick
    title: str
    figure: str = ""
    deck: str = ""
    depth: int = 0
    is_setting: bool = False
    heading: str = ""
    """Shown above it; only on the first row of a list."""


class QuizSetup:
    """The settings of a quiz, with a cursor on one of the rows."""

    def __init__(self, menu: QuizMenu) -> None:
        self.menu = menu
        self.cursor = 0
        self.items = 10
        self.exam = False
        self._picks: set[Pick] = set()

    @property
    def scope(self) -> Scope:
        """The scope of the ticked rows."""
        return self.menu.scope_of(self._picks)

    @property
    def available(self) -> int:
        """The number of questions in the scope."""
        return self.menu.count(self.scope)

    def is_on(self, row: SetupRow) -> bool:
        """Return whether a row is ticked."""
        return row.pick in self._picks

    def rows(self) -> list[SetupRow]:
        """Return the rows; a ticked deck is followed by its topics."""
        mode = (
            "an exam: timed, feedback at the end" if self.exam else "after each answer"
        )
        rows = [
            SetupRow(_COUNT, "Questions", str(self.items), is_setting=True),
            SetupRow(_MODE, "Feedback", mode, is_setting=True),
        ]
        heading = "Decks"
        for deck in self.menu.decks:
            size = sum(item.deck == deck.key for item in self.menu.items)
            pick = (deck.key, "")
            rows.append(
                SetupRow(pick, deck.title, str(size), deck.key, heading=heading)
            )
            heading = ""
            if pick in self._picks:
                rows += [
                    SetupRow(
                        (deck.key, topic.slug),
                        topic.title,
                        str(self._topic_size(deck.key, topic.slug)),
                        deck.key,
                        depth=1,
                    )
                    for topic in deck.topics
                ]
        heading = "Tags"
        for tag in self.menu.tags[:_MAX_TAGS]:
            size = sum(tag in item.tags for item in self.menu.items)
            rows.append(SetupRow(("", tag), tag, str(size), heading=heading))
            heading = ""
        return rows

    def _topic_size(self, deck: str, topic: str) -> int:
        pick = (deck, topic)
        return sum((item.deck, item.topic) == pick for item in self.menu.items)

    def move(self, steps: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(self.cursor + steps, 0), len(self.rows()) - 1)

    def change(self, direction: int) -> None:
        """Change the setting under the cursor, or tick the row."""
        row = self.rows()[self.cursor]
        if row.pick == _COUNT:
            items = self.items + (direction or 1) * STEP
            self.items = min(max(items, MIN_ITEMS), MAX_ITEMS)
        elif row.pick == _MODE:
            self.exam = not self.exam
        elif not direction:
            self._tick(row.pick)

    def _tick(self, pick: Pick) -> None:
        self._picks ^= {pick}
        deck, topic = pick
        if deck and not topic and pick not in self._picks:
            self._picks = {other for other in self._picks if other[0] != deck}

    def sentence(self) -> str:
        """Sum up the quiz in one sentence."""
        available = self.available
        if not available:
            return NO_MATCHES
        questions = count(min(self.items, available), "question")
        of = f" of {available:,}" if available > self.items else ""
        mode = "as an exam" if self.exam else "with feedback after each answer"
        return f"{questions}{of}, {mode}."


def setup_lines(setup: QuizSetup, look: Look, width: int) -> tuple[list[Content], int]:
    """Return the page, and the line of the cursor."""
    lines = [span(setup.sentence(), look.style("text", bold=True)), blank()]
    cursor_line = 0
    for number, row in enumerate(setup.rows()):
        if row.heading:
            words = f"{row.heading} (all if none is ticked)"
            lines += [blank(), span(words, look.style("muted"))]
        if number == setup.cursor:
            cursor_line = len(lines)
        line = _row(setup, row, look, width, raised=number == setup.cursor)
        lines.append(clickable(line, f"screen.click_row({number})"))
    return lines, cursor_line


def _row(
    setup: QuizSetup, row: SetupRow, look: Look, width: int, *, raised: bool
) -> Content:
    glyphs = look.glyphs
    is_on = setup.is_on(row)
    bar = span(
        glyphs.bar if row.deck else " ", look.style(area_role(row.deck), raised=raised)
    )
    box = "" if row.is_setting else f"{TICKED if is_on else UNTICKED} "
    left = Content.assemble(
        (glyphs.cursor if raised else " ", look.style("accent", raised=raised)),
        bar,
        (f" {'    ' * row.depth}", look.style("text", raised=raised)),
        (box, look.style("good" if is_on else "muted", raised=raised)),
        stored(row.title, look.style("text", bold=raised, raised=raised)),
    )
    role = "accent" if row.is_setting else "muted"
    right = span(f"{row.figure} ", look.style(role, bold=row.is_setting, raised=raised))
    line = pad(justify(left, right, width, glyphs.more), width)
    return line.stylize_before(look.style("text", raised=True)) if raised else line
