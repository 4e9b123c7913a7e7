"""Notes as plain data and as JSON: the one mapping, which the deck writer, the store and the JSON export use.

Keys are in the order of the deck format.
"""

from __future__ import annotations

import json
from dataclasses import fields
from operator import attrgetter
from typing import Any

from flashcards.domain.content import NOTE_KINDS, Note, Option, Pair, Point, Source

Plain = dict[str, Any]

COMMON_BEFORE = ("id", "kind", "style", "tier", "topic")
COMMON_AFTER = (
    "hint",
    "why",
    "source",
    "derived",
    "tags",
    "seeds",
    "links",
    "requires",
    "as_of",
)
"""Common fields are written before and after those of the kind, in this order."""

_NESTED_KINDS: dict[str, type[Option | Pair | Point]] = {
    "options": Option,
    "pairs": Pair,
    "points": Point,
}


def own_fields(kind: type[Note]) -> tuple[str, ...]:
    """Return the names of the fields that only this kind has, in the order of the format."""
    common = {f.name for f in fields(Note)}
    return tuple(f.name for f in fields(kind) if f.name not in common)


def to_dict(note: Note) -> Plain:
    """Return the note as plain data, without default values, in the order of the format."""
    result: Plain = {"id": note.id, "kind": note.KIND}
    for name, default in _FIELDS[note.KIND]:
        value = getattr(note, name)
        if value != default:
            result[name] = value if type(value) is str else _to_plain(name, value)
    return result


def from_dict(data: Plain) -> Note:
    """Return the note of plain data that `to_dict` returned."""
    kind = NOTE_KINDS[data["kind"]]
    values: Plain = {}
    for name, value in data.items():
        if name == "kind":
            continue
        if name == "source":
            values[name] = Source(**value)
        elif name in _NESTED_KINDS:
            values[name] = tuple(
                _read_nested(_NESTED_KINDS[name], item) for item in value
            )
        elif name == "variables":
            values[name] = tuple(
                (key, tuple(options)) for key, options in value.items()
            )
        elif isinstance(value, list):
            values[name] = tuple(value)
        else:
            values[name] = value
    return kind(**values)


def note_to_json(note: Note) -> str:
    """Return the plain data of a note as compact JSON; equal notes have equal JSON."""
    # An import of many notes spends its time here. Most values are texts or lists of texts,
    # which are quoted directly; only the others go through the slower encoder.
    fields_of, values_of = _JSON_FIELDS[note.KIND]
    pieces = [f'{{"id":{_quote(note.id)},"kind":"{note.KIND}"']
    for (name, default, start), value in zip(fields_of, values_of(note), strict=True):
        if value is default or value == default:
            continue
        if type(value) is str:
            pieces.append(start + _quote(value))
        elif type(value) is tuple and value and type(value[0]) is str:
            pieces.append(f"{start}[{','.join(map(_quote, value))}]")
        else:
            pieces.append(start + _encode(_to_plain(name, value)))
    return f"{''.join(pieces)}}}"


def note_from_json(text: str, line: int = 0) -> Note:
    """Return the note that `note_to_json` wrote; `line` is its line in the file, 0 if unknown."""
    return from_dict(json.loads(text) | {"line": line})


def _to_plain(name: str, value: Any) -> Any:
    if name == "variables":
        return {key: list(options) for key, options in value}
    nested_fields = _NESTED_FIELDS.get(type(value))
    if nested_fields:
        return {
            field_name: _to_plain(field_name, field_value)
            for field_name, default in nested_fields
            if (field_value := getattr(value, field_name)) != default
        }
    if isinstance(value, tuple):
        return [_to_plain("", item) for item in value]
    return value


def _read_nested(
    kind: type[Option | Pair | Point], item: Plain
) -> Option | Pair | Point:
    values: Plain = {}
    for key, value in item.items():
        values[key] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _fields_in_order(kind: type[Note]) -> tuple[tuple[str, object], ...]:
    defaults = {f.name: f.default for f in fields(kind)}
    names = (*COMMON_BEFORE[2:], *own_fields(kind), *COMMON_AFTER)
    return tuple((name, defaults[name]) for name in names)


# Importing many notes spends its time here, so names and defaults are computed once.
_FIELDS = {name: _fields_in_order(kind) for name, kind in NOTE_KINDS.items()}
_NESTED_FIELDS: dict[type, tuple[tuple[str, object], ...]] = {
    nested: tuple((f.name, f.default) for f in fields(nested))
    for nested in (Source, Option, Pair, Point)
}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quote = json.encoder.encode_basestring
_JSON_FIELDS = {
    kind: (
        tuple((name, default, f',"{name}":') for name, default in kind_fields),
        attrgetter(*(name for name, _ in kind_fields)),
    )
    for kind, kind_fields in _FIELDS.items()
}
