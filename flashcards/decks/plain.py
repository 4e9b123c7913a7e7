"""Validates notes of other formats by the rules of deck files.

Whatever a format reads must be writable as a deck file, so every imported note goes
through the same fields and rules as a YAML note.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from yaml.error import Mark
from yaml.events import ScalarEvent

from flashcards.decks.fields.forms import validity_check
from flashcards.decks.fields.kinds import NOTE_FIELDS, read_note
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.decks.yaml.nodes import ListNode, MappingNode, Node
from flashcards.domain.content import BasicNote, Note
from flashcards.domain.note_json import to_dict

if TYPE_CHECKING:
    from flashcards.decks.problem_collector import ProblemCollector

_MAIN_FIELDS = frozenset(("front", "back", "reverse", "tags"))
_OTHER_FIELDS = [
    field
    for field in fields(BasicNote)
    if field.compare and field.name not in _MAIN_FIELDS | {"id"}
]
_other_values = attrgetter(*(field.name for field in _OTHER_FIELDS))
_OTHER_DEFAULTS = tuple(field.default for field in _OTHER_FIELDS)
_CHECKS = {
    name: validity_check(field.form) for name, field in NOTE_FIELDS["basic"].items()
}
_OTHER_CHECKS = [(field.default, _CHECKS[field.name]) for field in _OTHER_FIELDS]


def read_clean_note(note: Note, collector: ProblemCollector) -> Note | None:
    """Return the note, or None with a problem at its line where a deck file could not hold it.

    Args:
        note: A note as a format read it.
        collector: Collects its problems.
    """
    if type(note) is BasicNote and _is_clearly_valid(note):
        return note
    checked_note = note_of(to_dict(note), collector, note.line)
    return checked_note and replace(checked_note, line=note.line)


def note_of(
    data: dict[str, Any], collector: ProblemCollector, line: int = 0
) -> Note | None:
    """Return the note of plain data as `to_dict` returns it, or None with a problem.

    Args:
        data: Values as in JSON.
        collector: Collects their problems.
        line: Their line in the file, 0 if unknown; the note gets it too.
    """
    node = mapping_of(data, collector, line)
    if node is None:
        return None
    note = read_note(node, collector)
    return note and replace(note, line=line)


def mapping_of(
    data: dict[str, Any], collector: ProblemCollector, line: int = 0
) -> MappingNode | None:
    """Return plain data as a node of a deck file; None with a problem."""
    for text in _collect_texts(data):
        refused = REFUSED.search(text)
        if refused:
            name = f"U+{ord(refused[0]):04X}"
            collector.add_at("unsafe-character", line, int(line > 0), name=name)
            return None
    return _mapping(data, Mark(collector.path, 0, line - 1, 0 if line else -1, None, 0))


def has_only_sides(note: BasicNote) -> bool:
    """Return whether a note has nothing but its two sides and its tags."""
    return bool(_other_values(note) == _OTHER_DEFAULTS)


def _is_clearly_valid(note: BasicNote) -> bool:
    """Return whether a basic note is valid without being read as a node, which is much faster."""
    values = _other_values(note)
    return (
        _CHECKS["front"](note.front)
        and _CHECKS["back"](note.back)
        and _CHECKS["id"](note.id)
        and _CHECKS["reverse"](note.reverse)
        and (note.tags == () or _are_valid_tags(note.tags))
        and (
            values == _OTHER_DEFAULTS
            or all(
                value == default or is_valid(value)
                for value, (default, is_valid) in zip(
                    values, _OTHER_CHECKS, strict=True
                )
            )
        )
        and note.id not in note.links
        and note.id not in note.requires
    )


@lru_cache(maxsize=10_000)
def _are_valid_tags(tags: tuple[str, ...]) -> bool:
    """Return whether the tags are valid; cached, because tags repeat."""
    return _CHECKS["tags"](tags)


def _collect_texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [
            text
            for pair in value.items()
            for item in pair
            for text in _collect_texts(item)
        ]
    if isinstance(value, list):
        return [text for item in value for text in _collect_texts(item)]
    return []


def _node(value: Any, mark: Mark) -> Node:
    if isinstance(value, dict):
        return _mapping(value, mark)
    if isinstance(value, list):
        node = ListNode(_node(item, mark) for item in value)
        node.start_mark = mark
        return node
    if value is None:
        return _scalar("null", mark, plain=True)
    if isinstance(value, bool):
        return _scalar("true" if value else "false", mark, plain=True)
    if isinstance(value, str):
        return _scalar(value, mark, plain=False)
    return _scalar(repr(value), mark, plain=True)


def _mapping(data: dict[str, Any], mark: Mark) -> MappingNode:
    node = MappingNode(
        (key, (_scalar(key, mark, plain=True), _node(value, mark)))
        for key, value in data.items()
    )
    node.start_mark = mark
    return node


def _scalar(value: str, mark: Mark, *, plain: bool) -> ScalarEvent:
    style = None if plain else '"'
    return ScalarEvent(None, None, (plain, not plain), value, mark, mark, style=style)
