"""Notes that come from elsewhere, held to the rules of deck files.

Whatever a format reads must be writable as a deck file, so every foreign note passes
through the fields and rules that YAML notes do.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from yaml.error import Mark
from yaml.events import ScalarEvent

from flashcards.decks.fields.forms import judge_of
from flashcards.decks.fields.kinds import NOTE_FIELDS, read_note
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.decks.yaml.nodes import ListNode, MappingNode, Node
from flashcards.domain.content import BasicNote, Note, to_dict

if TYPE_CHECKING:
    from flashcards.decks.problem_collector import ProblemCollector

_SIDES = frozenset(("front", "back", "reverse", "tags"))
_OTHERS = [
    field
    for field in fields(BasicNote)
    if field.compare and field.name not in _SIDES | {"id"}
]
_other_values = attrgetter(*(field.name for field in _OTHERS))
_NO_OTHERS = tuple(field.default for field in _OTHERS)
_JUDGES = {name: judge_of(each.form) for name, each in NOTE_FIELDS["basic"].items()}
_OTHER_JUDGES = [(field.default, _JUDGES[field.name]) for field in _OTHERS]


def read_clean_note(note: Note, collector: ProblemCollector) -> Note | None:
    """Return the note, or None with a problem at its line where a deck file could not hold it.

    Args:
        note: A note as a format read it.
        collector: Takes what is wrong with it, and with which rule.
    """
    if type(note) is BasicNote and _is_good(note):
        return note
    read = note_of(to_dict(note), collector, note.line)
    return read and replace(read, line=note.line)


def note_of(
    data: dict[str, Any], collector: ProblemCollector, line: int = 0
) -> Note | None:
    """Return the note of plain data, as `to_dict` gives it, or None with a problem.

    Args:
        data: Values as JSON has them.
        collector: Takes what is wrong with them, and with which rule.
        line: Where they stand; 0 where unknown, which the note gets too.
    """
    node = mapping_of(data, collector, line)
    if node is None:
        return None
    read = read_note(node, collector)
    return read and replace(read, line=line)


def mapping_of(
    data: dict[str, Any], collector: ProblemCollector, line: int = 0
) -> MappingNode | None:
    """Return plain data as the reader of deck files sees it; None with a problem."""
    for text in _texts(data):
        found = REFUSED.search(text)
        if found:
            name = f"U+{ord(found[0]):04X}"
            collector.add_at("unsafe-character", line, int(line > 0), name=name)
            return None
    return _mapping(data, Mark(collector.path, 0, line - 1, 0 if line else -1, None, 0))


def has_only_sides(note: BasicNote) -> bool:
    """Tell whether a note says nothing but its two sides and its tags."""
    return bool(_other_values(note) == _NO_OTHERS)


def _is_good(note: BasicNote) -> bool:
    """Tell whether a basic note has only fields that can be judged at a glance, and good ones."""
    values = _other_values(note)
    return (
        _JUDGES["front"](note.front)
        and _JUDGES["back"](note.back)
        and _JUDGES["id"](note.id)
        and _JUDGES["reverse"](note.reverse)
        and (note.tags == () or _are_tags(note.tags))
        and (
            values == _NO_OTHERS
            or all(
                value == default or holds(value)
                for value, (default, holds) in zip(values, _OTHER_JUDGES, strict=True)
            )
        )
        and note.id not in note.links
        and note.id not in note.requires
    )


@lru_cache(maxsize=10_000)
def _are_tags(tags: tuple[str, ...]) -> bool:
    """Tell whether the tags are good ones; the same come again and again."""
    return _JUDGES["tags"](tags)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [
            text for pair in value.items() for item in pair for text in _texts(item)
        ]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
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
