"""Notes without ids match stored notes by their wording, edited or not, each one once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from flashcards.domain.content import BasicNote
from flashcards.importing.matching.note_matching import (
    Wording,
    find_matches,
    similarity,
    to_wording,
)

WORDS = [
    "precision",
    "recall",
    "threshold",
    "drift",
    "label",
    "covariate",
    "shift",
    "calibration",
    "bucket",
    "shard",
    "replica",
    "queue",
    "latency",
    "throughput",
    "cache",
    "tower",
    "ranking",
    "retrieval",
    "embedding",
    "gradient",
]

words = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(" ".join)
sides = st.lists(
    st.tuples(words, words), min_size=1, max_size=12, unique_by=lambda both: both[0]
)


def wordings(prefix: str, both: list[tuple[str, str]]) -> list[Wording]:
    return [
        to_wording(BasicNote(id=f"{prefix}{index}", front=f"{front}?", back=back))
        for index, (front, back) in enumerate(both)
    ]


@given(sides, st.randoms(use_true_random=False))
def test_notes_match_in_any_order(both: list[tuple[str, str]], random: object) -> None:
    stored = wordings("s", both)
    new = wordings("n", both)
    random.shuffle(new)  # type: ignore[attr-defined]

    matches = find_matches(new, stored, was_edited=False)

    assert matches == {f"n{index}": f"s{index}" for index in range(len(both))}


@given(sides, st.data())
def test_a_note_with_one_edited_side_keeps_its_id(
    both: list[tuple[str, str]], data: st.DataObject
) -> None:
    stored = wordings("s", both)
    index = data.draw(st.integers(0, len(both) - 1))
    front, back = both[index]
    edited = list(both)
    edited[index] = data.draw(
        st.sampled_from([(front, f"{back} today"), (f"why {front}", back)])
    )
    assume([wording[0] for wording in edited].count(edited[index][0]) == 1)

    matches = find_matches(wordings("n", edited), stored, was_edited=True)

    assert matches == {f"n{n}": f"s{n}" for n in range(len(both))}


@given(sides, sides)
def test_no_stored_note_matches_twice(
    new_sides: list[tuple[str, str]], stored_sides: list[tuple[str, str]]
) -> None:
    matches = find_matches(
        wordings("n", new_sides), wordings("s", stored_sides), was_edited=True
    )

    assert len(set(matches.values())) == len(matches)


@given(sides)
def test_similarity_is_symmetric(both: list[tuple[str, str]]) -> None:
    every = wordings("n", both)
    for one in every:
        assert similarity(one, one) == 2
        for other in every:
            assert similarity(one, other) == similarity(other, one)


def test_a_number_in_the_question_distinguishes_two_notes() -> None:
    one = to_wording(
        BasicNote(
            id="a", front="What does an L1 penalty do?", back="It sets weights to zero."
        )
    )
    other = to_wording(
        BasicNote(
            id="b", front="What does an L2 penalty do?", back="It makes weights small."
        )
    )
    assert find_matches([one], [other], was_edited=True) == {}


def test_a_note_of_another_kind_is_another_note() -> None:
    note = BasicNote(id="a", front="What is recall?", back="TP / (TP + FN)")
    wording = to_wording(note)
    typed = replace(note, id="b")
    assert (
        find_matches(
            [wording], [to_wording(typed)._replace(kind="typed")], was_edited=True
        )
        == {}
    )


def test_a_note_with_both_sides_edited_matches_only_in_the_same_file() -> None:
    stored = to_wording(
        BasicNote(
            id="s",
            front="Which drift moves the inputs alone?",
            back="Covariate shift, P(x) moves.",
        )
    )
    new = to_wording(
        BasicNote(
            id="n",
            front="Which drift moves only the inputs?",
            back="Covariate shift: P(x) moves.",
        )
    )
    assert find_matches([new], [stored], was_edited=True) == {"n": "s"}
    assert find_matches([new], [stored], was_edited=False) == {}
