"""Texts about a card: its breadcrumb, kind, state, result and progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.cards import State
from flashcards.domain.content import ChoiceNote, ClozeNote
from flashcards.domain.formatting import count, minutes
from flashcards.grading.lines import has_several
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.answering.feedback import (
    feedback_rows,
    result_role,
    result_text,
)
from flashcards.tui.widgets.card_body import CardViewModel

if TYPE_CHECKING:
    from flashcards.domain.cards import CardRow
    from flashcards.grading.lines import Confidence
    from flashcards.study.card_info import MissedPoint
    from flashcards.study.session.current_card import CurrentCard, SessionProgress
    from flashcards.tui.theme.themes import Look
    from flashcards.tui.widgets.answering.rows import AnswerRow

STALE_DAYS = 365
"""From this age a dated fact is shown as one to check."""

_STATES = {
    State.NEW: "new",
    State.LEARNING: "learning",
    State.REVIEW: "review",
    State.RELEARNING: "learning again",
}
_TIMES = {1: "once", 2: "twice"}


def card_view_model(
    current: CurrentCard,
    today: int,
    dot: str,
    *,
    hint: bool,
    report_key: str,
    rows: tuple[AnswerRow, ...] = (),
    input_rows: int = 0,
    missed: MissedPoint | None = None,
) -> CardViewModel:
    """Return what the card view shows of a card.

    Args:
        current: The card.
        today: The study day.
        dot: The glyph between two facts.
        hint: Whether the hint is shown.
        report_key: The key that reports the note.
        rows: The options, items, pairs or points of a graded card.
        input_rows: Rows for the field in which the answer is typed.
        missed: The point of a recall that was missed most often.
    """
    note, row, result = current.note, current.row, current.result
    is_cloze = isinstance(note, ClozeNote)
    model = CardViewModel(
        role=area_role(row.deck),
        meta=kind_text(current, dot),
        state=state_text(row, dot),
        question=current.question,
        answer=current.answer,
        replaces_question=is_cloze,
        has_own_bold=is_cloze,
        hint=current.hint if hint else "",
        why=note.why,
        derived=note.derived,
        remark=missed_point_text(missed) if missed else "",
        source=row.source_label,
        as_of=note.as_of,
        is_stale=is_stale(note.as_of, today),
        revealed=current.revealed,
        report_key=report_key,
        rows=rows,
        is_choice=isinstance(note, ChoiceNote),
        input_rows=input_rows,
        result=CONFIDENCE_TEXTS[current.confidence],
    )
    if result is None:
        return model
    return replace(
        model,
        rows=model.rows or feedback_rows(current, result),
        derived=current.presentation.working or model.derived,
        result=result_text(current, result),
        result_role=result_role(result),
    )


def missed_point_text(missed: MissedPoint) -> str:
    """Return which point of a recall was missed most often."""
    return f"Missed most so far: {missed.text}, {count(missed.times, 'time')}."


CONFIDENCE_TEXTS = {
    "": "",
    "guess": "~ a guess",
    "unsure": "~ not sure",
    "sure": "sure",
}
"""How sure the learner is, at the foot of the question."""


def next_confidence(confidence: Confidence, *, is_asked: bool) -> Confidence:
    """Return the confidence that the key for it sets next.

    Learners who are not asked each time can only say that they are not sure.
    """
    order: tuple[Confidence, ...] = ("", "sure", "unsure", "guess")
    if not is_asked:
        order = ("", "unsure")
    index = order.index(confidence) if confidence in order else 0
    return order[(index + 1) % len(order)]


def kind_text(current: CurrentCard, dot: str) -> str:
    """Return the kind of a card with its style: `basic`, `choice · one answer`."""
    note = current.note
    words = [note.kind]
    if isinstance(note, ChoiceNote):
        words.append("several answers" if has_several(note) else "one answer")
    elif note.style:
        words.append(note.style)
    return f" {dot} ".join(words)


def state_text(row: CardRow, dot: str) -> str:
    """Return the state of a card: `new`, `review`, `lapsed twice`, `leech`."""
    memory = row.memory
    words = _STATES[memory.state]
    if row.leech:
        words = "leech"
    elif memory.lapses and memory.state is not State.NEW:
        words = f"lapsed {_TIMES.get(memory.lapses, f'{memory.lapses} times')}"
    return f"{words} {dot} marked" if row.marked else words


def is_stale(as_of: str, today: int) -> bool:
    """Return whether a month such as `2024-06` ended more than a year ago."""
    year, _, month = as_of.partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= _DECEMBER):
        return False
    return today - date(int(year), int(month), 28).toordinal() > STALE_DAYS


_DECEMBER = 12


def breadcrumb(row: CardRow, look: Look) -> Content:
    """Return the area, deck and topic of a card."""
    area, *names = row.deck.split("/")
    muted = look.style("muted")
    parts = [stored(area, look.style(area_role(row.deck), bold=True))]
    parts += [stored(name, look.style("text")) for name in names]
    if row.topic_title:
        parts.append(stored(row.topic_title, muted))
    joint = Content(f" {look.glyphs.crumb} ").stylize(muted)
    return joint.join(parts)


def progress_text(progress: SessionProgress, dot: str, *, narrow: bool) -> str:
    """Return what is left of a session: `9 left · 3 in learning · about 4 min`.

    A session that ends before its cards do says when: `115 left · stops in 15 min`. A quiz
    counts its questions: `3 of 10 · about 4 min`.
    """
    parts = [f"{progress.cards_left:,} left"]
    if progress.questions is not None:
        question = min(progress.answers + 1, progress.questions)
        parts = [f"{question:,} of {progress.questions:,}"]
    if progress.learning:
        parts.append(f"{progress.learning:,} {'learning' if narrow else 'in learning'}")
    time = minutes(progress.seconds_left)
    if progress.stops_after is not None:
        parts.append(f"stops after {progress.stops_after:,}")
    elif narrow:
        parts.append(time)
    else:
        parts.append(f"stops in {time}" if progress.is_timed else f"about {time}")
    return f" {dot} ".join(parts)
