"""The words that changed between two texts, and how much two texts are alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.text.markdown.plain_text import join_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT, REMOVED, ADDED = "=", "-", "+"

MOST_WORDS = 2000
"""Of longer texts only what they begin and end with is compared."""
_MOST_COMPARED = 2000
"""Characters of a text that are looked at for likeness."""
_WORD = re.compile(r"\\\\|\\\n|\s+|\w+|[^\w\s]")
_LINE_END = " / "


class DiffPiece(NamedTuple):
    """A run of words that are in both texts, or in one of them only."""

    sign: str
    """`=` in both, `-` only in the text before, `+` only in the one after."""
    text: str


def changed_words(before: str, after: str) -> list[DiffPiece]:
    """Return both texts as one, word by word.

    The pieces that are kept or removed make up the text before, those that are kept or
    added the one after.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _between(old[start : len(old) - end], new[start : len(new) - end])
    pieces = [(KEPT, old[:start]), *middle, (KEPT, old[len(old) - end :])]
    return _joined(pieces)


def changes_on_one_line(before: str, after: str, around: int) -> list[DiffPiece]:
    """Return what changed between two texts, as it is shown on one line.

    The end of a line, soft or not, is a slash; long pieces that are kept are cut.

    Args:
        before: The text before, as Markdown.
        after: The text after.
        around: How many characters stay on either side of a change.
    """
    pieces = changed_words(before, after)
    return in_context(
        [DiffPiece(sign, join_lines(text, _LINE_END)) for sign, text in pieces], around
    )


def in_context(pieces: Sequence[DiffPiece], around: int) -> list[DiffPiece]:
    """Return pieces with long kept ones cut to the characters next to a change.

    Args:
        pieces: What `changed_words` found.
        around: How many characters stay on either side of a change.
    """
    cut = []
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        if piece.sign == KEPT and last:
            start = piece.text[:around] if place else ""
            end = piece.text[-around:] if place < last else ""
            if len(start) + len(end) < len(piece.text):
                cut.append(DiffPiece(KEPT, f"{start}…{end}"))
                continue
        cut.append(piece)
    return cut


def alike(one: str, other: str) -> float:
    """Return how much two texts are alike, from 0 for nothing to 1 for the same."""
    from rapidfuzz.fuzz import ratio

    if one == other:
        return 1.0
    return ratio(one[:_MOST_COMPARED], other[:_MOST_COMPARED]) / 100


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return with how many words both begin."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))


def _between(old: list[str], new: list[str]) -> list[tuple[str, list[str]]]:
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        return [(REMOVED, old), (ADDED, new)]
    from rapidfuzz.distance import Indel

    found: list[tuple[str, list[str]]] = []
    for step in Indel.opcodes(old, new):
        removed = old[step.src_start : step.src_end]
        if step.tag == "equal":
            found.append((KEPT, removed))
        else:
            found.append((REMOVED, removed))
            found.append((ADDED, new[step.dest_start : step.dest_end]))
    return found


def _joined(pieces: Sequence[tuple[str, list[str]]]) -> list[DiffPiece]:
    """Return pieces as texts, with those between two blanks that are kept as one change."""
    runs: list[list[str]] = []
    removed: list[str] = []
    added: list[str] = []

    def flush() -> None:
        for sign, words in ((REMOVED, removed), (ADDED, added)):
            if words:
                runs.append([sign, "".join(words)])
            words.clear()

    for place, (sign, words) in enumerate(pieces):
        text = "".join(words)
        if not text:
            continue
        is_blank = sign == KEPT and text.isspace() and (removed or added)
        if sign == REMOVED:
            removed.append(text)
        elif sign == ADDED:
            added.append(text)
        elif is_blank and _goes_on(pieces[place + 1 :]):
            removed.append(text)
            added.append(text)
        else:
            flush()
            if runs and runs[-1][0] == KEPT:
                runs[-1][1] += text
            else:
                runs.append([KEPT, text])
    flush()
    return [DiffPiece(sign, text) for sign, text in runs]


def _goes_on(pieces: Sequence[tuple[str, list[str]]]) -> bool:
    """Tell whether a change follows before anything that is kept."""
    following = next(((sign, words) for sign, words in pieces if words), None)
    return following is not None and following[0] != KEPT
