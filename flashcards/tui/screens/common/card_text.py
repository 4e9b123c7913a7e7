"""What the review screen says of a card: breadcrumb, kind, state, source."""

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
    verdict_of,
    verdict_role,
)
from flashcards.tui.widgets.card_view import CardViewModel

if TYPE_CHECKING:
    from flashcards.domain.cards import CardRow
    from flashcards.grading.lines import Confidence
    from flashcards.grading.result import Result
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


def face_of(
    shown: CurrentCard,
    today: int,
    dot: str,
    *,
    hint: bool,
    report_key: str,
    rows: tuple[AnswerRow, ...] = (),
    writing_rows: int = 0,
    missed: MissedPoint | None = None,
) -> CardViewModel:
    """Return the card as it lies on the table.

    Args:
        shown: The card.
        today: The study day.
        dot: What parts two facts.
        hint: Whether the hint is shown.
        report_key: The key that reports the note.
        rows: What there is to choose from or to tick.
        writing_rows: Rows kept free for the answer that is typed.
        missed: The point of a recall that was missed most.
    """
    note, row = shown.note, shown.row
    is_cloze = isinstance(note, ClozeNote)
    face = CardViewModel(
        role=area_role(row.deck),
        meta=kind_words(shown, dot),
        state=state_words(row, dot),
        question=shown.question,
        answer=shown.answer,
        in_place=is_cloze,
        own_bold=is_cloze,
        hint=shown.hint if hint else "",
        why=note.why,
        derived=note.derived,
        remark=missed_words(missed) if missed else "",
        source=row.source_label,
        as_of=note.as_of,
        is_stale=is_stale(note.as_of, today),
        revealed=shown.revealed,
        report_key=report_key,
        rows=rows,
        writing_rows=writing_rows,
        verdict=SURENESS[shown.confidence],
    )
    return with_result(face, shown, shown.result) if shown.result else face


def with_result(
    face: CardViewModel, shown: CurrentCard, result: Result
) -> CardViewModel:
    """Return a card with what the answer came to."""
    return replace(
        face,
        rows=face.rows or feedback_rows(shown, result),
        derived=shown.presentation.working or face.derived,
        verdict=verdict_of(shown, result),
        verdict_role=verdict_role(result),
    )


def missed_words(missed: MissedPoint) -> str:
    """Return which point of a recall was missed most."""
    return f"Missed most so far: {missed.text}, {count(missed.times, 'time')}."


SURENESS = {"": "", "guess": "~ a guess", "unsure": "~ not sure", "sure": "sure"}
"""How sure the learner is, at the foot of the question."""


def next_confidence(now: Confidence, *, asked: bool) -> Confidence:
    """Return the confidence that the key for it comes to next.

    Where the learner is not asked each time, only not being sure is worth a key.
    """
    order: tuple[Confidence, ...] = ("", "sure", "unsure", "guess")
    if not asked:
        order = ("", "unsure")
    place = order.index(now) if now in order else 0
    return order[(place + 1) % len(order)]


def kind_words(shown: CurrentCard, dot: str) -> str:
    """Return what kind of card it is: `basic`, `choice` and how many answers it has."""
    note = shown.note
    words = [note.kind]
    if isinstance(note, ChoiceNote):
        words.append("several answers" if has_several(note) else "one answer")
    elif note.style:
        words.append(note.style)
    return f" {dot} ".join(words)


def state_words(row: CardRow, dot: str) -> str:
    """Return where a card stands: `new`, `review`, `lapsed twice`, `leech`."""
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
    """Return where the card is from: area, deck, topic."""
    area, *rest = row.deck.split("/")
    muted = look.style("muted")
    parts = [stored(area, look.style(area_role(row.deck), bold=True))]
    parts += [stored(part, look.style("text")) for part in rest]
    if row.topic_title:
        parts.append(stored(row.topic_title, muted))
    joint = Content(f" {look.glyphs.crumb} ").stylize(muted)
    return joint.join(parts)


def progress_words(progress: SessionProgress, dot: str, *, narrow: bool) -> str:
    """Return how far the session is: `12 of 38 · about 9 min left`."""
    left = minutes(progress.seconds_left)
    number = min(progress.done + 1, progress.total)
    if narrow:
        return f"{number}/{progress.total} {dot} {left}"
    return f"{number} of {progress.total} {dot} about {left} left"
