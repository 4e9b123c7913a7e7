"""Inline markup of card text: bold, italic, code, in one pass of linear time.

Stricter than Markdown where formulas would suffer: a star or underscore counts only at
the edge of a word, so `2*P*R` and `snake_case` stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\\([\\`*_|#>~+-])|(`+)|(\*{1,3}|_{1,2})|([^\\`*_]+|.)", re.DOTALL)

Span = tuple[int, int, str]
"""Start, end and `bold`, `italic` or `code`."""

_MEANINGS = {
    "*": ("italic",),
    "_": ("italic",),
    "**": ("bold",),
    "__": ("bold",),
    "***": ("bold", "italic"),
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

    With `ticks_stay` code keeps its backticks, for screens that cannot colour it.
    """
    pieces: list[str] = []
    matched: list[tuple[int, int, str]] = []
    opened = _Open()
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:  # unreachable: the last alternative takes any character
            break
        position = token.end()
        escaped, ticks, delimiter, plain = token.groups()
        if ticks:
            end = _code_end(text, position, ticks)
            if end:
                code = _trimmed(text[position:end].replace("\n", " "))
                matched.append((len(pieces), len(pieces) + 1, "code"))
                pieces.append(ticks + code + ticks if ticks_stay else code)
                position = end + len(ticks)
            else:
                pieces.append(ticks)
        elif delimiter:
            _delimiter(text, token, pieces, matched, opened)
        else:
            pieces.append(escaped or plain)
    return _joined(pieces, matched)


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
    if before.strip() and not _is_word(after) and opened.can_close(delimiter):
        for each in opened.closers(delimiter):
            piece = opened.close(each)
            pieces[piece] = ""
            pieces.append("")
            matched.extend((piece, len(pieces), name) for name in _MEANINGS[each])
        return
    if after.strip() and not _is_word(before):
        opened.push(delimiter, len(pieces))
    pieces.append(delimiter)


def _is_word(character: str) -> bool:
    return character.isalnum()


def _code_end(text: str, start: int, ticks: str) -> int | None:
    found = re.compile(rf"(?<!`){ticks}(?!`)").search(text, start)
    return found.start() if found else None


def _trimmed(code: str) -> str:
    return code[1:-1] if code[:1] == code[-1:] == " " and code.strip() else code


def _joined(
    pieces: list[str], matched: list[tuple[int, int, str]]
) -> tuple[str, list[Span]]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    spans = [
        (offsets[first], offsets[last], name)
        for first, last, name in matched
        if offsets[first] < offsets[last]
    ]
    return "".join(pieces), spans
