"""Parse inline markup of card text: bold, italic, strikethrough and code, in linear time.

Stricter than Markdown, to protect formulas: a star or underscore counts only at the edge of
a word, so `2*P*R` and `snake_case` stay as they are. In scripts that do not separate words by
spaces a star counts anywhere.
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
"""Letters of scripts that do not separate words by spaces, or add endings without one."""
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
class _OpenDelimiters:
    """Delimiters that are not closed yet, with the indexes of their pieces."""

    stack: list[tuple[str, int]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def push(self, delimiter: str, piece: int) -> None:
        self.stack.append((delimiter, piece))
        self.counts[delimiter] = self.counts.get(delimiter, 0) + 1

    def can_close(self, delimiter: str) -> bool:
        if delimiter == "***" and not self.counts.get(delimiter):
            return bool(self.counts.get("*") and self.counts.get("**"))
        return bool(self.counts.get(delimiter))

    def split_closer(self, delimiter: str) -> tuple[str, ...]:
        """Return the delimiters that one closes, if `can_close`: three stars may close one and two."""
        if delimiter != "***" or self.counts.get(delimiter):
            return (delimiter,)
        # Other delimiters that are still open inside are dropped.
        innermost = next(
            opener for opener, _ in reversed(self.stack) if opener in ("*", "**")
        )
        return ("*", "**") if innermost == "*" else ("**", "*")

    def close(self, delimiter: str) -> int:
        """Return the piece of the matching delimiter, and drop those opened after it."""
        while True:
            open_delimiter, piece = self.stack.pop()
            self.counts[open_delimiter] -= 1
            if open_delimiter == delimiter:
                return piece


def parse_inline(text: str, *, ticks_stay: bool = False) -> tuple[str, list[Span]]:
    """Return the text without its markup, and its marked spans.

    With `ticks_stay`, code keeps its backticks, for screens without color. Marks of gaps do not
    change the meaning of the characters around them.
    """
    bare, gaps = split_marks(text)
    pieces: list[str] = []
    sources: list[tuple[int, int]] = []
    marked_pieces: list[tuple[int, int, str]] = []
    open_delimiters = _OpenDelimiters()
    position = 0
    while position < len(bare):
        token = _TOKEN.match(bare, position)
        if token is None:  # unreachable: the last alternative takes any character
            break
        escaped_character, ticks, delimiter, plain_text = token.groups()
        source, position = position, token.end()
        markup_length = 1 if escaped_character else 0
        if ticks:
            end = _find_code_end(bare, position, ticks)
            if end:
                code = bare[position:end].replace("\n", " ")
                content = _trim_code(code)
                markup_length = 0 if ticks_stay else len(ticks)
                markup_length += content != code
                marked_pieces.append((len(pieces), len(pieces) + 1, "code"))
                pieces.append(ticks + content + ticks if ticks_stay else content)
                position = end + len(ticks)
            else:
                pieces.append(ticks)
        elif delimiter:
            _add_delimiter(bare, token, pieces, marked_pieces, open_delimiters)
        else:
            pieces.append(escaped_character or plain_text)
        sources += [(source, markup_length)] * (len(pieces) - len(sources))
    content, spans = _join_pieces(pieces, marked_pieces)
    if gaps:
        gap_positions = _to_plain_positions(
            pieces, sources, [position for gap in gaps for position in gap]
        )
        spans += _to_gap_spans(gap_positions)
    return content, spans


def parse_code_line(line: str) -> tuple[str, list[Span]]:
    """Return a line of a code block, and the spans of its gaps."""
    bare, gaps = split_marks(line)
    return restore_signs(bare), [
        (start, end, "gap") for start, end in gaps if start < end
    ]


def _to_plain_positions(
    pieces: list[str], sources: list[tuple[int, int]], positions: list[int]
) -> list[int]:
    """Translate positions in the source to positions in the text without markup.

    Args:
        pieces: The text without markup, in pieces.
        sources: For each piece, the start of its source and the length of its opening markup.
        positions: Positions in the source, in ascending order.
    """
    starts = [source_start for source_start, _ in sources]
    offsets = _compute_offsets(pieces)
    plain_positions = []
    for position in positions:
        piece = bisect_right(starts, position) - 1
        if piece < 0:
            plain_positions.append(0)
            continue
        source_start, markup_length = sources[piece]
        offset_in_piece = min(
            max(position - source_start - markup_length, 0), len(pieces[piece])
        )
        plain_positions.append(offsets[piece] + offset_in_piece)
    return plain_positions


def _to_gap_spans(positions: list[int]) -> list[Span]:
    return [
        (start, end, "gap")
        for start, end in zip(positions[::2], positions[1::2], strict=True)
        if start < end
    ]


def _add_delimiter(
    text: str,
    token: re.Match[str],
    pieces: list[str],
    marked_pieces: list[tuple[int, int, str]],
    open_delimiters: _OpenDelimiters,
) -> None:
    delimiter = token[0]
    previous_character = text[token.start() - 1 : token.start()]
    next_character = text[token.end() : token.end() + 1]
    # Formulas and names have no double tildes, so these also count within words.
    counts_anywhere = delimiter == "~~"
    is_inside_word = str.isalnum if delimiter[0] == "_" else is_word_character
    can_close = previous_character.strip() and (
        counts_anywhere or not is_inside_word(next_character)
    )
    if can_close and open_delimiters.can_close(delimiter):
        for closer in open_delimiters.split_closer(delimiter):
            piece = open_delimiters.close(closer)
            pieces[piece] = ""
            pieces.append("")
            marked_pieces.extend(
                (piece, len(pieces), name) for name in _MEANINGS[closer]
            )
        return
    if next_character.strip() and (
        counts_anywhere or not is_inside_word(previous_character)
    ):
        open_delimiters.push(delimiter, len(pieces))
    pieces.append(delimiter)


def is_word_character(character: str) -> bool:
    """Return whether a star next to a character would be inside a word."""
    return character.isalnum() and not _WITHOUT_SPACES.match(character)


def _find_code_end(text: str, start: int, ticks: str) -> int | None:
    closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, start)
    return closing.start() if closing else None


def _trim_code(code: str) -> str:
    return code[1:-1] if code[:1] == code[-1:] == " " and code.strip() else code


def _join_pieces(
    pieces: list[str], marked_pieces: list[tuple[int, int, str]]
) -> tuple[str, list[Span]]:
    offsets = _compute_offsets(pieces)
    spans = [
        (offsets[first], offsets[last], name)
        for first, last, name in marked_pieces
        if offsets[first] < offsets[last]
    ]
    return restore_signs("".join(pieces)), spans


def _compute_offsets(pieces: list[str]) -> list[int]:
    return list(accumulate(map(len, pieces), initial=0))
