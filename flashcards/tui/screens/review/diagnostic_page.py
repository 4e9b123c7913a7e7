"""The result of a diagnostic as lines: what is known of each deck and overall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.collection.session_text import (
    diagnostic_return_text,
    diagnostic_sentence,
)
from flashcards.progress.figure_text import percent
from flashcards.tui.rendering.charts import level
from flashcards.tui.rendering.lines import blank, justify, pad, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.theme.sizes import NARROW
from flashcards.tui.theme.themes import area_role

if TYPE_CHECKING:
    from flashcards.progress.plan.view import PlanView
    from flashcards.study.diagnostic.diagnostic import DeckResult, DiagnosticResult
    from flashcards.tui.theme.themes import Look

_NAME, _NARROW_NAME = 28, 22
_FIGURES, _GAPS = 18, 3


def diagnostic_lines(
    result: DiagnosticResult, view: PlanView | None, look: Look, width: int, *, key: str
) -> list[Content]:
    """Return the page for a width.

    Args:
        result: The result.
        view: The plan's forecast; None without an interview date.
        look: Colors and glyphs.
        width: Cells.
        key: The key that sets an interview date.
    """
    bold, muted = look.style("text", bold=True), look.style("muted")
    lines = [*span(diagnostic_sentence(result), bold).wrap(width), blank()]
    if not result.decks:
        return lines
    returning = diagnostic_return_text(result)
    for sentence in (
        _plan_text(view, key),
        f"From now on the notes you know least come first. {returning}".rstrip(),
    ):
        lines += span(sentence, look.style("text")).wrap(width)
    heads = span(f"{'known':>8}{'right':>10}", muted)
    title = span("Decks, least known first", bold)
    lines += [blank(), justify(title, heads, width)]
    lines += [_deck(deck, look, width) for deck in result.decks]
    note = (
        "This is a rough estimate from a few questions. Your real level is probably "
        "within the dashed part."
    )
    return [*lines, blank(), *span(note, muted).wrap(width)]


def _plan_text(view: PlanView | None, key: str) -> str:
    if view is None or view.readiness is None:
        return (
            f"Set an interview date with {key} to see how ready you will be that day."
        )
    return f"{view.sentence} Cards never reviewed count as 0 there."


def _deck(deck: DeckResult, look: Look, width: int) -> Content:
    name = _NAME if width > NARROW else _NARROW_NAME
    role = area_role(deck.deck)
    left = span(f"{look.glyphs.bar} ", look.style(role))
    left += stored(deck.title, look.style("text"))
    left = justify(left, Content(""), name, look.glyphs.more)
    known = deck.known
    cells = max(width - name - _FIGURES - _GAPS, 4)
    roles = {"solid": role, "band": role, "track": "line"}
    runs = level(known.low, known.high, cells, look.glyphs)
    bar = Content("").join(span(text, look.style(roles[kind])) for text, kind in runs)
    right = f"{known.right} of {known.questions}"
    figures = span(f"{percent(known.mean):>8}{right:>10}", look.style("text"))
    return justify(pad(left, name + 1) + bar, figures, width, look.glyphs.more)
