"""Questions of Moodle in its own XML, with the categories as decks and pictures from the file."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from flashcards.decks.files import digest_of
from flashcards.decks.yaml.decoding import read_bytes
from flashcards.domain import formatting
from flashcards.domain.bundle import Bundle, MediaFile
from flashcards.formats.common.deck_builder import DeckBuilder, report_no_notes
from flashcards.formats.common.media_names import is_safe_name, report_missing
from flashcards.formats.common.naming import to_file_deck_name
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.sibling_files import MOST_BYTES
from flashcards.formats.markup.markup import find_media_names_in_decks
from flashcards.formats.moodle.gift_format import category_deck
from flashcards.formats.moodle.questions import note_of
from flashcards.formats.moodle.xml_tree import XmlError, parse_xml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.moodle.xml_tree import XmlElement

_NAME = "Moodle XML"
_QUIZ = re.compile(rb"<quiz[\s>]")
_REASONS = ("gift-no-answer", "moodle-type")


def looks_like(head: bytes) -> bool:
    """Return whether a file begins as a quiz of Moodle."""
    bare = head.replace(b"\0", b"")
    return _QUIZ.search(bare[:4096]) is not None


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a file, one for each category, with everything that is wrong."""
    collector = new_collector(str(path))
    data = read_bytes(path, collector)
    root = _root(data, collector) if data is not None else None
    if data is None or root is None:
        return Bundle(problems=tuple(collector.problems))
    questions = list(root.all("question"))
    collected = DeckBuilder(collector, context.progress, of=len(questions))
    deck = to_file_deck_name(path, context.into)
    files: list[XmlElement] = []
    for place, question in enumerate(questions):
        if collected.is_full:
            break
        if question.get("type") == "category":
            deck = category_deck(question.text_of("category", "text").strip(), deck)
            continue
        note = note_of(question, collector)
        if note is not None and collected.add(deck, note, at=place) is not None:
            files += _files(question)
    decks = collected.decks(str(path), digest_of(data))
    if not decks and not collector.errors:
        advice = "Export the questions from Moodle's question bank as Moodle XML."
        collector = report_no_notes(collector, _NAME, advice, reasons=_REASONS)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    media = _media(files, set(find_media_names_in_decks(decks)))
    report_missing(decks, media, collector)
    return Bundle(decks=decks, problems=tuple(collector.problems), media=media)


def _root(data: bytes, collector: ProblemCollector) -> XmlElement | None:
    try:
        root, removed = parse_xml(data)
    except XmlError as error:
        collector.add_at("broken-xml", error.line, error.column, reason=error)
        return None
    if removed:
        count = formatting.count(removed, "character")
        collector.add_at("characters-removed", 1, 1, count=count)
    if root.name != "quiz":
        advice = "Export the questions from Moodle's question bank as Moodle XML."
        collector.add_at("not-this-format", root.line, 1, form=_NAME, advice=advice)
        return None
    return root


def _files(element: XmlElement) -> Iterator[XmlElement]:
    """Give the files within an element."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if each.name == "file":
            yield each
        waiting += each.children


def _media(files: list[XmlElement], named: Collection[str]) -> tuple[MediaFile, ...]:
    """Return the files that notes name, each name once; what is damaged is none."""
    found: dict[str, MediaFile] = {}
    for each in files:
        name = each.get("name")
        if name not in named or name in found or not is_safe_name(name):
            continue
        try:
            data = base64.b64decode(each.text, validate=False)
        except (binascii.Error, ValueError):
            continue
        if 0 < len(data) <= MOST_BYTES:
            found[name] = MediaFile(name, lambda data=data: data)  # type: ignore[misc]
    return tuple(found.values())
