"""Typing slips within one word.

A slip is two letters swapped (also around a third), a letter doubled, missing or added, a
vowel for another one, or a neighboring key. Slips are not accepted in the first letter or
the ending of a word, where one letter makes another word (`million` and `billion`, `encode`
and `encoder`), and not in scripts without case, where one character is a word (`不`). A text
that is a word itself is never a slip of another word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.words.dictionary import (
    are_plural_and_singular,
    are_same_in_american,
    is_number_word,
    is_word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_SLIP, _TWO_SLIPS = 5, 9
"""Letters of a word from which one and two slips are accepted."""

_NEAR_MISS = 7
"""Letters of a word from which a wrong letter is accepted; shorter words are too similar."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
_SOUNDS = tuple(map(frozenset, ("ck", "cs", "sz", "fv")))
"""Letters with the same sound, which are often confused in spelling."""

_OPPOSITES = (
    ("macro", "micro"),
    ("inter", "intra"),
    ("max", "min"),
    ("ex", "in"),
    ("ex", "im"),
    ("de", "in"),
    ("de", "en"),
    ("de", "re"),
    ("bi", "uni"),
    ("bi", "tri"),
    ("over", "under"),
    ("up", "down"),
    ("post", "pre"),
    ("per", "pro"),
    ("pro", "con"),
    ("pull", "push"),
    ("hyper", "hypo"),
    ("hetero", "homo"),
    ("an", "ab"),
    ("auf", "ab"),
    ("ein", "aus"),
    ("vor", "nach"),
    *(
        (prefix, "")
        for prefix in ("a", "an", "anti", "de", "dis", "il", "im", "in", "ir", "non")
    ),
    ("un", ""),
)
"""Prefixes that reverse the meaning of a word when one replaces the other."""


def allowed_slips(word: str) -> int:
    """Return how many slips are accepted in a word: one from 5 letters, two from 9."""
    return (len(word) >= _ONE_SLIP) + (len(word) >= _TWO_SLIPS)


def slips_in(typed: str, expected: str, *, may_be_plural: bool = False) -> int | None:
    """Return the number of slips in `typed`, None if it is another word than `expected`.

    One of two slips must be a swap or a doubled letter: other pairs of edits make other
    words too often (`regulation` and `relation`).

    Args:
        typed: A word of letters, folded.
        expected: The word that is right, folded.
        may_be_plural: Whether singular and plural are the same even in a short word.
    """
    most = allowed_slips(expected)
    if typed == expected:
        return 0
    if is_number_word(typed) or is_number_word(expected):
        return None
    if (most or may_be_plural) and are_plural_and_singular(typed, expected):
        return 1
    if not most or abs(len(typed) - len(expected)) > most:
        return None
    if not (_is_alphabetic(typed) and _is_alphabetic(expected)):
        return None
    if _has_other_beginning(typed, expected):
        return None
    budgets = ((1, 0), (1, 1))[:most]
    count = next(
        (sum(budget) for budget in budgets if _reaches(typed, expected, *budget)), None
    )
    return None if count is None or _is_other_word(typed, expected) else count


def _is_other_word(typed: str, expected: str) -> bool:
    """Return whether the typed text is a word other than a spelling of the expected one."""
    return not are_same_in_american(typed, expected) and is_word(typed)


def _is_alphabetic(word: str) -> bool:
    """Return whether a word is spelled in an alphabet with case, as Latin and Cyrillic are."""
    return all(map(str.islower, word))


def _reaches(typed: str, expected: str, slips: int, sure: int, at: int = 0) -> bool:
    """Return whether slips turn one word into another, which is the same up to the letter `at`.

    Args:
        typed: A word.
        expected: Another word.
        slips: How many slips of any kind remain.
        sure: How many swaps and doubled letters remain in addition.
        at: Letters that are the same.
    """
    while at < min(len(typed), len(expected)) and typed[at] == expected[at]:
        at += 1
    if typed[at:] == expected[at:]:
        return True
    for is_sure, mine, right in _steps(typed, expected, at):
        takes_sure = is_sure and sure > 0
        remaining = (slips, sure - 1) if takes_sure else (slips - 1, sure)
        if remaining[0] >= 0 and _reaches(mine, right, *remaining, at):
            return True
    return False


def _steps(typed: str, expected: str, at: int) -> Iterator[tuple[bool, str, str]]:
    """Yield both words after each possible slip at a letter, and whether the slip is a sure one."""
    here, there = typed[at : at + 2], expected[at : at + 2]
    if len(here) > 1 and here == there[::-1]:
        yield True, expected[: at + 2] + typed[at + 2 :], expected
    if at == 0:
        return
    if here and _is_within(typed, at):
        yield typed[at] in typed[at - 1], typed[:at] + typed[at + 1 :], expected
    if there and _is_within(expected, at):
        yield (
            expected[at] in expected[at - 1],
            typed[:at] + expected[at] + typed[at:],
            expected,
        )
    if len(expected) < _NEAR_MISS:
        return
    if len(here) > 1 and len(there) > 1 and _is_near_miss(here[0], there[0]):
        yield False, typed[:at] + expected[at] + typed[at + 1 :], expected
    around = slice(at, at + 3)
    if typed[around] == expected[around][::-1] and len(typed) > at + 3 < len(expected):
        yield False, typed[:at] + expected[around] + typed[at + 3 :], expected


def _is_within(word: str, at: int) -> bool:
    """Return whether a letter can be missing: within a word, the s of a plural, or doubled."""
    is_last = at == len(word) - 1
    return not is_last or word[at] == "s" or word[at] == word[at - 1]


def _is_near_miss(first: str, second: str) -> bool:
    """Return whether two letters are easily confused: vowels, same sound, or neighboring keys."""
    if first in _VOWELS and second in _VOWELS:
        return True
    return {first, second} in _SOUNDS or second in _NEIGHBORS.get(first, ())


def _neighbors() -> dict[str, frozenset[str]]:
    """Return the neighbors of each key; each row is shifted by half a key to the right."""
    places = {
        (row, column): key
        for row, keys in enumerate(_ROWS)
        for column, key in enumerate(keys)
    }
    around = ((0, -1), (0, 1), (-1, 0), (-1, 1), (1, -1), (1, 0))
    return {
        key: frozenset(
            places[row + down, column + right]
            for down, right in around
            if (row + down, column + right) in places
        )
        for (row, column), key in places.items()
    }


_NEIGHBORS = _neighbors()


def _has_other_beginning(typed: str, expected: str) -> bool:
    """Return whether the two words differ in prefixes that reverse the meaning."""
    for first, second in _OPPOSITES:
        for mine, right in ((first, second), (second, first)):
            if not typed.startswith(mine) or not expected.startswith(right):
                continue
            stem, right_stem = typed[len(mine) :], expected[len(right) :]
            if stem == right_stem or (
                len(right_stem) >= _ONE_SLIP
                and _reaches(f"x{stem}", f"x{right_stem}", 1, 0)
            ):
                return True
    return False
