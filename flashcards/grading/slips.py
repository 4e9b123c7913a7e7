"""Slips of the keyboard within one word: what a learner who knew the word may have typed.

A slip is a letter swapped, doubled, left out or hit beside, never at the beginning or end
of a word: there the edits stand that make one word of another (`million` and `billion`,
`encode` and `encoder`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.twins import is_twin

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_SLIP, _TWO_SLIPS = 5, 9
"""Letters from which one slip, and two slips, are forgiven."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
_SOUNDS = tuple(map(frozenset, ("ck", "cs", "sz", "fv")))
"""Letters that stand for one sound, so that words are misspelled with them."""

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
    *(
        (prefix, "")
        for prefix in ("a", "an", "anti", "de", "dis", "il", "im", "in", "ir", "non")
    ),
    ("un", ""),
)
"""Beginnings of words that turn the meaning round when one stands for the other."""


def allowed_slips(word: str) -> int:
    """Return how many slips are forgiven in a word: one from 5 letters, two from 9."""
    return (len(word) >= _ONE_SLIP) + (len(word) >= _TWO_SLIPS)


def slips_in(given: str, wanted: str) -> int | None:
    """Return how many slips make `given` of `wanted`, None where it is another word.

    Of two slips one is a swap or a doubled letter: other pairs of edits lead to other words
    too often (`regulation` and `relation`).

    Args:
        given: A word of letters, folded.
        wanted: The word that is right, folded.
    """
    most = allowed_slips(wanted)
    if given == wanted:
        return 0
    if not most or abs(len(given) - len(wanted)) > most or is_twin(given, wanted):
        return None
    if _has_other_beginning(given, wanted):
        return None
    budgets = ((1, 0), (1, 1))[:most]
    return next(
        (sum(budget) for budget in budgets if _reaches(given, wanted, *budget)), None
    )


def _reaches(given: str, wanted: str, slips: int, sure: int, at: int = 0) -> bool:
    """Tell whether slips behind the letter `at`, equal up to there, make one of the other.

    Args:
        given: A word.
        wanted: Another word.
        slips: Slips of any kind that are left.
        sure: Swaps and doubled letters that are left beside them.
        at: Letters that are the same already.
    """
    while at < min(len(given), len(wanted)) and given[at] == wanted[at]:
        at += 1
    if given[at:] == wanted[at:]:
        return True
    for is_sure, mine, right in _steps(given, wanted, at):
        takes_sure = is_sure and sure > 0
        left = (slips, sure - 1) if takes_sure else (slips - 1, sure)
        if left[0] >= 0 and _reaches(mine, right, *left, at):
            return True
    return False


def _steps(given: str, wanted: str, at: int) -> Iterator[tuple[bool, str, str]]:
    """Yield both words after each slip that may be at a letter, and whether it is a sure one."""
    here, there = given[at : at + 2], wanted[at : at + 2]
    if len(here) > 1 and here == there[::-1]:
        yield True, wanted[: at + 2] + given[at + 2 :], wanted
    if at == 0:
        return
    if here and _is_within(given, at):
        yield given[at] in given[at - 1], given[:at] + given[at + 1 :], wanted
    if there and _is_within(wanted, at):
        yield wanted[at] in wanted[at - 1], given[:at] + wanted[at] + given[at:], wanted
    if len(here) > 1 and len(there) > 1 and _is_beside(here[0], there[0]):
        yield False, given[:at] + wanted[at] + given[at + 1 :], wanted


def _is_within(word: str, at: int) -> bool:
    """Tell whether a letter can be left out: within a word, the s of a plural, or doubled."""
    is_last = at == len(word) - 1
    return not is_last or word[at] == "s" or word[at] == word[at - 1]


def _is_beside(one: str, other: str) -> bool:
    """Tell whether one letter is typed for another: a vowel, a sound, or a key next to it."""
    if one in _VOWELS and other in _VOWELS:
        return True
    return {one, other} in _SOUNDS or other in _NEIGHBORS.get(one, ())


def _neighbors() -> dict[str, frozenset[str]]:
    """Return for each key those around it; a row stands half a key to the right of the upper."""
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


def _has_other_beginning(given: str, wanted: str) -> bool:
    """Tell whether the two differ in a beginning that turns the meaning round."""
    for one, other in _OPPOSITES:
        for mine, right in ((one, other), (other, one)):
            if not given.startswith(mine) or not wanted.startswith(right):
                continue
            stem, right_stem = given[len(mine) :], wanted[len(right) :]
            if stem == right_stem or (
                len(right_stem) >= _ONE_SLIP
                and _reaches(f"x{stem}", f"x{right_stem}", 1, 0)
            ):
                return True
    return False
