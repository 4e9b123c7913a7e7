"""Mochi cards as Markdown: sides between lines of dashes, one card per file or several with ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.domain.content import BasicNote, ClozeNote, Note
from flashcards.formats.common.naming import to_note_id
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    ParsedNote,
    read_markdown,
    split_at_rules,
)
from flashcards.formats.markdown.obsidian_text import to_card_text
from flashcards.formats.markup.front_matter import parse_front_matter
from flashcards.text.markdown.gaps import WrittenGap, write_cloze, write_gap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import MarkdownLine

_CARD = re.compile(r"card[_-]id\s*:\s*[\"']?([A-Za-z0-9_-]*)[\"']?\s*")
_GAP = re.compile(r"\{\{(?:([0-9]{1,2})::)?((?:[^{}\n]|\{[^{}\n]*\})+)\}\}")
_SIDE_SEPARATOR = "\n\n---\n\n"


def looks_like(head: bytes) -> bool:
    """Return whether the front matter of a file has the id of a Mochi card."""
    lines = head.decode("utf-8-sig", errors="replace").splitlines()
    return any(map(_CARD.fullmatch, parse_front_matter(lines).text.split("\n")))


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the deck of a file, and its problems."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(
    lines: list[MarkdownLine], collector: ProblemCollector
) -> Iterator[ParsedNote]:
    card_id, sides = "", []
    groups: list[list[MarkdownLine]] = [*split_at_rules(lines), []]
    for group in groups:
        card_line = _CARD.fullmatch(group[0].text) if group else None
        if group and card_line is None:
            sides.append(group)
            continue
        if sides:
            yield from _to_notes(card_id, sides, collector)
        card_id, sides = card_line[1] if card_line else "", []


def _to_notes(
    card_id: str, sides: list[list[MarkdownLine]], collector: ProblemCollector
) -> Iterator[ParsedNote]:
    first_line = sides[0][0].number
    texts = ["\n".join(line.text for line in side).strip() for side in sides]
    note = _to_note(to_note_id(card_id) if card_id else "", texts, first_line)
    if note is None:
        collector.add_at("side-missing", first_line, 1)
    else:
        yield ParsedNote(note)


def _to_note(key: str, texts: list[str], line: int) -> Note | None:
    if _GAP.search(texts[0]):
        why = to_card_text(_SIDE_SEPARATOR.join(texts[1:]))
        return ClozeNote(id=key, text=_to_cloze_text(texts[0]), why=why, line=line)
    if len(texts) == 1:
        return None
    back = to_card_text(_SIDE_SEPARATOR.join(texts[1:]))
    return BasicNote(id=key, front=to_card_text(texts[0]), back=back, line=line)


def _to_cloze_text(text: str) -> str:
    gaps = []
    number = 0
    for match in _GAP.finditer(text):
        number = int(match[1]) if match[1] else number + 1
        gaps.append(WrittenGap(*match.span(), write_gap(number or 1, match[2])))
    return to_card_text(write_cloze(text, gaps))


_DIALECT = Dialect(
    form="Mochi",
    advice="Write a line of --- between the sides of the card.",
    find_notes=_find_notes,
    card_in_front_matter=_CARD,
    suffix=".mochi.md",
    reported_rules=("side-missing",),
)
