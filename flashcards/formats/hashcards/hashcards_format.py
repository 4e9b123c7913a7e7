"""Markdown of hashcards and repeater: questions, answers and clozes, one deck a file."""

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
    cloze_in,
    cloze_out,
    line_in,
    text_in,
    text_out,
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
# Links and boxes to tick are gaps to hashcards too, but prose has them without being a card.
_HIDDEN = re.compile(r"(?<![!\\])\[(?![ xX]\])[^\[\]]+\](?![(\[:])")


def looks_like(head: bytes) -> bool:
    """Tell whether a file that begins so has a question with its answer, or a cloze."""
    asked = False
    cloze: list[str] = []
    fence = ""
    for line in (*head.decode(errors="replace").splitlines(), RULE):
        fence, is_code = update_fence(line, fence)
        if is_code:
            continue
        is_next = line.startswith((_QUESTION, _CLOZE)) or line.strip() == RULE
        if is_next and _HIDDEN.search("\n".join(cloze)):
            return True
        if is_next:
            asked = line.startswith(_QUESTION)
            cloze = [line] if line.startswith(_CLOZE) else []
        elif line.startswith(_ANSWER) and asked:
            return True
        elif cloze:
            cloze.append(line)
    return False


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a file, with everything that is wrong with it."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    if file is None:
        return Bundle(problems=tuple(collector.problems))
    lines = file.text.split("\n")
    head = _head_of(lines, path, context, collector)
    collected = DeckBuilder(collector, context.progress, of=len(lines))
    _Reader(collected, head, collector).read(lines)
    # What this program wrote is an excerpt: the deck it came from has more to it.
    whole = () if head.is_export else (head.deck.key,)
    decks = collected.decks(str(path), file.digest, whole=whole)
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


def _head_of(
    lines: list[str], path: Path, context: ReadContext, collector: ProblemCollector
) -> _Head:
    """Return what the front matter says of a deck, or else its file's name."""
    head = parse_front_matter(lines)
    values: dict[str, object] = {}
    if head.is_open:
        collector.add_at("front-matter", 1, 1, reason="it is never closed")
    elif head.first_line:
        try:
            values = tomllib.loads(head.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            collector.add_at("front-matter", 1, 1, reason=_reason(error))
    name, key = values.get("name"), values.get("deck")
    title = name if isinstance(name, str) and name.strip() else ""
    if isinstance(key, str) and is_deck_key(key):
        deck = DeckName(key, title or path.stem)
        return _Head(deck, head.first_line, is_export=True)
    deck = to_deck_name(title) if title else to_file_deck_name(path, context.into)
    return _Head(deck, head.first_line, is_export=False)


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    return str(error)[:1].lower() + str(error)[1:]


class _Reader:
    """Walks the lines and hands on each card when its text has ended."""

    def __init__(
        self, collected: DeckBuilder, head: _Head, collector: ProblemCollector
    ) -> None:
        self._collected = collected
        self._head = head
        self._collector = collector
        # The texts of the card so far by the tag that began them, and its line from 1.
        self._texts: dict[str, list[str]] = {}
        self._open = ""
        self._line = 0
        self._is_stray = False

    def read(self, lines: list[str]) -> None:
        """Read all lines behind the front matter."""
        first = self._head.first_line
        for number, line in enumerate(lines[first:], first + 1):
            tag = line[:2]
            if self._collected.is_full:
                return
            if tag in (_QUESTION, _CLOZE):
                self._finish()
                self._line = number
                self._begin(tag, line)
            elif tag == _ANSWER:
                self._answer(line, number)
            elif line.strip() == RULE:
                self._finish()
            elif self._open:
                self._texts[self._open].append(line_in(line))
            elif line.strip():
                self._stray(number)
        self._finish()

    def _begin(self, tag: str, line: str) -> None:
        self._open = tag
        self._texts[tag] = [line[2:].strip()]
        self._is_stray = False

    def _answer(self, line: str, number: int) -> None:
        if self._open == _QUESTION:
            self._begin(_ANSWER, line)
            return
        self._finish()
        self._collector.add_at("answer-without-question", number, 1)
        # What follows belongs to that answer.
        self._is_stray = True

    def _stray(self, number: int) -> None:
        if not self._is_stray:
            self._collector.add_at("stray-text", number, 1)
        self._is_stray = True

    def _finish(self) -> None:
        texts = {tag: "\n".join(lines).strip() for tag, lines in self._texts.items()}
        self._texts, self._open, self._is_stray = {}, "", False
        if not is_within_limits("".join(texts.values()), self._line, self._collector):
            return
        if _CLOZE in texts:
            self._add_cloze(texts[_CLOZE])
        elif _ANSWER in texts:
            note = BasicNote(
                id="",
                front=text_in(texts[_QUESTION]),
                back=text_in(texts[_ANSWER]),
                line=self._line,
            )
            self._add(note)
        elif _QUESTION in texts:
            self._collector.add_at("question-without-answer", self._line, 1)

    def _add_cloze(self, text: str) -> None:
        try:
            made = cloze_in(text)
        except BracketsError as error:
            self._collector.add_at("cloze-brackets", self._line, 1, value=str(error))
            return
        if not has_gap(made):
            self._collector.add_at("cloze-without-brackets", self._line, 1)
            return
        self._add(ClozeNote(id="", text=made, line=self._line))

    def _add(self, note: Note) -> None:
        self._collected.add(self._head.deck, note, at=self._line)


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write the one deck and return sentences on what the format could not hold.

    Raises:
        UsageError: there is not exactly one deck.
    """
    del context
    if len(bundle.decks) != 1:
        raise UsageError("A file of hashcards holds one deck. Name one deck.")
    deck = bundle.decks[0]
    cards = [card for note in deck.notes for card in _cards(note)]
    different = list(dict.fromkeys(cards))
    file.write("\n".join([_head(deck), *different]).encode())
    return [
        *_remarks(deck.notes),
        *describe_lost_deck_fields(TITLE, bundle.decks),
        *describe_count(
            len(cards) - len(different),
            "card",
            "left out, because another one has the same words",
        ),
    ]


def _head(deck: DeckContent) -> str:
    name = json.dumps(deck.title, ensure_ascii=False)
    return f"{RULE}\nname = {name}\ndeck = {json.dumps(deck.key)}\n{RULE}\n"


def _cards(note: Note) -> list[str]:
    if isinstance(note, ClozeNote):
        return [f"{_CLOZE} {cloze_out(note.text)}\n"]
    return [
        f"{_QUESTION} {text_out(each.question)}\n{_ANSWER} {text_out(each.answer)}\n"
        for each in to_questions(note)
    ]


def _remarks(notes: Sequence[Note]) -> list[str]:
    clozes = [note for note in notes if isinstance(note, ClozeNote)]
    others = [note for note in notes if not isinstance(note, ClozeNote)]
    basic = [note for note in others if isinstance(note, BasicNote)]
    gaps = [list(find_gaps(note.text)) for note in clozes]
    return [
        *describe_count(
            len(others) - len(basic),
            "note",
            "written as question and answer, since there is no such kind",
        ),
        *describe_count(
            both_ways := sum(note.reverse for note in basic),
            "note",
            f"written as {2 * both_ways} cards, one for each direction",
        ),
        *describe_count(
            sum(len({gap.number for gap in each}) < len(each) for each in gaps),
            "cloze",
            "written with a card for each gap, since gaps have no numbers",
        ),
        *describe_count(
            sum(gap.hint is not None for each in gaps for gap in each),
            "gap hint",
            "left out",
        ),
        *describe_count(
            sum(bool(note.why) for note in others), "why", "put behind the answer"
        ),
        *describe_count(
            sum(bool(note.why) for note in clozes), "cloze why", "left out"
        ),
        *describe_lost_fields(TITLE, notes, held=("why",)),
    ]
