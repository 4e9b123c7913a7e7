"""Convert texts of Obsidian: links, embedded files and highlights that are gaps."""

from __future__ import annotations

import re

from flashcards.formats.markup.markdown_math import convert_formulas
from flashcards.formats.markup.markdown_media import (
    format_media_name,
    name_embedded_media,
    to_file_name,
)
from flashcards.text.markdown.code_spans import mask_code_spans, update_fence
from flashcards.text.markdown.gaps import write_between_gaps, write_gap

_EMBEDDED = re.compile(r"!\[\[([^\[\]\n|#]+)(?:[#|][^\[\]\n]*)?\]\]")
_LINK = re.compile(r"\[\[([^\[\]\n|]+)(?:\|([^\[\]\n]+))?\]\]")
_MARK = re.compile(r"(?<!=)==(?!=)")
_BLOCK_ID = re.compile(r"\s\^([A-Za-z0-9-]{1,64})\s*\Z")
_PART_SEPARATOR = ";;"
_NUMBER = re.compile(r"[0-9]{1,2}")
_MAX_GAP_NUMBER = 99


def to_card_text(text: str) -> str:
    """Convert links to their words, embedded files to their names, and formulas to Unicode."""
    return _convert_links(convert_formulas(text)).strip()


def _convert_links(text: str) -> str:
    text = _EMBEDDED.sub(_convert_embedded_file, text)
    return name_embedded_media(_LINK.sub(lambda match: match[2] or match[1], text))


def _convert_embedded_file(match: re.Match[str]) -> str:
    name = to_file_name(match[1])
    return format_media_name(name) if name else match[0]


def find_embedded_wikilinks(text: str) -> list[str]:
    """Find the paths of files that a text embeds with double brackets."""
    return [match[1].strip() for match in _EMBEDDED.finditer(text)]


def split_block_id(text: str) -> tuple[str, str]:
    """Split a text into the text without its block id, and the id, which may be empty."""
    match = _BLOCK_ID.search(text)
    return (text[: match.start()], match[1]) if match else (text, "")


def has_highlight(line: str) -> bool:
    """Return whether a line highlights something outside of code."""
    return bool(_find_highlights(line))


def to_cloze_text(lines: list[str]) -> str:
    """Convert highlights to gaps, numbered in order.

    A highlight can have a number and a hint: `==2;;hidden;;hint==`. Without a number it gets
    the next one.
    """
    cloze_lines: list[str] = []
    number, fence = 0, ""
    for line in lines:
        fence, is_code = update_fence(line, fence)
        if is_code:
            cloze_lines.append(write_between_gaps(line))
            continue
        last = 0
        pieces = []
        for start, end in _find_highlights(line):
            explicit_number, hidden, hint = _parse_highlight(line[start:end])
            number = number if explicit_number else number + 1
            pieces.append(write_between_gaps(convert_formulas(line[last : start - 2])))
            pieces.append(
                write_gap(explicit_number or number, to_card_text(hidden), hint)
            )
            last = end + 2
        pieces.append(write_between_gaps(convert_formulas(line[last:])))
        cloze_lines.append("".join(pieces))
    return _convert_links("\n".join(cloze_lines)).strip()


def _find_highlights(line: str) -> list[tuple[int, int]]:
    """Find the start and end of the highlighted words of a line, outside of code."""
    if "==" not in line:
        return []
    masked_line = mask_code_spans(line)
    highlights: list[tuple[int, int]] = []
    opening_end = -1
    for mark in _MARK.finditer(masked_line):
        start, end = mark.span()
        if (
            opening_end >= 0
            and start > opening_end
            and not masked_line[start - 1].isspace()
        ):
            highlights.append((opening_end, start))
            opening_end = -1
        elif (
            opening_end < 0
            and end < len(masked_line)
            and not masked_line[end].isspace()
        ):
            opening_end = end
    return highlights


def _parse_highlight(highlight: str) -> tuple[int, str, str]:
    """Parse a highlight into its number (0 for none), its hidden words and its hint."""
    first_part, *following_parts = highlight.split(_PART_SEPARATOR)
    if (
        following_parts
        and _NUMBER.fullmatch(first_part)
        and 0 < int(first_part) <= _MAX_GAP_NUMBER
    ):
        return (
            int(first_part),
            following_parts[0],
            _PART_SEPARATOR.join(following_parts[1:]),
        )
    return 0, first_part, _PART_SEPARATOR.join(following_parts)
