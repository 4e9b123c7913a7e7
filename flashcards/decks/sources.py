"""Reads the bibliography `sources.yaml`, which the notes of all decks cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.fields.fields import Field, Shape, Table
from flashcards.decks.fields.forms import Number, OneOf, Text
from flashcards.decks.fields.kinds import ID, ID_FORM
from flashcards.decks.problem_collector import ProblemCollector
from flashcards.decks.yaml.decoding import decode, read_bytes
from flashcards.decks.yaml.document import YamlDocument
from flashcards.decks.yaml.nodes import MappingNode, Node, is_null, kind_of
from flashcards.domain.content import Problem, SourceEntry

if TYPE_CHECKING:
    from pathlib import Path

_line = Text(500, one_line=True)

ENTRY_FIELDS: Table = {
    "authors": Field(
        _line, "The authors as cards show them, such as Opitz & Burst.", required=True
    ),
    "year": Field(
        Number(above=0, most=3000, whole=True),
        "The year; leave it out for pages that change.",
    ),
    "title": Field(_line, "The title.", required=True),
    "venue": Field(_line, "Journal, conference, publisher or archive number."),
    "url": Field(
        Text(
            500,
            pattern=r"https?://[!-~]+",
            description="an address that begins with https://",
        ),
        "Where it can be read.",
    ),
    "kind": Field(
        OneOf("paper", "book", "docs", "law", "standard", "blog", "course", "data"),
        "The kind of source.",
    ),
}
"""The fields of one entry, in the order of the format."""

_ENTRY = Shape(ENTRY_FIELDS, "a source")
_FILE = Shape({}, "a bibliography", other_keys=("sources",))
_key = Text(64, pattern=ID, description=ID_FORM)


def read_sources(path: Path) -> tuple[tuple[SourceEntry, ...], list[Problem]]:
    """Return the valid entries of a bibliography, and its problems."""
    collector = ProblemCollector(str(path))
    data = read_bytes(path, collector)
    if data is None:
        return (), collector.problems
    return read_sources_text(data, str(path))


def read_sources_text(
    text: bytes, path: str
) -> tuple[tuple[SourceEntry, ...], list[Problem]]:
    """Return the valid entries of a bibliography with these bytes, and its problems."""
    collector = ProblemCollector(path)
    data = decode(text, collector)
    if data is None:
        return (), collector.problems
    document = YamlDocument(data, collector)
    if not document.read() or "sources" not in document.head:
        if not collector.errors:
            collector.add_at("not-sources", 1, 1)
        return (), collector.problems
    _FILE.read(document.head, collector)
    entries = _read_entries(document.head["sources"][1], collector)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return entries, collector.problems


def entry_of(
    key: str, node: MappingNode, collector: ProblemCollector
) -> SourceEntry | None:
    """Return the entry that a mapping describes, or None with a problem."""
    errors_before = collector.errors
    values = _ENTRY.read(node, collector)
    return SourceEntry(key=key, **values) if collector.errors == errors_before else None


def _read_entries(node: Node, collector: ProblemCollector) -> tuple[SourceEntry, ...]:
    if is_null(node):
        return ()
    if not isinstance(node, MappingNode):
        form = "opitz2019: {authors: Opitz & Burst, title: Macro F1}"
        collector.add(
            "not-a-mapping", node, place='"sources"', found=kind_of(node), form=form
        )
        return ()
    entries = []
    for name, (key, child) in node.items():
        errors_before = collector.errors
        _key.read(key, "sources", collector)
        if not isinstance(child, MappingNode):
            form = "{authors: Opitz & Burst, title: Macro F1}"
            collector.add(
                "not-a-mapping",
                child,
                place="A source",
                found=kind_of(child),
                form=form,
            )
            continue
        values = _ENTRY.read(child, collector)
        if collector.errors == errors_before:
            entries.append(SourceEntry(key=name, **values))
    return tuple(entries)
