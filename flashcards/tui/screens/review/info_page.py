"""Card info as lines: due reason, forgetting curve, ratings, figures and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.cards import ANSWER_CAP_MS, Rating
from flashcards.domain.formatting import (
    count,
    interval,
    month_and_day,
    percent,
    short_date,
)
from flashcards.tui.rendering.charts import Curve
from flashcards.tui.rendering.lines import blank, cut, justify, pad, span
from flashcards.tui.rendering.markdown import card_line
from flashcards.tui.widgets.rating_bar import RATING_NAMES, RATING_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.domain.cards import ReviewRow
    from flashcards.study.card_info import CardInfo
    from flashcards.tui.theme.themes import Look

_AXIS = 5
"""Cells to the left of the curve."""
_NAMES, _MAX_CELL = 18, 18
_MIN_DAYS, _MAX_DAYS = 7, 400
"""The days ahead that a curve shows at least and at most."""


def info_lines(
    info: CardInfo,
    look: Look,
    width: int,
    *,
    chosen: Rating,
    rows: int,
    interview: int | None = None,
) -> list[Content]:
    """Return the page for a width.

    Args:
        info: The card.
        look: Colors and glyphs.
        width: Cells.
        chosen: The rating after which the curve is drawn.
        rows: The height of the curve.
        interview: The study day of the interview, marked in the curve.
    """
    text, muted = look.style("text"), look.style("muted")
    lines = span(info.reason, look.style("text", bold=True)).wrap(width)
    lines.append(
        cut(card_line(info.card.question, look, muted), width, look.glyphs.more)
    )
    lines.append(blank())
    if info.row.memory.stability is not None:
        size = (width, rows)
        lines += [
            *_curve(info, look, size, chosen=chosen, interview=interview),
            blank(),
        ]
    lines += [*_ratings(info, look, width, chosen, interview), blank()]
    lines.append(span(figures(info, look.glyphs.dot), text))
    if info.reviews:
        lines += [blank(), span("History", look.style("text", bold=True))]
        lines += [_review(review, look, width) for review in reversed(info.reviews)]
    return lines


def figures(info: CardInfo, dot: str) -> str:
    """Return stability, difficulty, reviews, lapses and seconds per answer as text."""
    memory = info.row.memory
    parts = []
    if memory.stability is not None and memory.difficulty is not None:
        parts.append(f"stability {interval(memory.stability * 86_400)}")
        parts.append(f"difficulty {memory.difficulty:.1f}")
    parts.append(count(memory.reps, "review"))
    parts.append(count(memory.lapses, "lapse"))
    times = [min(review.duration_ms, ANSWER_CAP_MS) for review in info.reviews]
    measured = [time for time in times if time]
    if measured:
        seconds = round(sum(measured) / len(measured) / 1000)
        parts.append(f"{seconds} s per answer")
    return f" {dot} ".join(parts)


def _curve(
    info: CardInfo,
    look: Look,
    size: tuple[int, int],
    *,
    chosen: Rating,
    interview: int | None,
) -> list[Content]:
    width, rows = size
    memory, today = info.row.memory, info.day
    # The last review is after today if the clock was ahead.
    first = min(memory.last_day or today, today)
    after = info.previews[chosen].memory.interval_days
    until = interview - today + 1 if interview is not None else 0
    ahead = min(max(after, today - first, until, _MIN_DAYS), _MAX_DAYS)
    room = max(width - _AXIS - 1, 10)
    days = today - first + ahead

    def without_review(share: float) -> float | None:
        return _between(info.recall_on, first + share * days)

    def after_review(share: float) -> float | None:
        day = first + share * days
        if day < today:
            return None
        return _between(lambda at: info.recall_after(chosen, at), day)

    end = without_review(1.0) or 0.0
    low = max(min(end, info.desired_retention) - 0.05, 0.0) // 0.05 * 0.05
    mark = round((today - first) / days * (room - 1))
    marks = [mark]
    if interview is not None and interview - first <= days:
        marks.append(round((interview - first) / days * (room - 1)))
    old_curve, new_curve = (
        Curve(room, rows, look.glyphs),
        Curve(room, rows, look.glyphs),
    )
    old_curve.draw(
        without_review, low=low, high=1.0, every=1 if look.glyphs.braille else 2
    )
    new_curve.draw(after_review, low=low, high=1.0)
    lines = []
    for number, (old, new) in enumerate(
        zip(old_curve.rows(), new_curve.rows(marks), strict=True)
    ):
        label = "100%" if number == 0 else percent(low) if number == rows - 1 else ""
        axis = span(f"{label:>{_AXIS}}", look.style("muted"))
        axis += span(look.glyphs.axis, look.style("line"))
        lines.append(axis + _overlay(old, new, mark, look, RATING_ROLES[chosen]))
    labels = [(mark, span("today", look.style("text", bold=True)))]
    for column in marks[1:]:
        date = span(month_and_day(interview or 0), look.style("accent", bold=True))
        labels.append((column, date))
    muted = look.style("muted")
    labels.append((0, span(month_and_day(first), muted)))
    labels.append((room - 1, span(month_and_day(first + days), muted)))
    lines.append(span(" " * (_AXIS + 1)) + _axis(labels, room))
    sign = look.glyphs.rating(chosen)
    legend = Content.assemble(
        " " * (_AXIS + 1),
        ("recall without a review", look.style("muted")),
        "   ",
        (f"{sign} after {RATING_NAMES[chosen]}", look.style(RATING_ROLES[chosen])),
    )
    if marks[1:]:
        interview_legend = f"   {look.glyphs.day_mark} interview"
        legend += span(interview_legend, look.style("accent"))
    return [*lines, legend]


def _axis(labels: Sequence[tuple[int, Content]], width: int) -> Content:
    """Place labels below their columns, without those that would touch earlier ones."""
    positions: list[tuple[int, Content]] = []
    for column, label in labels:
        size = label.cell_length
        at = min(max(column - size // 2, 0), width - size)
        if all(at > end + 1 or at + size < start for start, end in _ends(positions)):
            positions.append((at, label))
    line = blank()
    for at, label in sorted(positions, key=lambda position: position[0]):
        line = pad(line, at) + label
    return line


def _ends(positions: Sequence[tuple[int, Content]]) -> list[tuple[int, int]]:
    return [(at, at + label.cell_length) for at, label in positions]


def _between(recall: Callable[[int], float | None], day: float) -> float | None:
    """Interpolate recall linearly between two study days."""
    whole = int(day)
    start, end = recall(whole), recall(whole + 1)
    if start is None or end is None:
        return start
    return start + (end - start) * (day - whole)


def _overlay(old: str, new: str, mark: int, look: Look, role: str) -> Content:
    """Draw a row of the new curve over that of the old one."""
    parts: list[Content] = []
    for column, (old_cell, new_cell) in enumerate(zip(old, new, strict=True)):
        if new_cell not in (" ", look.glyphs.day_mark):
            parts.append(span(new_cell, look.style(role)))
        elif old_cell != " ":
            parts.append(span(old_cell, look.style("muted")))
        else:
            style = look.style("text" if column == mark else "accent")
            parts.append(span(new_cell, style))
    return Content("").join(parts)


def _ratings(
    info: CardInfo, look: Look, width: int, chosen: Rating, interview: int | None
) -> list[Content]:
    muted = look.style("muted")
    target_day = interview if interview is not None else info.day + 30
    cell = max(min((width - _NAMES) // 3, _MAX_CELL), 1)
    date = f"on {month_and_day(target_day)}"
    recall_head = f"recall {date}" if len(date) + len("recall  ") < cell else date
    heads = ("next", "stability", recall_head)
    lines = [
        justify(
            span("  If you answer", look.style("text", bold=True)),
            span("".join(f"{head:>{cell}}" for head in heads), muted),
            width,
        )
    ]
    for rating, preview in info.previews.items():
        raised = rating is chosen
        recall = info.recall_after(rating, target_day)
        stability = preview.memory.stability or 0.0
        cells = (
            interval(preview.wait_seconds),
            interval(stability * 86_400),
            "" if recall is None else percent(recall),
        )
        right = "".join(f"{text:>{cell}}" for text in cells)
        left = Content.assemble(
            (look.glyphs.cursor if raised else " ", look.style("accent")),
            " ",
            (f"{look.glyphs.rating(rating)} ", look.style(RATING_ROLES[rating])),
            (RATING_NAMES[rating], look.style("text", bold=raised)),
        )
        lines.append(justify(left, span(right, look.style("text")), width))
    return lines


def _review(review: ReviewRow, look: Look, width: int) -> Content:
    rating = review.rating
    left = Content.assemble(
        (f"  {short_date(review.day):<12}", look.style("muted")),
        (f"{look.glyphs.rating(rating)} ", look.style(RATING_ROLES[rating])),
        (RATING_NAMES[rating], look.style("text")),
    )
    seconds = f"{round(review.duration_ms / 1000)} s" if review.duration_ms else ""
    right = span(
        f"{seconds:>8}{interval(review.interval_seconds):>12}", look.style("text")
    )
    return justify(left, right, width)
