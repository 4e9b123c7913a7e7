"""The deck format as JSON Schema, for editors that complete and check while you write."""

from __future__ import annotations

from flashcards.decks.fields.fields import object_schema
from flashcards.decks.fields.forms import Schema
from flashcards.decks.fields.head import DECK_FIELDS
from flashcards.decks.fields.kinds import DEFAULT_KIND, NOTE_FIELDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def deck_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a deck file, generated from the tables of the reader."""
    schema = object_schema(DECK_FIELDS)
    kinds = {kind: {"$ref": f"#/$defs/{kind}"} for kind in NOTE_FIELDS}
    schema["properties"]["notes"] = {
        "description": "The notes, in teaching order.",
        "type": "array",
        "items": {
            "type": "object",
            "allOf": [
                _require_fields(kind, reference) for kind, reference in kinds.items()
            ],
        },
    }
    schema["required"].append("notes")
    definitions = {kind: object_schema(table) for kind, table in NOTE_FIELDS.items()}
    return {
        "$schema": _DIALECT,
        "title": "Deck of flashcards",
        **schema,
        "$defs": definitions,
    }


def _require_fields(kind: str, fields: Schema) -> Schema:
    """Return the rule that a note of a kind has its fields; a note without a kind is basic."""
    condition: Schema = {"properties": {"kind": {"const": kind}}}
    if kind == DEFAULT_KIND:
        condition = {"properties": {"kind": {"enum": [kind, None]}}}
    else:
        condition["required"] = ["kind"]
    return {"if": condition, "then": fields}
