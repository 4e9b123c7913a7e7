"""What a session shows: the card, its progress, and the summary at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flashcards.domain.cards import ANSWER_CAP_MS, Rating, State
from flashcards.domain.content import MatchNote, Note
from flashcards.domain.faces import hint_text, list_text
from flashcards.domain.note_json import note_from_json
from flashcards.grading.answers import (
    ChoiceAnswer,
    GradedAnswer,
    MatchAnswer,
    OrderAnswer,
    empty_answer,
)
from flashcards.grading.grade import grade
from flashcards.grading.lines import Confidence
from flashcards.grading.misconceptions import misconception_name
from flashcards.grading.presentation import Presentation, is_graded, present
from flashcards.grading.record import AnswerRecord, from_json
from flashcards.grading.words.vocabulary import answers_of

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from flashcards.domain.cards import Answer, CardRow, Memory, ReviewRow
    from flashcards.grading.result import Result
    from flashcards.store.reader import Reader
    from flashcards.study.queue.cards_left import CardsLeft
    from flashcards.study.session.rating import RatingPreview

Ending = Literal["", "minutes", "limit", "empty", "extra"]
"""Why a session is over; empty while it is not. `extra` is that of cards beyond today's."""


@dataclass(slots=True)
class CurrentCard:
    """The card that a session shows now."""

    row: CardRow
    note: Note
    presentation: Presentation
    """How the card is asked this time: the order of its options, the numbers drawn."""
    hint: str
    shown_at: int
    """When the question was shown, in Unix milliseconds."""
    revealed: bool = False
    confidence: Confidence = ""
    """How sure the learner was before the answer was shown."""
    answered_at: int | None = None
    """When the first answer was given, in Unix milliseconds."""
    given_answer: GradedAnswer | None = None
    """The answer to a card of a graded kind, None before there is one."""
    result: Result | None = None
    """The result of that answer."""
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
        """Return a card as it is shown from an instant on.

        Args:
            row: The card.
            at: The instant.
            reader: Where grading looks up other notes; for None it knows none.
            revealed: Whether its answer is shown.
            repeats: Answers in this practice, which are not recorded as reviews.
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
        """The expected answer this time."""
        return self.presentation.answer

    @property
    def is_graded(self) -> bool:
        """Whether an answer to it is graded and suggests a rating."""
        return is_graded(self.note)

    @property
    def suggested_rating(self) -> Rating:
        """The rating that an empty line or the space bar gives."""
        return self.result.suggested if self.result else Rating.GOOD

    def accepts(self, answer: GradedAnswer) -> bool:
        """Return whether an answer ticks, orders or pairs what this card shows."""
        own = set(self.presentation.shown)
        match answer:
            case ChoiceAnswer():
                return answer.KIND == self.note.KIND and set(answer.chosen) <= own
            case OrderAnswer():
                is_whole = len(answer.items) == len(own) and set(answer.items) == own
                return answer.KIND == self.note.KIND and is_whole
            case MatchAnswer() if isinstance(self.note, MatchNote):
                is_whole = len(answer.rights) == len(self.note.pairs)
                return is_whole and set(answer.rights) - {None} <= own
            case _:
                return False

    def grade_answer(self, answer: GradedAnswer | None, at: int) -> Result:
        """Grade an answer in place of any before, reveal the card, and return the result."""
        if self.answered_at is None:
            self.answered_at = max(at, self.shown_at)
        fits = answer is not None and answer.KIND == self.note.KIND
        self.given_answer = answer if fits else empty_answer(self.note.KIND)
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
            _name_misconceptions(self.reader, slugs)
            if self.reader
            else tuple(misconception_name(slug, {}) for slug in slugs)
        )
        self.revealed = True
        return self.result

    def _other_answers(self) -> Iterable[str]:
        return _iter_other_answers(self.reader, self.row) if self.reader else ()

    @property
    def _seconds(self) -> float:
        return ((self.answered_at or self.shown_at) - self.shown_at) / 1000

    def restore_answer(self, record: AnswerRecord) -> None:
        """Show an answer again that was undone or saved."""
        self.confidence = record.confidence
        if record.given is None:
            return
        self.presentation = record.presentation(self.note, self.row.face)
        self.answered_at = self.shown_at + round(record.seconds * 1000)
        self.grade_answer(record.given, self.answered_at)

    def record(self) -> AnswerRecord:
        """Return the answer as it is recorded."""
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
    """What a rating did."""

    label: str
    """Such as `Good on mcl-012`."""
    wait_seconds: int = 0
    """Seconds until the card is asked again."""
    leech: bool = False
    """Whether the card was forgotten so often that it should be split or suspended."""
    lapses: int = 0
    changed_elsewhere: bool = False
    """Whether another window rated the card first, so that this answer was not recorded."""


@dataclass(frozen=True, slots=True)
class SessionProgress:
    """How far the session is."""

    answers: int
    """Answers so far."""
    cards_left: int
    """Cards left, the current one included; each counts once, however often it is asked."""
    learning: int
    """Those of them that are in learning."""
    seconds_left: float
    """Predicted seconds of the cards left, within the minutes of the session."""
    is_timed: bool
    """Whether the minutes of the session end before its cards do."""
    questions: int | None
    """All questions of a session that asks each card once, such as a quiz; else None."""
    stops_after: int | None
    """Answers after which the session ends, where that is before all cards are done."""
    share: float
    """Share of the session that is done, 0 to 1, in predicted seconds."""


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
    """The answer, None for a rating alone."""

    @classmethod
    def from_answer(cls, row: CardRow, answer: Answer) -> LoggedAnswer:
        """Return an answer that was just given."""
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
        """Return an answer from the review log."""
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
    """A card that was rated Again."""

    card_id: int
    key: str
    deck: str
    question: str
    memory: Memory


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a session."""

    ending: Ending
    cram: bool
    answers: int
    cards: int
    """Cards that were answered at least once."""
    milliseconds: int
    by_rating: dict[Rating, int]
    recall_attempts: int
    """Answers to cards in Review or Relearning, which the learner had learned before."""
    recalled: int
    """Those of them that were rated better than Again."""
    new_cards: int
    """Cards seen for the first time."""
    missed_cards: tuple[MissedCard, ...]
    """Cards rated Again at least once, in the order of their first Again."""
    left: CardsLeft
    """Cards left in the session, the current one included."""


def summarize(
    answers: Sequence[LoggedAnswer],
    *,
    ending: Ending,
    cram: bool,
    left: CardsLeft,
    row: Callable[[int], CardRow],
) -> Summary:
    """Return the summary of a session.

    Args:
        answers: The answers, oldest first.
        ending: Why the session is over.
        cram: Whether it is a practice.
        left: The cards left.
        row: Returns a card by its id.
    """
    learned = [a for a in answers if a.state in (State.REVIEW, State.RELEARNING)]
    numbers = {a.card_id: dict(a.record.numbers) for a in answers if a.record}
    missed = dict.fromkeys(a.card_id for a in answers if a.rating is Rating.AGAIN)
    return Summary(
        ending=ending,
        cram=cram,
        answers=len(answers),
        cards=len({answer.card_id for answer in answers}),
        milliseconds=sum(a.duration_ms for a in answers),
        by_rating={
            rating: sum(a.rating is rating for a in answers) for rating in Rating
        },
        recall_attempts=len(learned),
        recalled=sum(a.rating is not Rating.AGAIN for a in learned),
        new_cards=sum(a.state is State.NEW for a in answers),
        missed_cards=tuple(
            _to_missed_card(row(card_id), numbers.get(card_id)) for card_id in missed
        ),
        left=left,
    )


def _to_missed_card(row: CardRow, numbers: Mapping[str, float] | None) -> MissedCard:
    return MissedCard(
        card_id=row.card_id,
        key=row.key,
        deck=row.deck,
        question=list_text(note_from_json(row.content), row.face, numbers),
        memory=row.memory,
    )


def _iter_other_answers(reader: Reader, row: CardRow) -> Iterator[str]:
    """Yield the short answers of the other notes of a card's deck."""
    for content, _ in reader.content.note_contents(row.deck_id):
        note = note_from_json(content)
        if note.id != row.note_key:
            yield from answers_of(note)


def _name_misconceptions(reader: Reader, slugs: Collection[str]) -> tuple[str, ...]:
    """Return misconceptions in words; where a slug is the id of a note, its question."""
    contents = reader.content.contents_of(slugs) if slugs else {}
    return tuple(misconception_name(slug, contents) for slug in slugs)
