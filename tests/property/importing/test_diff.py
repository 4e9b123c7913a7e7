"""The pieces of a difference, joined, give both texts."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from flashcards.importing.preview.diff import (
    ADDED,
    MOST_WORDS,
    REMOVED,
    UNCHANGED,
    DiffPiece,
    diff_on_one_line,
    diff_words,
    shorten_unchanged,
    text_similarity,
)

texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["a", "b", "c", "d,", "e.", "recall"]), max_size=20).map(
        " ".join
    ),
)


def side(pieces: list[DiffPiece], sign: str) -> str:
    return "".join(piece.text for piece in pieces if piece.sign in (UNCHANGED, sign))


@given(texts, texts)
def test_both_texts_can_be_read_from_the_difference(before: str, after: str) -> None:
    pieces = diff_words(before, after)

    assert side(pieces, REMOVED) == before
    assert side(pieces, ADDED) == after
    assert all(piece.text for piece in pieces)
    assert all(
        earlier.sign != later.sign for earlier, later in itertools.pairwise(pieces)
    )


@given(texts)
def test_equal_texts_have_no_difference(text: str) -> None:
    assert {piece.sign for piece in diff_words(text, text)} <= {UNCHANGED}


@given(texts, texts, st.integers(1, 10))
def test_changed_words_are_never_cut(before: str, after: str, around: int) -> None:
    pieces = diff_words(before, after)
    cut = shorten_unchanged(pieces, around)

    assert [piece.sign for piece in cut] == [piece.sign for piece in pieces]
    for piece, short in zip(pieces, cut, strict=True):
        assert short == piece or (piece.sign == UNCHANGED and "…" in short.text)


line_ends = st.sampled_from(["\\\n", "  \n", "\n", "\n\n", " \\\n  "])
lined = st.lists(st.one_of(st.sampled_from(["a", "b c", "d,"]), line_ends), max_size=12)


@given(lined, lined, st.integers(1, 10))
def test_line_breaks_are_shown_on_one_line_without_their_backslash(
    before: list[str], after: list[str], around: int
) -> None:
    pieces = diff_on_one_line("".join(before), "".join(after), around)

    text = "".join(piece.text for piece in pieces)
    assert "\\" not in text
    assert "\n" not in text


def test_other_backslashes_are_shown() -> None:
    (piece,) = diff_on_one_line("a\\\\\nb \\alpha", "a\\\\\nb \\alpha", 90)

    assert piece.text == "a\\\\ / b \\alpha"


def test_neighboring_words_change_together() -> None:
    assert diff_words("Which mean is it?", "Which harmonic mean of two is it?") == [
        DiffPiece(UNCHANGED, "Which "),
        DiffPiece(ADDED, "harmonic "),
        DiffPiece(UNCHANGED, "mean"),
        DiffPiece(ADDED, " of two"),
        DiffPiece(UNCHANGED, " is it?"),
    ]
    assert diff_words("of one class", "for each class") == [
        DiffPiece(REMOVED, "of one"),
        DiffPiece(ADDED, "for each"),
        DiffPiece(UNCHANGED, " class"),
    ]


def test_very_long_texts_are_not_compared_word_by_word() -> None:
    middle = " ".join(f"w{n}" for n in range(MOST_WORDS))
    before, after = f"same {middle} end", f"same {middle[::-1]} end"

    assert [piece.sign for piece in diff_words(before, after)] == [
        "=",
        "-",
        "+",
        "=",
    ]


def test_similarity_is_between_0_and_1() -> None:
    assert text_similarity("recall", "recall") == 1
    assert 0.9 < text_similarity("What is recall?", "What is recall??") < 1
    assert text_similarity("abc", "xyz") == 0
