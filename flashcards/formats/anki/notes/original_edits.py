"""Write the edits of notes that came from Anki into the fields that the notes were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import Note
from flashcards.domain.note_json import to_dict
from flashcards.formats.anki.notes.cloze import to_cloze_texts
from flashcards.formats.anki.notes.definitions import to_schema_11
from flashcards.formats.anki.notes.notetypes import (
    AnkiNoteType,
    ForeignNote,
    Mapper,
    Template,
)
from flashcards.formats.common.problem_counter import ProblemCounter
from flashcards.formats.common.rules import new_collector
from flashcards.formats.markup.markup import from_html, to_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.origin import NoteType, Origin
    from flashcards.formats.anki.notes.notetypes import MappedNote

_CLOZE = 1
_TEXT_FIELDS = ("front", "back", "text", "question", "hint", "why")
_ORIGINAL_FIELDS = frozenset(
    ("id", "kind", "tags", "reverse", *_TEXT_FIELDS, "options")
)
_MOST_TRIES = 20
"""Combinations of fields that are tried for the edits of one note."""


class _Edit(NamedTuple):
    """A text of a note that was edited here."""

    name: str
    old: str
    new: str


class FieldEditor:
    """Puts the edits of notes into their original fields, and checks the result by reading it."""

    def __init__(self) -> None:
        self._mappers: dict[NoteType, Mapper] = {}
        self._field_names: dict[NoteType, tuple[str, ...]] = {}
        self.notes_without_details = 0
        """Edited notes with details that no field of theirs holds, such as a topic."""

    def field_names(self, note_type: NoteType) -> tuple[str, ...]:
        """Return the names of a note type's fields."""
        names = self._field_names.get(note_type)
        if names is None:
            fields = to_schema_11(note_type)["flds"]
            names = tuple(str(field["name"]) for field in fields)
            self._field_names[note_type] = names
        return names

    def map_fields(
        self, origin: Origin, fields: str, group: Sequence[Note]
    ) -> list[MappedNote]:
        """Return the notes that an import makes of fields.

        Args:
            origin: The origin of the notes.
            fields: The fields, joined by U+001F.
            group: The notes that were made of the original fields.
        """
        mapper = self._mapper(origin.note_type)
        ords = {card.place for note in group for card in origin_of(note).cards}
        foreign = ForeignNote(origin.guid, "", fields.split("\x1f"), (), sorted(ords))
        return mapper.convert(foreign, ProblemCounter(new_collector("")))

    def apply_edits(
        self, origin: Origin, group: Sequence[Note], unedited: Sequence[MappedNote]
    ) -> str | None:
        """Return the original fields with the edits of notes; None if they cannot hold them.

        Args:
            origin: The origin of the notes.
            group: The notes as they are now.
            unedited: The notes that the original fields make.
        """
        values = origin.fields.split("\x1f")
        for note in group:
            part = origin_of(note).part
            if part >= len(unedited):
                return None
            before = unedited[part].note
            self.notes_without_details += any(
                name not in _ORIGINAL_FIELDS for name in to_dict(note)
            )
            old, new = _to_texts(before), _to_texts(note)
            if old.keys() != new.keys() or before.KIND != note.KIND:
                return None
            for name in old:
                edit = _Edit(name, old[name], new[name])
                if edit.old != edit.new and not self._put(values, note, group, edit):
                    return None
        fields = "\x1f".join(values)
        return fields if self._is_read_back(fields, origin, group) else None

    def _is_read_back(self, fields: str, origin: Origin, group: Sequence[Note]) -> bool:
        """Return whether fields make these notes again: one field may serve several."""
        made = [mapped.note for mapped in self.map_fields(origin, fields, group)]
        parts = {origin_of(note).part: note for note in group}
        return all(
            part < len(made)
            and made[part].KIND == note.KIND
            and _to_texts(made[part]) == _to_texts(note)
            for part, note in parts.items()
        )

    def _put(
        self, values: list[str], note: Note, group: Sequence[Note], edit: _Edit
    ) -> bool:
        """Put an edited text into the field it came from; return False if there is none."""
        origin = origin_of(note)
        name, old, new = edit
        for index, text in _candidate_fields(values, old)[:_MOST_TRIES]:
            before, _, after = old.partition(text)
            if not (new.startswith(before) and new.endswith(after)):
                continue
            if len(new) < len(before) + len(after):
                continue
            edited_values = [*values]
            edited_values[index] = to_html(new[len(before) : len(new) - len(after)])
            mapped = self.map_fields(origin, "\x1f".join(edited_values), group)
            has_note = origin.part < len(mapped)
            if has_note and _to_texts(mapped[origin.part].note).get(name) == new:
                values[:] = edited_values
                return True
        return False

    def _mapper(self, note_type: NoteType) -> Mapper:
        if note_type not in self._mappers:
            data = to_schema_11(note_type)
            self._mappers[note_type] = Mapper(
                AnkiNoteType(
                    name=str(data["name"]),
                    fields=self.field_names(note_type),
                    templates=tuple(
                        Template(str(template["qfmt"]), str(template["afmt"]))
                        for template in data["tmpls"]
                    ),
                    is_cloze=data["type"] == _CLOZE,
                )
            )
        return self._mappers[note_type]


def origin_of(note: Note) -> Origin:
    """Return the origin of a note that has one."""
    if note.origin is None:
        raise AssertionError("only notes with an origin are written as originals")
    return note.origin


def _to_texts(note: Note) -> dict[str, str]:
    """Return the texts of a note by field; the key of an option says whether it is correct."""
    data = to_dict(note)
    texts = {name: data.get(name, "") for name in _TEXT_FIELDS if hasattr(note, name)}
    for index, option in enumerate(data.get("options", ())):
        texts[f"option {index} {bool(option.get('correct'))}"] = option["text"]
    return texts


def _candidate_fields(values: Sequence[str], text: str) -> list[tuple[int, str]]:
    """Return the index and text of each field that is a part of a text, the longest first."""
    candidates = []
    for index, value in enumerate(values):
        texts = {from_html(value.strip()), *to_cloze_texts(value, from_html).values()}
        candidates += [(index, part) for part in texts if part and part in text]
    return sorted(candidates, key=lambda candidate: -len(candidate[1]))
