"""A panel with one big figure, its captions, and a button or a sentence below."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from flashcards.tui.rendering.lines import blank, cut, justify, pad, span, stack
from flashcards.tui.rendering.numerals import ROWS, numeral
from flashcards.tui.widgets.base import Drawn, clickable

FULL_HEIGHT = 7
"""Rows from which the figure is drawn large."""
_NUMBER_GAP = 2
"""Cells between the big figure and its words."""


@dataclass(frozen=True, slots=True)
class Button:
    """The one filled button of a screen."""

    key: str
    words: str
    action: str
    is_focused: bool = True
    """Whether `enter` presses it now."""


@dataclass(frozen=True, slots=True)
class HomeFigure:
    """The content of a panel."""

    title: str
    role: str
    """The color role of the edge and the figure."""
    number: int | None
    """The big figure; None to show the headline alone."""
    headline: str
    """What the figure counts, such as `cards due`."""
    captions: tuple[str, ...] = ()
    """At most two lines, the second one muted."""
    short_caption: str = ""
    """The second caption where there is no room for all of it."""
    aside: str = ""
    unit: str = ""
    """The unit of the number, such as `%`."""
    foot: str = ""
    short_foot: str = ""
    """The foot where there is no room for all of it."""
    button: Button | None = None


class FigurePanel(Drawn):
    """One panel of the home screen."""

    figure = HomeFigure("", "line", None, "")

    def show(self, figure: HomeFigure) -> None:
        """Show a figure."""
        self.figure = figure
        color = getattr(self.look.palette, figure.role)
        self.styles.border_left = (self.look.glyphs.border, color)  # type: ignore[assignment]
        self.refresh()

    def draw(self, width: int, height: int) -> Content:
        """Return the panel for its size."""
        rows = self._large(width) if height >= FULL_HEIGHT else self._compact(width)
        return stack(cut(row, width, self.look.glyphs.more) for row in rows[:height])

    def _large(self, width: int) -> list[Content]:
        look, figure = self.look, self.figure
        title = justify(
            span(figure.title, look.style("text", bold=True)),
            span(figure.aside, look.style("muted")),
            width,
            look.glyphs.more,
        )
        return [title, blank(), *self._figure_rows(width), blank(), self._foot(width)]

    def _figure_rows(self, width: int) -> list[Content]:
        look, figure = self.look, self.figure
        bright, muted = look.style("text"), look.style("muted")
        headline = span(figure.headline, bright)
        if figure.number is None:
            headline = span(figure.headline, look.style("text", bold=True))
        left = self._number()
        room = width - left[0].cell_length - _NUMBER_GAP if left else width
        rows = [headline] if left else list(headline.wrap(width))
        rows += [
            span(text, style)
            for text, style in zip(self._captions(room), (bright, muted), strict=False)
        ]
        rows = [*rows, *[blank()] * ROWS][:ROWS]
        if not left:
            return rows
        gap = Content(" " * _NUMBER_GAP)
        return [gap.join([start, row]) for start, row in zip(left, rows, strict=True)]

    def _captions(self, room: int) -> tuple[str, ...]:
        captions, short = self.figure.captions, self.figure.short_caption
        if short and captions and len(captions[-1]) > room:
            return (*captions[:-1], short)
        return captions

    def _number(self) -> list[Content]:
        """Return the rows of the big figure and its unit; none where there is no number."""
        look, figure = self.look, self.figure
        if figure.number is None:
            return []
        big = look.style(figure.role, bold=True)
        if look.glyphs.braille:
            left = [span(row, big) for row in numeral(figure.number)]
        else:
            digits = str(figure.number)
            left = [span(digits, big), *[pad(blank(), len(digits))] * (ROWS - 1)]
        if figure.unit:
            wide = len(figure.unit) + 1
            left = [left[0] + span(f" {figure.unit}", big), *left[1:]]
            left[1:] = [pad(row, row.cell_length + wide) for row in left[1:]]
        return left

    def _compact(self, width: int) -> list[Content]:
        look, figure = self.look, self.figure
        if figure.number is None and not figure.captions:
            bold = look.style("text", bold=True)
            wrapped = [*span(figure.headline, bold).wrap(width), blank()]
            return [*wrapped[:2], self._foot(width)]
        number = "" if figure.number is None else f"{figure.number}{figure.unit} "
        first = justify(
            span(number + figure.headline, look.style("text", bold=True)),
            span(figure.captions[0] if figure.captions else "", look.style("text")),
            width,
            look.glyphs.more,
        )
        second = span(" ".join(figure.captions[1:]), look.style("muted"))
        return [first, second, self._foot(width)]

    def _foot(self, width: int) -> Content:
        look, figure, button = self.look, self.figure, self.figure.button
        if button is None:
            foot = span(figure.foot, look.style("text"))
            if figure.short_foot and foot.cell_length > width:
                return span(figure.short_foot, look.style("text"))
            return foot
        if button.is_focused:
            text = span(f" {button.key}  {button.words} ", look.style("button"))
        else:
            text = span(f" {button.words} ", look.style("text", raised=not look.plain))
        return clickable(text, button.action)
