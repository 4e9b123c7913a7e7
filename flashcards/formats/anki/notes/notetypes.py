"""Convert notes of Anki to notes of ours by the templates and fields of their notetypes.

Only kind, templates and fields of a notetype count, because its name is in any language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.fields.limits import MOST_SHORT_TEXT
from flashcards.domain.content import BasicNote, ChoiceNote, ClozeNote, Note
from flashcards.domain.faces import REVERSE, faces_of
from flashcards.formats.anki.notes import templates
from flashcards.formats.anki.notes.cloze import OCCLUSION, to_cloze_texts
from flashcards.formats.anki.notes.macro_fields import (
    expand_macros_in_fields,
    remove_macro_definitions,
)
from flashcards.formats.anki.notes.multiple_choice import is_choice, read_choice
from flashcards.formats.anki.notes.own_notetypes import is_own, read_own_note
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
    """The complete notetype, so that its notes can be exported again; None if it is too long."""


class ForeignNote(NamedTuple):
    """A note of Anki."""

    guid: str
    """Its id in its own program."""
    name: str
    """The name of the note in problems."""
    fields: Sequence[str]
    """The values as HTML, in the order of the notetype's fields."""
    tags: tuple[str, ...] = ()
    """Valid tags."""
    ords: Collection[int] = ()
    """The numbers of its cards: templates, or gaps counted from 0; all if empty."""


class MappedNote(NamedTuple):
    """One of our notes, made from a note of Anki."""

    note: Note
    faces: Mapping[int, str]
    """The face of each card, by the number of Anki's card."""
    is_checked: bool = False
    """Whether the note was validated already."""


class Mapper:
    """Converts the notes of one notetype to ours."""

    def __init__(self, notetype: AnkiNoteType) -> None:
        self._notetype = notetype
        self.sources: dict[str, SourceEntry] = {}
        """Bibliography entries from the data of our own notes."""
        self._macros: Macros = {}
        sides = [
            _Side(self._extract_macros(template)) for template in notetype.templates
        ]
        self._sides = sides or [_Side(Template("", ""))]
        self._front_fields = self._sides[0].front_fields
        self._needs_tags = any(
            "Tags" in {*side.front_fields, *templates.list_fields(side.back)}
            for side in self._sides
        )
        self._side_fields = self._find_side_fields()
        self._make = self._select_method()

    @property
    def origin(self) -> NoteType | None:
        """The notetype as Anki has it; None for a notetype of ours, which is not stored."""
        return None if self._make == self._own else self._notetype.origin

    def convert(
        self, foreign: ForeignNote, counter: ProblemCounter
    ) -> list[MappedNote]:
        """Return the notes made from a note of Anki, mostly one.

        Args:
            foreign: The note.
            counter: Counts problems.
        """
        surplus = foreign.fields[len(self._notetype.fields) :]
        if surplus and any(map(str.strip, surplus)):
            counter.count("anki-surplus-fields", foreign.name)
        if self._make != self._own:
            fields = expand_macros_in_fields(foreign.fields, self._macros)
            foreign = foreign._replace(fields=fields)
        return self._make(foreign, counter)

    def _extract_macros(self, template: Template) -> Template:
        """Return a template without the macro definitions in its formulas."""
        return Template(
            remove_macro_definitions(template.front, self._macros),
            remove_macro_definitions(template.back, self._macros),
        )

    def _select_method(
        self,
    ) -> Callable[[ForeignNote, ProblemCounter], list[MappedNote]]:
        if is_own(self._notetype.fields):
            return self._own
        if self._notetype.is_occlusion:
            return self._occlusion
        if self._notetype.is_cloze:
            return self._cloze
        return self._choice if is_choice(self._notetype.fields) else self._basic

    def _own(self, foreign: ForeignNote, counter: ProblemCounter) -> list[MappedNote]:
        own = read_own_note(
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
        front = templates.render(side.front, values, is_front=True)
        if OCCLUSION in front:
            return self._occlusion(foreign, counter)
        texts = to_cloze_texts(front, from_html)
        blank = dict.fromkeys(self._front_fields, "")
        why = from_html(templates.render(side.back, values | blank, is_front=False))
        mapped = []
        for index, (number, text) in enumerate(texts.items()):
            suffix = f".{number}" if index else ""
            note = ClozeNote(
                id=to_note_id(foreign.guid + suffix),
                text=text,
                why=why,
                tags=foreign.tags,
            )
            mapped.append(MappedNote(note, _faces_by_ord(note)))
        if len(mapped) > 1:
            counter.count("anki-split", foreign.name)
        ords = {ord_ for mapped_note in mapped for ord_ in mapped_note.faces}
        _count_empty(foreign, ords, counter)
        return mapped

    def _choice(
        self, foreign: ForeignNote, counter: ProblemCounter
    ) -> list[MappedNote]:
        texts = map(from_html, foreign.fields)
        choice = read_choice(dict(zip(self._notetype.fields, texts, strict=False)))
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
        return self._basic_from_fields(foreign) or self._basic_from_templates(
            foreign, counter
        )

    def _basic_from_fields(self, foreign: ForeignNote) -> list[MappedNote]:
        """Return the note if one field is the front and another the back, as in most notes.

        The list is empty if the templates must be rendered.
        """
        if self._side_fields is None or len(foreign.ords) > 1 or any(foreign.ords):
            return []
        front_index, back_index = self._side_fields
        if len(foreign.fields) <= max(front_index, back_index):
            return []
        front = from_html(foreign.fields[front_index].strip())
        back = from_html(foreign.fields[back_index].strip())
        if not front or not back or front[0] == "[":
            return []
        note = BasicNote(
            id=to_note_id(foreign.guid), front=front, back=back, tags=foreign.tags
        )
        return [MappedNote(note, _ONE_CARD)]

    def _find_side_fields(self) -> tuple[int, int] | None:
        """Return the indexes of the fields for front and back, if the template has only these."""
        names = [
            templates.find_only_field(parts)
            for side in self._sides
            for parts in (side.front, side.back)
        ]
        if len(names) != _TWO_SIDES or not set(names) <= set(self._notetype.fields):
            return None
        index = self._notetype.fields.index
        return index(names[0]), index(names[1])

    def _basic_from_templates(
        self, foreign: ForeignNote, counter: ProblemCounter
    ) -> list[MappedNote]:
        values = self._values(foreign)
        sides: dict[int, tuple[str, str]] = {}
        for ord_, side in enumerate(self._sides):
            if foreign.ords and ord_ not in foreign.ords:
                continue
            front = from_html(templates.render(side.front, values, is_front=True))
            if front:
                sides[ord_] = front, self._answer(side, values, front)
        _count_empty(foreign, sides.keys(), counter)
        if not sides:
            counter.skip("anki-no-question", foreign.name)
        mapped = []
        while sides:
            ord_, (front, back) = next(iter(sides.items()))
            del sides[ord_]
            if not back:
                counter.skip("anki-no-answer", foreign.name)
                continue
            if _MEDIA_ONLY.fullmatch(front):
                counter.count("anki-media-only", foreign.name)
            reverse_ord = _find_sides(sides, (back, front))
            faces = {ord_: ""}
            if reverse_ord is not None:
                del sides[reverse_ord]
                faces[reverse_ord] = REVERSE
            hint, why = self._hint(self._sides[ord_], values)
            note = BasicNote(
                id=to_note_id(f"{foreign.guid}.{ord_ + 1}" if ord_ else foreign.guid),
                front=front,
                back=back,
                reverse=reverse_ord is not None,
                hint=hint,
                why=why,
                tags=foreign.tags,
            )
            mapped.append(MappedNote(note, faces))
        if len(mapped) > 1:
            counter.count("anki-split", foreign.name)
        return mapped

    def _values(self, foreign: ForeignNote) -> dict[str, str]:
        values = dict(zip(self._notetype.fields, foreign.fields, strict=False))
        if self._needs_tags:
            values.setdefault("Tags", " ".join(foreign.tags))
        return values

    def _answer(self, side: _Side, values: Mapping[str, str], front: str) -> str:
        """Return the back without the front it repeats, else the fields that the front leaves out."""
        back = from_html(templates.render(side.back, values, is_front=False))
        if not side.is_marked and back.startswith(front):
            back = back[len(front) :].strip()
        if back:
            return back
        other_fields = (
            from_html(values.get(name, ""))
            for name in self._notetype.fields
            if name not in side.front_fields
        )
        return "\n\n".join(filter(None, other_fields))

    def _hint(self, side: _Side, values: Mapping[str, str]) -> tuple[str, str]:
        """Return the hint and the `why`: a hint on the front that is too long becomes the `why`."""
        if not side.hints:
            return "", ""
        hints = (from_html(values.get(name, "")) for name in side.hints)
        hint = "\n\n".join(filter(None, hints))
        return (hint, "") if len(hint) <= MOST_SHORT_TEXT else ("", hint)


class _Side:
    """A compiled template."""

    def __init__(self, template: Template) -> None:
        answer, self.is_marked = templates.split_answer(template.back)
        self.front = templates.compile_template(template.front)
        self.back = templates.compile_template(answer)
        self.hints = templates.list_fields(self.front, "hint")
        self.front_fields = frozenset(templates.list_fields(self.front))


def _faces_by_ord(note: Note) -> dict[int, str]:
    faces = faces_of(note)
    if isinstance(note, ClozeNote):
        return {int(face[1:]) - 1: face for face in faces}
    return dict(enumerate(faces))


def _find_sides(
    cards: Mapping[int, tuple[str, str]], sides: tuple[str, str]
) -> int | None:
    return next(
        (ord_ for ord_, card_sides in cards.items() if card_sides == sides), None
    )


def _count_empty(
    foreign: ForeignNote, ords: Collection[int], counter: ProblemCounter
) -> None:
    empty = sum(ord_ not in ords for ord_ in foreign.ords)
    if empty:
        counter.count("anki-empty-cards", foreign.name, empty)
