"""All there is to know of one card: why it is due, what each rating would do, its past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import Note, RecallNote, note_from_json
from flashcards.grading.answers import Recalled
from flashcards.grading.recall import most_missed
from flashcards.grading.record import from_json
from flashcards.study.due_reason import why_due, why_hidden
from flashcards.study.session.current_card import Preview, Shown

if TYPE_CHECKING:
    from flashcards.domain.cards import Anchor, CardRow, Rating, ReviewRow
    from flashcards.scheduling.scheduler import Scheduler
    from flashcards.store.reader import Reader
    from flashcards.study.session.context import Desk


class MissedPoint(NamedTuple):
    """A point of a recall, and how often it was missed."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class CardInfo:
    """One card, seen from today."""

    shown: Shown
    day: int
    retrievability: float | None
    """Chance of recall today; None for a card never reviewed."""
    desired_retention: float
    previews: dict[Rating, Preview]
    reviews: tuple[ReviewRow, ...]
    reason: str
    """Why the card is due, or when it will be, in one sentence."""
    scheduler: Scheduler
    missed_most: MissedPoint | None = None
    """The point of a recall that was missed most; None where none was."""

    @property
    def row(self) -> CardRow:
        """The card."""
        return self.shown.row

    def recall_on(self, day: int) -> float | None:
        """Return the chance of recall on a study day, were the card not reviewed before."""
        return self.scheduler.retrievability(self.row.memory, day)

    def recall_after(self, rating: Rating, day: int) -> float | None:
        """Return the chance of recall on a study day after this rating today."""
        return self.scheduler.retrievability(self.previews[rating].memory, day)


def card_info(desk: Desk, key: str) -> CardInfo:
    """Return what is known of a card.

    Raises:
        NothingFoundError: no card has this key.
    """
    row = desk.reader.find_card(key)
    moment = desk.moment()
    scheduler = desk.scheduler(row.deck)
    recall = scheduler.retrievability(row.memory, moment.day)
    memories = desk.preview(row)
    reviews = tuple(desk.reader.reviews(row.card_id))
    return CardInfo(
        shown=Shown.of(row, moment.at, desk.reader, revealed=True),
        day=moment.day,
        retrievability=recall,
        desired_retention=scheduler.options.desired_retention,
        previews={
            rating: Preview(memory, memory.interval_seconds)
            for rating, memory in memories.items()
        },
        reviews=reviews,
        reason=_planned_reason(desk, row, moment.day)
        or why_due(
            row,
            moment.day,
            recall,
            scheduler.options.desired_retention,
            _anchor(desk.reader, row, len(reviews)),
        ),
        scheduler=scheduler,
        missed_most=missed_most(desk.reader, row.card_id, note_from_json(row.content)),
    )


def missed_most(reader: Reader, card_id: int, note: Note) -> MissedPoint | None:
    """Return the point of a recall that was missed most, None where none was."""
    if not isinstance(note, RecallNote):
        return None
    records = (from_json(kept.answer) for kept in reader.kept_answers(card_id=card_id))
    ticked = [
        record.given.points
        for record in records
        if record and isinstance(record.given, Recalled)
    ]
    found = most_missed(len(note.points), ticked)
    return MissedPoint(note.points[found[0]].text, found[1]) if found else None


def _planned_reason(desk: Desk, row: CardRow, day: int) -> str:
    """Return why a card comes or waits under an interview date; empty without one."""
    plan = desk.reader.study_plan()
    if plan is None or plan.next_interview(day) is None or why_hidden(row, day):
        return ""
    from flashcards.study.date_reason import why_now

    return why_now(desk.reader, desk.settings, plan, row, day)


def _anchor(reader: Reader, row: CardRow, reviews: int) -> Anchor | None:
    """Return the newest anchor of a card; None where a review came after it."""
    anchors = reader.anchors(row.card_id)
    return anchors[-1] if anchors and anchors[-1].after == reviews else None
