"""Properties of grading for every note, answer and presentation."""

from __future__ import annotations

import json
import math
from random import Random
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from flashcards.domain.cards import Rating
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    MatchNote,
    Note,
    NumericNote,
    Option,
    OrderNote,
    Pair,
    Point,
    RecallNote,
    TypedNote,
)
from flashcards.grading.answers import (
    ChoiceAnswer,
    GradedAnswer,
    MatchAnswer,
    NumericAnswer,
    OrderAnswer,
    RecallAnswer,
    TypedAnswer,
    empty_answer,
    from_plain,
    to_plain,
)
from flashcards.grading.grade import grade
from flashcards.grading.lines import parse_line, split_confidence
from flashcards.grading.presentation import parts_of, present, present_as, rights_of
from flashcards.grading.record import AnswerRecord, from_json, to_json

WORDS = st.text(min_size=1, max_size=20)
INDEXES = st.lists(st.integers(0, 12), max_size=8).map(tuple)

OPTIONS = st.lists(
    st.builds(
        Option,
        WORDS,
        st.booleans(),
        misconception=st.sampled_from(["", "one", "other"]),
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda option: option.text,
).map(tuple)
VARIABLES = st.dictionaries(
    st.sampled_from(["qps", "ms"]),
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=4).map(tuple),
    max_size=2,
).map(lambda found: tuple(found.items()))
CHOICES = st.builds(ChoiceNote, id=st.just("n"), question=WORDS, options=OPTIONS)
NUMERICS = st.builds(
    NumericNote,
    id=st.just("n"),
    question=WORDS,
    answer=st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["qps * ms", "qps / ms", "1 / 0", "qps ** 999", "nonsense("])
    | WORDS,
    tolerance=st.floats(0, 10) | st.sampled_from(["5%", "0.1%", "x"]),
    unit=st.sampled_from(["", "%", "ms", "requests/s"]),
    working=st.sampled_from(["", "{qps} x {ms}", "{qps * 2} {answer} {"]),
    variables=VARIABLES,
)
TYPEDS = st.builds(
    TypedNote,
    id=st.just("n"),
    question=WORDS,
    accept=st.lists(WORDS, min_size=1, max_size=4).map(tuple),
)
ORDERS = st.builds(
    OrderNote,
    id=st.just("n"),
    question=WORDS,
    items=st.lists(WORDS, min_size=2, max_size=6, unique=True).map(tuple),
)
MATCHES = st.builds(
    MatchNote,
    id=st.just("n"),
    question=WORDS,
    pairs=st.lists(st.builds(Pair, WORDS, WORDS), min_size=2, max_size=5).map(tuple),
    lures=st.lists(WORDS, max_size=3).map(tuple),
)
POINTS = st.builds(
    Point,
    WORDS,
    st.booleans(),
    st.floats(0, 100),
    st.lists(WORDS, max_size=3).map(tuple),
)
RECALLS = st.builds(
    RecallNote,
    id=st.just("n"),
    question=WORDS,
    points=st.lists(POINTS, min_size=1, max_size=5).map(tuple),
)
BASICS = st.builds(BasicNote, id=st.just("n"), front=WORDS, back=WORDS)
NOTES: st.SearchStrategy[Note] = st.one_of(
    CHOICES, NUMERICS, TYPEDS, ORDERS, MATCHES, RECALLS, BASICS
)
ANSWERS: st.SearchStrategy[GradedAnswer] = st.one_of(
    st.builds(ChoiceAnswer, INDEXES),
    st.builds(
        NumericAnswer,
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.text(),
    ),
    st.builds(TypedAnswer, st.text()),
    st.builds(OrderAnswer, INDEXES),
    st.builds(
        MatchAnswer, st.lists(st.none() | st.integers(0, 12), max_size=8).map(tuple)
    ),
    st.builds(RecallAnswer, INDEXES, st.text()),
)


@given(NOTES, st.none() | ANSWERS, st.floats(), st.booleans(), st.integers(0, 9))
def test_any_answer_to_any_note_gets_a_result(
    note: Note, answer: GradedAnswer | None, seconds: float, unsure: bool, reps: int
) -> None:
    shown = present(note, "", "n", reps)

    result = grade(note, shown, answer, seconds=seconds, unsure=unsure)

    assert 0 <= result.score <= 1
    assert result.summary.endswith(".")
    assert (result.suggested is Rating.AGAIN) == (result.score == 0) or isinstance(
        note, BasicNote
    )
    assert result.at_most is None or result.suggested <= result.at_most


@given(NOTES, st.text(), st.integers(0, 9))
def test_any_line_is_an_answer_or_a_sentence(note: Note, line: str, reps: int) -> None:
    shown = present(note, "", "n", reps)
    text, _ = split_confidence(line)

    parsed = parse_line(note, shown, text)

    if isinstance(parsed, str):
        assert parsed.endswith(".")
    else:
        grade(note, shown, parsed, seconds=1)


@example(
    note=NumericNote(
        id="n",
        question="{qps} per {ms}",
        answer="qps / ms",
        variables=(("qps", (0.0,)), ("ms", (1.0, 0.0))),
    ),
    answer=ChoiceAnswer(()),
    random=Random(0),  # noqa: S311 - nothing is secret here
)
@given(NOTES, ANSWERS, st.randoms(use_true_random=False))
def test_shuffling_never_changes_the_result(
    note: Note, answer: GradedAnswer, random: Any
) -> None:
    shown = present(note, "", "n", 0)
    other = list(shown.shown)
    random.shuffle(other)
    again = present_as(note, "", other, dict(shown.numbers))

    here = grade(note, shown, answer, seconds=1)
    there = grade(note, again, answer, seconds=1)

    assert sorted(here.marks, key=repr) == sorted(there.marks, key=repr)
    assert (here.score, here.suggested, here.misconceptions, here.summary) == (
        there.score,
        there.suggested,
        there.misconceptions,
        there.summary,
    )


@given(NOTES, st.integers(0, 50))
def test_a_card_is_asked_the_same_way_until_it_is_answered(
    note: Note, reps: int
) -> None:
    shown = present(note, "", "n", reps)

    assert shown == present(note, "", "n", reps)
    assert shown.texts == tuple(parts_of(note)[index] for index in shown.shown)
    assert sorted(shown.shown) == list(range(len(parts_of(note))))


@given(CHOICES, INDEXES, st.data())
def test_one_more_right_option_never_lowers_the_score(
    note: ChoiceNote, chosen: tuple[int, ...], data: st.DataObject
) -> None:
    right = [i for i, option in enumerate(note.options) if option.correct]
    more = data.draw(st.sampled_from(right)) if right else 0
    shown = present(note, "", "n", 0)

    before = grade(note, shown, ChoiceAnswer(chosen), seconds=1).score
    after = grade(note, shown, ChoiceAnswer((*chosen, more)), seconds=1).score

    assert after >= before or not right


@given(RECALLS, INDEXES, st.integers(0, 5))
def test_one_more_point_never_lowers_the_score(
    note: RecallNote, points: tuple[int, ...], more: int
) -> None:
    shown = present(note, "", "n", 0)

    before = grade(note, shown, RecallAnswer(points), seconds=1).score
    after = grade(note, shown, RecallAnswer((*points, more)), seconds=1).score

    assert after >= before


@given(
    MATCHES,
    st.data(),
)
def test_one_more_right_pair_raises_the_score(
    note: MatchNote, data: st.DataObject
) -> None:
    rights = rights_of(note)
    indexes = st.none() | st.integers(0, len(rights) - 1)
    given = data.draw(
        st.lists(indexes, min_size=len(note.pairs), max_size=len(note.pairs))
    )
    place = data.draw(st.integers(0, len(note.pairs) - 1))
    better = list(given)
    better[place] = rights.index(note.pairs[place].right)
    shown = present(note, "", "n", 0)

    before = grade(note, shown, MatchAnswer(tuple(given)), seconds=1).score
    after = grade(note, shown, MatchAnswer(tuple(better)), seconds=1).score

    assert after >= before
    assert (after > before) == (given[place] != better[place])


@given(st.permutations(range(5)), st.integers(0, 4))
def test_putting_an_item_in_its_place_never_lowers_the_score(
    items: list[int], place: int
) -> None:
    note = OrderNote(id="n", question="?", items=tuple("abcde"))
    better = list(items)
    better[items.index(place)], better[place] = better[place], place
    shown = present(note, "", "n", 0)

    before = grade(note, shown, OrderAnswer(tuple(items)), seconds=1).score
    after = grade(note, shown, OrderAnswer(tuple(better)), seconds=1).score

    assert after >= before


MAGNITUDES = st.builds(
    lambda digits, power: float(f"{digits}e{power}"),
    st.integers(1, 9999),
    st.integers(-6, 9),
)


@given(
    st.lists(MAGNITUDES, min_size=1, max_size=5),
    st.lists(MAGNITUDES, min_size=1, max_size=5),
    st.sampled_from(["qps * ms / 1000", "qps / ms", "round(qps / 3, 2)", "qps - ms"]),
    st.sampled_from([0.0, "0.1%", "5%"]),
    st.sampled_from(["", "ms", "%", "requests/s", "MB"]),
    st.integers(0, 99),
)
def test_the_computed_answer_of_a_template_is_right(
    qps: list[float],
    ms: list[float],
    answer: str,
    tolerance: float | str,
    unit: str,
    reps: int,
) -> None:
    note = NumericNote(
        id="n",
        question="{qps} {ms}?",
        answer=answer,
        tolerance=tolerance,
        unit=unit,
        working="= {answer}",
        variables=(("qps", tuple(qps)), ("ms", tuple(ms))),
    )
    shown = present(note, "", "n", reps)
    stated, _, working = shown.answer.partition("\n\n")

    for line in (stated, working.removeprefix("= "), f"{shown.value!r}"):
        parsed = parse_line(note, shown, line)
        assert isinstance(parsed, NumericAnswer), line
        assert grade(note, shown, parsed, seconds=1).score == 1, line


@given(ANSWERS)
def test_an_answer_is_the_same_after_conversion_to_plain_data(
    answer: GradedAnswer,
) -> None:
    assert from_plain(to_plain(answer)) == answer


@given(
    st.none() | ANSWERS,
    st.sampled_from(["", "guess", "unsure", "sure"]),
    INDEXES,
    st.dictionaries(st.sampled_from(["qps", "ms"]), st.floats(-1e9, 1e9)),
    st.lists(WORDS, max_size=3).map(tuple),
)
def test_a_record_is_read_back_from_the_log(
    answer: GradedAnswer | None,
    confidence: Any,
    shown: tuple[int, ...],
    numbers: dict[str, float],
    misconceptions: tuple[str, ...],
) -> None:
    record = AnswerRecord(
        given=answer,
        score=0.5,
        seconds=12.5,
        confidence=confidence,
        shown=shown,
        numbers=tuple(numbers.items()),
        misconceptions=misconceptions,
    )

    text = to_json(record)

    if answer is None and not confidence:
        assert text is None
    else:
        assert from_json(text) == record


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "chosen", "text", "value", "rights", "score"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(st.text() | JSON.map(json.dumps))
def test_any_text_in_the_log_is_a_record_or_none(text: str) -> None:
    record = from_json(text)

    assert record is None or record.score is None or math.isfinite(record.score)


def test_the_empty_answer_to_each_graded_kind_is_wrong() -> None:
    for kind in ("choice", "numeric", "typed", "order", "match", "recall"):
        assert empty_answer(kind) is not None
    assert empty_answer("basic") is None


@given(st.permutations(range(6)))
def test_score_rating_and_sentence_of_an_order_agree(items: list[int]) -> None:
    note = OrderNote(id="n", question="q", items=tuple("abcdef"))
    asked = present(note, "", "n", 0)

    result = grade(note, asked, OrderAnswer(tuple(items)), seconds=1)

    in_place = sum(index == place for place, index in enumerate(items))
    if items == [5, 4, 3, 2, 1, 0]:
        assert (result.score, result.summary) == (0, "All in the reverse order.")
    else:
        assert result.score == in_place / 6
    assert (result.suggested is Rating.AGAIN) == (result.score == 0)
    assert (result.suggested is Rating.GOOD) == (in_place == 6)


@given(st.integers(2, 9))
def test_the_reverse_order_is_wrong_though_its_middle_is_in_place(count: int) -> None:
    note = OrderNote(id="n", question="q", items=tuple("abcdefghi"[:count]))
    asked = present(note, "", "n", 0)

    result = grade(note, asked, OrderAnswer(tuple(reversed(range(count)))), seconds=1)

    assert (result.score, result.suggested) == (0, Rating.AGAIN)
