"""Cards of Mochi as Markdown: sides between lines of dashes, one card a file or several with ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.domain.content import BasicNote, ClozeNote, Note
from flashcards.formats.common.naming import to_note_id
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    FoundNote,
    read_markdown,
    split_at_rules,
)
from flashcards.formats.markdown.obsidian_text import plain_text
from flashcards.formats.markup.front_matter import parse_front_matter
from flashcards.text.markdown.gaps import write_between_gaps, write_gap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import Line

_CARD = re.compile(r"card[_-]id\s*:\s*[\"']?([A-Za-z0-9_-]*)[\"']?\s*")
_HIDDEN = re.compile(r"\{\{(?:([0-9]{1,2})::)?((?:[^{}\n]|\{[^{}\n]*\})+)\}\}")
_RULE = "\n\n---\n\n"


def looks_like(head: bytes) -> bool:
    """Return whether a file that begins so names the id of a card of Mochi."""
    lines = head.decode("utf-8-sig", errors="replace").splitlines()
    return any(map(_CARD.fullmatch, parse_front_matter(lines).text.split("\n")))


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a file, with everything that is wrong with it."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(lines: list[Line], collector: ProblemCollector) -> Iterator[FoundNote]:
    card, sides = "", []
    parts: list[list[Line]] = [*split_at_rules(lines), []]
    for part in parts:
        found = _CARD.fullmatch(part[0].text) if part else None
        if part and found is None:
            sides.append(part)
            continue
        if sides:
            yield from _notes(card, sides, collector)
        card, sides = found[1] if found else "", []


def _notes(
    card: str, sides: list[list[Line]], collector: ProblemCollector
) -> Iterator[FoundNote]:
    line = sides[0][0].number
    texts = ["\n".join(each.text for each in side).strip() for side in sides]
    note = _note(to_note_id(card) if card else "", texts, line)
    if note is None:
        collector.add_at("side-missing", line, 1)
    else:
        yield FoundNote(note)


def _note(key: str, texts: list[str], line: int) -> Note | None:
    if _HIDDEN.search(texts[0]):
        why = plain_text(_RULE.join(texts[1:]))
        return ClozeNote(id=key, text=_cloze(texts[0]), why=why, line=line)
    if len(texts) == 1:
        return None
    back = plain_text(_RULE.join(texts[1:]))
    return BasicNote(id=key, front=plain_text(texts[0]), back=back, line=line)


def _cloze(text: str) -> str:
    parts, last, number = [], 0, 0
    for found in _HIDDEN.finditer(text):
        number = int(found[1]) if found[1] else number + 1
        parts.append(write_between_gaps(text[last : found.start()]))
        parts.append(write_gap(number or 1, found[2]))
        last = found.end()
    return plain_text("".join((*parts, write_between_gaps(text[last:]))))


_DIALECT = Dialect(
    form="Mochi",
    advice="Write a line of --- between the sides of the card.",
    find_notes=_find_notes,
    in_head=_CARD,
    suffix=".mochi.md",
    reasons=("side-missing",),
)
