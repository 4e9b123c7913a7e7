"""Writing pieces of emphasised text as one line of our Markdown that says the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.text.markdown.blocks import opens_block
from flashcards.text.markdown.inline import (
    WITHOUT_SPACES,
    is_word_character,
    parse_inline,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.text.markdown.inline import Span

BOLD, ITALIC, CODE, STRIKE = 1, 2, 4, 8


class StyledText(NamedTuple):
    """Some text and how it is emphasised."""

    text: str
    style: int
    """Bits of `BOLD`, `ITALIC`, `CODE` and `STRIKE`."""


_BOTH = BOLD | ITALIC
_MARKED = _BOTH | STRIKE
_NAMES = {
    BOLD: ("bold",),
    ITALIC: ("italic",),
    _BOTH: ("bold", "italic"),
    STRIKE: ("strike",),
}
_SPECIAL = re.compile(r"[\\`*_|]|~~")
_ESCAPED = re.compile(
    r"`|~(?=~)|(?<![^\W_])[*_]|[*_](?![^\W_])|\\(?=[\\`*_|#>~+-]|\Z)"
    rf"|(?<=[{WITHOUT_SPACES}])\*|\*(?=[{WITHOUT_SPACES}])"
)
_WORDS = re.compile(r" +|[^ ]+")
_TICKS = re.compile(r"`+")
_RULE = re.compile(r"[ :|-]+")
_ESCAPABLE = frozenset("`~>#-*+")


def join_styled_lines(lines: Sequence[Sequence[StyledText]]) -> str:
    """Return lines as one paragraph whose line breaks stay."""
    return "\\\n".join(_without_opening(to_markdown_line(line)) for line in lines)


def to_markdown_line(pieces: Sequence[StyledText], *, in_table: bool = False) -> str:
    """Return pieces as one line: its emphasis in Markdown, everything else as it stands."""
    if len(pieces) == 1 and not pieces[0].style:
        text = pieces[0].text.strip(" ")
        if not _SPECIAL.search(text):
            return f"\\{text}" if in_table and text[:1] == "-" else text
    words = _words(pieces, no_code="|" if in_table else "\n")
    plain = "".join(word.text for word in words)
    text = ""
    for is_escaped in (False, True):
        text, spans = _composed(words, is_escaped=is_escaped)
        found, read = parse_inline(text)
        if (
            found == plain
            and sorted(read) == spans
            and not text.endswith("\\") | is_escaped
        ):
            break
        if is_escaped and (found != plain or sorted(read) != spans):
            text = _escape(plain)
    return text.replace("|", "\\|") if in_table else text


def _without_opening(line: str) -> str:
    """Return a line that begins no block and rules no table."""
    if opens_block(line) and line[0] in _ESCAPABLE:
        return f"\\{line}"
    if "|" in line and _RULE.fullmatch(line):
        return line.replace("|", "\\|")
    return line


def _escape(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", text)


def _words(pieces: Sequence[StyledText], no_code: str) -> list[StyledText]:
    """Return the line's words and spaces, emphasised only where our Markdown can say it.

    Emphasis begins and ends at words; a space has it between words that have it.
    """
    words: list[StyledText] = []
    for text, style in pieces:
        if style & CODE and no_code not in text and text.strip(" "):
            bare = text.strip(" ")
            start = text.index(bare)
            parts = [text[:start], bare, text[start + len(bare) :]]
            words.extend(StyledText(part, style) for part in parts if part)
        else:
            words.extend(
                StyledText(part, style & ~CODE) for part in _WORDS.findall(text)
            )
    while words and words[0].text.isspace():
        words.pop(0)
    while words and words[-1].text.isspace():
        words.pop()
    for place, word in enumerate(words):
        if word.text.isspace():
            around = words[place - 1].style & words[place + 1].style
            words[place] = StyledText(" ", around & ~CODE)
    for bit in (BOLD, ITALIC):
        _keep_edges(words, bit)
    return _merged(words)


def _keep_edges(words: list[StyledText], bit: int) -> None:
    """Take an emphasis from where it would begin or end inside of a word."""
    start = 0
    while start < len(words):
        if not words[start].style & bit:
            start += 1
            continue
        end = start
        while end < len(words) and words[end].style & bit:
            end += 1
        before = words[start - 1].text[-1:] if start else ""
        after = words[end].text[:1] if end < len(words) else ""
        if is_word_character(before) or is_word_character(after):
            for place in range(start, end):
                words[place] = StyledText(words[place].text, words[place].style & ~bit)
        start = end


def _merged(words: Sequence[StyledText]) -> list[StyledText]:
    merged: list[StyledText] = []
    run: list[str] = []
    for place, word in enumerate(words):
        run.append(word.text)
        if place + 1 == len(words) or words[place + 1].style != word.style:
            merged.append(StyledText("".join(run), word.style))
            run = []
    return merged


def _composed(
    words: Sequence[StyledText], *, is_escaped: bool
) -> tuple[str, list[Span]]:
    """Return a line with its marks, and the spans that reading it should find."""
    parts: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[int, str, int]] = []
    ends = {bit: _run_ends(words, bit) for bit in (BOLD, ITALIC, STRIKE)}
    at = 0
    for place, (text, style) in enumerate([*words, StyledText("", 0)]):
        while any(bits & ~style for bits, _, _ in opened):
            bits, mark, start = opened.pop()
            parts.append(mark)
            spans.extend((start, at, name) for name in _NAMES[bits])
        open_bits = sum(bits for bits, _, _ in opened)
        for bits, mark in _openings(style & _MARKED & ~open_bits, place, ends, parts):
            opened.append((bits, mark, at))
            parts.append(mark)
        if style & CODE:
            parts.append(_code(text))
            spans.append((at, at + len(text), "code"))
        else:
            parts.append(_escape(text) if is_escaped else text)
        at += len(text)
    return "".join(parts), sorted(spans)


def _run_ends(words: Sequence[StyledText], bit: int) -> list[int]:
    ends = [0] * (len(words) + 1)
    for place in range(len(words) - 1, -1, -1):
        goes_on = place + 1 < len(words) and words[place + 1].style & bit
        ends[place] = ends[place + 1] if goes_on else place
    return ends


def _openings(
    bits: int, place: int, ends: dict[int, list[int]], parts: Sequence[str]
) -> list[tuple[int, str]]:
    """Return the marks to open: the one that lasts longer first."""
    if bits & STRIKE:
        others = _openings(bits & ~STRIKE, place, ends, parts)
        last = max(
            (ends[bit][place] for bit in (BOLD, ITALIC) if bits & bit), default=0
        )
        strike = [(STRIKE, "~~")]
        return strike + others if ends[STRIKE][place] >= last else others + strike
    if bits == _BOTH:
        bold, italic = ends[BOLD][place], ends[ITALIC][place]
        if bold == italic:
            return [(_BOTH, "***")]
        marks = [(BOLD, "**"), (ITALIC, "_")]
        return marks if bold > italic else marks[::-1]
    if bits == BOLD:
        return [(BOLD, "**")]
    if bits == ITALIC:
        # Next to stars a star would be read as one of them.
        return [(ITALIC, "_" if parts and parts[-1].endswith("*") else "*")]
    return []


def _code(text: str) -> str:
    lengths = {len(run) for run in _TICKS.findall(text)}
    length = next(count for count in range(1, len(lengths) + 2) if count not in lengths)
    room = " " if text[0] == "`" or text[-1] == "`" else ""
    ticks = "`" * length
    return f"{ticks}{room}{text}{room}{ticks}"
