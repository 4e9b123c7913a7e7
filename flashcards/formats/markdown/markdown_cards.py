"""Files of Markdown that are one deck: what every format of this kind does the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.bundle import Bundle, CardHistory
from flashcards.domain.faces import card_key, faces_of
from flashcards.formats.common.deck_builder import DeckBuilder, report_no_notes
from flashcards.formats.common.media_names import report_missing
from flashcards.formats.common.naming import to_file_deck_name
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.text_file import read_text_file
from flashcards.formats.markdown.obsidian_text import embedded_paths
from flashcards.formats.markup.front_matter import RULE, parse_front_matter
from flashcards.formats.markup.markdown_media import (
    find_embedded_paths,
    find_sibling_media,
)
from flashcards.text.markdown.code_spans import find_open_fence, update_fence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.cards import Memory
    from flashcards.domain.content import Note
    from flashcards.formats.formats import ReadContext


_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e", "\u055e", "\u1367", "\ufe56", "\u2047", "\u2048")  # fmt: skip
"""The question marks of Latin, Chinese, Arabic, Greek, Armenian and Ethiopic script."""
_BEHIND_QUESTION = " \t*_`\"'”’»)]}）】"
"""What may follow a question mark at the end of a heading: emphasis, quotes and brackets."""


class Line(NamedTuple):
    """A line of a file."""

    number: int
    """From 1."""
    text: str
    is_code: bool
    """Whether it belongs to a block of code."""


class FoundNote(NamedTuple):
    """A note that was found in a file, and what was learned of its first card."""

    note: Note
    memory: Memory | None = None
    is_foreign: bool = False
    """Whether another file may use the note's id for another note."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing cards in Markdown."""

    form: str
    """What people call the format."""
    advice: str
    """How a card of it is written."""
    find_notes: Callable[[list[Line], ProblemCollector], Iterator[FoundNote]]
    """Gives the notes of the lines behind the front matter, in their order."""
    in_head: re.Pattern[str] | None = None
    """What shows that the front matter is no such thing, but belongs to the first card."""
    suffix: str = ""
    """The double suffix of its files, which is not part of the name of a deck."""
    reasons: tuple[str, ...] = ()
    """Rules whose warnings say why a card was left out."""


def asks(heading: str) -> bool:
    """Tell whether a heading ends as a question does, in any script."""
    return heading.rstrip(_BEHIND_QUESTION).endswith(_QUESTION_MARKS)


def read_markdown(path: Path, context: ReadContext, dialect: Dialect) -> Bundle:
    """Return the deck of a file, named after it, with everything that is wrong with it."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    if file is None:
        return Bundle(problems=tuple(collector.problems))
    lines = file.text.split("\n")
    head = parse_front_matter(lines)
    is_card = dialect.in_head is not None and dialect.in_head.search(head.text)
    first = 0 if is_card else head.first_line
    collected = DeckBuilder(collector, context.progress, of=len(lines))
    deck = to_file_deck_name(path, context.into, suffix=dialect.suffix)
    histories = []
    for found in dialect.find_notes(lines_of(lines, first), collector):
        if collected.is_full:
            break
        note = collected.add(
            deck, found.note, at=found.note.line, is_foreign=found.is_foreign
        )
        if note is not None and found.memory is not None:
            face = next(iter(faces_of(note)))
            histories.append(CardHistory(card_key(note.id, face), memory=found.memory))
    opened = find_open_fence(lines[first:])
    if opened:
        collector.add_at("open-code", first + opened, 1)
    decks = collected.decks(str(path), file.digest, whole=(deck.key,))
    if not decks and not collector.errors:
        reasons = (*dialect.reasons, "open-code")
        collector = report_no_notes(
            collector, dialect.form, dialect.advice, reasons=reasons
        )
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    paths = (*find_embedded_paths(file.text), *embedded_paths(file.text))
    media = find_sibling_media(path.parent, paths) if decks else ()
    report_missing(decks, media, collector)
    return Bundle(
        decks=decks,
        problems=tuple(collector.problems),
        histories=tuple(histories),
        media=media,
    )


def lines_of(lines: list[str], first: int = 0) -> list[Line]:
    """Return the lines from an index on, with what is code among them."""
    fence, found = "", []
    for number, text in enumerate(lines[first:], first + 1):
        fence, is_code = update_fence(text, fence)
        found.append(Line(number, text, is_code))
    return found


def lines_of_head(head: bytes) -> list[Line]:
    """Return the lines at the beginning of a file, behind its front matter."""
    lines = head.decode("utf-8-sig", errors="replace").splitlines()
    return lines_of(lines, parse_front_matter(lines).first_line)


def split_at_rules(lines: list[Line]) -> Iterator[list[Line]]:
    """Give the parts of a text between lines of three dashes, without blank lines around them."""
    part: list[Line] = []
    for line in (*lines, None):
        if line is None or (not line.is_code and line.text.strip() == RULE):
            while part and not part[-1].text.strip():
                part.pop()
            if part:
                yield part
            part = []
        elif part or line.text.strip():
            part.append(line)


def heading_in(line: Line) -> tuple[int, str] | None:
    """Return level and words of the heading that a line is, None where it is none."""
    found = None if line.is_code else _HEADING.fullmatch(line.text)
    if found is None:
        return None
    words = found[2].rstrip()
    bare = words.rstrip("#")
    closes = not bare or bare.endswith(" ")
    return len(found[1]), bare.rstrip() if closes else words
