"""Export notes that came from Anki in their own note type, with their own fields.

An unchanged note gets the very fields it had. The edits of a changed note are written into
the fields they came from, and reading the result must give the note again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.fields.limits import MOST_TAGS
from flashcards.domain.content import ClozeNote, Note
from flashcards.domain.faces import faces_of
from flashcards.domain.origin import ANKI
from flashcards.formats.anki.notes.original_edits import FieldEditor, origin_of
from flashcards.formats.common.anki_flags import FLAGS, is_flag, without_flags
from flashcards.formats.common.losses import describe_count
from flashcards.formats.common.naming import to_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flashcards.domain.origin import NoteType, Origin
    from flashcards.formats.anki.notes.notetypes import MappedNote


class OriginalCard(NamedTuple):
    """A card of an original note."""

    note: Note
    face: str
    ord: int
    """Its number among the cards of the original note."""
    flags: int
    ease: int
    """In permille; 0 if Anki had none."""
    number: int
    """Its id in Anki, 0 for a card that Anki does not have."""


class OriginalNote(NamedTuple):
    """A note of Anki, put together from the notes that were made of it."""

    notes: tuple[Note, ...]
    note_type: NoteType
    guid: str
    number: int
    """Its id in Anki, 0 if it has none."""
    fields: str
    """Joined by U+001F."""
    tags: tuple[str, ...]
    modified: int | None
    """When it was last changed in Anki, in Unix seconds; None if it was changed here."""
    cards: tuple[OriginalCard, ...]


class OriginalNotes:
    """Puts together the notes of Anki that our notes were made of."""

    def __init__(
        self, *, has_marks: bool, marked: Iterable[str], leeches: Iterable[str]
    ) -> None:
        """Start without notes.

        Args:
            has_marks: Whether marks and leeches are known; else those of Anki stay.
            marked: Ids of marked notes.
            leeches: Ids of notes with a card that is a leech.
        """
        self._has_marks = has_marks
        self._marked, self._leeches = frozenset(marked), frozenset(leeches)
        self._editor = FieldEditor()
        self._numbers: dict[int, NoteType] = {}
        self.note_types: dict[int, NoteType] = {}
        """The note types of all original notes, by id."""
        self._not_writable = 0
        """Notes with edits that their fields cannot hold."""
        self._without_template = 0
        """Cards for which their note type has no template."""
        self._with_flags = 0
        """Notes with a tag of ours that Anki would treat as a flag."""

    def iter_notes(self, notes: Iterable[Note]) -> Iterator[OriginalNote]:
        """Yield the original notes of those notes that can be written as what they were."""
        groups: dict[tuple[NoteType, str], list[Note]] = {}
        for note in notes:
            origin = note.origin
            if origin is None or origin.note_type.program != ANKI:
                continue
            group = groups.setdefault((origin.note_type, origin.guid), [])
            if all(origin.part != origin_of(other).part for other in group):
                group.append(note)
        guids: set[str] = set()
        for (note_type, guid), group in groups.items():
            if guid not in guids and self._is_compatible(note_type):
                group.sort(key=lambda note: origin_of(note).part)
                original = self._original_note(group)
                if original:
                    guids.add(guid)
                    self.note_types[note_type.number] = note_type
                    yield original

    def describe_losses(self) -> list[str]:
        """Return sentences on what the original notes do not hold."""
        return [
            *describe_count(
                self._not_writable,
                "note from Anki",
                "edited beyond what the notetype can hold and written with a notetype of "
                "this program; Anki skips such a note if it has the original",
            ),
            *describe_count(
                self._without_template,
                "card",
                "left out, because the notetype lacks a template",
            ),
            *describe_count(
                self._with_flags,
                "note from Anki",
                "written without the tag `marked` or `leech`, which would set a flag in Anki",
            ),
            *describe_count(
                self._editor.notes_without_details,
                "edited note from Anki",
                "written without details that Anki has no field for, such as the topic",
            ),
        ]

    def _is_compatible(self, note_type: NoteType) -> bool:
        """Return whether a note type has the fields of the first note type with its id."""
        first = self._numbers.setdefault(note_type.number, note_type)
        names = self._editor.field_names
        return first == note_type or names(first) == names(note_type)

    def _original_note(self, group: list[Note]) -> OriginalNote | None:
        first = origin_of(group[0])
        fields: str | None = first.fields
        mapped: Sequence[MappedNote] = ()
        if not all(origin_of(note).is_unchanged for note in group):
            mapped = self._editor.map_fields(first, first.fields, group)
            fields = self._editor.apply_edits(first, group, mapped)
        if fields is None:
            self._not_writable += len(group)
            return None
        tags, has_same_tags = self._tags(first, group)
        cards = tuple(self._cards(group, mapped))
        return OriginalNote(
            tuple(group),
            first.note_type,
            first.guid,
            first.number,
            fields,
            tags,
            first.modified if fields == first.fields and has_same_tags else None,
            cards,
        )

    def _cards(
        self, group: Sequence[Note], mapped: Sequence[MappedNote]
    ) -> Iterator[OriginalCard]:
        for note in group:
            origin = origin_of(note)
            original_cards = {card.face: card for card in origin.cards}
            for face in faces_of(note):
                card = original_cards.get(face)
                if card:
                    yield OriginalCard(
                        note, face, card.place, card.flags, card.ease, card.number
                    )
                    continue
                ord_ = _ord_of(note, face, origin, mapped)
                if ord_ is None:
                    self._without_template += 1
                else:
                    yield OriginalCard(note, face, ord_, 0, 0, 0)

    def _tags(
        self, origin: Origin, group: Sequence[Note]
    ) -> tuple[tuple[str, ...], bool]:
        """Return the tags as Anki spells them, and whether they are unchanged."""
        words = tuple(origin.tags.split())
        our_tags = [tag for note in group for tag in note.tags]
        self._with_flags += any(map(is_flag, our_tags))
        new_words = _merge_tags(words, without_flags(our_tags))
        if self._has_marks:
            new_words = [word for word in new_words if not is_flag(word)]
            ids = {note.id for note in group}
            for flag, flagged in zip(FLAGS, (self._marked, self._leeches), strict=True):
                if ids & flagged:
                    new_words.append(flag)
        folded = [word.casefold() if is_flag(word) else word for word in words]
        if sorted(folded) == sorted(new_words):
            return words, True
        return tuple(dict.fromkeys(new_words)), False


def _merge_tags(words: Sequence[str], our_tags: Iterable[str]) -> list[str]:
    """Return the tags of a note in Anki with those that were added and removed here.

    Flags stay, and so do tags beyond the limit, which were never imported.
    """
    ours = dict.fromkeys(our_tags)
    original_tags = dict.fromkeys(
        filter(None, (to_tag(word) for word in words if not is_flag(word)))
    )
    imported = tuple(original_tags)[:MOST_TAGS]
    return [
        *(
            word
            for word in words
            if is_flag(word) or to_tag(word) in ours or to_tag(word) not in imported
        ),
        *(tag for tag in ours if tag not in original_tags),
    ]


def _ord_of(
    note: Note, face: str, origin: Origin, mapped: Sequence[MappedNote]
) -> int | None:
    """Return the number of a card that Anki does not have yet, None without a template."""
    if isinstance(note, ClozeNote):
        return int(face[1:]) - 1
    if origin.part < len(mapped):
        faces = mapped[origin.part].faces
        ords = {mapped_face: ord_ for ord_, mapped_face in faces.items()}
        return ords.get(face)
    return 0 if not face and not origin.part else None
