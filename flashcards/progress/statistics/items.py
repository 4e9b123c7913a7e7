"""Item statistics: what was chosen, missed and mixed up in graded notes.

The figures come from the answers saved in the log. Answers to an older wording of their
note, which would get another score today, are left out.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

from flashcards.domain.content import ChoiceNote, MatchNote, Note, OrderNote, RecallNote
from flashcards.domain.faces import list_text
from flashcards.domain.note_json import note_from_json
from flashcards.grading.answers import (
    ChoiceAnswer,
    MatchAnswer,
    NumericAnswer,
    OrderAnswer,
    RecallAnswer,
    TypedAnswer,
)
from flashcards.grading.grade import grade
from flashcards.grading.misconceptions import misconception_name
from flashcards.grading.presentation import GRADED_KINDS, parts_of, rights_of
from flashcards.grading.record import AnswerRecord, from_json
from flashcards.grading.words.wording import folded_words
from flashcards.text.markdown.plain_text import join_lines
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flashcards.store.rows import KeptAnswer

What = Literal["chosen", "left out", "missed", "paired", "swapped", "off", "typed"]

ENOUGH = 5
"""An item is shown from so many answers on."""

_SAME = 1e-3
"""Tolerance for scores, which are saved with four digits."""
_NEAR = math.log10(1.5)
"""How close a ratio must be to a power of ten, as a logarithm, to be reported as one."""
_SPELLED = 9
"""Powers of ten that are written out."""
_LONGEST = 80


class ItemPart(NamedTuple):
    """A part of an item, such as an option, and the number of answers it occurred in."""

    what: What
    text: str
    answers: int
    is_slip: bool
    """Whether this is a wrong answer."""
    misconception: str = ""
    """The misconception behind a wrong option, as the deck file has it."""
    mixed_up: str = ""
    """The misconception in words."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """The answers to one graded note."""

    note: str
    deck: str
    kind: str
    front: str
    answers: int
    score: float
    """Mean score, 0 to 1."""
    parts: tuple[ItemPart, ...]
    """Every option of a choice note; every slip of other kinds."""

    @property
    def is_enough(self) -> bool:
        """Whether there are enough answers to show the item."""
        return self.answers >= ENOUGH

    @property
    def slips(self) -> tuple[ItemPart, ...]:
        """The wrong answers, the most frequent first."""
        made = [part for part in self.parts if part.is_slip and part.answers]
        return tuple(sorted(made, key=lambda part: (-part.answers, part.text)))


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """All graded notes that were answered."""

    answers: int
    older: int
    """Answers to an older wording of their note, which are left out."""
    items: tuple[ItemFigures, ...]
    """The worst first; those with too few answers last."""
    misconceptions: tuple[tuple[str, int], ...]
    """Misconceptions with how often they were chosen, the most frequent first."""

    @property
    def enough(self) -> tuple[ItemFigures, ...]:
        """The items with enough answers, the worst first."""
        return tuple(item for item in self.items if item.is_enough)

    @property
    def missing(self) -> str:
        """Why no item is shown yet; empty if any has enough answers."""
        if self.enough:
            return ""
        most = max((item.answers for item in self.items), default=0)
        return (
            f"Not enough answers yet for items (at most {most} of {ENOUGH} per item)."
        )


def misconceptions_of(contents: Iterable[str]) -> set[str]:
    """Return the misconceptions that wrong options of notes, as JSON, name."""
    notes = (note_from_json(text) for text in contents if '"misconception"' in text)
    return {
        option.misconception
        for note in notes
        if isinstance(note, ChoiceNote)
        for option in note.options
        if option.misconception
    }


def compute_item_statistics(
    answers: Iterable[KeptAnswer], contents: Mapping[str, str]
) -> ItemStatistics:
    """Return the statistics of each graded note.

    Args:
        answers: Answers that were not undone.
        contents: By key the notes asked, and those that misconceptions name, as JSON.
    """
    records_of: dict[str, list[AnswerRecord]] = {}
    decks: dict[str, str] = {}
    for answer in answers:
        record = from_json(answer.answer) if answer.kind in GRADED_KINDS else None
        if record and record.given is not None and answer.note in contents:
            records_of.setdefault(answer.note, []).append(record)
            decks[answer.note] = answer.deck
    items, older, slugs = [], 0, Counter[str]()
    for key, records in records_of.items():
        note = note_from_json(contents[key])
        fitting = [record for record in records if _fits(note, record)]
        older += len(records) - len(fitting)
        if not fitting:
            continue
        item = _item(key, decks[key], note, fitting, contents)
        for part in item.slips:
            if part.misconception:
                slugs[part.misconception] += part.answers
        items.append(item)
    items.sort(key=lambda item: (not item.is_enough, item.score, -item.answers))
    return ItemStatistics(
        answers=sum(item.answers for item in items),
        older=older,
        items=tuple(items),
        misconceptions=tuple(
            sorted(slugs.items(), key=lambda count: (-count[1], count[0]))
        ),
    )


def _fits(note: Note, record: AnswerRecord) -> bool:
    """Return whether an answer was given to the note as it is now."""
    if record.score is None or record.given is None:
        return False
    if record.given.KIND != note.KIND:
        return False
    if record.shown and sorted(record.shown) != list(range(len(parts_of(note)))):
        return False
    asked = record.presentation(note, "")
    score = grade(note, asked, record.given, seconds=0).score
    return abs(score - record.score) < _SAME


def _item(
    key: str,
    deck: str,
    note: Note,
    records: Sequence[AnswerRecord],
    contents: Mapping[str, str],
) -> ItemFigures:
    counts: Counter[tuple[What, str]] = Counter()
    for record in records:
        counts.update(set(_slips(note, record)))
    scores = [record.score or 0.0 for record in records]
    if isinstance(note, ChoiceNote):
        parts = tuple(_options(note, records, contents))
    else:
        parts = tuple(
            ItemPart(*slip, count, True) for slip, count in counts.most_common()
        )
    return ItemFigures(
        note=key,
        deck=deck,
        kind=note.KIND,
        front=list_text(note),
        answers=len(records),
        score=sum(scores) / len(scores),
        parts=parts,
    )


def _options(
    note: ChoiceNote, records: Sequence[AnswerRecord], contents: Mapping[str, str]
) -> Iterator[ItemPart]:
    """Yield every option with how often it was chosen, right ones also as left out."""
    picked = Counter(
        index
        for record in records
        if isinstance(record.given, ChoiceAnswer)
        for index in set(record.given.chosen)
    )
    several = sum(option.correct for option in note.options) > 1
    for index, option in enumerate(note.options):
        wrong = not option.correct
        slug = option.misconception if wrong else ""
        name = misconception_name(slug, contents) if slug else ""
        yield ItemPart("chosen", option.text, picked[index], wrong, slug, name)
        if several and option.correct:
            yield ItemPart("left out", option.text, len(records) - picked[index], True)


def _slips(note: Note, record: AnswerRecord) -> Iterator[tuple[What, str]]:
    """Yield the slips of one answer."""
    match note, record.given:
        case RecallNote(), RecallAnswer(points=ticked):
            for index, point in enumerate(note.points):
                if index not in ticked:
                    yield "missed", point.text
        case MatchNote(), MatchAnswer(rights=chosen):
            yield from _mixed_up(note, chosen)
        case OrderNote(), OrderAnswer(items=order):
            for first, second in combinations(order, 2):
                if first > second:
                    earlier, later = note.items[first], note.items[second]
                    yield "swapped", f"{_short(earlier)} before {_short(later)}"
        case _, NumericAnswer(value=value) if record.score == 0:
            yield "off", _describe_error(value, record.presentation(note, "").value)
        case _, TypedAnswer(text=text) if record.score == 0:
            yield "typed", " ".join(folded_words(text)) or "nothing"


def _mixed_up(
    note: MatchNote, chosen: Sequence[int | None]
) -> Iterator[tuple[What, str]]:
    rights = rights_of(note)
    for number, pair in enumerate(note.pairs):
        index = chosen[number] if number < len(chosen) else None
        if index is None or index >= len(rights):
            yield "left out", pair.left
        elif rights[index] != pair.right:
            yield "paired", f"{_short(pair.left)} with {_short(rights[index])}"


def _describe_error(value: float | None, right: float | None) -> str:
    """Return how a number is off: its sign, its power of ten, or its direction."""
    if value is None or right is None:
        return "no number"
    if not value or not right:
        return "not zero" if value else "zero"
    ratio = value / right
    if ratio < 0:
        return "another sign"
    way = "large" if ratio > 1 else "small"
    power = round(math.log10(ratio)) if 0 < ratio < math.inf else 0
    if not power or abs(math.log10(ratio) - power) > _NEAR:
        return f"too {way}"
    times = f"{10 ** abs(power):,}" if abs(power) <= _SPELLED else f"10^{abs(power)}"
    return f"about {times} times too {way}"


def _short(text: str) -> str:
    return one_line(join_lines(text), _LONGEST)
