"""Moodle XML: categories are decks, and pictures come from the file."""

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
from flashcards.formats.moodle.gift_format import to_category_deck
from flashcards.formats.moodle.questions import to_note
from flashcards.formats.moodle.xml_tree import XmlError, parse_xml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.moodle.xml_tree import XmlElement

_NAME = "Moodle XML"
_QUIZ = re.compile(rb"<quiz[\s>]")
_REPORTED_RULES = ("gift-no-answer", "moodle-type")


def looks_like(head: bytes) -> bool:
    """Return whether the beginning of a file is a Moodle quiz."""
    bytes_without_nulls = head.replace(b"\0", b"")
    return _QUIZ.search(bytes_without_nulls[:4096]) is not None


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the decks of a file, one for each category, and its problems."""
    collector = new_collector(str(path))
    data = read_bytes(path, collector)
    root = _parse_root(data, collector) if data is not None else None
    if data is None or root is None:
        return Bundle(problems=tuple(collector.problems))
    questions = list(root.find_all("question"))
    builder = DeckBuilder(collector, context.progress, of=len(questions))
    deck = to_file_deck_name(path, context.into)
    files: list[XmlElement] = []
    for index, question in enumerate(questions):
        if builder.is_full:
            break
        if question.get("type") == "category":
            deck = to_category_deck(question.get_text("category", "text").strip(), deck)
            continue
        note = to_note(question, collector)
        if note is not None and builder.add(deck, note, at=index) is not None:
            files += _find_files(question)
    decks = builder.decks(str(path), digest_of(data))
    if not decks and not collector.errors:
        advice = "Export the questions from Moodle's question bank as Moodle XML."
        collector = report_no_notes(collector, _NAME, advice, reasons=_REPORTED_RULES)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    media = _decode_media(files, set(find_media_names_in_decks(decks)))
    report_missing(decks, media, collector)
    return Bundle(decks=decks, problems=tuple(collector.problems), media=media)


def _parse_root(data: bytes, collector: ProblemCollector) -> XmlElement | None:
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


def _find_files(element: XmlElement) -> Iterator[XmlElement]:
    """Yield the files within an element."""
    elements = [element]
    while elements:
        current = elements.pop()
        if current.name == "file":
            yield current
        elements += current.children


def _decode_media(
    files: list[XmlElement], used_names: Collection[str]
) -> tuple[MediaFile, ...]:
    """Decode the files that notes name, each name once; damaged files are left out."""
    media: dict[str, MediaFile] = {}
    for file in files:
        name = file.get("name")
        if name not in used_names or name in media or not is_safe_name(name):
            continue
        try:
            data = base64.b64decode(file.text, validate=False)
        except (binascii.Error, ValueError):
            continue
        if 0 < len(data) <= MOST_BYTES:
            media[name] = MediaFile(name, lambda data=data: data)  # type: ignore[misc]
    return tuple(media.values())
