"""Starting and resuming sessions, and actions on single cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.collection.open_home import OpenHome
    from flashcards.store.rows import AnswerTotals
    from flashcards.study.card_info import CardInfo
    from flashcards.study.diagnostic.diagnostic import DiagnosticSession
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.quiz.menu import QuizMenu
    from flashcards.study.quiz.quiz import QuizSession
    from flashcards.study.quiz.unfinished import UnfinishedExam
    from flashcards.study.session.more_session import MoreSession
    from flashcards.study.session.session import ReviewSession


class Sessions:
    """Sessions of each kind, and actions on a card by its key."""

    def __init__(self, home: OpenHome) -> None:
        """Work on an open home directory."""
        self._home = home

    def start_review(
        self,
        scope: Scope | None = None,
        *,
        minutes: float | None = 0,
        cards: int = 0,
        cram: bool = False,
    ) -> ReviewSession:
        """Start a review session, or resume one that a crash interrupted.

        Args:
            scope: The decks, topics and tags; everything if None.
            minutes: The session ends after these minutes; 0 for no limit. None for the
                usual session: today's cards of the plan, or the minutes of the settings.
            cards: The session ends after this many answers; 0 for no limit.
            cram: Practice without changing the schedule.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.study.session.context import Budget
        from flashcards.study.session.start_review import start_cram, start_review

        is_day = minutes is None
        if minutes is None:
            minutes = self._home.settings.minutes
        budget = Budget(minutes=minutes, cards=cards, is_day=is_day)
        start = start_cram if cram else start_review
        return start(self._home.session_context, scope or Scope(), budget)

    def start_more(
        self,
        scope: Scope | None = None,
        *,
        number: int | None = None,
        ahead: bool = False,
    ) -> MoreSession:
        """Start a session over cards beyond today's; today's figure stays as it is.

        Args:
            scope: The decks, topics and tags; everything if None.
            number: The most cards; None for the usual number.
            ahead: Whether to ask only cards that were seen before.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.study.queue.more_cards import (
            AHEAD_CARDS,
            MORE_CARDS,
            MoreCards,
        )
        from flashcards.study.session.more_session import start_more

        if number is None:
            number = AHEAD_CARDS if ahead else MORE_CARDS
        request = MoreCards(number, seen_only=ahead)
        return start_more(self._home.session_context, scope or Scope(), request)

    def has_more_cards(self, scope: Scope | None = None) -> bool:
        """Return whether `start_more` has a card to ask."""
        return self.start_more(scope).current is not None

    def start_quiz(
        self,
        scope: Scope | None = None,
        *,
        count: int = 10,
        exam: bool = False,
        seed: int | None = None,
        cram: bool = False,
    ) -> QuizSession | ExamSession:
        """Start a quiz or an exam, or resume a quiz that a crash interrupted.

        Args:
            scope: The decks, topics and tags; everything if None.
            count: The maximum number of questions.
            exam: With a time limit, and feedback at the end.
            seed: Breaks ties between cards; None for a new seed each time.
            cram: Ask without changing the schedule.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.study.quiz.start_quiz import QuizOptions, start_quiz

        order = QuizOptions(scope or Scope(), count, exam=exam, seed=seed, cram=cram)
        return start_quiz(self._home.session_context, order)

    def unfinished_exam(self) -> UnfinishedExam | None:
        """Return an exam of today that has time left; None if there is none."""
        from flashcards.study.quiz.unfinished import find_unfinished_exam

        return find_unfinished_exam(self._home.session_context)

    def exam_to_submit(
        self,
        scope: Scope,
        *,
        count: int = 10,
        exam: bool = False,
        seed: int | None = None,
        cram: bool = False,
    ) -> UnfinishedExam | None:
        """Return the unfinished exam that `start_quiz` would submit; None if there is none."""
        from flashcards.study.quiz.start_quiz import QuizOptions, find_exam_to_submit

        order = QuizOptions(scope, count, exam=exam, seed=seed, cram=cram)
        return find_exam_to_submit(self._home.session_context, order)

    def resume_exam(self) -> ExamSession:
        """Resume the unfinished exam at the question where it was left.

        Raises:
            NothingFoundError: there is no unfinished exam, or its time is up.
        """
        from flashcards.study.quiz.unfinished import resume_exam

        return resume_exam(self._home.session_context)

    def submit_exams(self, *, only_expired: bool = False) -> list[ExamSession]:
        """Submit unfinished exams; return those that have an answer.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.study.quiz.unfinished import submit_exams

        return submit_exams(self._home.session_context, only_expired=only_expired)

    def start_diagnostic(self, scope: Scope | None = None) -> DiagnosticSession:
        """Start a diagnostic, or resume one that was interrupted today."""
        from flashcards.study.diagnostic.diagnostic import start_diagnostic

        return start_diagnostic(self._home.session_context, scope or Scope())

    def quiz_menu(self) -> QuizMenu:
        """Return the decks, topics and tags of quiz questions, with the questions."""
        from flashcards.study.quiz.menu import load_quiz_menu

        return load_quiz_menu(self._home.reader, self._home.moment().day)

    def recorded_answers(self) -> AnswerTotals:
        """Return number and time of the answers that this run recorded and did not undo."""
        operations = self._home.session_context.recorded_operations
        return self._home.reader.log.sum_answers(operations)

    def practice(self, card_ids: Sequence[int]) -> ReviewSession:
        """Start practicing certain cards without changing the schedule."""
        from flashcards.study.session.start_review import start_practice

        return start_practice(self._home.session_context, card_ids)

    def card_info(self, key: str) -> CardInfo:
        """Return the schedule, forecasts and history of a card.

        Raises:
            NothingFoundError: no card has this key.
        """
        from flashcards.study.card_info import load_card_info

        return load_card_info(self._home.session_context, key)

    def hide(self, key: str, *, hidden: bool) -> str:
        """Suspend a card, or restore it from suspended or buried; return a label.

        Raises:
            NothingFoundError: no card has this key.
            StoreError: the store cannot be used.
        """
        from flashcards.study.session.card_actions import restore, suspend
        from flashcards.study.session.context import DeferredRecord

        row = self._home.reader.cards.find(key, checked=False)
        if hidden:
            return suspend(
                self._home.session_context, DeferredRecord(), row, note=False
            ).label
        return restore(self._home.session_context, row).label
