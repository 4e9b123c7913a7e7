"""Convert the origins of notes in other programs to plain values for JSON, and back.

Note types are in a list of their own; origins refer to them by index.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flashcards.decks.fields.limits import MOST_SOURCE
from flashcards.domain.origin import ForeignCard, NoteType, Origin
from flashcards.formats.json.learning import WrongValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flashcards.domain.content import DeckContent, Note

MOST_DEFINITION = 1_000_000
_MOST_CARDS, _MOST_ORD, _MOST_EASE, _MOST_FLAGS = 1000, 65_535, 65_535, 7
_MOST_NUMBER = 2**62


def list_note_types(decks: Iterable[DeckContent]) -> list[NoteType]:
    """Return the note types of the notes of decks, each once."""
    origins = (note.origin for deck in decks for note in deck.notes)
    return list(dict.fromkeys(origin.note_type for origin in origins if origin))


def iter_origins(
    decks: Iterable[DeckContent], note_types: Sequence[NoteType]
) -> Iterable[dict[str, Any]]:
    """Yield the origins of the notes of decks as plain values."""
    indexes = {note_type: index for index, note_type in enumerate(note_types)}
    for deck in decks:
        for note in deck.notes:
            origin = note.origin
            if origin:
                yield {
                    "note": note.id,
                    "type": indexes[origin.note_type],
                    "guid": origin.guid,
                    "number": origin.number,
                    "part": origin.part,
                    "modified": origin.modified,
                    "tags": origin.tags,
                    "fields": origin.fields.split("\x1f"),
                    "cards": [list(card) for card in origin.cards],
                    "unchanged": origin.is_unchanged,
                }


def note_type_to_plain(note_type: NoteType) -> dict[str, Any]:
    """Return a note type as plain values."""
    return {
        "program": note_type.program,
        "number": note_type.number,
        "definition": note_type.definition,
    }


def note_type_from_plain(data: object) -> NoteType:
    """Return the note type that `note_type_to_plain` wrote.

    Raises:
        WrongValueError: a value has the wrong type or range.
    """
    values = _mapping(data)
    return NoteType(
        _text(values.get("program"), 40),
        _number(values.get("number"), _MOST_NUMBER),
        _text(values.get("definition"), MOST_DEFINITION),
    )


def origin_from_plain(
    data: object, note_types: Mapping[int, NoteType]
) -> tuple[str, Origin]:
    """Return the id of a note and its origin, as `iter_origins` wrote them.

    Raises:
        WrongValueError: a value has the wrong type or range.
    """
    values = _mapping(data)
    note_type = note_types.get(_number(values.get("type"), _MOST_NUMBER))
    fields, cards = values.get("fields"), values.get("cards")
    if note_type is None or not isinstance(fields, list) or not isinstance(cards, list):
        raise WrongValueError
    joined = "\x1f".join(_text(field, MOST_SOURCE) for field in fields)
    if len(cards) > _MOST_CARDS or len(joined) > MOST_SOURCE:
        raise WrongValueError
    return _text(values.get("note"), 200), Origin(
        note_type=note_type,
        guid=_text(values.get("guid"), 1000),
        fields=joined,
        tags=_text(values.get("tags"), MOST_SOURCE),
        number=_number(values.get("number"), _MOST_NUMBER),
        modified=_number(values.get("modified"), _MOST_NUMBER),
        part=_number(values.get("part"), _MOST_CARDS),
        cards=tuple(map(_card, cards)),
        is_unchanged=values.get("unchanged") is True,
    )


def with_origin(note: Note, origins: Mapping[str, Origin]) -> Note:
    """Return a note with its origin, if it has one."""
    origin = origins.get(note.id)
    return replace(note, origin=origin) if origin else note


def _card(data: object) -> ForeignCard:
    if not isinstance(data, list) or len(data) != len(ForeignCard._fields):
        raise WrongValueError
    ord_, face, flags, ease, number = data
    face = _text(face, 20)
    if ":" in face or " " in face:
        raise WrongValueError
    return ForeignCard(
        _number(ord_, _MOST_ORD),
        face,
        _number(flags, _MOST_FLAGS),
        _number(ease, _MOST_EASE),
        _number(number, _MOST_NUMBER),
    )


def _mapping(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise WrongValueError
    return data


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise WrongValueError
    return value


def _number(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise WrongValueError
    return value
