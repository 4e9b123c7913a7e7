"""The summary of a session as lines: figures, answers by rating, and missed cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from flashcards.collection.scope_text import EVERYTHING, ScopeText
from flashcards.collection.session_text import summary_sentence
from flashcards.domain.cards import Rating
from flashcards.domain.formatting import relative_day
from flashcards.tui.rendering.charts import shares
from flashcards.tui.rendering.lines import blank, justify, pad, span
from flashcards.tui.rendering.markdown import card_line, stored
from flashcards.tui.rendering.numerals import numeral
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.base import panel_row
from flashcards.tui.widgets.rating_bar import RATING_NAMES, RATING_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from flashcards.study.session.current_card import MissedCard, Summary
    from flashcards.tui.theme.sizes import Frame
    from flashcards.tui.theme.themes import Look

_COLUMN = 24
_MAX_MISSED = 8


class SummaryFigure(NamedTuple):
    """One figure of the summary."""

    number: int
    words: str
    role: str


def summary_lines(
    summary: Summary,
    look: Look,
    frame: Frame,
    width: int,
    height: int,
    *,
    today: int,
    up_next: Sequence[str],
    zone: tzinfo | None,
    scope: ScopeText = EVERYTHING,
) -> list[Content]:
    """Return the page for its size.

    Args:
        summary: The session's figures.
        look: Colors and glyphs.
        frame: The size of the terminal.
        width: Cells.
        height: Rows.
        today: The study day.
        up_next: Lines about tomorrow, the interview and the next task.
        zone: The learner's time zone.
        scope: The scope of the session.
    """
    bold = look.style("text", bold=True)
    lines = [
        *span(summary_sentence(summary, zone, scope), bold).wrap(width),
        blank(),
    ]
    if not summary.answers:
        return lines
    lines += _figure_lines(figures(summary), look, frame, width)
    lines += [blank(), *_ratings(summary, look, width)]
    room = height - len(lines) - (2 if frame.is_low else 4) - max(len(up_next), 1) - 1
    lines += _missed_cards(summary, look, width, today=today, room=room)
    if up_next:
        heading = [] if frame.is_low else [span("Next", bold)]
        next_lines = (stored(line, look.style("text")) for line in up_next)
        lines += [blank(), *heading, *next_lines]
    return lines


def _missed_cards(
    summary: Summary, look: Look, width: int, *, today: int, room: int
) -> list[Content]:
    if not summary.missed_cards:
        return []
    limit = min(max(room, 2), _MAX_MISSED)
    lines = [blank(), span("Missed cards", look.style("text", bold=True))]
    lines += [
        _missed_card(missed, look, width, today)
        for missed in summary.missed_cards[:limit]
    ]
    if len(summary.missed_cards) > limit:
        more = f"  and {len(summary.missed_cards) - limit} more"
        lines.append(span(more, look.style("muted")))
    return lines


def figures(summary: Summary) -> list[SummaryFigure]:
    """Return the figures that are not 0: recalled, new and missed cards."""
    words = "answer" if summary.answers == 1 else "answers"
    first = SummaryFigure(summary.answers, words, "good")
    if summary.recall_attempts:
        words = f"of {summary.recall_attempts} recalled"
        first = SummaryFigure(summary.recalled, words, "good")
    result = [first]
    if summary.new_cards:
        words = "new card" if summary.new_cards == 1 else "new cards"
        result.append(SummaryFigure(summary.new_cards, words, "accent"))
    if summary.missed_cards:
        result.append(SummaryFigure(len(summary.missed_cards), "missed", "again"))
    return result


def _figure_lines(
    all_figures: list[SummaryFigure], look: Look, frame: Frame, width: int
) -> list[Content]:
    if frame.is_narrow or not frame.is_tall or not look.glyphs.braille:
        rows = [
            Content.assemble(
                (f"{figure.number:>5}", look.style(figure.role, bold=True)),
                ("  " + figure.words, look.style("text")),
            )
            for figure in all_figures
        ]
        return [panel_row(row, look, width, "good") for row in rows]
    big = [
        (numeral(figure.number), look.style(figure.role, bold=True))
        for figure in all_figures
    ]
    rows = [blank()]
    for number in range(3):
        cells = (pad(span(rows[number], style), _COLUMN) for rows, style in big)
        rows.append(span("   ") + Content("").join(cells))
    captions = (
        pad(span(figure.words, look.style("muted")), _COLUMN) for figure in all_figures
    )
    rows += [blank(), span("   ") + Content("").join(captions), blank()]
    return [panel_row(row, look, width, "good") for row in rows]


def _ratings(summary: Summary, look: Look, width: int) -> list[Content]:
    counts = [summary.by_rating.get(rating, 0) for rating in Rating]
    used = [rating for rating in Rating if summary.by_rating.get(rating)]
    cells = shares(counts, width - len(used) + 1)
    bar = span(" ").join(
        span(
            (look.glyphs.block or look.glyphs.rating(rating)) * cells[rating - 1],
            look.style(RATING_ROLES[rating]),
        )
        for rating in used
    )
    legend = span("   ").join(
        span(
            f"{look.glyphs.rating(rating)} {counts[rating - 1]} {RATING_NAMES[rating]}",
            look.style(RATING_ROLES[rating]),
        )
        for rating in used
    )
    return [bar, legend]


def _missed_card(missed: MissedCard, look: Look, width: int, today: int) -> Content:
    edge = span(look.glyphs.bar + " ", look.style(area_role(missed.deck)))
    day = missed.memory.due_day
    when = relative_day(max(day, today), today) if day is not None else ""
    question = card_line(missed.question, look, look.style("text"))
    return justify(
        edge + question, span(when, look.style("muted")), width, look.glyphs.more
    )
