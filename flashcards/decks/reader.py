"""Reads a deck file: the deck with its valid notes, and every problem with its place.

An invalid note never blocks the others: after a YAML error reading resumes at the next
note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.fields.head import differs_from_path, read_head
from flashcards.decks.fields.kinds import read_note
from flashcards.decks.files import digest_of
from flashcards.decks.problem_collector import ProblemCollector, suggestion
from flashcards.decks.yaml.decoding import decode, read_bytes
from flashcards.decks.yaml.document import YamlDocument
from flashcards.decks.yaml.nodes import MappingNode, Node, UnreadableValueError, kind_of
from flashcards.domain.content import DeckContent, Note, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.decks.problem_collector import Mark

MOST_NOTES = 200_000


def read_deck(path: Path) -> tuple[DeckContent | None, list[Problem]]:
    """Return the deck of a file with its valid notes, and the problems of the file.

    The deck is None where the file cannot be read or has no key.
    """
    collector = ProblemCollector(str(path))
    data = read_bytes(path, collector)
    if data is None:
        return None, collector.problems
    return read_deck_text(data, str(path))


def read_deck_text(text: bytes, path: str) -> tuple[DeckContent | None, list[Problem]]:
    """Return the deck of a file with these bytes, and the problems of the file."""
    collector = ProblemCollector(path)
    data = decode(text, collector)
    if data is None:
        return None, collector.problems
    notes = _NoteCollector(collector)
    document = YamlDocument(data, collector, items="notes", on_item=notes.add)
    if not document.read():
        if not collector.errors:
            collector.add_at("not-a-deck", 1, 1)
        return None, collector.problems
    deck = _build_deck(document, notes, collector, text)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return deck, collector.problems


class _NoteCollector:
    """The valid notes so far, and where each id and topic first appears."""

    def __init__(self, collector: ProblemCollector) -> None:
        self.notes: list[Note] = []
        self.topics: dict[str, tuple[int, int]] = {}
        self._lines: dict[str, int] = {}
        self._collector = collector

    def add(self, node: Node, errors_before: int) -> None:
        """Read a note and add it if it is valid."""
        collector = self._collector
        if type(node) is not MappingNode:
            form = "{id: mcl-001, front: ..., back: ...}"
            collector.add(
                "not-a-mapping", node, place="A note", found=kind_of(node), form=form
            )
            return
        if len(self.notes) >= MOST_NOTES:
            raise UnreadableValueError(
                "too-many-notes", node.start_mark, most=MOST_NOTES
            )
        note = read_note(node, collector)
        if note is None or collector.errors > errors_before:
            return
        if note.topic and note.topic not in self.topics:
            mark: Mark = node["topic"][1].start_mark
            self.topics[note.topic] = (mark.line + 1 + collector.shift, mark.column + 1)
        line = self._lines.setdefault(note.id, note.line)
        if line != note.line:
            collector.add("duplicate-id", node["id"][1], value=note.id, line=line)
        else:
            self.notes.append(note)


def _build_deck(
    document: YamlDocument,
    notes: _NoteCollector,
    collector: ProblemCollector,
    text: bytes,
) -> DeckContent | None:
    head = document.head
    values = read_head(head, collector)
    key = values.pop("deck", None)
    if not document.has_items:
        collector.add("missing-field", head, key="notes", place="The deck")
    elif not notes.notes and not collector.errors:
        collector.add("no-notes", head)
    if key is None:
        return None
    if differs_from_path(collector.path, key):
        collector.add(
            "key-differs-from-path", head["deck"][1], key=key, path=collector.path
        )
    _check_topics(notes, dict(values.get("topics", ())), collector)
    return DeckContent(
        key=key,
        title=values.pop("title", key),
        notes=tuple(notes.notes),
        path=collector.path,
        digest="" if collector.errors else digest_of(text),
        **values,
    )


def _check_topics(
    notes: _NoteCollector, titles: dict[str, str], collector: ProblemCollector
) -> None:
    if not titles:
        return
    for topic, (line, column) in notes.topics.items():
        if topic not in titles:
            advice = suggestion(topic, titles)
            collector.add_at("unknown-topic", line, column, value=topic, advice=advice)
