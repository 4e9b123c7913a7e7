"""What a session shows: the card, its progress, and the summary at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flashcards.domain.cards import ANSWER_CAP_MS, Rating, State
from flashcards.domain.content import MatchNote, Note, note_from_json
from flashcards.domain.faces import hint_text, list_text
from flashcards.grading.answers import (
    ChoiceAnswer,
    GivenAnswer,
    MatchAnswer,
    OrderAnswer,
    empty_answer,
)
from flashcards.grading.grade import grade
from flashcards.grading.lines import Confidence
from flashcards.grading.misconceptions import misconception_name
from flashcards.grading.presentation import Presentation, is_graded, present
from flashcards.grading.record import AnswerRecord, from_json
from flashcards.study.session.references import iter_other_answers, name_misconceptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flashcards.domain.cards import Answer, CardRow, Memory, ReviewRow
    from flashcards.grading.result import Result
    from flashcards.store.reader import Reader
    from flashcards.study.session.rating import RatingPreview

Ending = Literal["", "minutes", "limit", "empty"]
"""Why a session is over; empty while it is not."""


@dataclass(slots=True)
class CurrentCard:
    """The card on the table."""

    row: CardRow
    note: Note
    presentation: Presentation
    """How the card is asked this time: options in their order, numbers drawn."""
    hint: str
    shown_at: int
    """When the question appeared, in Unix milliseconds."""
    revealed: bool = False
    confidence: Confidence = ""
    """How sure the learner was before the answer was shown."""
    answered_at: int | None = None
    """When the first answer was given, in Unix milliseconds."""
    given_answer: GivenAnswer | None = None
    """The answer to a graded kind, once there is one."""
    result: Result | None = None
    """What that answer came to."""
    confused_with: tuple[str, ...] = ()
    """The misconceptions of that answer in words."""
    reader: Reader | None = None
    """Where grading looks up other notes."""
    preview: RatingPreview | None = None
    """What the four ratings lead to, once it was computed."""

    @classmethod
    def from_row(
        cls,
        row: CardRow,
        at: int,
        reader: Reader | None = None,
        *,
        revealed: bool = False,
        repeats: int = 0,
    ) -> CurrentCard:
        """Return a card as it is put on the table at an instant.

        Args:
            row: The card.
            at: The instant.
            reader: Where grading looks up other notes; without one it knows none.
            revealed: Whether it lies there with its answer shown.
            repeats: Answers since the last review that left no trace, as practice gives.
        """
        note = note_from_json(row.content)
        return cls(
            row=row,
            note=note,
            presentation=present(note, row.face, row.key, row.memory.reps + repeats),
            hint=hint_text(note, row.face),
            shown_at=at,
            revealed=revealed,
            reader=reader,
        )

    @property
    def question(self) -> str:
        """What the card asks this time."""
        return self.presentation.question

    @property
    def answer(self) -> str:
        """What the card wants to hear this time."""
        return self.presentation.answer

    @property
    def is_graded(self) -> bool:
        """Whether an answer to it is graded, and suggests a rating."""
        return is_graded(self.note)

    @property
    def suggested_rating(self) -> Rating:
        """The rating that an empty line or the space bar gives."""
        return self.result.suggested if self.result else Rating.GOOD

    def accepts(self, given: GivenAnswer) -> bool:
        """Tell whether an answer ticks, orders or pairs what this card shows."""
        own = set(self.presentation.shown)
        match given:
            case ChoiceAnswer():
                return given.KIND == self.note.KIND and set(given.chosen) <= own
            case OrderAnswer():
                is_whole = len(given.items) == len(own) and set(given.items) == own
                return given.KIND == self.note.KIND and is_whole
            case MatchAnswer() if isinstance(self.note, MatchNote):
                is_whole = len(given.rights) == len(self.note.pairs)
                return is_whole and set(given.rights) - {None} <= own
            case _:
                return False

    def grade_answer(self, given: GivenAnswer | None, at: int) -> Result:
        """Grade an answer, or another one in its place, and turn the card over."""
        if self.answered_at is None:
            self.answered_at = max(at, self.shown_at)
        fits = given is not None and given.KIND == self.note.KIND
        self.given_answer = given if fits else empty_answer(self.note.KIND)
        self.result = grade(
            self.note,
            self.presentation,
            self.given_answer,
            seconds=self._seconds,
            unsure=self.confidence in ("guess", "unsure"),
            others=self._other_answers,
        )
        slugs = self.result.misconceptions
        self.confused_with = (
            name_misconceptions(self.reader, slugs)
            if self.reader
            else tuple(misconception_name(slug, {}) for slug in slugs)
        )
        self.revealed = True
        return self.result

    def _other_answers(self) -> Iterable[str]:
        return iter_other_answers(self.reader, self.row) if self.reader else ()

    @property
    def _seconds(self) -> float:
        return ((self.answered_at or self.shown_at) - self.shown_at) / 1000

    def restore_answer(self, record: AnswerRecord) -> None:
        """Put an answer back that was given and taken back."""
        self.confidence = record.confidence
        if record.given is None:
            return
        self.presentation = record.presentation(self.note, self.row.face)
        self.answered_at = self.shown_at + round(record.seconds * 1000)
        self.grade_answer(record.given, self.answered_at)

    def record(self) -> AnswerRecord:
        """Return the answer as the log keeps it."""
        if self.result is None:
            return AnswerRecord(None, confidence=self.confidence)
        return AnswerRecord(
            given=self.given_answer,
            score=self.result.score,
            seconds=self._seconds,
            confidence=self.confidence,
            shown=self.presentation.shown,
            numbers=self.presentation.numbers,
            misconceptions=self.result.misconceptions,
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What one rating would do."""

    memory: Memory

    @property
    def wait_seconds(self) -> int:
        """Seconds until the card is asked again."""
        return self.memory.interval_seconds


@dataclass(frozen=True, slots=True)
class RatingResult:
    """What became of a rating."""

    label: str
    """Such as `Good on mcl-012`."""
    wait_seconds: int = 0
    """Until the card is asked again."""
    leech: bool = False
    """The card slipped so often that it should be split or set aside."""
    lapses: int = 0
    changed_elsewhere: bool = False
    """Another window rated the card first, so this answer was not kept."""


@dataclass(frozen=True, slots=True)
class SessionProgress:
    """How far the session is."""

    done: int
    """Answers given."""
    total: int
    """Answers given and cards left."""
    seconds_left: float
    """Predicted seconds of what is left, within the minutes of the session."""
    share: float
    """Part of the session that is done, 0 to 1, in predicted seconds."""


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """One answer of the session, as the summary counts it."""

    card_id: int
    key: str
    rating: Rating
    state: State
    """The card's state before the answer."""
    duration_ms: int
    """At most `ANSWER_CAP_MS`."""
    record: AnswerRecord | None = None
    """What was answered, where that was kept."""

    @classmethod
    def from_answer(cls, row: CardRow, answer: Answer) -> LoggedAnswer:
        """Return an answer as it is counted."""
        return cls(
            card_id=row.card_id,
            key=row.key,
            rating=answer.rating,
            state=answer.before.state,
            duration_ms=min(answer.duration_ms, ANSWER_CAP_MS),
            record=from_json(answer.given),
        )

    @classmethod
    def from_review(cls, row: CardRow, review: ReviewRow) -> LoggedAnswer:
        """Return an answer that the log holds as it is counted."""
        return cls(
            card_id=row.card_id,
            key=row.key,
            rating=review.rating,
            state=review.state,
            duration_ms=min(review.duration_ms, ANSWER_CAP_MS),
            record=from_json(review.answer),
        )


@dataclass(frozen=True, slots=True)
class MissedCard:
    """A card to come back to."""

    card_id: int
    key: str
    deck: str
    question: str
    memory: Memory


@dataclass(frozen=True, slots=True)
class Summary:
    """What a session came to."""

    ending: Ending
    cram: bool
    answers: int
    milliseconds: int
    by_rating: dict[Rating, int]
    recall_attempts: int
    """Answers to cards in Review or Relearning: those that were to be remembered."""
    recalled: int
    """Those of them that were not Again."""
    new_cards: int
    """Cards seen for the first time."""
    missed_cards: tuple[MissedCard, ...]
    """Cards rated Again at least once, in the order of their first slip."""
    cards_left: int
    """Cards still to be asked today."""
    seconds_left: float
    """Predicted seconds of those."""
    waiting_until: int | None
    """When the next learning step is due, where cards wait for one."""


def summarize(
    given: Sequence[LoggedAnswer],
    *,
    ending: Ending,
    cram: bool,
    left: int,
    seconds_left: float,
    waiting_until: int | None,
    row: Callable[[int], CardRow],
) -> Summary:
    """Return the summary of the answers given; `row` reads a card by its id."""
    remembered = [one for one in given if one.state in (State.REVIEW, State.RELEARNING)]
    numbers = {one.card_id: dict(one.record.numbers) for one in given if one.record}
    slipped = dict.fromkeys(one.card_id for one in given if one.rating is Rating.AGAIN)
    return Summary(
        ending=ending,
        cram=cram,
        answers=len(given),
        milliseconds=sum(one.duration_ms for one in given),
        by_rating={
            rating: sum(one.rating is rating for one in given) for rating in Rating
        },
        recall_attempts=len(remembered),
        recalled=sum(one.rating is not Rating.AGAIN for one in remembered),
        new_cards=sum(one.state is State.NEW for one in given),
        missed_cards=tuple(
            _to_missed_card(row(card_id), numbers.get(card_id)) for card_id in slipped
        ),
        cards_left=left,
        seconds_left=seconds_left,
        waiting_until=waiting_until,
    )


def _to_missed_card(row: CardRow, numbers: Mapping[str, float] | None) -> MissedCard:
    return MissedCard(
        card_id=row.card_id,
        key=row.key,
        deck=row.deck,
        question=list_text(note_from_json(row.content), row.face, numbers),
        memory=row.memory,
    )
