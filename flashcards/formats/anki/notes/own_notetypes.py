"""Convert our notes to notes of Anki and back: the notetypes of exported packages.

Visible fields hold what Anki shows. The last field, which no template shows, holds all other
details of the note as JSON, so that a package reads back unchanged. Text that was edited in
Anki since then is imported, except for graded notes, whose options and answers are in the JSON.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import is_normalized, normalize

from flashcards.decks.fields.limits import MOST_TAGS
from flashcards.decks.plain import has_only_sides, read_clean_note
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    MatchNote,
    Note,
    OrderNote,
    SourceEntry,
)
from flashcards.domain.faces import answer_text, question_text
from flashcards.domain.note_json import from_dict, to_dict
from flashcards.formats.anki.notes.cloze import to_cloze_texts
from flashcards.formats.common.anki_flags import is_flag, without_flags
from flashcards.formats.common.naming import FOREIGN_PREFIX, to_foreign_id, to_note_id
from flashcards.formats.common.rules import new_collector
from flashcards.formats.markup.markup import from_html, to_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DATA = "Flashcards data"
"""The field that no template shows."""

_NOTES = "{{#Why}}<div class=why>{{Why}}</div>{{/Why}}{{#Source}}<div class=source>{{Source}}</div>{{/Source}}"
_HINT = "{{#Hint}}<div class=hint>{{hint:Hint}}</div>{{/Hint}}"
_COMMON_FIELDS = ("Why", "Hint", "Source", DATA)


@dataclass(frozen=True, slots=True)
class OwnNoteType:
    """A notetype of exported packages. Neither its id nor its fields may ever change.

    Anki distinguishes note types by id, and refuses the update of a note whose notetype has
    other fields than it had.
    """

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    """Name, front and back."""
    is_cloze: bool = False


BASIC = OwnNoteType(
    1_483_228_800_001,
    "Flashcards basic",
    ("Front", "Back", *_COMMON_FIELDS),
    (("Card 1", f"{{{{Front}}}}{_HINT}", f"{{{{FrontSide}}}}<hr id=answer>{{{{Back}}}}{_NOTES}"),),
)  # fmt: skip
REVERSED = OwnNoteType(
    1_483_228_800_002,
    "Flashcards basic and reversed",
    BASIC.fields,
    (
        *BASIC.templates,
        ("Card 2", "{{Back}}", f"{{{{FrontSide}}}}<hr id=answer>{{{{Front}}}}{_NOTES}"),
    ),
)
CLOZE = OwnNoteType(
    1_483_228_800_003,
    "Flashcards cloze",
    ("Text", *_COMMON_FIELDS),
    (("Cloze", f"{{{{cloze:Text}}}}{_HINT}", f"{{{{cloze:Text}}}}{_NOTES}"),),
    is_cloze=True,
)
GRADED = OwnNoteType(
    1_483_228_800_004,
    "Flashcards question",
    ("Question", "Options", "Answer", *_COMMON_FIELDS),
    (
        (
            "Card 1",
            f"{{{{Question}}}}{{{{#Options}}}}<div class=options>{{{{Options}}}}</div>{{{{/Options}}}}{_HINT}",
            f"{{{{FrontSide}}}}<hr id=answer>{{{{Answer}}}}{_NOTES}",
        ),
    ),
)
OWN = (BASIC, REVERSED, CLOZE, GRADED)

_TEXTS = {
    "basic": {"Front": "front", "Back": "back", "Why": "why", "Hint": "hint"},
    "cloze": {"Text": "text", "Why": "why", "Hint": "hint"},
}
"""Our fields by the visible fields that may be edited in Anki."""
_KINDS = {BASIC.fields: "basic", CLOZE.fields: "cloze", GRADED.fields: ""}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_ascii = json.JSONEncoder(separators=(",", ":")).encode


class OwnNote(NamedTuple):
    """A note of ours that was read from its fields."""

    note: Note
    source: SourceEntry | None
    """The bibliography entry that the note cites."""
    is_edited: bool
    """Whether text was edited that cannot be imported."""
    is_checked: bool
    """Whether the note was validated already."""


def is_own(fields: Sequence[str]) -> bool:
    """Return whether a notetype with these fields is one of ours."""
    return tuple(fields) in _KINDS


def notetype_of(note: Note) -> OwnNoteType:
    """Return the notetype for a note."""
    if isinstance(note, BasicNote):
        return REVERSED if note.reverse else BASIC
    return CLOZE if isinstance(note, ClozeNote) else GRADED


def fields_of(note: Note, sources: Mapping[str, SourceEntry]) -> list[str]:
    """Return the fields of a note as HTML, in the order of its notetype."""
    has_plain_tags = _survives_anki(note.tags)
    if (
        isinstance(note, BasicNote)
        and has_plain_tags
        and has_only_sides(note)
        and not _is_digest(note.id)
    ):
        return [to_html(note.front), to_html(note.back), "", "", "", ""]
    data = to_dict(note)
    for name in ("id", "tags", "reverse"):
        data.pop(name, None)
    if _is_digest(note.id):
        data["id"] = note.id
    if not has_plain_tags:
        data["tags"] = list(note.tags)
    texts = _TEXTS.get(note.kind)
    if texts is None:
        visible = _graded(note)
    else:
        del data["kind"]
        visible = {}
        for field, name in texts.items():
            visible[field] = to_html(data[name]) if name in data else ""
            if name in data and _text(field, visible[field]) == data[name]:
                del data[name]
    entry = note.source and sources.get(note.source.key)
    if entry:
        data["cited"] = _plain_entry(entry)
    visible["Source"] = _source(note)
    visible[DATA] = _pack(data) if data else ""
    return [visible[field] for field in notetype_of(note).fields]


def read_own_note(
    names: Sequence[str],
    values: Sequence[str],
    known_id: str,
    tags: tuple[str, ...],
    *,
    is_reversed: bool,
) -> OwnNote | None:
    """Return the note in the fields of an own notetype; None if its JSON is damaged.

    Args:
        names: The names of the notetype's fields.
        values: Their values.
        known_id: The note's id made from its id in Anki; the JSON may hold another.
        tags: The note's tags.
        is_reversed: Whether the notetype has a reverse card.
    """
    values_by_name = dict(zip(names, values, strict=False))
    packed = values_by_name.get(DATA, "")
    try:
        data = _unpack(packed) if packed else {}
        entry = _entry(data.pop("cited", None))
        kind = _KINDS[tuple(names)] or data["kind"]
        texts = _TEXTS.get(kind, {})
        for field, name in texts.items():
            value = values_by_name.get(field, "")
            if name not in data or not _is_same(to_html(data[name]), value):
                data[name] = _text(field, value)
        data = {key: value for key, value in data.items() if value != ""}
        tags = _merge_tags(data.pop("tags", ()), tags)
        data = {"id": known_id, **data, "kind": kind, "tags": tags}
        if tuple(names) == BASIC.fields and is_reversed:
            data["reverse"] = True
        note = from_dict(data)
        # The JSON may hold anything; a clean note has values of the right types.
        clean_note = read_clean_note(note, new_collector("")) if packed else None
        note = clean_note or note
        is_edited = not texts and any(
            not _is_same(html, values_by_name.get(field, ""))
            for field, html in _graded(note).items()
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return OwnNote(note, entry, is_edited, clean_note is not None)


def _survives_anki(tags: Sequence[str]) -> bool:
    """Return whether Anki leaves tags unchanged: it sorts the tags of an edited note."""
    if not tags:
        return True
    return list(tags) == sorted(tags) and not any(map(is_flag, tags))


def _merge_tags(exported: Sequence[str], tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return the exported tags in their order, unless the tags were changed in Anki."""
    if sorted(without_flags(exported)) == sorted(tags):
        return tuple(exported)
    flags = tuple(tag for tag in exported if is_flag(tag))
    return (*tags[: MOST_TAGS - len(flags)], *flags)


def _is_digest(key: str) -> bool:
    """Return whether an id cannot be restored from the note's id in Anki."""
    return key.startswith(FOREIGN_PREFIX) and to_note_id(to_foreign_id(key)) != key


def _text(field: str, value: str) -> str:
    if field != "Text":
        return from_html(value)
    texts = to_cloze_texts(value, from_html)
    return texts.get(0, "")


def _is_same(text: str, other: str) -> bool:
    return text == other or normalize("NFC", text) == normalize("NFC", other)


def _graded(note: Note) -> dict[str, str]:
    """Return the visible fields of a note that Anki cannot grade."""
    return {
        "Question": to_html(question_text(note)),
        "Options": to_html(_options(note)),
        "Answer": to_html(answer_text(note)),
        "Why": to_html(note.why),
        "Hint": to_html(note.hint),
    }


def _options(note: Note) -> str:
    if isinstance(note, ChoiceNote):
        return _list(option.text for option in note.options)
    if isinstance(note, OrderNote):
        return _list(sorted(note.items))
    if isinstance(note, MatchNote):
        rights = sorted({*(pair.right for pair in note.pairs), *note.lures})
        lefts = _list(pair.left for pair in note.pairs)
        return f"{lefts}\n\nTo be matched with:\n\n{_list(rights)}"
    return ""


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _source(note: Note) -> str:
    if note.source is None:
        return ""
    return html.escape(", ".join(filter(None, (note.source.key, note.source.at))))


def _plain_entry(entry: SourceEntry) -> dict[str, Any]:
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return {name: value for name, value in values.items() if value not in ("", None)}


def _entry(data: Any) -> SourceEntry | None:
    if not isinstance(data, dict):
        return None
    year = data.pop("year", None)
    if not all(
        isinstance(value, str) and not REFUSED.search(value) for value in data.values()
    ):
        return None
    return SourceEntry(**data, year=year if isinstance(year, int) else None)


def _pack(data: dict[str, Any]) -> str:
    text = _encode(data)
    if not is_normalized("NFC", text):
        # Anki composes characters, but leaves JSON escapes alone.
        text = _encode_ascii(data)
    return html.escape(text, quote=False)


def _unpack(text: str) -> dict[str, Any]:
    data = json.loads(html.unescape(text))
    if not isinstance(data, dict):
        raise TypeError
    return data
