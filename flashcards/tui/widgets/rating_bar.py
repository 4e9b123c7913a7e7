"""The four ratings with what each would do; before the answer, the way to it."""

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

ROLES = {
    Rating.AGAIN: "again",
    Rating.HARD: "hard",
    Rating.GOOD: "good",
    Rating.EASY: "easy",
}
WORDS = {rating: rating.name.capitalize() for rating in Rating}


@dataclass(frozen=True, slots=True)
class RatingChoice:
    """What the bar shows for a revealed card."""

    waits: Mapping[Rating, int]
    """Seconds until the card comes back; empty where a rating changes nothing."""
    keys: Mapping[Rating, str]
    suggested: Rating = Rating.GOOD
    suggested_key: str = "space"
    at_most: Rating | None = None
    """The best rating that can be given; None where each can."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What the bar shows before the answer: the keys that lead to it."""

    hints: tuple[Hint, ...]
    """The most useful first; what does not fit is dropped."""
    aside: str = "say it aloud first"


class RatingBar(Drawn):
    """Two rows, or one where the terminal is narrow, in the same place on both sides."""

    shown: RatingChoice | Ways = Ways(())

    def show(self, shown: RatingChoice | Ways) -> None:
        """Show the ratings, or the keys that lead to the answer."""
        self.shown = shown
        self.refresh()

    def draw(self, width: int, height: int) -> Content:
        """Return the bar for its size."""
        shown = self.shown
        if isinstance(shown, Ways):
            return self._question(shown, width, height)
        gap = span(" ")
        cell, spare = divmod(width - 3, len(Rating))
        cells = [
            self._cell(shown, rating, cell + (rating > len(Rating) - spare), height)
            for rating in Rating
        ]
        return stack(gap.join(row) for row in zip(*cells, strict=True))

    def _question(self, ways: Ways, width: int, height: int) -> Content:
        look = self.look
        parts: list[Content] = []
        room = width - 2
        for hint in ways.hints:
            entry = Content.assemble(
                (hint.keys, look.style("accent", bold=True)),
                ("  " if len(ways.hints) == 1 else " "),
                (hint.words, look.style("text")),
            )
            room -= entry.cell_length + len(_BETWEEN)
            if parts and room < 0:
                break
            parts.append(clickable(entry, hint.action) if hint.action else entry)
        rows = [center(Content(_BETWEEN).join(parts), width)]
        if height > 1:
            rows.append(center(span(ways.aside, look.style("muted")), width))
        return stack(panel_row(row, look, width, "accent") for row in rows)

    def _cell(
        self, choice: RatingChoice, rating: Rating, width: int, height: int
    ) -> list[Content]:
        raised = rating is choice.suggested
        role = ROLES[rating]
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
            (choice.keys[rating], look.style(ROLES[rating], bold=True, raised=raised)),
            " ",
            (look.glyphs.rating(rating), look.style(ROLES[rating], raised=raised)),
            " ",
            (WORDS[rating], look.style("text", bold=raised, raised=raised)),
        )
        key = choice.suggested_key if raised and width >= _WITH_KEY else ""
        muted = look.style("muted", raised=raised)
        wait = span(f"     {_wait_words(choice, rating)}".rstrip(), muted)
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
            wait = f"= {WORDS[choice.at_most]}"
        word = WORDS[rating]
        texts = (
            f"{sign} {word} {wait}",
            f"{sign}{word} {wait}",
            f"{sign} {wait}",
            sign,
        )
        text = next((text for text in texts if len(text.rstrip()) <= width), sign)
        line = span(text, look.style("text", bold=raised, raised=raised))
        return line.stylize(look.style(ROLES[rating], raised=raised), 0, len(sign))


def _wait_words(choice: RatingChoice, rating: Rating) -> str:
    if choice.at_most and rating > choice.at_most:
        return f"at most {WORDS[choice.at_most]}"
    seconds = choice.waits.get(rating)
    return "" if seconds is None else interval(seconds)


_BETWEEN = "   "
_WITH_KEY = 17
"""Cells from which a rating names the key that gives it."""
