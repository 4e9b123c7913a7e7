"""Texts of Obsidian as ours: links, embedded files, highlights that hide something."""

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
_PARTS = ";;"
_NUMBER = re.compile(r"[0-9]{1,2}")
_MOST_NUMBER = 99


def plain_text(text: str) -> str:
    """Return a text with links as their words, and embedded files by their names."""
    return _without_links(convert_formulas(text)).strip()


def _without_links(text: str) -> str:
    text = _EMBEDDED.sub(_embedded, text)
    return name_embedded_media(_LINK.sub(lambda found: found[2] or found[1], text))


def _embedded(found: re.Match[str]) -> str:
    name = to_file_name(found[1])
    return format_media_name(name) if name else found[0]


def embedded_paths(text: str) -> list[str]:
    """Return the files that a text embeds by double brackets."""
    return [found[1].strip() for found in _EMBEDDED.finditer(text)]


def block_id(text: str) -> tuple[str, str]:
    """Return a text without the id of its block, and that id; empty where it has none."""
    found = _BLOCK_ID.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def has_highlight(line: str) -> bool:
    """Tell whether a line highlights something outside of code."""
    return bool(_highlights(line))


def cloze_text(lines: list[str]) -> str:
    """Return a text whose highlights are gaps, in the order that numbers them.

    A highlight may name its number and a hint: `==2;;hidden;;hint==`. Those without a
    number get the next one.
    """
    parts: list[str] = []
    number, fence = 0, ""
    for line in lines:
        fence, is_code = update_fence(line, fence)
        if is_code:
            parts.append(write_between_gaps(line))
            continue
        last = 0
        made = []
        for start, end in _highlights(line):
            own, hidden, hint = _split(line[start:end])
            number = number if own else number + 1
            made.append(write_between_gaps(convert_formulas(line[last : start - 2])))
            made.append(write_gap(own or number, plain_text(hidden), hint))
            last = end + 2
        made.append(write_between_gaps(convert_formulas(line[last:])))
        parts.append("".join(made))
    return _without_links("\n".join(parts)).strip()


def _highlights(line: str) -> list[tuple[int, int]]:
    """Return where the highlighted words of a line begin and end, code left aside."""
    if "==" not in line:
        return []
    shown = mask_code_spans(line)
    found: list[tuple[int, int]] = []
    opened = -1
    for mark in _MARK.finditer(shown):
        start, end = mark.span()
        if opened >= 0 and start > opened and not shown[start - 1].isspace():
            found.append((opened, start))
            opened = -1
        elif opened < 0 and end < len(shown) and not shown[end].isspace():
            opened = end
    return found


def _split(inside: str) -> tuple[int, str, str]:
    """Return the number of a highlight (0 for none), what it hides, and its hint."""
    first, *others = inside.split(_PARTS)
    if others and _NUMBER.fullmatch(first) and 0 < int(first) <= _MOST_NUMBER:
        return int(first), others[0], _PARTS.join(others[1:])
    return 0, first, _PARTS.join(others)
