"""Compare two texts word by word, and measure how similar they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.text.markdown.plain_text import join_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

UNCHANGED, REMOVED, ADDED = "=", "-", "+"

MOST_WORDS = 2000
"""Longer texts are compared only at their beginning and end."""
_MOST_COMPARED = 2000
"""Characters of a text that count for its similarity."""
_WORD = re.compile(r"\\\\|\\\n|\s+|\w+|[^\w\s]")
_LINE_END = " / "


class DiffPiece(NamedTuple):
    """A run of words that are in both texts, or in one of them only."""

    sign: str
    """`=` in both, `-` only in the text before, `+` only in the text after."""
    text: str


def diff_words(before: str, after: str) -> list[DiffPiece]:
    """Return the difference of two texts, word by word.

    The unchanged and removed pieces make up the text before, the unchanged and added
    pieces the text after.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common_length(old, new)
    end = _common_length(old[start:][::-1], new[start:][::-1])
    middle = _diff_middle(old[start : len(old) - end], new[start : len(new) - end])
    pieces = [(UNCHANGED, old[:start]), *middle, (UNCHANGED, old[len(old) - end :])]
    return _merge_pieces(pieces)


def diff_on_one_line(before: str, after: str, around: int) -> list[DiffPiece]:
    """Return the difference of two texts for one line of output.

    Line ends become slashes; long unchanged pieces are shortened.

    Args:
        before: The text before, as Markdown.
        after: The text after.
        around: How many characters stay on either side of a change.
    """
    pieces = diff_words(before, after)
    return shorten_unchanged(
        [DiffPiece(sign, join_lines(text, _LINE_END)) for sign, text in pieces], around
    )


def shorten_unchanged(pieces: Sequence[DiffPiece], around: int) -> list[DiffPiece]:
    """Return pieces with long unchanged ones cut to the characters next to a change.

    Args:
        pieces: What `diff_words` returned.
        around: How many characters stay on either side of a change.
    """
    shortened = []
    last = len(pieces) - 1
    for position, piece in enumerate(pieces):
        if piece.sign == UNCHANGED and last:
            start = piece.text[:around] if position else ""
            end = piece.text[-around:] if position < last else ""
            if len(start) + len(end) < len(piece.text):
                shortened.append(DiffPiece(UNCHANGED, f"{start}…{end}"))
                continue
        shortened.append(piece)
    return shortened


def text_similarity(one: str, other: str) -> float:
    """Return how similar two texts are, from 0 (not at all) to 1 (equal)."""
    from rapidfuzz.fuzz import ratio

    if one == other:
        return 1.0
    return ratio(one[:_MOST_COMPARED], other[:_MOST_COMPARED]) / 100


def _common_length(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words both have in common at the beginning."""
    for position, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return position
    return min(len(one), len(other))


def _diff_middle(old: list[str], new: list[str]) -> list[tuple[str, list[str]]]:
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        return [(REMOVED, old), (ADDED, new)]
    from rapidfuzz.distance import Indel

    pieces: list[tuple[str, list[str]]] = []
    for step in Indel.opcodes(old, new):
        removed = old[step.src_start : step.src_end]
        if step.tag == "equal":
            pieces.append((UNCHANGED, removed))
        else:
            pieces.append((REMOVED, removed))
            pieces.append((ADDED, new[step.dest_start : step.dest_end]))
    return pieces


def _merge_pieces(pieces: Sequence[tuple[str, list[str]]]) -> list[DiffPiece]:
    """Return pieces as texts; changes with only blanks between them become one change."""
    runs: list[list[str]] = []
    removed: list[str] = []
    added: list[str] = []

    def flush() -> None:
        for sign, words in ((REMOVED, removed), (ADDED, added)):
            if words:
                runs.append([sign, "".join(words)])
            words.clear()

    for position, (sign, words) in enumerate(pieces):
        text = "".join(words)
        if not text:
            continue
        is_blank = sign == UNCHANGED and text.isspace() and (removed or added)
        if sign == REMOVED:
            removed.append(text)
        elif sign == ADDED:
            added.append(text)
        elif is_blank and _continues(pieces[position + 1 :]):
            removed.append(text)
            added.append(text)
        else:
            flush()
            if runs and runs[-1][0] == UNCHANGED:
                runs[-1][1] += text
            else:
                runs.append([UNCHANGED, text])
    flush()
    return [DiffPiece(sign, text) for sign, text in runs]


def _continues(pieces: Sequence[tuple[str, list[str]]]) -> bool:
    """Return whether another change follows before any unchanged word."""
    following = next(((sign, words) for sign, words in pieces if words), None)
    return following is not None and following[0] != UNCHANGED
