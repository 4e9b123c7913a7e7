"""Which stored note a note is whose file gives it no id: told by its wording.

The same wording is the same note; then the same question; then, where a file was edited,
the wording that is most alike, if it is clearly so. Pure, and never all against all:
only notes that share a rare word or a whole side are compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.faces import answer_text, faces_of, question_text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from flashcards.domain.content import Note

LEAST_FRONT, LEAST_BACK, LEAST_SUM = 0.75, 0.6, 1.5
"""How much alike (0 to 1) questions, answers and their sum are where both were edited."""
LEAST_WITH_BACK = 0.5
"""How much alike questions are where the answers are the same."""

_TELLING = 12
"""Characters from which an answer is one's own; many notes have a shorter one."""
_RARE = 20
"""A word in more notes than this finds none."""
_WORDS, _COMPARED = 8, 10
"""How many rare words of a note are looked up, and with how many notes it is compared."""
_MOST_TEXT = 1000
"""Longer texts are compared by how they begin."""
_WORD = re.compile(r"\w+")


class Wording(NamedTuple):
    """What one note says, as far as it tells notes apart."""

    id: str
    kind: str
    front: str
    back: str


def wording_of(note: Note) -> Wording:
    """Return the wording of a note, without regard to case and blanks."""
    face = faces_of(note)[0]
    front, back = question_text(note, face), answer_text(note, face)
    return Wording(note.id, note.kind, _folded(front), _folded(back))


def matches(
    new: Sequence[Wording], stored: Sequence[Wording], *, was_edited: bool
) -> dict[str, str]:
    """Return the ids of stored notes by the ids of the new ones that are the same note.

    Each stored note is given away once.

    Args:
        new: Notes whose ids the store does not have.
        stored: Notes that the file does not have under their ids.
        was_edited: Whether the stored notes came from this file, so that one that is
            alike is more likely an edited note than another one.
    """
    found: dict[str, str] = {}
    rest = _pair(found, new, stored, lambda each: each[1:])
    rest = _pair(found, *rest, lambda each: (each.kind, each.front), needs_one=True)
    if was_edited and all(rest):
        _pair_alike(found, *rest)
    return found


def count_alike(notes: Iterable[Note], others: Iterable[Note]) -> int:
    """Return how many notes are among others, in the same words or clearly similar ones."""
    found: dict[str, str] = {}
    new, stored = [*map(wording_of, notes)], [*map(wording_of, others)]
    rest = _pair(found, new, stored, lambda each: each[1:])
    if all(rest):
        _pair_alike(found, *rest)
    return len(found)


def is_same_note(one: Note, other: Note) -> bool:
    """Tell whether two notes ask the same, in the same words or clearly similar ones."""
    left, right = wording_of(one), wording_of(other)
    return left[1:] == right[1:] or likeness(left, right) > 0


def likeness(one: Wording, other: Wording) -> float:
    """Return how much alike two notes are, from 0 to 2; 0 where they are two notes."""
    from rapidfuzz.fuzz import ratio

    same_back = one.back == other.back and len(one.back) >= _TELLING
    # L1 and L2 are one letter apart and two things.
    if one.kind != other.kind or (not same_back and _numbers(one) != _numbers(other)):
        return 0.0
    front = ratio(one.front[:_MOST_TEXT], other.front[:_MOST_TEXT]) / 100
    if same_back:
        return front + 1 if front >= LEAST_WITH_BACK else 0.0
    back = ratio(one.back[:_MOST_TEXT], other.back[:_MOST_TEXT]) / 100
    is_alike = front >= LEAST_FRONT and back >= LEAST_BACK and front + back >= LEAST_SUM
    return front + back if is_alike else 0.0


def _pair(
    found: dict[str, str],
    new: Sequence[Wording],
    stored: Sequence[Wording],
    side: Callable[[Wording], Hashable],
    *,
    needs_one: bool = False,
) -> tuple[list[Wording], list[Wording]]:
    """Pair the notes with an equal side and return those left over.

    Args:
        found: Takes the pairs.
        new: New notes.
        stored: Stored notes.
        side: Returns what must be equal.
        needs_one: Whether only sides count that one note has among each of the two.
    """
    by_side: dict[Hashable, list[Wording]] = defaultdict(list)
    for each in reversed(stored):
        by_side[side(each)].append(each)
    asked = Counter(map(side, new)) if needs_one else None
    taken: set[str] = set()
    for each in new:
        same = by_side.get(side(each))
        if not same or (asked and (asked[side(each)] > 1 or len(same) > 1)):
            continue
        found[each.id] = same.pop().id
        taken.add(found[each.id])
    return (
        [each for each in new if each.id not in found],
        [each for each in stored if each.id not in taken],
    )


def _pair_alike(
    found: dict[str, str], new: Sequence[Wording], stored: Sequence[Wording]
) -> None:
    """Pair the notes that are most alike, the surest first."""
    index = _index(stored)
    pairs = [
        (-likeness(one, stored[place]), number, place)
        for number, one in enumerate(new)
        for place in _near(one, index)
    ]
    taken: set[int] = set()
    for likely, number, place in sorted(pairs):
        one = new[number]
        if likely < 0 and one.id not in found and place not in taken:
            taken.add(place)
            found[one.id] = stored[place].id


def _index(stored: Sequence[Wording]) -> dict[str, list[int]]:
    """Return the places of notes by the rare words and the answers that they have."""
    counted = Counter(key for each in stored for key in _keys(each))
    index: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(stored):
        for key in _keys(each):
            if counted[key] <= _RARE:
                index[key].append(place)
    return index


def _near(one: Wording, index: dict[str, list[int]]) -> Iterator[int]:
    """Give the places of the notes that are worth a comparison, the likeliest first."""
    rare = sorted(
        (key for key in _keys(one) if key in index), key=lambda k: len(index[k])
    )
    shared = Counter(place for key in rare[:_WORDS] for place in index[key])
    return (place for place, _ in shared.most_common(_COMPARED))


def _keys(each: Wording) -> Iterable[str]:
    """Return the words of a note, each once, and its whole answer after a line break."""
    words = dict.fromkeys(_WORD.findall(f"{each.front} {each.back}"[:_MOST_TEXT]))
    return (*words, f"\n{each.back}")


def _numbers(each: Wording) -> set[str]:
    words = _WORD.findall(each.front)
    return {word for word in words if any(map(str.isdigit, word))}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
