"""Inline markup of card text: bold, italic, strikethrough, code, in one pass of linear time.

Stricter than Markdown where formulas would suffer: a star or underscore counts only at
the edge of a word, so `2*P*R` and `snake_case` stay as they are. Scripts that do not set
words apart by spaces have no such edges; there a star counts anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from flashcards.text.markdown.marks import restore_signs, split_marks

_TOKEN = re.compile(
    r"\\([\\`*_|#>~+-])|(`+)|(\*{1,3}|_{1,2}|~~)|([^\\`*_~]+|.)", re.DOTALL
)

WITHOUT_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of scripts whose words are not set apart by spaces, or that take endings without one."""
_WITHOUT_SPACES = re.compile(f"[{WITHOUT_SPACES}]")

Span = tuple[int, int, str]
"""Start, end and `bold`, `italic`, `strike`, `code` or `gap`."""

_MEANINGS = {
    "*": ("italic",),
    "_": ("italic",),
    "**": ("bold",),
    "__": ("bold",),
    "***": ("bold", "italic"),
    "~~": ("strike",),
}


@dataclass(slots=True)
class _Open:
    """The openers not closed yet: delimiter and the index of its piece."""

    stack: list[tuple[str, int]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def push(self, delimiter: str, piece: int) -> None:
        self.stack.append((delimiter, piece))
        self.counts[delimiter] = self.counts.get(delimiter, 0) + 1

    def can_close(self, delimiter: str) -> bool:
        return all(self.counts.get(each) for each in self.closers(delimiter))

    def closers(self, delimiter: str) -> tuple[str, ...]:
        """Return what a delimiter closes: three stars may close one and two."""
        if delimiter != "***" or self.counts.get(delimiter):
            return (delimiter,)
        is_italic_inside = self.stack and self.stack[-1][0] == "*"
        return ("*", "**") if is_italic_inside else ("**", "*")

    def close(self, delimiter: str) -> int:
        """Return the piece of the matching opener, dropping those opened after it."""
        while True:
            found, piece = self.stack.pop()
            self.counts[found] -= 1
            if found == delimiter:
                return piece


def parse_inline(text: str, *, ticks_stay: bool = False) -> tuple[str, list[Span]]:
    """Return the text without its markup, and the spans that were marked.

    With `ticks_stay` code keeps its backticks, for screens that cannot color it.
    Marks of gaps change nothing about what the signs around them mean.
    """
    bare, gaps = split_marks(text)
    pieces: list[str] = []
    sources: list[tuple[int, int]] = []
    matched: list[tuple[int, int, str]] = []
    opened = _Open()
    position = 0
    while position < len(bare):
        token = _TOKEN.match(bare, position)
        if token is None:  # unreachable: the last alternative takes any character
            break
        escaped, ticks, delimiter, plain = token.groups()
        source, position = position, token.end()
        skipped = 1 if escaped else 0
        if ticks:
            end = _code_end(bare, position, ticks)
            if end:
                code = bare[position:end].replace("\n", " ")
                shown = _trimmed(code)
                skipped = 0 if ticks_stay else len(ticks)
                skipped += shown != code
                matched.append((len(pieces), len(pieces) + 1, "code"))
                pieces.append(ticks + shown + ticks if ticks_stay else shown)
                position = end + len(ticks)
            else:
                pieces.append(ticks)
        elif delimiter:
            _delimiter(bare, token, pieces, matched, opened)
        else:
            pieces.append(escaped or plain)
        sources += [(source, skipped)] * (len(pieces) - len(sources))
    shown, spans = _joined(pieces, matched)
    if gaps:
        places = _plain_positions(
            pieces, sources, [place for gap in gaps for place in gap]
        )
        spans += _gap_spans(places)
    return shown, spans


def parse_code_line(line: str) -> tuple[str, list[Span]]:
    """Return a line of a code block, and the gaps in it."""
    bare, gaps = split_marks(line)
    return restore_signs(bare), [
        (start, end, "gap") for start, end in gaps if start < end
    ]


def _plain_positions(
    pieces: list[str], sources: list[tuple[int, int]], positions: list[int]
) -> list[int]:
    """Return the positions in the text without markup for positions of the source.

    Args:
        pieces: The text without markup, in pieces.
        sources: For each piece, where its source starts and how much markup it starts with.
        positions: Positions of the source, in ascending order.
    """
    starts = [source for source, _ in sources]
    offsets = _offsets(pieces)
    plain_positions = []
    for position in positions:
        piece = bisect_right(starts, position) - 1
        if piece < 0:
            plain_positions.append(0)
            continue
        source, skipped = sources[piece]
        within = min(max(position - source - skipped, 0), len(pieces[piece]))
        plain_positions.append(offsets[piece] + within)
    return plain_positions


def _gap_spans(places: list[int]) -> list[Span]:
    return [
        (start, end, "gap")
        for start, end in zip(places[::2], places[1::2], strict=True)
        if start < end
    ]


def _delimiter(
    text: str,
    token: re.Match[str],
    pieces: list[str],
    matched: list[tuple[int, int, str]],
    opened: _Open,
) -> None:
    delimiter = token[0]
    before = text[token.start() - 1 : token.start()]
    after = text[token.end() : token.end() + 1]
    # Two tildes mean nothing in formulas and names, so they also count within words.
    is_anywhere = delimiter == "~~"
    joins = str.isalnum if delimiter[0] == "_" else is_word_character
    is_end = before.strip() and (is_anywhere or not joins(after))
    if is_end and opened.can_close(delimiter):
        for each in opened.closers(delimiter):
            piece = opened.close(each)
            pieces[piece] = ""
            pieces.append("")
            matched.extend((piece, len(pieces), name) for name in _MEANINGS[each])
        return
    if after.strip() and (is_anywhere or not joins(before)):
        opened.push(delimiter, len(pieces))
    pieces.append(delimiter)


def is_word_character(character: str) -> bool:
    """Tell whether a star next to a character would be within a word."""
    return character.isalnum() and not _WITHOUT_SPACES.match(character)


def _code_end(text: str, start: int, ticks: str) -> int | None:
    found = re.compile(rf"(?<!`){ticks}(?!`)").search(text, start)
    return found.start() if found else None


def _trimmed(code: str) -> str:
    return code[1:-1] if code[:1] == code[-1:] == " " and code.strip() else code


def _joined(
    pieces: list[str], matched: list[tuple[int, int, str]]
) -> tuple[str, list[Span]]:
    offsets = _offsets(pieces)
    spans = [
        (offsets[first], offsets[last], name)
        for first, last, name in matched
        if offsets[first] < offsets[last]
    ]
    return restore_signs("".join(pieces)), spans


def _offsets(pieces: list[str]) -> list[int]:
    return list(accumulate(map(len, pieces), initial=0))
