"""Pages of Logseq: blocks with the tag #card are questions, with the answers below."""

from __future__ import annotations

import re
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import BasicNote, ClozeNote, Note
from flashcards.formats.common.naming import derive_id, to_tag
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    ParsedNote,
    read_head_lines,
    read_markdown,
)
from flashcards.formats.markdown.obsidian_text import to_card_text
from flashcards.formats.markup.line_breaks import with_hard_breaks
from flashcards.scheduling.sm2 import from_sm2
from flashcards.text.markdown.gaps import WrittenGap, write_cloze, write_gap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.domain.cards import Memory
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import MarkdownLine

_BLOCK = re.compile(r"(\s*)[-*]\s+(.*)")
_CARD = re.compile(r"(?<!\S)#(?:card|\[\[card\]\])(?!\S)", re.IGNORECASE)
_TAG = re.compile(r"(?<!\S)#(?:\[\[([^\[\]\n]+)\]\]|([^\s#\[\],]+))")
_PROPERTY = re.compile(r"\s*([A-Za-z][A-Za-z0-9_-]*)::\s*(.*)")
_CLOZE = re.compile(r"\{\{cloze\s+((?:[^{}\n]|\{[^{}\n]*\})+)\}\}")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_TAB = 4
_MAX_INTERVAL_DAYS = 36_525


class _Block(NamedTuple):
    line: int
    depth: int
    """The number of spaces before it."""
    text: list[str]
    properties: dict[str, str]


def looks_like(head: bytes) -> bool:
    """Return whether a file has a block with the tag #card."""
    return any(
        not line.is_code
        and _BLOCK.fullmatch(line.text)
        and _CARD.search(line.text)
        for line in read_head_lines(head)
    )  # fmt: skip


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the deck of a page, and its problems."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(
    lines: list[MarkdownLine], collector: ProblemCollector
) -> Iterator[ParsedNote]:
    blocks = list(_parse_blocks(lines))
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if not _CARD.search(block.text[0]):
            index += 1
            continue
        end = index + 1
        while end < len(blocks) and blocks[end].depth > block.depth:
            end += 1
        note = _to_note(block, blocks[index + 1 : end])
        if note is None:
            collector.add_at("card-without-answer", block.line, 1)
        else:
            block_id = block.properties.get("id", "")
            # Logseq makes UUIDs; any other id was written by hand.
            is_by_hand = bool(block_id) and not _UUID.fullmatch(block_id)
            memory = _parse_memory(block.properties)
            yield ParsedNote(note, memory, is_foreign=is_by_hand)
        index = end


def _parse_blocks(lines: list[MarkdownLine]) -> Iterator[_Block]:
    """Yield the blocks of an outline, with their further lines."""
    block: _Block | None = None
    for line in lines:
        block_start = None if line.is_code else _BLOCK.fullmatch(line.text)
        if block_start:
            if block:
                yield block
            depth = len(block_start[1].expandtabs(_TAB))
            block = _Block(line.number, depth, [], {})
        if block is None:
            continue
        text = block_start[2] if block_start else line.text
        property_match = None if line.is_code else _PROPERTY.fullmatch(text)
        if property_match and not block_start:
            block.properties[property_match[1].casefold()] = property_match[2].strip()
        else:
            block.text.append(text if block_start else _outdent(text, block.depth + 2))
    if block:
        yield block


def _outdent(text: str, depth: int) -> str:
    expanded = text.expandtabs(_TAB)
    spaces = len(expanded) - len(expanded.lstrip(" "))
    return expanded[min(spaces, depth) :]


def _to_note(block: _Block, children: list[_Block]) -> Note | None:
    first = _CARD.sub("", block.text[0])
    tags = [to_tag(match[1] or match[2]) for match in _TAG.finditer(first)]
    text = "\n".join([_TAG.sub("", first), *block.text[1:]]).strip()
    block_id = block.properties.get("id", "")
    key = derive_id("logseq", block_id) if block_id else ""
    distinct_tags = tuple(dict.fromkeys(filter(None, tags)))
    answer = _to_outline(children)
    if _CLOZE.search(text):
        return ClozeNote(
            id=key,
            text=_to_cloze_text(text),
            why=answer,
            tags=distinct_tags,
            line=block.line,
        )
    front = to_card_text(text)
    if not front or not answer:
        return None
    return BasicNote(
        id=key,
        front=with_hard_breaks(front),
        back=answer,
        tags=distinct_tags,
        line=block.line,
    )


def _to_outline(blocks: list[_Block]) -> str:
    """Write the blocks below a card: a single one as text, several as a list."""
    filled = [block for block in blocks if "".join(block.text).strip()]
    if len(filled) == 1:
        return with_hard_breaks(to_card_text("\n".join(filled[0].text)))
    least_depth = min((block.depth for block in filled), default=0)
    depths = sorted({block.depth - least_depth for block in filled})
    lines = []
    for block in filled:
        indent = "  " * depths.index(block.depth - least_depth)
        first, *following_lines = to_card_text("\n".join(block.text)).split("\n")
        lines += [
            f"{indent}- {first}",
            *(f"{indent}  {line}" for line in following_lines),
        ]
    return "\n".join(lines)


def _to_cloze_text(text: str) -> str:
    gaps = (
        WrittenGap(*match.span(), write_gap(number, match[1].strip()))
        for number, match in enumerate(_CLOZE.finditer(text), 1)
    )
    return to_card_text(write_cloze(text, gaps))


def _parse_memory(properties: dict[str, str]) -> Memory | None:
    """Parse the memory of a card, or return None if the page has no valid schedule."""
    try:
        interval = float(properties["card-last-interval"])
        ease = float(properties.get("card-ease-factor", "2.5"))
        due = datetime.fromisoformat(properties["card-next-schedule"]).date()
    except (KeyError, ValueError):
        return None
    is_valid = isfinite(ease) and 0 < ease < 100 and 0 < interval <= _MAX_INTERVAL_DAYS  # noqa: PLR2004
    if not is_valid or due.toordinal() <= interval + 1:
        return None
    return from_sm2(due.toordinal(), interval, ease * 100)


_DIALECT = Dialect(
    form="Logseq",
    advice="Write #card behind the question, and the answer in a block below it.",
    find_notes=_find_notes,
    reported_rules=("card-without-answer",),
)
