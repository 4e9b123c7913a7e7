"""Properties of typed answers: what is the same, and what never is."""

from __future__ import annotations

import unicodedata
from itertools import permutations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flashcards.domain.content import Point, RecallNote, TypedNote
from flashcards.grading.answers import TypedAnswer
from flashcards.grading.marking import mark_typed
from flashcards.grading.recall import found_points
from flashcards.grading.words.dictionary import (
    are_plural_and_singular,
    are_same_in_american,
    is_word,
    listed_words,
)
from flashcards.grading.words.symbols import spellings_of
from flashcards.grading.words.wording import is_same, is_slip
from tests.examples import scale_examples

WORDS = st.sampled_from(
    [
        "variant",
        "group",
        "type",
        "level",
        "average",
        "covariate",
        "precision",
        "the",
        "model",
    ]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LETTERS = [chr(ord("A") + place) for place in range(26)]
LABELS = st.one_of(
    st.sampled_from(LETTERS),
    st.sampled_from([letter.lower() for letter in LETTERS]),
    st.integers(0, 200).map(str),
    st.integers(0, 200).map(lambda number: f"v{number}"),
    st.integers(1, 99).map(lambda number: f"p{number}"),
    st.sampled_from(
        ["I", "II", "III", "IV", "V", "L1", "L2", "C", "C++", "C#", "F1", "1.5", "15"]
    ),
)
TWO_LABELS = st.lists(LABELS, min_size=2, max_size=2, unique_by=str.casefold)
SORTED_WORDS = sorted(
    word
    for word in listed_words()
    if len(word) >= 5 and word.isascii() and word.isalpha()
)
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
NAMES = st.text("abcdelnorst", min_size=3, max_size=12)
SYMBOLS = [
    sign
    for sign in map(chr, range(0x80, 0x3000))
    if unicodedata.category(sign) in ("Sm", "So")
    and unicodedata.normalize("NFKD", sign) == sign
]


def is_right(given: str, wanted: str) -> bool:
    return is_same(given, wanted) or is_slip(given, wanted)


def one_edit_apart(word: str) -> set[str]:
    """Return every word that is one letter or one swap away."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    edits = {head + tail[1:] for head, tail in cuts if tail}
    edits |= {head + tail[1::-1] + tail[2:] for head, tail in cuts if len(tail) > 1}
    edits |= {head + sign + tail[1:] for head, tail in cuts for sign in ALPHABET}
    edits |= {head + sign + tail for head, tail in cuts for sign in ALPHABET}
    return {edit for edit in edits if edit != word and is_word(edit)}


@settings(max_examples=scale_examples(300))
@given(st.sampled_from(SORTED_WORDS))
def test_a_word_is_never_right_for_another_one(word: str) -> None:
    for other in one_edit_apart(word):
        if are_plural_and_singular(word, other) or are_same_in_american(word, other):
            continue
        assert not is_right(other, word)
        assert not is_right(word, other)


@given(PHRASES, TWO_LABELS)
def test_a_label_is_never_right_for_another(phrase: str, labels: list[str]) -> None:
    one, other = labels

    assert not is_right(f"{phrase} {one}", f"{phrase} {other}")
    assert not is_right(f"{phrase} {one}".lower(), f"{phrase} {other}")
    assert not is_right(phrase, f"{phrase} {other}")


@given(TWO_LABELS, PHRASES)
def test_a_label_in_front_is_never_right_for_another(
    labels: list[str], phrase: str
) -> None:
    one, other = labels

    assert not is_right(f"{one} {phrase}", f"{other} {phrase}")


@given(PHRASES, LABELS)
def test_a_label_is_right_for_itself_however_it_is_written(
    phrase: str, label: str
) -> None:
    assert is_same(f"the {phrase}  {label}.".lower(), f"{phrase} {label}")
    assert is_same(f"{phrase} {label}".upper(), f"{phrase} {label}")


@given(
    st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=2, unique=True), PHRASES
)
def test_a_number_is_never_right_for_another(numbers: list[int], phrase: str) -> None:
    one, other = numbers

    assert not is_right(str(one), str(other))
    assert not is_right(f"{phrase} {one}", f"{phrase} {other}")


@given(st.sampled_from(list(permutations("+-*/^<>=", 2))))
def test_a_sign_is_never_right_for_another(signs: tuple[str, str]) -> None:
    one, other = signs

    assert not is_right(f"a {one} b", f"a {other} b")
    assert not is_right(f"x{one}1", f"x{other}1")
    assert not is_right("x1", f"x{other}1")


@given(
    PHRASES,
    st.sampled_from(
        [
            ("not ", ""),
            ("no ", ""),
            ("un", ""),
            ("non-", ""),
            ("micro", "macro"),
            ("over", "under"),
            ("pre", "post"),
            ("up", "down"),
            ("inter", "intra"),
            ("hyper", "hypo"),
            ("uni", "bi"),
            ("max ", "min "),
        ]
    ),
)
def test_an_opposite_is_never_right(phrase: str, pair: tuple[str, str]) -> None:
    assume(not phrase.startswith("the"))
    one, other = (f"{beginning}{phrase}" for beginning in pair)

    assert not is_right(one, other)
    assert not is_right(other, one)


@given(st.text(min_size=1, max_size=40))
def test_every_text_is_the_same_as_itself_in_every_form(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert is_same(unicodedata.normalize(form, text), text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_is_total_and_the_same_both_ways(one: str, other: str) -> None:
    assert is_same(one, other) == is_same(other, one)
    is_slip(one, other)


@given(st.sampled_from(SYMBOLS))
def test_every_symbol_can_be_typed_on_a_plain_keyboard(symbol: str) -> None:
    wanted = f"x {symbol} y"
    typed = [
        spelled for spelled in spellings_of(symbol) if spelled and spelled.isascii()
    ]

    assert typed
    assert any(is_same(f"x {spelled} y", wanted) for spelled in typed)
    assert not is_same("x y", wanted)


@given(
    st.lists(NAMES, min_size=2, max_size=2, unique=True),
    st.sampled_from(["", "shift ", "attention "]),
)
def test_another_answer_of_the_deck_is_never_a_slip(
    names: list[str], before: str
) -> None:
    wanted, given_text = (before + name for name in names)
    assume(not is_same(given_text, wanted))
    note = TypedNote(id="n", question="Which?", accept=(wanted,))

    marking = mark_typed(note, TypedAnswer(given_text), lambda: [given_text])

    assert marking.score == 0


@given(st.lists(WORDS, max_size=6), TWO_LABELS)
def test_a_keyword_with_a_label_is_found_by_this_label_alone(
    words: list[str], labels: list[str]
) -> None:
    one, other = labels
    points = (
        Point("one", keywords=(f"variant {one}",)),
        Point("other", keywords=(f"variant {other}",)),
    )
    note = RecallNote(id="n", question="Which?", points=points)
    text = f"{' '.join(words)} variant {one}"

    assume(f"variant {other}".lower() not in text.lower())
    assert set(found_points(note, text)) == {0}


@given(st.sampled_from(LETTERS))
def test_a_label_whose_other_case_is_another_answer_is_right_in_its_own_case_alone(
    letter: str,
) -> None:
    note = TypedNote(id="n", question="Which size?", accept=(letter,))

    def score(typed: str, others: list[str]) -> float:
        return mark_typed(note, TypedAnswer(typed), lambda: others).score

    assert score(letter, [letter.lower()]) == 1
    assert score(letter.lower(), []) == 1
    assert score(letter.lower(), [letter.lower()]) == 0


def are_names(names: list[str]) -> bool:
    """Tell whether names have two orders, and are not the letters of `w/o`: without."""
    return len({*names}) > 1 and names != ["W", "O"]


def two_orders(names: list[str]) -> st.SearchStrategy[tuple[list[str], list[str]]]:
    others = sorted({*permutations(names)} - {tuple(names)})
    return st.tuples(st.just(names), st.sampled_from(others).map(list))


@given(
    st.lists(st.sampled_from(LETTERS), min_size=2, max_size=3)
    .filter(are_names)
    .flatmap(two_orders)
)
def test_names_parted_by_a_slash_are_right_in_their_order_alone(
    orders: tuple[list[str], list[str]],
) -> None:
    names, shuffled = orders

    assert is_same("".join(names), "/".join(names))
    assert not is_right("/".join(shuffled), "/".join(names))
    assert not is_right("".join(shuffled), "/".join(names))


@given(st.sampled_from(LETTERS), st.integers(0, 99), st.integers(0, 99))
def test_a_slash_next_to_a_number_or_a_variable_counts(
    letter: str, one: int, other: int
) -> None:
    variable = letter.lower()

    assert not is_right(f"{one}{other}", f"{one}/{other}")
    assert not is_right(f"{variable}{one}", f"{variable}/{one}")
    assert not is_right(f"{one}{variable}", f"{one}/{variable}")
    assert not is_right(f"{variable}z", f"{variable}/z")
