"""The bar below a card: the keys that answer it, then the four ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.cards import Rating
from flashcards.domain.formatting import interval, short_interval
from flashcards.tui.rendering.lines import blank, center, justify, span, stack
from flashcards.tui.widgets.base import Drawn, clickable, panel_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.tui.keys.keymap import Hint

RATING_ROLES = {
    Rating.AGAIN: "again",
    Rating.HARD: "hard",
    Rating.GOOD: "good",
    Rating.EASY: "easy",
}
RATING_NAMES = {rating: rating.name.capitalize() for rating in Rating}


@dataclass(frozen=True, slots=True)
class RatingChoice:
    """The content of the bar on the answer side."""

    waits: Mapping[Rating, int]
    """Seconds until the card is due again; empty if ratings change nothing."""
    keys: Mapping[Rating, str]
    suggested: Rating = Rating.GOOD
    suggested_key: str = "space"
    at_most: Rating | None = None
    """The best rating that counts; None if each does."""


@dataclass(frozen=True, slots=True)
class AnswerPrompt:
    """The content of the bar before the answer."""

    hints: tuple[Hint, ...]
    """The keys that answer, the most useful first; what does not fit is dropped."""
    note: str = "say it aloud first"
    """What is expected."""


class RatingBar(Drawn):
    """Two rows, or one in a narrow terminal, at the same place on both sides of a card."""

    content: RatingChoice | AnswerPrompt = AnswerPrompt(())

    def show(self, content: RatingChoice | AnswerPrompt) -> None:
        """Show the ratings, or the keys that answer."""
        self.content = content
        self.refresh()

    def draw(self, width: int, height: int) -> Content:
        """Return the bar for its size."""
        content = self.content
        if isinstance(content, AnswerPrompt):
            return self._prompt(content, width, height)
        gap = span(" ")
        cell, spare = divmod(width - 3, len(Rating))
        cells = [
            self._cell(content, rating, cell + (rating > len(Rating) - spare), height)
            for rating in Rating
        ]
        return stack(gap.join(row) for row in zip(*cells, strict=True))

    def _prompt(self, prompt: AnswerPrompt, width: int, height: int) -> Content:
        look = self.look
        parts: list[Content] = []
        room = width - 2
        for hint in prompt.hints:
            entry = Content.assemble(
                (hint.keys, look.style("accent", bold=True)),
                ("  " if len(prompt.hints) == 1 else " "),
                (hint.words, look.style("text")),
            )
            room -= entry.cell_length + len(_BETWEEN)
            if parts and room < 0:
                break
            parts.append(clickable(entry, hint.action) if hint.action else entry)
        rows = [center(Content(_BETWEEN).join(parts), width)]
        if height > 1:
            rows.append(center(span(prompt.note, look.style("muted")), width))
        return stack(panel_row(row, look, width, "accent") for row in rows)

    def _cell(
        self, choice: RatingChoice, rating: Rating, width: int, height: int
    ) -> list[Content]:
        raised = rating is choice.suggested
        role = RATING_ROLES[rating]
        if height > 1:
            rows = self._two_rows(choice, rating, width - 1, raised=raised)
        else:
            rows = [self._one_row(choice, rating, width - 1, raised=raised)]
        action = f"screen.rate({int(rating)})"
        return [
            clickable(panel_row(row, self.look, width, role, raised=raised), action)
            for row in rows
        ]

    def _two_rows(
        self, choice: RatingChoice, rating: Rating, width: int, *, raised: bool
    ) -> list[Content]:
        look = self.look
        name = Content.assemble(
            " ",
            (
                choice.keys[rating],
                look.style(RATING_ROLES[rating], bold=True, raised=raised),
            ),
            " ",
            (
                look.glyphs.rating(rating),
                look.style(RATING_ROLES[rating], raised=raised),
            ),
            " ",
            (RATING_NAMES[rating], look.style("text", bold=raised, raised=raised)),
        )
        key = choice.suggested_key if raised and width >= _WITH_KEY else ""
        muted = look.style("muted", raised=raised)
        wait = span(_wait_text(choice, rating), muted)
        room = width - name.cell_length - len(key) - 2
        right = span(f"{key}{' ' * min(room, 1)}", muted) if key else blank()
        return [justify(name, right, width), wait]

    def _one_row(
        self, choice: RatingChoice, rating: Rating, width: int, *, raised: bool
    ) -> Content:
        look = self.look
        sign = choice.keys[rating] + look.glyphs.rating(rating)
        seconds = choice.waits.get(rating)
        wait = "" if seconds is None else short_interval(seconds)
        if choice.at_most and rating > choice.at_most:
            wait = f"= {RATING_NAMES[choice.at_most]}"
        word = RATING_NAMES[rating]
        texts = (
            f"{sign} {word} {wait}",
            f"{sign}{word} {wait}",
            f"{sign} {wait}",
            sign,
        )
        text = next((text for text in texts if len(text.rstrip()) <= width), sign)
        line = span(text, look.style("text", bold=raised, raised=raised))
        return line.stylize(
            look.style(RATING_ROLES[rating], raised=raised), 0, len(sign)
        )


def _wait_text(choice: RatingChoice, rating: Rating) -> str:
    """Return the row below a name: the interval below the word, or what the rating counts as."""
    if choice.at_most and rating > choice.at_most:
        # Below the sign, two cells further left: it fits the cell of 80 columns there.
        return f"   counts as {RATING_NAMES[choice.at_most]}"
    seconds = choice.waits.get(rating)
    return "" if seconds is None else f"     {interval(seconds)}"


_BETWEEN = "   "
_WITH_KEY = 17
"""Cells from which the suggested rating shows its second key."""
