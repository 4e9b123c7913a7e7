"""Pages of Logseq: a block with the tag #card asks, and the blocks below it answer."""

from __future__ import annotations

import re
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import BasicNote, ClozeNote, Note
from flashcards.formats.common.naming import derive_id, to_tag
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    FoundNote,
    lines_of_head,
    read_markdown,
)
from flashcards.formats.markdown.obsidian_text import plain_text
from flashcards.formats.markup.line_breaks import with_hard_breaks
from flashcards.scheduling.sm2 import from_sm2
from flashcards.text.markdown.gaps import write_between_gaps, write_gap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.domain.cards import Memory
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import Line

_BLOCK = re.compile(r"(\s*)[-*]\s+(.*)")
_CARD = re.compile(r"(?<!\S)#(?:card|\[\[card\]\])(?!\S)", re.IGNORECASE)
_TAG = re.compile(r"(?<!\S)#(?:\[\[([^\[\]\n]+)\]\]|([^\s#\[\],]+))")
_PROPERTY = re.compile(r"\s*([A-Za-z][A-Za-z0-9_-]*)::\s*(.*)")
_CLOZE = re.compile(r"\{\{cloze\s+((?:[^{}\n]|\{[^{}\n]*\})+)\}\}")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_TAB = 4
_MOST_DAYS = 36_525


class _Block(NamedTuple):
    line: int
    depth: int
    """Spaces before it."""
    text: list[str]
    properties: dict[str, str]


def looks_like(head: bytes) -> bool:
    """Return whether a block of an outline has the tag #card."""
    return any(
        not line.is_code
        and _BLOCK.fullmatch(line.text)
        and _CARD.search(line.text)
        for line in lines_of_head(head)
    )  # fmt: skip


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a page, with everything that is wrong with it."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(lines: list[Line], collector: ProblemCollector) -> Iterator[FoundNote]:
    blocks = list(_blocks(lines))
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if not _CARD.search(block.text[0]):
            place += 1
            continue
        end = place + 1
        while end < len(blocks) and blocks[end].depth > block.depth:
            end += 1
        note = _note(block, blocks[place + 1 : end])
        if note is None:
            collector.add_at("card-without-answer", block.line, 1)
        else:
            own = block.properties.get("id", "")
            # Logseq itself makes UUIDs; any other id was written by hand.
            is_by_hand = bool(own) and not _UUID.fullmatch(own)
            memory = _memory(block.properties)
            yield FoundNote(note, memory, is_foreign=is_by_hand)
        place = end


def _blocks(lines: list[Line]) -> Iterator[_Block]:
    """Give the blocks of an outline; further lines of a block belong to it."""
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
        found = None if line.is_code else _PROPERTY.fullmatch(text)
        if found and not block_start:
            block.properties[found[1].casefold()] = found[2].strip()
        else:
            block.text.append(
                text if block_start else _outdented(text, block.depth + 2)
            )
    if block:
        yield block


def _outdented(text: str, depth: int) -> str:
    shown = text.expandtabs(_TAB)
    spaces = len(shown) - len(shown.lstrip(" "))
    return shown[min(spaces, depth) :]


def _note(block: _Block, children: list[_Block]) -> Note | None:
    first = _CARD.sub("", block.text[0])
    tags = [to_tag(found[1] or found[2]) for found in _TAG.finditer(first)]
    text = "\n".join([_TAG.sub("", first), *block.text[1:]]).strip()
    own = block.properties.get("id", "")
    key = derive_id("logseq", own) if own else ""
    words = tuple(dict.fromkeys(filter(None, tags)))
    answer = _outline(children)
    if _CLOZE.search(text):
        return ClozeNote(
            id=key, text=_gaps(text), why=answer, tags=words, line=block.line
        )
    front = plain_text(text)
    if not front or not answer:
        return None
    return BasicNote(
        id=key, front=with_hard_breaks(front), back=answer, tags=words, line=block.line
    )


def _outline(blocks: list[_Block]) -> str:
    """Return the blocks below a card: one as its text, several as a list."""
    filled = [block for block in blocks if "".join(block.text).strip()]
    if len(filled) == 1:
        return with_hard_breaks(plain_text("\n".join(filled[0].text)))
    least = min((block.depth for block in filled), default=0)
    steps = sorted({block.depth - least for block in filled})
    lines = []
    for block in filled:
        indent = "  " * steps.index(block.depth - least)
        first, *others = plain_text("\n".join(block.text)).split("\n")
        lines += [f"{indent}- {first}", *(f"{indent}  {other}" for other in others)]
    return "\n".join(lines)


def _gaps(text: str) -> str:
    parts, last = [], 0
    for number, found in enumerate(_CLOZE.finditer(text), 1):
        parts.append(write_between_gaps(text[last : found.start()]))
        parts.append(write_gap(number, found[1].strip()))
        last = found.end()
    return plain_text("".join((*parts, write_between_gaps(text[last:]))))


def _memory(properties: dict[str, str]) -> Memory | None:
    """Return what the page says was learned of a card, None where it says nothing."""
    try:
        interval = float(properties["card-last-interval"])
        ease = float(properties.get("card-ease-factor", "2.5"))
        due = datetime.fromisoformat(properties["card-next-schedule"]).date()
    except (KeyError, ValueError):
        return None
    is_good = isfinite(ease) and 0 < ease < 100 and 0 < interval <= _MOST_DAYS  # noqa: PLR2004
    if not is_good or due.toordinal() <= interval + 1:
        return None
    return from_sm2(due.toordinal(), interval, ease * 100)


_DIALECT = Dialect(
    form="Logseq",
    advice="Write #card behind the question, and the answer in a block below it.",
    find_notes=_find_notes,
    reasons=("card-without-answer",),
)
