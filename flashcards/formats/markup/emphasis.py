"""Write styled pieces of text as one line of Markdown that means the same."""

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
    """A piece of text and its style."""

    text: str
    style: int
    """Bits of `BOLD`, `ITALIC`, `CODE` and `STRIKE`."""


_BOLD_ITALIC = BOLD | ITALIC
_DELIMITED_STYLES = _BOLD_ITALIC | STRIKE
_SPAN_NAMES = {
    BOLD: ("bold",),
    ITALIC: ("italic",),
    _BOLD_ITALIC: ("bold", "italic"),
    STRIKE: ("strike",),
}
_SPECIAL_SIGN = re.compile(r"[\\`*_|]|~~")
_MUST_ESCAPE = re.compile(
    r"`|~(?=~)|(?<![^\W_])[*_]|[*_](?![^\W_])|\\(?=[\\`*_|#>~+-]|\Z)"
    rf"|(?<=[{WITHOUT_SPACES}])\*|\*(?=[{WITHOUT_SPACES}])"
)
_WORDS = re.compile(r" +|[^ ]+")
_TICKS = re.compile(r"`+")
_RULE = re.compile(r"[ :|-]+")
_ESCAPABLE = frozenset("`~>#-*+")


def join_styled_lines(lines: Sequence[Sequence[StyledText]]) -> str:
    """Join lines into one paragraph with hard line breaks."""
    return "\\\n".join(_escape_block_start(to_markdown_line(line)) for line in lines)


def to_markdown_line(pieces: Sequence[StyledText], *, in_table: bool = False) -> str:
    """Write pieces as one line of Markdown; only their styles become markup."""
    if len(pieces) == 1 and not pieces[0].style:
        text = pieces[0].text.strip(" ")
        if not _SPECIAL_SIGN.search(text):
            return f"\\{text}" if in_table and text[:1] == "-" else text
    words = _split_words(pieces, no_code="|" if in_table else "\n")
    plain_text = "".join(word.text for word in words)
    text = ""
    for is_escaped in (False, True):
        text, spans = _compose(words, is_escaped=is_escaped)
        parsed_text, parsed_spans = parse_inline(text)
        if (
            parsed_text == plain_text
            and sorted(parsed_spans) == spans
            and not text.endswith("\\") | is_escaped
        ):
            break
        if is_escaped and (parsed_text != plain_text or sorted(parsed_spans) != spans):
            text = _escape(plain_text)
    return text.replace("|", "\\|") if in_table else text


def _escape_block_start(line: str) -> str:
    """Escape a line that would start a block or be the rule of a table."""
    if opens_block(line) and line[0] in _ESCAPABLE:
        return f"\\{line}"
    if "|" in line and _RULE.fullmatch(line):
        return line.replace("|", "\\|")
    return line


def _escape(text: str) -> str:
    return _MUST_ESCAPE.sub(r"\\\g<0>", text)


def _split_words(pieces: Sequence[StyledText], no_code: str) -> list[StyledText]:
    """Split pieces into words and spaces, with emphasis only where our Markdown allows it.

    Emphasis starts and ends at the edges of words; a space has the styles that the words on
    both sides share.
    """
    words: list[StyledText] = []
    for text, style in pieces:
        if style & CODE and no_code not in text and text.strip(" "):
            inner = text.strip(" ")
            start = text.index(inner)
            parts = [text[:start], inner, text[start + len(inner) :]]
            words.extend(StyledText(piece, style) for piece in parts if piece)
        else:
            words.extend(
                StyledText(piece, style & ~CODE) for piece in _WORDS.findall(text)
            )
    while words and words[0].text.isspace():
        words.pop(0)
    while words and words[-1].text.isspace():
        words.pop()
    for index, word in enumerate(words):
        if word.text.isspace():
            common_style = words[index - 1].style & words[index + 1].style
            words[index] = StyledText(" ", common_style & ~CODE)
    for bit in (BOLD, ITALIC):
        _drop_emphasis_within_words(words, bit)
    return _merge_equal_styles(words)


def _drop_emphasis_within_words(words: list[StyledText], bit: int) -> None:
    """Remove an emphasis that would start or end inside a word."""
    start = 0
    while start < len(words):
        if not words[start].style & bit:
            start += 1
            continue
        end = start
        while end < len(words) and words[end].style & bit:
            end += 1
        previous_character = words[start - 1].text[-1:] if start else ""
        next_character = words[end].text[:1] if end < len(words) else ""
        if is_word_character(previous_character) or is_word_character(next_character):
            for index in range(start, end):
                words[index] = StyledText(words[index].text, words[index].style & ~bit)
        start = end


def _merge_equal_styles(words: Sequence[StyledText]) -> list[StyledText]:
    merged_words: list[StyledText] = []
    run: list[str] = []
    for index, word in enumerate(words):
        run.append(word.text)
        if index + 1 == len(words) or words[index + 1].style != word.style:
            merged_words.append(StyledText("".join(run), word.style))
            run = []
    return merged_words


def _compose(
    words: Sequence[StyledText], *, is_escaped: bool
) -> tuple[str, list[Span]]:
    """Return a line of Markdown, and the spans that parsing it must give."""
    output: list[str] = []
    spans: list[Span] = []
    open_marks: list[tuple[int, str, int]] = []
    ends = {bit: _find_run_ends(words, bit) for bit in (BOLD, ITALIC, STRIKE)}
    position = 0
    for index, (text, style) in enumerate([*words, StyledText("", 0)]):
        while any(bits & ~style for bits, _, _ in open_marks):
            bits, delimiter, start = open_marks.pop()
            output.append(delimiter)
            spans.extend((start, position, name) for name in _SPAN_NAMES[bits])
        open_bits = sum(bits for bits, _, _ in open_marks)
        for bits, delimiter in _choose_delimiters(
            style & _DELIMITED_STYLES & ~open_bits, index, ends, output
        ):
            open_marks.append((bits, delimiter, position))
            output.append(delimiter)
        if style & CODE:
            output.append(_write_code_span(text))
            spans.append((position, position + len(text), "code"))
        else:
            output.append(_escape(text) if is_escaped else text)
        position += len(text)
    return "".join(output), sorted(spans)


def _find_run_ends(words: Sequence[StyledText], bit: int) -> list[int]:
    ends = [0] * (len(words) + 1)
    for index in range(len(words) - 1, -1, -1):
        continues = index + 1 < len(words) and words[index + 1].style & bit
        ends[index] = ends[index + 1] if continues else index
    return ends


def _choose_delimiters(
    bits: int, index: int, ends: dict[int, list[int]], output: Sequence[str]
) -> list[tuple[int, str]]:
    """Return the delimiters to open; the one that is closed last comes first."""
    if bits & STRIKE:
        inner_delimiters = _choose_delimiters(bits & ~STRIKE, index, ends, output)
        last = max(
            (ends[bit][index] for bit in (BOLD, ITALIC) if bits & bit), default=0
        )
        strike_delimiters = [(STRIKE, "~~")]
        return (
            strike_delimiters + inner_delimiters
            if ends[STRIKE][index] >= last
            else inner_delimiters + strike_delimiters
        )
    if bits == _BOLD_ITALIC:
        bold, italic = ends[BOLD][index], ends[ITALIC][index]
        if bold == italic:
            return [(_BOLD_ITALIC, "***")]
        delimiters = [(BOLD, "**"), (ITALIC, "_")]
        return delimiters if bold > italic else delimiters[::-1]
    if bits == BOLD:
        return [(BOLD, "**")]
    if bits == ITALIC:
        # A star next to stars would be read as part of them.
        return [(ITALIC, "_" if output and output[-1].endswith("*") else "*")]
    return []


def _write_code_span(text: str) -> str:
    lengths = {len(run) for run in _TICKS.findall(text)}
    length = next(count for count in range(1, len(lengths) + 2) if count not in lengths)
    padding = " " if text[0] == "`" or text[-1] == "`" else ""
    ticks = "`" * length
    return f"{ticks}{padding}{text}{padding}{ticks}"
