"""Sessions of every sort, and single cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.collection.open_home import OpenHome
    from flashcards.study.card_info import CardInfo
    from flashcards.study.diagnostic.diagnostic import DiagnosticSession
    from flashcards.study.quiz.exam import ExamSession
    from flashcards.study.quiz.menu import QuizMenu
    from flashcards.study.quiz.quiz import QuizSession
    from flashcards.study.quiz.unfinished import UnfinishedExam
    from flashcards.study.session.session import ReviewSession


class Sessions:
    """What a learner sits down to, and what is done to a card by name."""

    def __init__(self, home: OpenHome) -> None:
        """Work on an open home directory."""
        self._home = home

    def start_review(
        self,
        scope: Scope | None = None,
        *,
        minutes: float = 0,
        cards: int = 0,
        cram: bool = False,
    ) -> ReviewSession:
        """Begin a sitting, or go on with the one that a crash cut short.

        Args:
            scope: The decks and tags meant; everything for None.
            minutes: Minutes after which the session ends; 0 for no such end.
            cards: Answers after which it ends; 0 for no such end.
            cram: Practice without touching the schedule.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.study.session.context import Budget
        from flashcards.study.session.start_review import start_cram, start_review

        budget = Budget(minutes=minutes, cards=cards)
        wanted = scope or Scope()
        if cram:
            return start_cram(self._home.session_context, wanted, budget)
        return start_review(self._home.session_context, wanted, budget)

    def start_quiz(
        self,
        scope: Scope | None = None,
        *,
        count: int = 10,
        exam: bool = False,
        seed: int | None = None,
        cram: bool = False,
    ) -> QuizSession | ExamSession:
        """Begin a quiz, or go on with the one that a crash cut short.

        Args:
            scope: The decks, tags and topics meant; everything for None.
            count: Items at most.
            exam: Feedback at the end, within a time.
            seed: Decides between cards of like need; None for one of the moment.
            cram: Quiz without touching the schedule.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.study.quiz.start_quiz import QuizOptions, start_quiz

        order = QuizOptions(scope or Scope(), count, exam=exam, seed=seed, cram=cram)
        return start_quiz(self._home.session_context, order)

    def unfinished_exam(self) -> UnfinishedExam | None:
        """Return the exam that was left today and has time left, None for none."""
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
        """Return the exam with time left that `start_quiz` would submit, None for none."""
        from flashcards.study.quiz.start_quiz import QuizOptions, find_exam_to_submit

        order = QuizOptions(scope, count, exam=exam, seed=seed, cram=cram)
        return find_exam_to_submit(self._home.session_context, order)

    def resume_exam(self) -> ExamSession:
        """Return the unfinished exam, at the item where it was left.

        Raises:
            NothingFoundError: no exam is unfinished, or its time is up.
        """
        from flashcards.study.quiz.unfinished import resume_exam

        return resume_exam(self._home.session_context)

    def submit_exams(self, *, only_expired: bool = False) -> list[ExamSession]:
        """Submit the exams that were left; return those that have an answer.

        Raises:
            StoreError: the store cannot be used.
        """
        from flashcards.study.quiz.unfinished import submit_exams

        return submit_exams(self._home.session_context, only_expired=only_expired)

    def start_diagnostic(self, scope: Scope | None = None) -> DiagnosticSession:
        """Begin the diagnostic, or go on with the one that was cut short today."""
        from flashcards.study.diagnostic.diagnostic import start_diagnostic

        return start_diagnostic(self._home.session_context, scope or Scope())

    def quiz_menu(self) -> QuizMenu:
        """Return what a quiz can be made of: decks, topics and tags, with their items."""
        from flashcards.study.quiz.menu import load_quiz_menu

        return load_quiz_menu(self._home.reader, self._home.moment().day)

    def practice(self, card_ids: Sequence[int]) -> ReviewSession:
        """Begin a practice of certain cards that leaves the schedule alone."""
        from flashcards.study.session.start_review import start_practice

        return start_practice(self._home.session_context, card_ids)

    def card_info(self, key: str) -> CardInfo:
        """Return all there is to know of a card.

        Raises:
            NothingFoundError: no card has this key.
        """
        from flashcards.study.card_info import load_card_info

        return load_card_info(self._home.session_context, key)

    def hide(self, key: str, *, hidden: bool) -> str:
        """Suspend a card, or restore one that is suspended or buried; return what was done.

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
