"""Markdown of hashcards and repeater: questions, answers and clozes, one deck per file."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, ClozeNote
from flashcards.errors import UsageError
from flashcards.formats.common.deck_builder import (
    DeckBuilder,
    is_within_limits,
    report_no_notes,
)
from flashcards.formats.common.flatten import to_questions
from flashcards.formats.common.losses import (
    describe_count,
    describe_lost_deck_fields,
    describe_lost_fields,
)
from flashcards.formats.common.media_names import report_missing
from flashcards.formats.common.naming import DeckName, to_deck_name, to_file_deck_name
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.text_file import read_text_file
from flashcards.formats.hashcards.text import (
    TAGS,
    BracketsError,
    read_cloze,
    read_line,
    read_text,
    write_cloze_text,
    write_text,
)
from flashcards.formats.markup.front_matter import RULE, parse_front_matter
from flashcards.formats.markup.markdown_media import (
    find_embedded_paths,
    find_sibling_media,
)
from flashcards.text.deck_keys import is_deck_key
from flashcards.text.markdown.code_spans import update_fence
from flashcards.text.markdown.gaps import find_gaps, has_gap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.content import DeckContent, Note
    from flashcards.formats.formats import ReadContext, WriteContext

TITLE = "hashcards Markdown"
_QUESTION, _ANSWER, _CLOZE = TAGS
# Hashcards takes links and checkboxes for gaps too, but other Markdown has them as well.
_BRACKETED = re.compile(r"(?<![!\\])\[(?![ xX]\])[^\[\]]+\](?![(\[:])")


def looks_like(head: bytes) -> bool:
    """Return whether the beginning of a file has a question with its answer, or a cloze."""
    has_question = False
    cloze: list[str] = []
    fence = ""
    for line in (*head.decode(errors="replace").splitlines(), RULE):
        fence, is_code = update_fence(line, fence)
        if is_code:
            continue
        is_card_start = line.startswith((_QUESTION, _CLOZE)) or line.strip() == RULE
        if is_card_start and _BRACKETED.search("\n".join(cloze)):
            return True
        if is_card_start:
            has_question = line.startswith(_QUESTION)
            cloze = [line] if line.startswith(_CLOZE) else []
        elif line.startswith(_ANSWER) and has_question:
            return True
        elif cloze:
            cloze.append(line)
    return False


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the deck of a file, and its problems."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    if file is None:
        return Bundle(problems=tuple(collector.problems))
    lines = file.text.split("\n")
    head = _read_head(lines, path, context, collector)
    builder = DeckBuilder(collector, context.progress, of=len(lines))
    _Reader(builder, head, collector).read(lines)
    # A file from this program is an excerpt: its deck has more than the file can hold.
    whole = () if head.is_export else (head.deck.key,)
    decks = builder.decks(str(path), file.digest, whole=whole)
    if not decks and not collector.errors:
        collector = report_no_notes(collector, TITLE, "Begin a card with Q: or C:.")
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    media = (
        find_sibling_media(path.parent, find_embedded_paths(file.text)) if decks else ()
    )
    report_missing(decks, media, collector)
    return Bundle(decks=decks, problems=tuple(collector.problems), media=media)


class _Head(NamedTuple):
    deck: DeckName
    first_line: int
    """Index of the first line of its cards."""
    is_export: bool
    """Whether this program wrote the file."""


def _read_head(
    lines: list[str], path: Path, context: ReadContext, collector: ProblemCollector
) -> _Head:
    """Read the deck name from the front matter, or take it from the file name."""
    head = parse_front_matter(lines)
    values: dict[str, object] = {}
    if head.is_open:
        collector.add_at("front-matter", 1, 1, reason="it is never closed")
    elif head.first_line:
        try:
            values = tomllib.loads(head.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            collector.add_at("front-matter", 1, 1, reason=_describe_error(error))
    name, key = values.get("name"), values.get("deck")
    title = name if isinstance(name, str) and name.strip() else ""
    if isinstance(key, str) and is_deck_key(key):
        deck = DeckName(key, title or path.stem)
        return _Head(deck, head.first_line, is_export=True)
    deck = to_deck_name(title) if title else to_file_deck_name(path, context.into)
    return _Head(deck, head.first_line, is_export=False)


def _describe_error(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    return str(error)[:1].lower() + str(error)[1:]


class _Reader:
    """Walks through the lines and adds each card at its end."""

    def __init__(
        self, builder: DeckBuilder, head: _Head, collector: ProblemCollector
    ) -> None:
        self._builder = builder
        self._head = head
        self._collector = collector
        # The texts of the current card by their tag, and the number of its first line.
        self._texts: dict[str, list[str]] = {}
        self._open_tag = ""
        self._line = 0
        self._is_stray_reported = False

    def read(self, lines: list[str]) -> None:
        """Read all lines after the front matter."""
        first = self._head.first_line
        for number, line in enumerate(lines[first:], first + 1):
            tag = line[:2]
            if self._builder.is_full:
                return
            if tag in (_QUESTION, _CLOZE):
                self._finish_card()
                self._line = number
                self._begin_text(tag, line)
            elif tag == _ANSWER:
                self._read_answer(line, number)
            elif line.strip() == RULE:
                self._finish_card()
            elif self._open_tag:
                self._texts[self._open_tag].append(read_line(line))
            elif line.strip():
                self._report_stray_text(number)
        self._finish_card()

    def _begin_text(self, tag: str, line: str) -> None:
        self._open_tag = tag
        self._texts[tag] = [line[2:].strip()]
        self._is_stray_reported = False

    def _read_answer(self, line: str, number: int) -> None:
        if self._open_tag == _QUESTION:
            self._begin_text(_ANSWER, line)
            return
        self._finish_card()
        self._collector.add_at("answer-without-question", number, 1)
        # The following lines belong to that answer, so they are not reported again.
        self._is_stray_reported = True

    def _report_stray_text(self, number: int) -> None:
        if not self._is_stray_reported:
            self._collector.add_at("stray-text", number, 1)
        self._is_stray_reported = True

    def _finish_card(self) -> None:
        texts = {tag: "\n".join(lines).strip() for tag, lines in self._texts.items()}
        self._texts, self._open_tag, self._is_stray_reported = {}, "", False
        if not is_within_limits("".join(texts.values()), self._line, self._collector):
            return
        if _CLOZE in texts:
            self._add_cloze(texts[_CLOZE])
        elif _ANSWER in texts:
            note = BasicNote(
                id="",
                front=read_text(texts[_QUESTION]),
                back=read_text(texts[_ANSWER]),
                line=self._line,
            )
            self._add(note)
        elif _QUESTION in texts:
            self._collector.add_at("question-without-answer", self._line, 1)

    def _add_cloze(self, text: str) -> None:
        try:
            cloze_text = read_cloze(text)
        except BracketsError as error:
            self._collector.add_at("cloze-brackets", self._line, 1, value=str(error))
            return
        if not has_gap(cloze_text):
            self._collector.add_at("cloze-without-brackets", self._line, 1)
            return
        self._add(ClozeNote(id="", text=cloze_text, line=self._line))

    def _add(self, note: Note) -> None:
        self._builder.add(self._head.deck, note, at=self._line)


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write the only deck, and return sentences on what was lost.

    Raises:
        UsageError: There is not exactly one deck.
    """
    del context
    if len(bundle.decks) != 1:
        raise UsageError("A file of hashcards holds one deck. Name one deck.")
    deck = bundle.decks[0]
    cards = [card for note in deck.notes for card in _write_cards(note)]
    distinct_cards = list(dict.fromkeys(cards))
    file.write("\n".join([_write_head(deck), *distinct_cards]).encode())
    return [
        *_describe_losses(deck.notes),
        *describe_lost_deck_fields(TITLE, bundle.decks),
        *describe_count(
            len(cards) - len(distinct_cards),
            "card",
            "left out, because another one has the same words",
        ),
    ]


def _write_head(deck: DeckContent) -> str:
    name = json.dumps(deck.title, ensure_ascii=False)
    return f"{RULE}\nname = {name}\ndeck = {json.dumps(deck.key)}\n{RULE}\n"


def _write_cards(note: Note) -> list[str]:
    if isinstance(note, ClozeNote):
        return [f"{_CLOZE} {write_cloze_text(note.text)}\n"]
    return [
        f"{_QUESTION} {write_text(question.question)}\n{_ANSWER} {write_text(question.answer)}\n"
        for question in to_questions(note)
    ]


def _describe_losses(notes: Sequence[Note]) -> list[str]:
    clozes = [note for note in notes if isinstance(note, ClozeNote)]
    other_notes = [note for note in notes if not isinstance(note, ClozeNote)]
    basic_notes = [note for note in other_notes if isinstance(note, BasicNote)]
    gaps_by_cloze = [list(find_gaps(note.text)) for note in clozes]
    return [
        *describe_count(
            len(other_notes) - len(basic_notes),
            "note",
            "written as question and answer, since there is no such kind",
        ),
        *describe_count(
            both_ways := sum(note.reverse for note in basic_notes),
            "note",
            f"written as {2 * both_ways} cards, one for each direction",
        ),
        *describe_count(
            sum(
                len({gap.number for gap in cloze_gaps}) < len(cloze_gaps)
                for cloze_gaps in gaps_by_cloze
            ),
            "cloze",
            "written with a card for each gap, since gaps have no numbers",
        ),
        *describe_count(
            sum(
                gap.hint is not None
                for cloze_gaps in gaps_by_cloze
                for gap in cloze_gaps
            ),
            "gap hint",
            "left out",
        ),
        *describe_count(
            sum(bool(note.why) for note in other_notes), "why", "put behind the answer"
        ),
        *describe_count(
            sum(bool(note.why) for note in clozes), "cloze why", "left out"
        ),
        *describe_lost_fields(TITLE, notes, held=("why",)),
    ]
