"""Answer quizzes and exams of `quiz/all` right, wrong or partly, in any presentation."""

from __future__ import annotations

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.grading.answers import GradedAnswer
from flashcards.grading.presentation import label_of
from flashcards.study.quiz.exam import ExamSession
from flashcards.study.quiz.quiz import QuizSession
from flashcards.study.session.current_card import CurrentCard
from flashcards.study.session.session import ReviewSession

ALL = 7
"""Graded notes of `quiz/all`."""
RIGHT = {
    "q-choice": [1],
    "q-several": [0, 1],
    "q-order": [0, 1, 2, 3],
    "q-match": [0, 1],
}
WRONG = {
    "q-choice": [0],
    "q-several": [2],
    "q-order": [3, 2, 1, 0],
    "q-match": [1, 0],
}
PARTLY = {"q-several": [0], "q-order": [0, 1, 3, 2], "q-match": [0, 2]}
RATINGS = {"right": Rating.GOOD, "partly": Rating.HARD, "wrong": Rating.AGAIN}


def line_for(shown: CurrentCard, how: str) -> str | None:
    """Return the line that answers a card right, wrong or partly; None where there is none."""
    key, presentation = shown.row.key, shown.presentation
    indexes = {"right": RIGHT, "wrong": WRONG, "partly": PARTLY}[how].get(key)
    match key:
        case "q-numeric":
            value = presentation.value or 0.0
            return {"right": f"{value:g}", "wrong": f"{value * 3:g}"}.get(how)
        case "q-typed":
            return {"right": "Macro-Average", "wrong": "micro average"}.get(how)
        case "q-recall":
            return {"right": "1,2,3", "wrong": "0", "partly": "1,3"}[how]
        case _:
            pass
    if indexes is None:
        return None
    letters = [label_of(presentation.place_of(index)) for index in indexes]
    if key == "q-match":
        return " ".join(f"{number}{letter}" for number, letter in enumerate(letters, 1))
    return " ".join(letters)


def answer_line(session: ReviewSession, line: str) -> None:
    """Answer the current card with a typed line."""
    answer = session.parse_answer(line)
    assert isinstance(answer, GradedAnswer), answer
    assert session.answer(answer) is not None


def go_to(session: ReviewSession, key: str) -> CurrentCard:
    """Bury cards until a certain one is current."""
    while session.current and session.current.row.key != key:
        session.bury_card()
    assert session.current is not None
    return session.current


def quiz(collection: Collection, **more: object) -> QuizSession:
    session = collection.sessions.start_quiz(**more)  # type: ignore[arg-type]
    assert isinstance(session, QuizSession)
    return session


def exam(collection: Collection, **more: object) -> ExamSession:
    session = collection.sessions.start_quiz(exam=True, **more)  # type: ignore[arg-type]
    assert isinstance(session, ExamSession)
    return session


def play(session: QuizSession, how: str = "right") -> str:
    """Answer the current item, accept the suggested rating, and return the item's key."""
    shown = session.current
    assert shown is not None
    line = line_for(shown, how)
    assert line
    answer_line(session, line)
    assert session.rate(shown.suggested_rating) is not None
    return shown.row.key


def fill_in(session: ExamSession, how: str = "right") -> str:
    """Answer the item of an exam and return its key."""
    shown = session.current
    assert shown is not None
    line = line_for(shown, how)
    assert line
    answer = session.parse_answer(line)
    assert answer is not None
    assert not isinstance(answer, str)
    session.answer(answer)
    return shown.row.key


def reviews(collection: Collection) -> dict[str, list[Rating]]:
    by_card = {
        row.card: collection.reader.log.reviews(row.card_id)
        for row in collection.reader.search.find("", 99, 0)
    }
    return {
        card: [review.rating for review in card_reviews]
        for card, card_reviews in by_card.items()
        if card_reviews
    }
