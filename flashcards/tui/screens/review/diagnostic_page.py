"""The end of a diagnostic as lines: what is known of each deck, and in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.collection.session_text import diagnostic_sentence
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
    """Return the page.

    Args:
        result: What the diagnostic says.
        view: What the plan comes to; None where no interview is ahead.
        look: The look in force.
        width: Cells.
        key: The key that sets an interview date.
    """
    bold, muted = look.style("text", bold=True), look.style("muted")
    lines = [*span(diagnostic_sentence(result), bold).wrap(width), blank()]
    if not result.decks:
        return lines
    told = [_outlook(view, key), "The notes you know least come first from now on."]
    for sentence in filter(None, told):
        lines += span(sentence, look.style("text")).wrap(width)
    heads = span(f"{'known':>8}{'right':>10}", muted)
    title = span("Decks, the least known first", bold)
    lines += [blank(), justify(title, heads, width)]
    lines += [_deck(one, look, width) for one in result.decks]
    ends = "A few questions are not many: the dashed part is where the truth may lie."
    return [*lines, blank(), *span(ends, muted).wrap(width)]


def _outlook(view: PlanView | None, key: str) -> str:
    if view is None or view.readiness is None:
        return (
            f"Set an interview date with {key} to see how ready you will be that day."
        )
    return f"{view.sentence} What was never asked counts as 0 there."


def _deck(one: DeckResult, look: Look, width: int) -> Content:
    name = _NAME if width > NARROW else _NARROW_NAME
    role = area_role(one.deck)
    left = span(f"{look.glyphs.bar} ", look.style(role))
    left += stored(one.title, look.style("text"))
    left = justify(left, Content(""), name, look.glyphs.more)
    known = one.known
    cells = max(width - name - _FIGURES - _GAPS, 4)
    roles = {"solid": role, "band": role, "track": "line"}
    runs = level(known.low, known.high, cells, look.glyphs)
    bar = Content("").join(span(text, look.style(roles[kind])) for text, kind in runs)
    right = f"{known.right} of {known.questions}"
    figures = span(f"{percent(known.mean):>8}{right:>10}", look.style("text"))
    return justify(pad(left, name + 1) + bar, figures, width, look.glyphs.more)
