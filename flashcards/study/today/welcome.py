"""The first day: what there is to learn, and the diagnostic that may come before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope, SessionKind
from flashcards.study.diagnostic.questions import (
    LEAST_A_DECK,
    QUESTIONS,
    load_question_pool,
)

if TYPE_CHECKING:
    from flashcards.store.reader import Reader
    from flashcards.study.queue.pace import Pace

RESUMABLE_DAYS = 14
"""Days within which an unfinished diagnostic is still worth resuming."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What is ready for a learner who has not answered a card yet."""

    notes: int
    titles: tuple[str, ...]
    """The titles of the decks, in the order of their keys."""
    questions: int
    """Questions that the diagnostic will ask, approximately."""
    seconds: float
    """Predicted seconds of those."""


def load_welcome(reader: Reader, pace: Pace, day: int) -> Welcome | None:
    """Return what is ready; None after the first review, and where no card can be asked."""
    if reader.log.studied_days():
        return None
    decks = [deck for deck in reader.cards.decks() if deck.notes]
    pool = load_question_pool(reader, Scope(), day)
    if not pool:
        return None
    least = sum(min(LEAST_A_DECK, len(cards)) for cards in pool.values())
    questions = min(QUESTIONS, least)
    notes = sum(deck.notes for deck in decks)
    titles = tuple(deck.title for deck in decks)
    return Welcome(notes, titles, questions, questions * pace.new)


def count_unfinished_answers(reader: Reader, day: int) -> int:
    """Return the number of answers of an unfinished diagnostic; 0 where there is none."""
    for row in reversed(reader.log.unfinished_session_records(SessionKind.DIAGNOSTIC)):
        if row.scope == Scope() and day - row.study_day <= RESUMABLE_DAYS:
            return len(reader.log.session_reviews(row.record_id))
    return 0
