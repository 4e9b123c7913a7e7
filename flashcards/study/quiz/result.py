"""The result of a quiz: score, topics, misconceptions, and every item that was not right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import Rating
from flashcards.study.session.current_card import CurrentCard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.domain.cards import CardRow
    from flashcards.grading.result import Result
    from flashcards.store.reader import Reader
    from flashcards.study.session.current_card import LoggedAnswer

_SCORE_BY_RATING = {Rating.AGAIN: 0.0, Rating.HARD: 0.5}
"""The score of a rating without an answer that could be graded; 1 for others."""


@dataclass(frozen=True, slots=True)
class QuizItem:
    """One item of a quiz with its result."""

    card: CurrentCard
    """The card as it was asked, with the answer and its result."""
    score: float
    """0 to 1; 0 where it was not answered."""
    is_answered: bool
    milliseconds: int

    @property
    def row(self) -> CardRow:
        """The card."""
        return self.card.row

    @property
    def result(self) -> Result | None:
        """The result of the answer; None where there was no answer to grade."""
        return self.card.result

    @property
    def is_right(self) -> bool:
        """Whether nothing was wrong or missed."""
        return self.score >= 1


@dataclass(frozen=True, slots=True)
class TopicScore:
    """The score of the items of one topic."""

    title: str
    """The topic's title, or the deck's key for notes without a topic."""
    deck: str
    items: int
    score: float
    """Mean of the items, 0 to 1."""


@dataclass(frozen=True, slots=True)
class QuizResult:
    """The result of a quiz, so far or at the end."""

    items: tuple[QuizItem, ...]
    """Every item in the order of asking, the unanswered ones of an exam too."""
    milliseconds: int
    topics: tuple[TopicScore, ...]
    """The weakest topic first."""
    misconceptions: tuple[tuple[str, int], ...]
    """Misconceptions in words, and how often they occurred, the most frequent first."""

    @property
    def score(self) -> float:
        """Mean score of the items, 0 to 1; 0 for a quiz without items."""
        return _mean(item.score for item in self.items)

    @property
    def right(self) -> int:
        """Items that were all right."""
        return sum(item.is_right for item in self.items)

    @property
    def partly(self) -> int:
        """Items that were right in part."""
        return sum(0 < item.score < 1 for item in self.items)

    @property
    def wrong(self) -> int:
        """Items that were answered wrong."""
        return sum(item.is_answered and item.score <= 0 for item in self.items)

    @property
    def unanswered(self) -> int:
        """Items without an answer; they count as wrong in the score."""
        return sum(not item.is_answered for item in self.items)

    @property
    def not_right(self) -> tuple[QuizItem, ...]:
        """Items that were wrong, partly right or not answered, the worst first."""
        missed = [item for item in self.items if not item.is_right]
        return tuple(
            sorted(missed, key=lambda item: (item.score, not item.is_answered))
        )

    @property
    def sure_but_wrong(self) -> tuple[QuizItem, ...]:
        """Items that the learner was sure of but did not get right."""
        return tuple(item for item in self.not_right if item.card.confidence == "sure")


def build_result(items: Sequence[QuizItem]) -> QuizResult:
    """Return the result of some items."""
    names: dict[str, int] = {}
    for item in items:
        for name in item.card.confused_with:
            names[name] = names.get(name, 0) + 1
    return QuizResult(
        items=tuple(items),
        milliseconds=sum(item.milliseconds for item in items),
        topics=_score_topics(items),
        misconceptions=tuple(sorted(names.items(), key=lambda item: -item[1])),
    )


def to_quiz_items(answers: Iterable[LoggedAnswer], reader: Reader) -> list[QuizItem]:
    """Return the answers of a session as items; for each card its last answer."""
    last = {answer.card_id: answer for answer in answers}
    return [_item_of_answer(answer, reader) for answer in last.values()]


def to_quiz_item(card: CurrentCard, milliseconds: int) -> QuizItem:
    """Return a card as an item; it counts as answered if it has a result."""
    return QuizItem(
        card=card,
        score=card.result.score if card.result else 0.0,
        is_answered=card.result is not None,
        milliseconds=milliseconds,
    )


def _item_of_answer(answer: LoggedAnswer, reader: Reader) -> QuizItem:
    card = CurrentCard.from_row(
        reader.cards.get(answer.card_id), 0, reader, revealed=True
    )
    if answer.record:
        card.restore_answer(answer.record)
    if card.result:
        return to_quiz_item(card, answer.duration_ms)
    return QuizItem(
        card=card,
        score=_SCORE_BY_RATING.get(answer.rating, 1.0),
        is_answered=True,
        milliseconds=answer.duration_ms,
    )


def _score_topics(items: Iterable[QuizItem]) -> tuple[TopicScore, ...]:
    scores: dict[tuple[str, str], list[float]] = {}
    for item in items:
        topic = item.row.topic_title or item.row.deck
        scores.setdefault((topic, item.row.deck), []).append(item.score)
    topics = [
        TopicScore(title, deck, len(topic_scores), _mean(topic_scores))
        for (title, deck), topic_scores in scores.items()
    ]
    return tuple(sorted(topics, key=lambda topic: topic.score))


def _mean(scores: Iterable[float]) -> float:
    values = list(scores)
    return sum(values) / len(values) if values else 0.0
