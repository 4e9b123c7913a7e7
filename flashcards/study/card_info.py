"""Everything about one card: why it is due, what each rating would do, its reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import Note, RecallNote
from flashcards.domain.note_json import note_from_json
from flashcards.grading.answers import RecallAnswer
from flashcards.grading.recall import most_missed
from flashcards.grading.record import from_json
from flashcards.study.due_explanation import explain_due, explain_hidden
from flashcards.study.session.current_card import CurrentCard, Preview

if TYPE_CHECKING:
    from flashcards.domain.cards import Anchor, CardRow, Rating, ReviewRow
    from flashcards.scheduling.scheduler import Scheduler
    from flashcards.store.reader import Reader
    from flashcards.study.session.context import SessionContext


class MissedPoint(NamedTuple):
    """A point of a recall, and how often it was missed."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class CardInfo:
    """Everything about one card, as of today."""

    card: CurrentCard
    day: int
    retrievability: float | None
    """Chance of recall today; None for a card never reviewed."""
    desired_retention: float
    previews: dict[Rating, Preview]
    reviews: tuple[ReviewRow, ...]
    reason: str
    """Why the card is due, or when it will be, in a sentence."""
    scheduler: Scheduler
    most_missed: MissedPoint | None = None
    """The point of a recall card that was missed most; None where no point was missed."""

    @property
    def row(self) -> CardRow:
        """The card."""
        return self.card.row

    def recall_on(self, day: int) -> float | None:
        """Return the chance of recall on a study day if the card is not reviewed before."""
        return self.scheduler.retrievability(self.row.memory, day)

    def recall_after(self, rating: Rating, day: int) -> float | None:
        """Return the chance of recall on a study day after this rating today."""
        return self.scheduler.retrievability(self.previews[rating].memory, day)


def load_card_info(context: SessionContext, key: str) -> CardInfo:
    """Return everything about a card.

    Raises:
        NothingFoundError: no card has this key.
    """
    row = context.reader.cards.find(key)
    context.reload_study_plan()
    moment = context.moment()
    scheduler = context.scheduler(row.deck)
    recall = scheduler.retrievability(row.memory, moment.day)
    memories = context.preview_memories(row)
    reviews = tuple(context.reader.log.reviews(row.card_id))
    return CardInfo(
        card=CurrentCard.from_row(row, moment.at, context.reader, revealed=True),
        day=moment.day,
        retrievability=recall,
        desired_retention=scheduler.options.desired_retention,
        previews={rating: Preview(memory) for rating, memory in memories.items()},
        reviews=reviews,
        reason=_explain_under_plan(context, row, moment.day)
        or explain_due(
            row,
            moment.day,
            recall,
            scheduler.options.desired_retention,
            _find_newest_anchor(context.reader, row, len(reviews)),
        ),
        scheduler=scheduler,
        most_missed=find_most_missed(
            context.reader, row.card_id, note_from_json(row.content)
        ),
    )


def find_most_missed(reader: Reader, card_id: int, note: Note) -> MissedPoint | None:
    """Return the point of a recall note that was missed most, None where no point was missed."""
    if not isinstance(note, RecallNote):
        return None
    records = (
        from_json(review.answer) for review in reader.log.answers(card_id=card_id)
    )
    ticked = [
        record.given.points
        for record in records
        if record and isinstance(record.given, RecallAnswer)
    ]
    worst = most_missed(len(note.points), ticked)
    return MissedPoint(note.points[worst[0]].text, worst[1]) if worst else None


def _explain_under_plan(context: SessionContext, row: CardRow, day: int) -> str:
    """Return why a card comes or waits before an interview; empty where none is planned."""
    plan = context.study_plan(day)
    if plan is None or plan.next_interview(day) is None or explain_hidden(row, day):
        return ""
    from flashcards.study.plan_explanation import explain_rank

    return explain_rank(context.reader, context.settings, plan, row, day)


def _find_newest_anchor(reader: Reader, row: CardRow, reviews: int) -> Anchor | None:
    """Return the newest anchor of a card, None where a review came after it."""
    anchors = reader.history.anchors(row.card_id)
    return anchors[-1] if anchors and anchors[-1].after == reviews else None
