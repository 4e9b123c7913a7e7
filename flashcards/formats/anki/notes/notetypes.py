"""From the fields and templates of Anki's notetypes to notes of ours.

A notetype is what its kind, its templates and its fields say; names are in any language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.fields.limits import MOST_SHORT_TEXT
from flashcards.domain.content import BasicNote, ChoiceNote, ClozeNote, Note
from flashcards.domain.faces import REVERSE, faces_of
from flashcards.formats.anki.notes import templates
from flashcards.formats.anki.notes.cloze import OCCLUSION, cloze_texts
from flashcards.formats.anki.notes.macro_fields import (
    fields_with_macros,
    without_macro_definitions,
)
from flashcards.formats.anki.notes.multiple_choice import choice_of, is_choice
from flashcards.formats.anki.notes.own_notetypes import is_own, own_note
from flashcards.formats.common.naming import to_note_id
from flashcards.formats.markup.markup import from_html

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from flashcards.domain.content import SourceEntry
    from flashcards.domain.origin import NoteType
    from flashcards.formats.common.problem_counter import ProblemCounter
    from flashcards.text.latex.macros import Macros

_MEDIA_ONLY = re.compile(r"(?:\[(?:image|sound): [^\[\]]*\]\s*)+")
_TWO_SIDES = 2
_ONE_CARD = {0: ""}


@dataclass(frozen=True, slots=True)
class Template:
    """The two sides of one card, with fields in double braces."""

    front: str
    back: str


@dataclass(frozen=True, slots=True)
class AnkiNoteType:
    """A notetype of Anki."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False
    is_occlusion: bool = False
    origin: NoteType | None = None
    """All of it, so that its notes can go back; None where that is too much to keep."""


class ForeignNote(NamedTuple):
    """A note of Anki."""

    guid: str
    """Its id in its own program."""
    name: str
    """What problems call it."""
    fields: Sequence[str]
    """The values as HTML, in the order of the notetype's fields."""
    tags: tuple[str, ...] = ()
    """Words that our tags may be."""
    ords: Collection[int] = ()
    """The templates, or the cloze numbers less one, of its cards; all if empty."""


class MappedNote(NamedTuple):
    """One of our notes, made of a foreign one."""

    note: Note
    faces: Mapping[int, str]
    """The face of each card, by the ord of Anki's card."""
    is_checked: bool = False
    """Whether a deck file could surely hold the note."""


class Mapper:
    """Makes our notes of the notes of one notetype."""

    def __init__(self, notetype: AnkiNoteType) -> None:
        self._notetype = notetype
        self.sources: dict[str, SourceEntry] = {}
        """Bibliography entries that our own notes brought along."""
        self._macros: Macros = {}
        sides = [_Side(self._bare(template)) for template in notetype.templates]
        self._sides = sides or [_Side(Template("", ""))]
        self._asked = self._sides[0].asked
        self._needs_tags = any(
            "Tags" in {*side.asked, *templates.fields_in(side.back)}
            for side in self._sides
        )
        self._places = self._field_places()
        self._make = self._way()

    @property
    def origin(self) -> NoteType | None:
        """The notetype as Anki has it; None for one of ours, which needs no keeping."""
        return None if self._make == self._own else self._notetype.origin

    def notes(self, foreign: ForeignNote, counter: ProblemCounter) -> list[MappedNote]:
        """Return the notes that a foreign one makes, mostly one.

        Args:
            foreign: The note.
            counter: Counts what is left out or changed.
        """
        surplus = foreign.fields[len(self._notetype.fields) :]
        if surplus and any(map(str.strip, surplus)):
            counter.count("anki-surplus-fields", foreign.name)
        if self._make != self._own:
            fields = fields_with_macros(foreign.fields, self._macros)
            foreign = foreign._replace(fields=fields)
        return self._make(foreign, counter)

    def _bare(self, template: Template) -> Template:
        """Return a template without the macros that its formulas define."""
        return Template(
            without_macro_definitions(template.front, self._macros),
            without_macro_definitions(template.back, self._macros),
        )

    def _way(self) -> Callable[[ForeignNote, ProblemCounter], list[MappedNote]]:
        if is_own(self._notetype.fields):
            return self._own
        if self._notetype.is_occlusion:
            return self._occlusion
        if self._notetype.is_cloze:
            return self._cloze
        return self._choice if is_choice(self._notetype.fields) else self._basic

    def _own(self, foreign: ForeignNote, counter: ProblemCounter) -> list[MappedNote]:
        own = own_note(
            self._notetype.fields,
            foreign.fields,
            to_note_id(foreign.guid),
            foreign.tags,
            is_reversed=len(self._sides) > 1,
        )
        if own is None:
            counter.count("anki-data-damaged", foreign.name)
            make = self._cloze if self._notetype.is_cloze else self._basic
            return make(foreign, counter)
        if own.is_edited:
            counter.count("anki-edited", foreign.name)
        if own.source:
            self.sources[own.source.key] = own.source
        return [MappedNote(own.note, _faces_by_ord(own.note), own.is_checked)]

    def _occlusion(
        self, foreign: ForeignNote, counter: ProblemCounter
    ) -> list[MappedNote]:
        counter.skip("anki-image-occlusion", foreign.name)
        return []

    def _cloze(self, foreign: ForeignNote, counter: ProblemCounter) -> list[MappedNote]:
        side = self._sides[0]
        values = self._values(foreign)
        front = templates.rendered(side.front, values, is_front=True)
        if OCCLUSION in front:
            return self._occlusion(foreign, counter)
        texts = cloze_texts(front, from_html)
        shown = dict.fromkeys(self._asked, "")
        why = from_html(templates.rendered(side.back, values | shown, is_front=False))
        made = []
        for place, (number, text) in enumerate(texts.items()):
            suffix = f".{number}" if place else ""
            note = ClozeNote(
                id=to_note_id(foreign.guid + suffix),
                text=text,
                why=why,
                tags=foreign.tags,
            )
            made.append(MappedNote(note, _faces_by_ord(note)))
        if len(made) > 1:
            counter.count("anki-split", foreign.name)
        known = {ord_ for each in made for ord_ in each.faces}
        _count_empty(foreign, known, counter)
        return made

    def _choice(
        self, foreign: ForeignNote, counter: ProblemCounter
    ) -> list[MappedNote]:
        texts = map(from_html, foreign.fields)
        choice = choice_of(dict(zip(self._notetype.fields, texts, strict=False)))
        if choice is None:
            return self._basic(foreign, counter)
        key = to_note_id(foreign.guid)
        note: Note
        if choice.is_gradable:
            note = ChoiceNote(
                id=key,
                question=choice.question,
                options=choice.options,
                why=choice.why,
                tags=foreign.tags,
            )
        else:
            note = BasicNote(
                id=key,
                front=choice.front,
                back=choice.back,
                why=choice.why,
                tags=foreign.tags,
            )
        return [MappedNote(note, _ONE_CARD)]

    def _basic(self, foreign: ForeignNote, counter: ProblemCounter) -> list[MappedNote]:
        return self._at_a_glance(foreign) or self._rendered(foreign, counter)

    def _at_a_glance(self, foreign: ForeignNote) -> list[MappedNote]:
        """Return the note that most are: one field asks, another one answers.

        Nothing is returned where it takes a closer look.
        """
        if self._places is None or len(foreign.ords) > 1 or any(foreign.ords):
            return []
        asks, answers = self._places
        if len(foreign.fields) <= max(asks, answers):
            return []
        front = from_html(foreign.fields[asks].strip())
        back = from_html(foreign.fields[answers].strip())
        if not front or not back or front[0] == "[":
            return []
        note = BasicNote(
            id=to_note_id(foreign.guid), front=front, back=back, tags=foreign.tags
        )
        return [MappedNote(note, _ONE_CARD)]

    def _field_places(self) -> tuple[int, int] | None:
        """Return which field asks and which one answers, where a template has no more."""
        names = [
            templates.only_field(parts)
            for side in self._sides
            for parts in (side.front, side.back)
        ]
        if len(names) != _TWO_SIDES or not set(names) <= set(self._notetype.fields):
            return None
        places = self._notetype.fields.index
        return places(names[0]), places(names[1])

    def _rendered(
        self, foreign: ForeignNote, counter: ProblemCounter
    ) -> list[MappedNote]:
        values = self._values(foreign)
        asked: dict[int, tuple[str, str]] = {}
        for place, side in enumerate(self._sides):
            if foreign.ords and place not in foreign.ords:
                continue
            front = from_html(templates.rendered(side.front, values, is_front=True))
            if front:
                asked[place] = front, self._answer(side, values, front)
        _count_empty(foreign, asked.keys(), counter)
        if not asked:
            counter.skip("anki-no-question", foreign.name)
        made = []
        while asked:
            place, (front, back) = next(iter(asked.items()))
            del asked[place]
            if not back:
                counter.skip("anki-no-answer", foreign.name)
                continue
            if _MEDIA_ONLY.fullmatch(front):
                counter.count("anki-media-only", foreign.name)
            mirrored = _place_of(asked, (back, front))
            faces = {place: ""}
            if mirrored is not None:
                del asked[mirrored]
                faces[mirrored] = REVERSE
            hint, why = self._hint(self._sides[place], values)
            note = BasicNote(
                id=to_note_id(f"{foreign.guid}.{place + 1}" if place else foreign.guid),
                front=front,
                back=back,
                reverse=mirrored is not None,
                hint=hint,
                why=why,
                tags=foreign.tags,
            )
            made.append(MappedNote(note, faces))
        if len(made) > 1:
            counter.count("anki-split", foreign.name)
        return made

    def _values(self, foreign: ForeignNote) -> dict[str, str]:
        values = dict(zip(self._notetype.fields, foreign.fields, strict=False))
        if self._needs_tags:
            values.setdefault("Tags", " ".join(foreign.tags))
        return values

    def _answer(self, side: _Side, values: Mapping[str, str], front: str) -> str:
        """Return what a back says beyond the front, or else all that the front leaves out."""
        back = from_html(templates.rendered(side.back, values, is_front=False))
        if not side.is_marked and back.startswith(front):
            back = back[len(front) :].strip()
        if back:
            return back
        rest = (
            from_html(values.get(name, ""))
            for name in self._notetype.fields
            if name not in side.asked
        )
        return "\n\n".join(filter(None, rest))

    def _hint(self, side: _Side, values: Mapping[str, str]) -> tuple[str, str]:
        """Return what the front shows on demand, as a hint, or as a `why` if too long."""
        if not side.hints:
            return "", ""
        hints = (from_html(values.get(name, "")) for name in side.hints)
        hint = "\n\n".join(filter(None, hints))
        return (hint, "") if len(hint) <= MOST_SHORT_TEXT else ("", hint)


class _Side:
    """One template, compiled."""

    def __init__(self, template: Template) -> None:
        answer, self.is_marked = templates.answer_part(template.back)
        self.front = templates.compiled(template.front)
        self.back = templates.compiled(answer)
        self.hints = templates.fields_in(self.front, "hint")
        self.asked = frozenset(templates.fields_in(self.front))


def _faces_by_ord(note: Note) -> dict[int, str]:
    faces = faces_of(note)
    if isinstance(note, ClozeNote):
        return {int(face[1:]) - 1: face for face in faces}
    return dict(enumerate(faces))


def _place_of(
    asked: Mapping[int, tuple[str, str]], wanted: tuple[str, str]
) -> int | None:
    return next((place for place, sides in asked.items() if sides == wanted), None)


def _count_empty(
    foreign: ForeignNote, known: Collection[int], counter: ProblemCounter
) -> None:
    empty = sum(place not in known for place in foreign.ords)
    if empty:
        counter.count("anki-empty-cards", foreign.name, empty)
