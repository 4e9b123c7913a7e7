"""The head of a deck file: its key, title and topics."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from flashcards.decks.fields.fields import Field, Shape, Table
from flashcards.decks.fields.forms import Schema, Text
from flashcards.decks.fields.key_form import DeckKey
from flashcards.decks.fields.kinds import SLUG, SLUG_FORM
from flashcards.decks.files import SUFFIXES
from flashcards.decks.yaml.nodes import MappingNode, Node, is_null, kind_of

if TYPE_CHECKING:
    from flashcards.decks.problem_collector import ProblemCollector

MOST_TOPICS = 100


class Topics:
    """Slugs with their titles, in teaching order."""

    _slug = Text(64, pattern=SLUG, description=SLUG_FORM)
    _title = Text(200, one_line=True)

    def read(
        self, node: Node, name: str, collector: ProblemCollector
    ) -> tuple[tuple[str, str], ...] | None:
        """Return pairs of slug and title."""
        if is_null(node):
            return None
        if not isinstance(node, MappingNode):
            form = "{averaging: Averaging over classes}"
            collector.add(
                "not-a-mapping", node, place=f'"{name}"', found=kind_of(node), form=form
            )
            return None
        if len(node) > MOST_TOPICS:
            collector.add("too-many", node, key=name, count=len(node), most=MOST_TOPICS)
        topics = []
        for key, child in node.values():
            slug = self._slug.read(key, name, collector)
            title = self._title.read(child, key.value, collector)
            if slug:
                topics.append((slug, title or slug))
        return tuple(topics)

    def schema(self) -> Schema:
        """Return an object of titles."""
        return {
            "type": ["object", "null"],
            "propertyNames": {"pattern": f"^{SLUG}$"},
            "additionalProperties": {"type": "string"},
            "maxProperties": MOST_TOPICS,
        }


DECK_FIELDS: Table = {
    "deck": Field(
        DeckKey(),
        "The key of the deck; its file has the same name.",
        required=True,
    ),
    "title": Field(
        Text(200, one_line=True), "The title that people see.", required=True
    ),
    "description": Field(Text(2000), "What the deck teaches, in a sentence."),
    "version": Field(
        Text(40, one_line=True), "The version of the deck, such as 1.0.0."
    ),
    "license": Field(
        Text(100, one_line=True), "The license of its text, such as CC-BY-4.0."
    ),
    "topics": Field(Topics(), "Slug and title of each topic, in teaching order."),
}
"""The fields of a deck, except its notes, in the order of the format."""

_SHAPE = Shape(DECK_FIELDS, "the deck", other_keys=("notes",))


def read_head(node: MappingNode, collector: ProblemCollector) -> dict[str, Any]:
    """Return the valid fields of the head by name."""
    return _SHAPE.read(node, collector)


def differs_from_path(path: str, key: str) -> bool:
    """Return whether the name of a deck's file does not match the deck's key."""
    file = PurePath(path)
    if file.suffix not in SUFFIXES:
        return False
    key_parts = key.split("/")
    # Some file systems decompose characters.
    file = PurePath(unicodedata.normalize("NFC", str(file)))
    # A path relative to a directory of the deck has only the last parts of the key.
    path_parts = list(file.with_suffix("").parts[-len(key_parts) :])
    return path_parts != key_parts[-len(path_parts) :]
