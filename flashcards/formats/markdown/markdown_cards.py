"""Read Markdown files that are one deck each, in any dialect of cards."""

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
from flashcards.formats.markdown.obsidian_text import find_embedded_wikilinks
from flashcards.formats.markup.front_matter import RULE, parse_front_matter
from flashcards.formats.markup.markdown_media import (
    find_embedded_paths,
    find_sibling_media,
)
from flashcards.text.markdown.code_spans import find_open_fence, update_fence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.cards import Memory
    from flashcards.domain.content import DeckContent, Note
    from flashcards.formats.formats import ReadContext


_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e", "\u055e", "\u1367", "\ufe56", "\u2047", "\u2048")  # fmt: skip
"""The question marks of Latin, Chinese, Arabic, Greek, Armenian and Ethiopic script."""
_AFTER_QUESTION_MARK = " \t*_`\"'”’»)]}）】"
"""What can follow a question mark at the end of a heading: emphasis, quotes and brackets."""


class MarkdownLine(NamedTuple):
    """A line of a file."""

    number: int
    """From 1."""
    text: str
    is_code: bool
    """Whether it belongs to a block of code."""


class ParsedNote(NamedTuple):
    """A note that was read from a file, and the memory of its first card."""

    note: Note
    memory: Memory | None = None
    is_foreign: bool = False
    """Whether another file may use the id of the note for a different note."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to write cards in Markdown."""

    form: str
    """The name of the format for people."""
    advice: str
    """How to write a card of the format."""
    find_notes: Callable[[list[MarkdownLine], ProblemCollector], Iterator[ParsedNote]]
    """Yields the notes of the lines after the front matter, in order."""
    card_in_front_matter: re.Pattern[str] | None = None
    """Matches front matter that is really the beginning of the first card."""
    suffix: str = ""
    """The double suffix of its files, which is not part of the name of a deck."""
    reported_rules: tuple[str, ...] = ()
    """Rules whose warnings explain why a card was left out."""


def is_question(heading: str) -> bool:
    """Return whether a heading ends like a question, in any script."""
    return heading.rstrip(_AFTER_QUESTION_MARK).endswith(_QUESTION_MARKS)


def read_markdown(path: Path, context: ReadContext, dialect: Dialect) -> Bundle:
    """Read the deck of a file, named after the file, and its problems."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    if file is None:
        return Bundle(problems=tuple(collector.problems))
    lines = file.text.split("\n")
    head = parse_front_matter(lines)
    is_first_card = (
        dialect.card_in_front_matter is not None
        and dialect.card_in_front_matter.search(head.text)
    )
    first_line = 0 if is_first_card else head.first_line
    builder = DeckBuilder(collector, context.progress, of=len(lines))
    deck = to_file_deck_name(path, context.into, suffix=dialect.suffix)
    histories = []
    for parsed_note in dialect.find_notes(to_lines(lines, first_line), collector):
        if builder.is_full:
            break
        note = builder.add(
            deck,
            parsed_note.note,
            at=parsed_note.note.line,
            is_foreign=parsed_note.is_foreign,
        )
        if note is not None and parsed_note.memory is not None:
            face = next(iter(faces_of(note)))
            histories.append(
                CardHistory(card_key(note.id, face), memory=parsed_note.memory)
            )
    report_open_code(lines, first_line, collector)
    decks = builder.decks(str(path), file.digest, whole=(deck.key,))
    if not decks and not collector.errors:
        reasons = (*dialect.reported_rules, "open-code")
        collector = report_no_notes(
            collector, dialect.form, dialect.advice, reasons=reasons
        )
    return build_bundle(path, file.text, decks, collector, histories)


def report_open_code(
    lines: list[str], first_line: int, collector: ProblemCollector
) -> None:
    """Report a fence after the front matter that is never closed."""
    open_fence_line = find_open_fence(lines[first_line:])
    if open_fence_line:
        collector.add_at("open-code", first_line + open_fence_line, 1)


def build_bundle(
    path: Path,
    text: str,
    decks: tuple[DeckContent, ...],
    collector: ProblemCollector,
    histories: Sequence[CardHistory],
) -> Bundle:
    """Put what was read from a file together with the files it embeds and its problems."""
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    paths = (*find_embedded_paths(text), *find_embedded_wikilinks(text))
    media = find_sibling_media(path.parent, paths) if decks else ()
    report_missing(decks, media, collector)
    return Bundle(
        decks=decks,
        problems=tuple(collector.problems),
        histories=tuple(histories),
        media=media,
    )


def to_lines(lines: list[str], first_line: int = 0) -> list[MarkdownLine]:
    """Return the lines from an index on, with those that are code marked."""
    fence, markdown_lines = "", []
    for number, text in enumerate(lines[first_line:], first_line + 1):
        fence, is_code = update_fence(text, fence)
        markdown_lines.append(MarkdownLine(number, text, is_code))
    return markdown_lines


def read_head_lines(head: bytes) -> list[MarkdownLine]:
    """Return the lines at the beginning of a file, after its front matter."""
    lines = head.decode("utf-8-sig", errors="replace").splitlines()
    return to_lines(lines, parse_front_matter(lines).first_line)


def split_at_rules(lines: list[MarkdownLine]) -> Iterator[list[MarkdownLine]]:
    """Yield the lines between rules of three dashes, without blank lines around them."""
    card_lines: list[MarkdownLine] = []
    for line in (*lines, None):
        if line is None or (not line.is_code and line.text.strip() == RULE):
            while card_lines and not card_lines[-1].text.strip():
                card_lines.pop()
            if card_lines:
                yield card_lines
            card_lines = []
        elif card_lines or line.text.strip():
            card_lines.append(line)


def parse_heading(line: MarkdownLine) -> tuple[int, str] | None:
    """Parse a heading into its level and words, or return None if the line is not a heading."""
    match = None if line.is_code else _HEADING.fullmatch(line.text)
    if match is None:
        return None
    words = match[2].rstrip()
    words_before_signs = words.rstrip("#")
    is_closed = not words_before_signs or words_before_signs.endswith(" ")
    return len(match[1]), words_before_signs.rstrip() if is_closed else words
