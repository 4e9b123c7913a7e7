"""Match notes without ids to stored notes by their wording.

First the same wording matches; then the same question; then, if the file was edited, the
most similar wording, if it is clearly similar. Only notes that share a rare word or a whole
side are compared, so the time grows with the notes, not with their pairs.
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
"""Least similarity (0 to 1) of questions and answers, and of their sum, if both were edited."""
LEAST_WITH_BACK = 0.5
"""Least similarity of questions whose answers are the same."""

_DISTINCTIVE = 12
"""Least characters of an answer that identifies a note; many notes share a shorter one."""
_RARE = 20
"""Most notes in which a word counts as rare."""
_WORDS, _COMPARED = 8, 10
"""How many rare words of a note are looked up, and with how many notes it is compared."""
_MOST_TEXT = 1000
"""Characters of a text that are compared; longer texts are cut."""
_WORD = re.compile(r"\w+")


class Wording(NamedTuple):
    """The texts of a note by which it is matched, without case and extra blanks."""

    id: str
    kind: str
    front: str
    back: str


def to_wording(note: Note) -> Wording:
    """Return the wording of a note, case-folded and with single blanks."""
    face = faces_of(note)[0]
    front, back = question_text(note, face), answer_text(note, face)
    return Wording(note.id, note.kind, _fold(front), _fold(back))


def find_matches(
    new: Sequence[Wording], stored: Sequence[Wording], *, was_edited: bool
) -> dict[str, str]:
    """Return the ids of stored notes by the ids of the new notes that match them.

    Each stored note matches once.

    Args:
        new: Notes whose ids the store does not have.
        stored: Notes that the file does not have under their ids.
        was_edited: Whether the stored notes came from this file, so that a similar note
            is more likely an edited one than a different one.
    """
    pairs: dict[str, str] = {}
    unpaired = _pair_equal(pairs, new, stored, lambda note: note[1:])
    unpaired = _pair_equal(
        pairs, *unpaired, lambda note: (note.kind, note.front), must_be_unique=True
    )
    if was_edited and all(unpaired):
        _pair_similar(pairs, *unpaired)
    return pairs


def count_matches(notes: Iterable[Note], others: Iterable[Note]) -> int:
    """Return how many notes are among others, worded the same or clearly similar."""
    pairs: dict[str, str] = {}
    new, stored = [*map(to_wording, notes)], [*map(to_wording, others)]
    unpaired = _pair_equal(pairs, new, stored, lambda note: note[1:])
    if all(unpaired):
        _pair_similar(pairs, *unpaired)
    return len(pairs)


def is_same_note(one: Note, other: Note) -> bool:
    """Return whether two notes ask the same, worded the same or clearly similar."""
    left, right = to_wording(one), to_wording(other)
    return left[1:] == right[1:] or similarity(left, right) > 0


def similarity(one: Wording, other: Wording) -> float:
    """Return how similar two notes are, from 0 to 2; 0 if they are different notes."""
    from rapidfuzz.fuzz import ratio

    same_back = one.back == other.back and len(one.back) >= _DISTINCTIVE
    # L1 and L2 differ by one character but are different things.
    if one.kind != other.kind or (not same_back and _numbers(one) != _numbers(other)):
        return 0.0
    front = ratio(one.front[:_MOST_TEXT], other.front[:_MOST_TEXT]) / 100
    if same_back:
        return front + 1 if front >= LEAST_WITH_BACK else 0.0
    back = ratio(one.back[:_MOST_TEXT], other.back[:_MOST_TEXT]) / 100
    is_similar = (
        front >= LEAST_FRONT and back >= LEAST_BACK and front + back >= LEAST_SUM
    )
    return front + back if is_similar else 0.0


def _pair_equal(
    pairs: dict[str, str],
    new: Sequence[Wording],
    stored: Sequence[Wording],
    side: Callable[[Wording], Hashable],
    *,
    must_be_unique: bool = False,
) -> tuple[list[Wording], list[Wording]]:
    """Pair the notes with an equal side and return the new and stored notes without a pair.

    Args:
        pairs: Takes the ids of stored notes by those of new notes.
        new: New notes.
        stored: Stored notes.
        side: Returns what must be equal.
        must_be_unique: Whether only a side counts that one new and one stored note has.
    """
    by_side: dict[Hashable, list[Wording]] = defaultdict(list)
    for note in reversed(stored):
        by_side[side(note)].append(note)
    new_counts = Counter(map(side, new)) if must_be_unique else None
    paired: set[str] = set()
    for note in new:
        same = by_side.get(side(note))
        if not same or (new_counts and (new_counts[side(note)] > 1 or len(same) > 1)):
            continue
        pairs[note.id] = same.pop().id
        paired.add(pairs[note.id])
    return (
        [note for note in new if note.id not in pairs],
        [note for note in stored if note.id not in paired],
    )


def _pair_similar(
    pairs: dict[str, str], new: Sequence[Wording], stored: Sequence[Wording]
) -> None:
    """Pair the notes that are clearly similar, the most similar first."""
    index = _build_index(stored)
    candidates = [
        (-similarity(note, stored[position]), number, position)
        for number, note in enumerate(new)
        for position in _find_candidates(note, index)
    ]
    paired: set[int] = set()
    for negative_similarity, number, position in sorted(candidates):
        note = new[number]
        if negative_similarity < 0 and note.id not in pairs and position not in paired:
            paired.add(position)
            pairs[note.id] = stored[position].id


def _build_index(stored: Sequence[Wording]) -> dict[str, list[int]]:
    """Return the positions of notes by their rare words and their answers."""
    counts = Counter(key for note in stored for key in _index_keys(note))
    index: dict[str, list[int]] = defaultdict(list)
    for position, note in enumerate(stored):
        for key in _index_keys(note):
            if counts[key] <= _RARE:
                index[key].append(position)
    return index


def _find_candidates(note: Wording, index: dict[str, list[int]]) -> Iterator[int]:
    """Give the positions of the notes that are worth a comparison, the likeliest first."""
    rare = sorted(
        (key for key in _index_keys(note) if key in index), key=lambda k: len(index[k])
    )
    shared = Counter(position for key in rare[:_WORDS] for position in index[key])
    return (position for position, _ in shared.most_common(_COMPARED))


def _index_keys(note: Wording) -> Iterable[str]:
    """Return the words of a note, each once, and its whole answer after a line break."""
    words = dict.fromkeys(_WORD.findall(f"{note.front} {note.back}"[:_MOST_TEXT]))
    return (*words, f"\n{note.back}")


def _numbers(note: Wording) -> set[str]:
    words = _WORD.findall(note.front)
    return {word for word in words if any(map(str.isdigit, word))}


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
