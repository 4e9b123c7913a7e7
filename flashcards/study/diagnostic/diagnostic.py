"""The diagnostic: up to 48 questions over all decks, to estimate what is known already.

It is a review session with its own source of cards: two core notes of each deck in turn,
then more where the answers disagree. Its answers are recorded as the first reviews of the
notes asked. They change no other note.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flashcards.domain.cards import Rating, Scope, SessionKind, State
from flashcards.domain.note_json import note_from_json
from flashcards.study.diagnostic.knowledge import (
    KnowledgeEstimate,
    estimate_by_deck,
    estimate_overall,
    guess_chance,
)
from flashcards.study.diagnostic.questions import (
    LEAST_A_DECK,
    QUESTIONS,
    RECOGNIZED,
    choose_next_deck,
    is_decided,
    load_question_pool,
)
from flashcards.study.queue.queue import Queue
from flashcards.study.session.card_source import CardSource, NextCard
from flashcards.study.session.context import Budget, DeferredRecord
from flashcards.study.session.current_card import SessionProgress
from flashcards.study.session.session import ReviewSession
from flashcards.study.session.session_log import SessionLog
from flashcards.study.session.session_progress import sum_seconds
from flashcards.study.session.start_review import load_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flashcards.domain.cards import QueueCard
    from flashcards.store.reader import Reader
    from flashcards.study.diagnostic.knowledge import GradedQuestion
    from flashcards.study.queue.queue import QueueUpdate
    from flashcards.study.session.context import SessionContext
    from flashcards.study.session.current_card import (
        CurrentCard,
        LoggedAnswer,
        Preview,
        RatingResult,
    )

_TYPED = frozenset({"typed", "numeric"})
_IN_STEPS = frozenset({State.LEARNING, State.RELEARNING})


@dataclass(frozen=True, slots=True)
class DeckResult:
    """The estimate for one deck."""

    deck: str
    title: str
    known: KnowledgeEstimate


@dataclass(frozen=True, slots=True)
class DiagnosticResult:
    """The estimates of a diagnostic, so far or at the end."""

    decks: tuple[DeckResult, ...]
    """The least known first."""
    all: KnowledgeEstimate | None
    """For all decks asked about, weighted by their notes; None before the first answer."""
    notes: int
    """Notes of those decks."""
    milliseconds: int
    is_over: bool
    """Whether no question is left."""
    learning: int
    """Cards answered that have a learning step ahead of them."""


class QuestionSource(CardSource):
    """Chooses the questions of a diagnostic: new cards of the deck that was asked least."""

    def __init__(
        self,
        context: SessionContext,
        pool: Mapping[int, Sequence[QueueCard]],
        answers: Sequence[LoggedAnswer],
    ) -> None:
        """Choose from a pool.

        Args:
            context: What sessions work with.
            pool: For each deck the cards that may be asked, best first.
            answers: Answers of the session before it was interrupted.
        """
        cards = [card for cards in pool.values() for card in cards]
        self.pool = pool
        self._deck_of = {card.card_id: card.deck_id for card in cards}
        for answer in answers:
            row = context.reader.cards.get(answer.card_id)
            self._deck_of[answer.card_id] = row.deck_id
        queue = Queue(cards, day=context.moment().day)
        budget = Budget(cards=QUESTIONS)
        super().__init__(context, queue, budget, own_cards_only=True)

    def peek(
        self, answers: Sequence[LoggedAnswer], update: QueueUpdate | None = None
    ) -> NextCard:
        """Return the question after some answers, and leave it in the queue."""
        if len(answers) >= QUESTIONS:
            return NextCard(None, "limit")
        asked = {answer.card_id for answer in answers}
        pool = {
            deck: [card for card in cards if card.card_id not in asked]
            for deck, cards in self.pool.items()
        }
        by_deck = self.answers_by_deck(answers)
        while (deck := choose_next_deck(pool, by_deck)) is not None:
            card = self.queue.get(pool[deck].pop(0).card_id)
            row = self.read_askable(card) if card else None
            if row is not None and row.memory.state is State.NEW:
                return NextCard(row, "")
        return NextCard(None, "empty")

    def answers_by_deck(self, answers: Sequence[LoggedAnswer]) -> dict[int, list[bool]]:
        """Return whether each answer was right, by deck and oldest first."""
        by_deck: defaultdict[int, list[bool]] = defaultdict(list)
        for answer in answers:
            deck = self._deck_of.get(answer.card_id)
            if deck is not None:
                by_deck[deck].append(answer.rating > Rating.AGAIN)
        return by_deck


class DiagnosticSession(ReviewSession):
    """A review session over new notes that stops when the answers of each deck agree."""

    kind = SessionKind.DIAGNOSTIC

    def __init__(
        self,
        context: SessionContext,
        pool: Mapping[int, Sequence[QueueCard]],
        *,
        session_record: DeferredRecord,
        answers: Sequence[LoggedAnswer] = (),
        first_card_id: int | None = None,
    ) -> None:
        """Start, or resume after some answers.

        Args:
            context: What sessions work with.
            pool: For each deck the cards that may be asked, best first.
            session_record: The row of the session.
            answers: Answers of the session before it was interrupted.
            first_card_id: The card that was current then.
        """
        source = QuestionSource(context, pool, answers)
        super().__init__(
            context, source, SessionLog(context, session_record, answers), first_card_id
        )
        self._questions = source

    def rate(self, rating: Rating) -> RatingResult | None:
        """Record the rating, but no better one than a single answer can show."""
        return super().rate(min(rating, self.best_rating))

    def preview_ratings(self) -> dict[Rating, Preview]:
        """Return what each rating will do; one above the best possible does what the best does."""
        previews, best = super().preview_ratings(), self.best_rating
        return {rating: previews[min(rating, best)] for rating in previews}

    @property
    def progress(self) -> SessionProgress:
        """How far the diagnostic is, with the fewest questions that are still to come."""
        log_answers = self._log.answers
        answers = self._questions.answers_by_deck(log_answers)
        asked = {answer.card_id for answer in log_answers}
        left = 0
        for deck, cards in self._questions.pool.items():
            deck_answers = answers.get(deck, [])
            if not is_decided(deck_answers):
                open_cards = sum(card.card_id not in asked for card in cards)
                left += min(max(LEAST_A_DECK - len(deck_answers), 1), open_cards)
        left = min(left, QUESTIONS - len(self._log.answers)) if self.current else 0
        seconds, done = left * self._context.pace.new, sum_seconds(self._log.answers)
        return SessionProgress(
            answers=len(self._log.answers),
            cards_left=left,
            learning=0,
            seconds_left=seconds,
            is_timed=False,
            questions=None,
            stops_after=None,
            share=done / (done + seconds) if done + seconds else 1.0,
        )

    @property
    def best_rating(self) -> Rating:
        """The best rating that the current card can get here.

        A wrong answer is not known. A right option is half known. Easy takes a typed word or
        number, sure and in half the usual time.
        """
        current, best = self.current, super().best_rating
        if current is None or current.row.kind in RECOGNIZED:
            best = min(best, Rating.HARD)
        else:
            best = min(best, self._freely(current))
        if current is not None and current.result and not current.result.is_right:
            best = min(best, current.result.suggested, Rating.HARD)
        return best

    def _freely(self, current: CurrentCard) -> Rating:
        """Return the best rating of an answer without options to choose from."""
        if current.answered_at is None:
            return Rating.GOOD
        seconds = (current.answered_at - current.shown_at) / 1000
        is_quick = seconds <= self._context.pace.first_look / 2
        if current.row.kind in _TYPED and current.confidence == "sure" and is_quick:
            return Rating.EASY
        return Rating.GOOD

    def compute_result(self) -> DiagnosticResult:
        """Return the estimate for every deck asked about, and for all together."""
        rows = {row.key: row for row in self._context.reader.cards.decks()}
        answers = grade_first_answers(self._context.reader, self._log.answers)
        estimates = estimate_by_deck(answers) if answers else {}
        ranked = sorted(estimates.items(), key=lambda item: (item[1].mean, item[0]))
        notes = {deck: rows[deck].notes if deck in rows else 1 for deck in answers}
        return DiagnosticResult(
            decks=tuple(
                DeckResult(deck, rows[deck].title if deck in rows else deck, known)
                for deck, known in ranked
            ),
            all=estimate_overall(answers, notes) if answers else None,
            notes=sum(notes.values()),
            milliseconds=sum(answer.duration_ms for answer in self._log.answers),
            is_over=self.current is None,
            learning=self._count_learning(),
        )

    def _count_learning(self) -> int:
        cards = {answer.card_id for answer in self._log.answers}
        rows = map(self._context.reader.cards.get_sound, cards)
        return sum(row is not None and row.memory.state in _IN_STEPS for row in rows)

    def leave(self) -> None:
        """End the diagnostic if it is over; else it can be resumed on another day."""
        if self.current is None:
            super().leave()


def start_diagnostic(context: SessionContext, scope: Scope) -> DiagnosticSession:
    """Return a diagnostic of some decks; an unfinished one is resumed."""
    moment, reader = context.moment(), context.reader
    left = [
        row
        for row in reader.log.unfinished_session_records(SessionKind.DIAGNOSTIC)
        if row.scope == scope
    ]
    # Called in any case: it also claims the session, so that no other window resumes it.
    if not context.may_resume() or not left:
        opening = partial(_create_record, context, scope)
        pool = load_question_pool(reader, scope, moment.day)
        return DiagnosticSession(context, pool, session_record=DeferredRecord(opening))
    row = left[-1]
    return DiagnosticSession(
        context,
        load_question_pool(reader, scope, moment.day),
        session_record=DeferredRecord(record_id=row.record_id),
        answers=load_answers(context, row),
        first_card_id=row.current_card_id,
    )


def _create_record(context: SessionContext, scope: Scope) -> int:
    return context.store().start_session_record(
        kind=SessionKind.DIAGNOSTIC,
        scope=scope,
        minutes=None,
        card_limit=QUESTIONS,
        moment=context.moment(),
    )


def grade_first_answers(
    reader: Reader, logged_answers: Iterable[LoggedAnswer]
) -> dict[str, list[GradedQuestion]]:
    """Return the graded first answers to the notes of each deck."""
    answers: defaultdict[str, list[GradedQuestion]] = defaultdict(list)
    for answer in logged_answers:
        if answer.state is State.NEW:
            row = reader.cards.get_sound(answer.card_id)
            if row is None:
                continue
            guess = guess_chance(note_from_json(row.content))
            answers[row.deck].append((answer.rating > Rating.AGAIN, guess))
    return answers
