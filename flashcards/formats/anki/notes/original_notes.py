"""Export notes that came from Anki in their own note type, with their own fields.

An unchanged note gets the very fields it had. The edits of a changed note are written into
the fields they came from, and reading the result must give the note again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.fields.limits import MOST_TAGS
from flashcards.domain.content import ClozeNote, Note
from flashcards.domain.faces import faces_of
from flashcards.domain.note_json import to_dict
from flashcards.domain.origin import ANKI
from flashcards.formats.anki.notes.cloze import cloze_texts
from flashcards.formats.anki.notes.definitions import note_type_json
from flashcards.formats.anki.notes.notetypes import (
    AnkiNoteType,
    ForeignNote,
    Mapper,
    Template,
)
from flashcards.formats.anki.package.codes import LATEST_MS
from flashcards.formats.common.anki_flags import FLAGS, is_flag, without_flags
from flashcards.formats.common.losses import describe_count
from flashcards.formats.common.naming import to_tag
from flashcards.formats.common.problem_counter import ProblemCounter
from flashcards.formats.common.rules import new_collector
from flashcards.formats.markup.markup import from_html, to_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flashcards.domain.origin import ForeignCard, NoteType, Origin
    from flashcards.formats.anki.notes.notetypes import MappedNote

_CLOZE = 1
_TEXTS = ("front", "back", "text", "question", "hint", "why")
_OWN_ALONE = frozenset(("id", "kind", "tags", "reverse", *_TEXTS, "options"))
_MOST_TRIES = 20
"""Combinations of fields that are tried for the edits of one note."""


class ReturningCard(NamedTuple):
    """A card of a note that goes back."""

    note: Note
    face: str
    ord: int
    """Its number among the cards of the foreign note."""
    flags: int
    ease: int
    """In permille; 0 where Anki had none."""
    number: int
    """Its id in Anki, 0 for a card that Anki does not have."""


class ReturningNote(NamedTuple):
    """A note of Anki, made of the notes of ours that were made of it."""

    notes: tuple[Note, ...]
    note_type: NoteType
    guid: str
    number: int
    """Its id in Anki, 0 where it has none."""
    fields: str
    """Joined by U+001F."""
    tags: tuple[str, ...]
    modified: int | None
    """When it was last changed in Anki, in Unix seconds; None where it was changed here."""
    cards: tuple[ReturningCard, ...]


class _Edit(NamedTuple):
    """A text of a note that was edited here."""

    name: str
    old: str
    new: str


class Returning:
    """Finds which notes can go back as what they were."""

    def __init__(
        self, *, has_marks: bool, marked: Iterable[str], leeches: Iterable[str]
    ) -> None:
        """Take what is known of all notes.

        Args:
            has_marks: Whether marks and leeches are known; else those of Anki stay.
            marked: Ids of marked notes.
            leeches: Ids of notes with a card that is a leech.
        """
        self._has_marks = has_marks
        self._marked, self._leeches = frozenset(marked), frozenset(leeches)
        self._mappers: dict[NoteType, Mapper] = {}
        self._field_names: dict[NoteType, tuple[str, ...]] = {}
        self._numbers: dict[int, NoteType] = {}
        self.note_types: dict[int, NoteType] = {}
        """The notetypes of all notes that were returned, by id."""
        self.edited_beyond = 0
        """Notes whose edits no field of theirs can hold."""
        self.one_way = 0
        """Cards for which their notetype has no template."""
        self.flagging = 0
        """Notes with a tag of ours that Anki would take for a flag."""
        self.without_details = 0
        """Notes with details that no field of theirs holds, such as a topic."""

    def notes(self, notes: Iterable[Note]) -> Iterator[ReturningNote]:
        """Give those of some notes that can go back as what they were in Anki."""
        groups: dict[tuple[NoteType, str], list[Note]] = {}
        for note in notes:
            origin = note.origin
            if origin is None or origin.note_type.program != ANKI:
                continue
            group = groups.setdefault((origin.note_type, origin.guid), [])
            if all(origin.part != _origin(other).part for other in group):
                group.append(note)
        guids: set[str] = set()
        for (note_type, guid), group in groups.items():
            if guid not in guids and self._fits(note_type):
                found = self._returned(
                    sorted(group, key=lambda note: _origin(note).part)
                )
                if found:
                    guids.add(guid)
                    self.note_types[note_type.number] = note_type
                    yield found

    def losses(self) -> list[str]:
        """Return sentences on what the notes that were returned do not hold."""
        return [
            *describe_count(
                self.edited_beyond,
                "note from Anki",
                "edited beyond what its notetype can hold, and is written in one of ours: "
                "Anki adds no such note next to the one it has",
            ),
            *describe_count(
                self.one_way, "card", "left out, for want of a template of its notetype"
            ),
            *describe_count(
                self.flagging,
                "note from Anki",
                "written without its tag `marked` or `leech`, which would set a flag in Anki",
            ),
            *describe_count(
                self.without_details,
                "edited note from Anki",
                "written without details that Anki has no field for, such as its topic",
            ),
        ]

    def _fits(self, note_type: NoteType) -> bool:
        """Return whether no other notetype of this id is needed."""
        first = self._numbers.setdefault(note_type.number, note_type)
        return first == note_type or self._names(first) == self._names(note_type)

    def _names(self, note_type: NoteType) -> tuple[str, ...]:
        names = self._field_names.get(note_type)
        if names is None:
            fields = note_type_json(note_type)["flds"]
            names = tuple(str(field["name"]) for field in fields)
            self._field_names[note_type] = names
        return names

    def _returned(self, group: list[Note]) -> ReturningNote | None:
        first = _origin(group[0])
        fields = first.fields
        is_edited = not all(_origin(note).is_unchanged for note in group)
        made: Sequence[MappedNote] = ()
        if is_edited:
            made = self._made(first, fields, group)
            changed = self._edited(first, group, made)
            if changed is None:
                self.edited_beyond += len(group)
                return None
            fields = changed
        tags, are_same = self._tags(first, group)
        cards = tuple(self._cards(group, made))
        return ReturningNote(
            tuple(group),
            first.note_type,
            first.guid,
            first.number,
            fields,
            tags,
            None if fields != first.fields or not are_same else first.modified,
            cards,
        )

    def _made(
        self, origin: Origin, fields: str, group: Sequence[Note]
    ) -> list[MappedNote]:
        """Return the notes that some fields make, as an import would."""
        mapper = self._mapper(origin.note_type)
        ords = {card.place for note in group for card in _origin(note).cards}
        foreign = ForeignNote(origin.guid, "", fields.split("\x1f"), (), sorted(ords))
        return mapper.notes(foreign, ProblemCounter(new_collector("")))

    def _mapper(self, note_type: NoteType) -> Mapper:
        if note_type not in self._mappers:
            data = note_type_json(note_type)
            self._mappers[note_type] = Mapper(
                AnkiNoteType(
                    name=str(data["name"]),
                    fields=self._names(note_type),
                    templates=tuple(
                        Template(str(each["qfmt"]), str(each["afmt"]))
                        for each in data["tmpls"]
                    ),
                    is_cloze=data["type"] == _CLOZE,
                )
            )
        return self._mappers[note_type]

    def _edited(
        self, origin: Origin, group: Sequence[Note], made: Sequence[MappedNote]
    ) -> str | None:
        """Return the fields with the edits of some notes; None where they cannot hold them."""
        values = origin.fields.split("\x1f")
        for note in group:
            part = _origin(note).part
            if part >= len(made):
                return None
            before, after = made[part].note, note
            self.without_details += any(
                name not in _OWN_ALONE for name in to_dict(after)
            )
            old, new = _texts(before), _texts(after)
            if old.keys() != new.keys() or before.KIND != after.KIND:
                return None
            for name in old:
                edit = _Edit(name, old[name], new[name])
                if edit.old != edit.new and not self._put(values, note, group, edit):
                    return None
        fields = "\x1f".join(values)
        return fields if self._says(fields, origin, group) else None

    def _says(self, fields: str, origin: Origin, group: Sequence[Note]) -> bool:
        """Return whether some fields make just these notes: one field may serve several."""
        made = [each.note for each in self._made(origin, fields, group)]
        parts = {_origin(note).part: note for note in group}
        return all(
            part < len(made)
            and made[part].KIND == note.KIND
            and _texts(made[part]) == _texts(note)
            for part, note in parts.items()
        )

    def _put(
        self, values: list[str], note: Note, group: Sequence[Note], edit: _Edit
    ) -> bool:
        """Put an edited text into the field that it came from; False where there is none."""
        origin = _origin(note)
        name, old, new = edit
        for place, text in _candidates(values, old)[:_MOST_TRIES]:
            before, _, after = old.partition(text)
            if not (new.startswith(before) and new.endswith(after)):
                continue
            if len(new) < len(before) + len(after):
                continue
            tried = [*values]
            tried[place] = to_html(new[len(before) : len(new) - len(after)])
            made = self._made(origin, "\x1f".join(tried), group)
            is_made = origin.part < len(made)
            if is_made and _texts(made[origin.part].note).get(name) == new:
                values[:] = tried
                return True
        return False

    def _cards(
        self, group: Sequence[Note], made: Sequence[MappedNote]
    ) -> Iterator[ReturningCard]:
        for note in group:
            origin = _origin(note)
            known = {card.face: card for card in origin.cards}
            for face in faces_of(note):
                card = known.get(face)
                if card:
                    yield ReturningCard(note, face, *_values(card))
                    continue
                ord_ = _ord_of(note, face, origin, made)
                if ord_ is None:
                    self.one_way += 1
                else:
                    yield ReturningCard(note, face, ord_, 0, 0, 0)

    def _tags(
        self, origin: Origin, group: Sequence[Note]
    ) -> tuple[tuple[str, ...], bool]:
        """Return the tags as Anki spells them, and whether they are what they were."""
        words = tuple(origin.tags.split())
        tags_here = [tag for note in group for tag in note.tags]
        ours = dict.fromkeys(without_flags(tags_here))
        self.flagging += any(map(is_flag, tags_here))
        known = dict.fromkeys(
            filter(None, (to_tag(word) for word in words if not is_flag(word)))
        )
        taken = tuple(known)[:MOST_TAGS]
        kept = [
            word
            for word in words
            if is_flag(word) or to_tag(word) in ours or to_tag(word) not in taken
        ]
        kept += [each for each in ours if each not in known]
        if self._has_marks:
            kept = [word for word in kept if not is_flag(word)]
            ids = {note.id for note in group}
            for mark, noted in zip(FLAGS, (self._marked, self._leeches), strict=True):
                if ids & noted:
                    kept.append(mark)
        folded = [word.casefold() if is_flag(word) else word for word in words]
        if sorted(folded) == sorted(kept):
            return words, True
        return tuple(dict.fromkeys(kept)), False


class ReturningIds:
    """The ids that notes and cards have in Anki, each used once.

    Anki keeps the reviews of deleted cards, and a card that comes back under its id has
    them again.
    """

    def __init__(self, notes: Iterable[ReturningNote], first_new: int) -> None:
        """Take the ids of notes.

        Args:
            notes: The notes that go back.
            first_new: From where on cards without an id get theirs.
        """
        self.notes: dict[str, int] = {}
        """The id in Anki by the id of the first of our notes, for notes that have one."""
        self._cards: set[int] = set()
        self._used: set[int] = set()
        self._next = first_new
        numbers: set[int] = set()
        for note in notes:
            if 0 < note.number < LATEST_MS and note.number not in numbers:
                numbers.add(note.number)
                self.notes[note.notes[0].id] = note.number
            self._cards.update(card.number for card in note.cards)

    def taken(self, hundred: int) -> frozenset[int]:
        """Return the ids of all notes and cards, divided by a number."""
        return frozenset(n // hundred for n in (*self._cards, *self.notes.values()))

    def card(self, number: int) -> int:
        """Return the id for a card that had an id in Anki, 0 for none."""
        if not 0 < number < LATEST_MS or number in self._used:
            number = self._next
            while number in self._cards or number in self._used:
                number += 1
            self._next = number + 1
        self._used.add(number)
        return number


def _origin(note: Note) -> Origin:
    if note.origin is None:
        raise AssertionError("only notes that came from elsewhere are returned")
    return note.origin


def _values(card: ForeignCard) -> tuple[int, int, int, int]:
    return card.place, card.flags, card.ease, card.number


def _texts(note: Note) -> dict[str, str]:
    """Return what a note shows, by what it is."""
    data = to_dict(note)
    found = {name: data.get(name, "") for name in _TEXTS if hasattr(note, name)}
    for place, option in enumerate(data.get("options", ())):
        found[f"option {place} {bool(option.get('correct'))}"] = option["text"]
    return found


def _candidates(values: Sequence[str], text: str) -> list[tuple[int, str]]:
    """Return the fields that a text may come from, with their own texts; the longest first."""
    found = []
    for place, value in enumerate(values):
        own = {from_html(value.strip()), *cloze_texts(value, from_html).values()}
        found += [(place, each) for each in own if each and each in text]
    return sorted(found, key=lambda one: -len(one[1]))


def _ord_of(
    note: Note, face: str, origin: Origin, made: Sequence[MappedNote]
) -> int | None:
    """Return the number that a card which Anki does not have yet gets there."""
    if isinstance(note, ClozeNote):
        return int(face[1:]) - 1
    if origin.part < len(made):
        found = {own: ord_ for ord_, own in made[origin.part].faces.items()}
        return found.get(face)
    return 0 if not face and not origin.part else None
