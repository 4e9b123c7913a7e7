"""Card info: why a card is due, its forgetting curve, and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from flashcards.domain.cards import Rating
from flashcards.tui.keys.keymap import bindings
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.review.info_page import info_lines
from flashcards.tui.widgets.base import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from flashcards.study.card_info import CardInfo
    from flashcards.tui.keys.keymap import Hint

_CURVE_ROWS, _CURVE_ROWS_SHORT = 9, 5


class InfoScreen(BaseScreen):
    """The schedule and history of one card, as of today."""

    NAME = "info"
    BINDINGS = bindings(NAME)

    def __init__(self, info: CardInfo) -> None:
        super().__init__()
        self.info = info
        self.chosen = Rating.GOOD

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        with Vertical(id="column"):
            yield Page(classes="prose")

    def show(self) -> None:
        """Show the page, with the curve of the chosen rating."""
        look = self.look
        crumb = self.text(f" {look.glyphs.crumb} ", "muted")
        key = stored(self.info.row.key, look.style("text"))
        self.show_title(
            self.text("Card info", "accent", bold=True) + crumb + key,
            stored(self.info.row.deck, look.style("muted")),
        )
        plan = self.collection.reader.plan.load()
        interview = plan.next_interview(self.info.day) if plan else None
        day = interview.day if interview else None
        rows = _CURVE_ROWS if self.frame.is_tall else _CURVE_ROWS_SHORT
        self.query_one(Page).show(
            lambda width, _: info_lines(
                self.info, look, width, chosen=self.chosen, rows=rows, interview=day
            )
        )

    def hints(self) -> list[Hint]:
        """Return the keys to other ratings and back."""
        return [
            self.keymap.pair_hint("info.up", "info.down", "other rating"),
            self.hint("info.back"),
            self.keymap.pair_hint("info.page_up", "info.page_down", "scroll"),
        ]

    def action_choose(self, direction: int) -> None:
        """Show the curve after the next (1) or the previous (-1) rating."""
        number = min(max(self.chosen + direction, Rating.AGAIN), Rating.EASY)
        self.chosen = Rating(number)
        self.redraw()

    def action_page(self, direction: int) -> None:
        """Scroll a page down (1) or up (-1)."""
        page = self.query_one(Page)
        page.scroll_rows(direction * max(page.size.height - 2, 1))

    def action_back(self) -> None:
        """Go back to the card."""
        self.app.pop_screen()
