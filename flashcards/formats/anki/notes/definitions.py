"""Complete notetypes of Anki in the form of schema 11, from any schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flashcards.domain.origin import ANKI, NoteType
from flashcards.formats.anki.package import protobuf

if TYPE_CHECKING:
    import sqlite3

MOST_DEFINITION = 1_000_000
"""Characters of the JSON of one notetype; a longer one is not stored."""
_NOT_STORED = ("usn", "did", "tags", "vers", "req")
"""Values that belong to one collection, or that Anki computes."""
_NOTETYPE_DEFAULTS: dict[str, Any] = {
    "name": "", "type": 0, "mod": 0, "sortf": 0, "css": "", "latexPre": "", "latexPost": "",
}  # fmt: skip
_FIELD_DEFAULTS: dict[str, Any] = {
    "name": "", "sticky": False, "rtl": False, "font": "Arial", "size": 20,
}  # fmt: skip
_TEMPLATE_DEFAULTS: dict[str, Any] = {"name": "", "qfmt": "", "afmt": ""}
"""Values that Anki requires, though other programs leave them out of packages."""
_KIND, _SORT_FIELD, _CSS = (1,), (2,), (3,)
_LATEX_BEFORE, _LATEX_AFTER, _SVG = (5,), (6,), (7,)
_STOCK, _ORIGINAL = (9,), (10,)


def to_note_type(number: int, data: dict[str, Any]) -> NoteType | None:
    """Return a notetype of schema 11 to store; None if it is too long."""
    stored = {name: value for name, value in data.items() if name not in _NOT_STORED}
    try:
        text = json.dumps(
            stored, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
    except RecursionError:
        return None
    return NoteType(ANKI, number, text) if len(text) <= MOST_DEFINITION else None


def to_schema_11(note_type: NoteType) -> dict[str, Any]:
    """Return a stored notetype in the form of the table col of schema 11."""
    data = parse_definition(note_type)
    fields, templates = _dicts(data.get("flds")), _dicts(data.get("tmpls"))
    return {
        **_NOTETYPE_DEFAULTS,
        **data,
        "id": note_type.number,
        "usn": -1,
        "did": None,
        "flds": [
            {**_FIELD_DEFAULTS, "ord": index, **field}
            for index, field in enumerate(fields)
        ],
        "tmpls": [
            {**_TEMPLATE_DEFAULTS, "ord": index, **template, "did": None}
            for index, template in enumerate(templates)
        ],
        "req": [[index, "any", [0]] for index in range(len(templates))],
    }


def parse_definition(note_type: NoteType) -> dict[str, Any]:
    """Return the JSON of a stored notetype; empty if it is invalid, as in an edited JSON file."""
    try:
        data = json.loads(note_type.definition)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return (
        [item for item in value if isinstance(item, dict)]
        if isinstance(value, list)
        else []
    )


def read_definitions(connection: sqlite3.Connection) -> dict[int, dict[str, Any]]:
    """Return the notetypes of a collection of schema 18 by id, in the form of schema 11."""
    rows = connection.execute
    fields: dict[int, list[dict[str, Any]]] = {}
    for key, ord_, name, blob in rows(
        "SELECT ntid, ord, name, config FROM fields ORDER BY ntid, ord"
    ):
        fields.setdefault(key, []).append(_field(ord_, name, blob))
    templates: dict[int, list[dict[str, Any]]] = {}
    for key, ord_, name, blob in rows(
        "SELECT ntid, ord, name, config FROM templates ORDER BY ntid, ord"
    ):
        templates.setdefault(key, []).append(_template(ord_, name, blob))
    return {
        key: _definition(key, name, changed, blob)
        | {"flds": fields.get(key, []), "tmpls": templates.get(key, [])}
        for key, name, changed, blob in rows(
            "SELECT id, name, mtime_secs, config FROM notetypes"
        )
        if isinstance(key, int)
    }


def _definition(key: int, name: Any, changed: Any, blob: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": key,
        "name": _string(name),
        "type": _number(blob, _KIND),
        "mod": changed if isinstance(changed, int) else 0,
        "sortf": _number(blob, _SORT_FIELD),
        "css": _text(blob, _CSS),
        "latexPre": _text(blob, _LATEX_BEFORE),
        "latexPost": _text(blob, _LATEX_AFTER),
        "latexsvg": bool(_number(blob, _SVG)),
        "originalStockKind": _number(blob, _STOCK),
    }
    original = _number(blob, _ORIGINAL)
    return data | ({"originalId": original} if original else {})


def _field(ord_: Any, name: Any, blob: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": _string(name),
        "ord": ord_ if isinstance(ord_, int) else 0,
        "sticky": bool(_number(blob, (1,))),
        "rtl": bool(_number(blob, (2,))),
        "font": _text(blob, (3,)) or "Arial",
        "size": _number(blob, (4,)) or 20,
        "description": _text(blob, (5,)),
        "plainText": bool(_number(blob, (6,))),
        "collapsed": bool(_number(blob, (7,))),
        "excludeFromSearch": bool(_number(blob, (8,))),
        "preventDeletion": bool(_number(blob, (11,))),
    }
    return data | _ids(blob, id=(9,), tag=(10,))


def _template(ord_: Any, name: Any, blob: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": _string(name),
        "ord": ord_ if isinstance(ord_, int) else 0,
        "qfmt": _text(blob, (1,)),
        "afmt": _text(blob, (2,)),
        "bqfmt": _text(blob, (3,)),
        "bafmt": _text(blob, (4,)),
        "did": None,
        "bfont": _text(blob, (6,)),
        "bsize": _number(blob, (7,)),
    }
    return data | _ids(blob, id=(8,))


def _ids(blob: Any, **paths: tuple[int, ...]) -> dict[str, int]:
    """Return the ids of a message that are not 0, as Anki writes none instead of 0."""
    ids = {name: _to_signed(_number(blob, path)) for name, path in paths.items()}
    return {name: value for name, value in ids.items() if value}


def _to_signed(number: int) -> int:
    return number - 2**64 if number >= 2**63 else number


def _number(blob: Any, path: tuple[int, ...]) -> int:
    try:
        return protobuf.number_at(blob, path) if isinstance(blob, bytes) else 0
    except ValueError:
        return 0


def _text(blob: Any, path: tuple[int, ...]) -> str:
    try:
        return protobuf.text_at(blob, path) if isinstance(blob, bytes) else ""
    except ValueError:
        return ""


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
