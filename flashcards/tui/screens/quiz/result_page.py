"""The result of a quiz as lines: score, topics, misconceptions, wrong answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.formatting import count, percent
from flashcards.tui.rendering.lines import blank, justify, pad, span
from flashcards.tui.rendering.markdown import card_line, stored
from flashcards.tui.screens.quiz.text import result_sentence
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.base import clickable

if TYPE_CHECKING:
    from flashcards.study.quiz.result import QuizItem, QuizResult, TopicScore
    from flashcards.tui.theme.themes import Look

_BAR, _NARROW_BAR = 24, 12
_HALF = 0.5


def quiz_lines(
    result: QuizResult,
    look: Look,
    width: int,
    *,
    cursor: int,
    cram: bool,
    narrow: bool,
    topics: int,
) -> tuple[list[Content], int]:
    """Return the page and the line of the cursor.

    Args:
        result: The result.
        look: Colors and glyphs.
        width: Cells.
        cursor: The index of the question under the cursor, among those not right.
        cram: Whether the quiz left the schedule alone.
        narrow: Whether to draw short bars.
        topics: The most topics to show, the weakest first.
    """
    bold = look.style("text", bold=True)
    lines = [*span(result_sentence(result, cram=cram), bold).wrap(width)]
    if result.topics:
        lines += [blank(), span("Topics, weakest first", bold)]
        cells = _NARROW_BAR if narrow else _BAR
        weakest = result.topics[:topics]
        lines += [_topic(topic, look, width, cells) for topic in weakest]
        if len(weakest) < len(result.topics):
            more = f"  and {len(result.topics) - len(weakest)} more"
            lines.append(span(more, look.style("muted")))
    if result.misconceptions:
        lines += [blank(), span("Misconceptions", bold)]
        lines += [
            _mixed_up(name, times, look, width) for name, times in result.misconceptions
        ]
    cursor_line = 0
    if result.not_right:
        lines += [blank(), span("Not right", bold)]
        for number, item in enumerate(result.not_right):
            if number == cursor:
                cursor_line = len(lines)
            lines.append(_item(item, look, width, number, raised=number == cursor))
    elif result.items:
        lines += [blank(), span("Every answer was right.", look.style("good"))]
    return lines, cursor_line


def _topic(topic: TopicScore, look: Look, width: int, cells: int) -> Content:
    role = "good" if topic.score >= 1 else "hard" if topic.score >= _HALF else "again"
    done = round(topic.score * cells)
    bar = span(look.glyphs.progress_done * done, look.style(role))
    bar += span(look.glyphs.progress_left * (cells - done), look.style("line"))
    figures = f"{percent(topic.score):>7}{count(topic.items, 'question'):>14}"
    left = span(f"{look.glyphs.bar} ", look.style(area_role(topic.deck)))
    left += stored(topic.title, look.style("text"))
    return justify(
        left, bar + span(figures, look.style("text")), width, look.glyphs.more
    )


def _mixed_up(name: str, times: int, look: Look, width: int) -> Content:
    left = span(f"{look.glyphs.ratings[1]} ", look.style("hard"))
    left += stored(name, look.style("text"))
    right = span(count(times, "time"), look.style("muted"))
    return justify(left, right, width, look.glyphs.more)


def _item(
    item: QuizItem, look: Look, width: int, number: int, *, raised: bool
) -> Content:
    glyphs = look.glyphs
    role, sign, words = "again", glyphs.ratings[0], "wrong"
    if not item.is_answered:
        role, sign, words = "muted", glyphs.dot, "not answered"
    elif item.score > 0:
        role, sign, words = "hard", glyphs.ratings[1], "partly"
    if item.card.confidence == "sure":
        words = f"{words}, but sure"
    left = Content.assemble(
        (glyphs.cursor if raised else " ", look.style("accent", raised=raised)),
        " ",
        (f"{sign} ", look.style(role, raised=raised)),
        card_line(
            item.card.question, look, look.style("text", bold=raised, raised=raised)
        ),
    )
    right = span(f"{words} ", look.style(role, raised=raised))
    line = pad(justify(left, right, width, glyphs.more), width)
    if raised:
        line = line.stylize_before(look.style("text", raised=True))
    return clickable(line, f"screen.click_row({number})")
