"""Files and directories that can be imported, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.tui.rendering.lines import justify, pad, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.widgets.base import clickable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.importing.reading.places import Place
    from flashcards.tui.theme.themes import Look

_ABOUT = {"shipped": "with their newest version", "before": "imported before"}


def place_lines(
    places: Sequence[Place], cursor: int, look: Look, width: int
) -> list[Content]:
    """Return a line for each place; a sentence where there is none."""
    if not places:
        words = "Nothing there begins like that and can be imported."
        return [span(words, look.style("muted"))]
    return [
        clickable(
            _line(place, look, width, raised=number == cursor),
            f"screen.click_row({number})",
        )
        for number, place in enumerate(places)
    ]


def _line(place: Place, look: Look, width: int, *, raised: bool) -> Content:
    role = "text" if place.is_directory else "accent"
    left = Content.assemble(
        (look.glyphs.cursor if raised else " ", look.style("accent", raised=raised)),
        (" ", look.style("text", raised=raised)),
        stored(place.words, look.style(role, bold=raised, raised=raised)),
    )
    about = _ABOUT.get(place.about, "")
    right = span(f"{about} " if about else "", look.style("muted", raised=raised))
    line = pad(justify(left, right, width, look.glyphs.more), width)
    return line.stylize_before(look.style("text", raised=True)) if raised else line
