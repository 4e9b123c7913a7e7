"""Reading a deck file: the deck with its good notes, and every fault with its place.

A faulty note never blocks the others: after a YAML error the reading goes on with the
next note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.fields.head import lies_elsewhere, read_head
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
    """Return the deck of a file with its good notes, and everything that is wrong with the file.

    There is no deck where the file cannot be read or has no key.
    """
    collector = ProblemCollector(str(path))
    data = read_bytes(path, collector)
    if data is None:
        return None, collector.problems
    return read_deck_text(data, str(path))


def read_deck_text(text: bytes, path: str) -> tuple[DeckContent | None, list[Problem]]:
    """Return the deck that a file with these bytes holds, and everything that is wrong with it."""
    collector = ProblemCollector(path)
    data = decode(text, collector)
    if data is None:
        return None, collector.problems
    notes = _Notes(collector)
    document = YamlDocument(data, collector, items="notes", take=notes.take)
    if not document.read():
        if not collector.errors:
            collector.add_at("not-a-deck", 1, 1)
        return None, collector.problems
    deck = _deck(document, notes, collector, text)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return deck, collector.problems


class _Notes:
    """The good notes so far, and where their ids and topics were first met."""

    def __init__(self, collector: ProblemCollector) -> None:
        self.notes: list[Note] = []
        self.topics: dict[str, tuple[int, int]] = {}
        self._lines: dict[str, int] = {}
        self._collector = collector

    def take(self, node: Node, errors_before: int) -> None:
        """Read a note and keep it if nothing in it is wrong."""
        collector = self._collector
        if type(node) is not MappingNode:
            found = kind_of(node)
            form = "{id: mcl-001, front: ..., back: ...}"
            collector.add("not-a-mapping", node, place="A note", found=found, form=form)
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


def _deck(
    document: YamlDocument, notes: _Notes, collector: ProblemCollector, text: bytes
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
    if lies_elsewhere(collector.path, key):
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
    notes: _Notes, known: dict[str, str], collector: ProblemCollector
) -> None:
    if not known:
        return
    for topic, (line, column) in notes.topics.items():
        if topic not in known:
            advice = suggestion(topic, known)
            collector.add_at("unknown-topic", line, column, value=topic, advice=advice)
