"""Build the decks of one file note by note."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.decks.fields.limits import MOST_SOURCE
from flashcards.decks.plain import read_clean_note
from flashcards.decks.reader import MOST_NOTES
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.content import NOTE_KINDS, BasicNote, DeckContent
from flashcards.domain.note_json import own_fields, to_dict
from flashcards.formats.common.naming import DistinctKeys, derive_id, is_used_elsewhere
from flashcards.formats.common.rules import new_collector

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.content import Note
    from flashcards.formats.common.naming import DeckName

_PROGRESS_EVERY = 500
_OWN_FIELDS = {name: own_fields(kind) for name, kind in NOTE_KINDS.items()}
_MOST_TITLE = 200


def is_within_limits(text: str, line: int, collector: ProblemCollector) -> bool:
    """Return whether the source of a card is short enough to be read; report it if not."""
    if len(text) <= MOST_SOURCE:
        return True
    collector.add_at(
        "too-long", line, 1, key="text", length=len(text), most=MOST_SOURCE
    )
    return False


def report_no_notes(
    collector: ProblemCollector, form: str, advice: str, reasons: Collection[str] = ()
) -> ProblemCollector:
    """Return the problems of a file in which no note was read, ending with the reason.

    Args:
        collector: The problems so far, none of them an error.
        form: What people call the format.
        advice: How a card of the format is written.
        reasons: Rules whose warnings say why a question was left out. Other warnings are
            dropped: one sentence on the whole file replaces them.
    """
    explanations = [
        problem for problem in collector.problems if problem.rule in reasons
    ]
    result = new_collector(collector.path)
    for problem in explanations:
        result.append(problem)
    if explanations:
        result.add_at("nothing-taken", 1, 1)
    else:
        result.add_at("not-this-format", 1, 1, form=form, advice=advice)
    return result


class DeckBuilder:
    """Collects the notes of a file into its decks."""

    def __init__(
        self,
        collector: ProblemCollector,
        progress: Callable[[int, int], None] | None,
        of: int,
    ) -> None:
        """Start without decks; `of` is the amount to read, such as a number of lines."""
        self._collector = collector
        self._progress = progress
        self._total = of
        self._keys = DistinctKeys()
        self._names: dict[str, DeckName] = {}
        """The name of each deck by its key, as its first note gives it."""
        self._notes: dict[str, dict[str, Note]] = {}
        self._derived: dict[str, set[str]] = {}
        self._foreign: dict[str, set[str]] = {}
        self._count = 0

    @property
    def is_full(self) -> bool:
        """Whether there are so many notes or problems that reading should stop."""
        return self._collector.is_full or self._count > MOST_NOTES

    def add(
        self,
        deck: DeckName,
        note: Note,
        *,
        at: int = 0,
        is_derived: bool = False,
        is_foreign: bool = False,
    ) -> Note | None:
        """Add a note to a deck; return the note as added, or None after reporting a problem.

        Args:
            deck: The deck.
            note: The note. If it has no id, it gets one derived from its wording.
            at: The amount of the file read so far, for the progress callback.
            is_derived: Whether the note's id was derived from its wording already.
            is_foreign: Whether another source may use the note's id although it looks unique.
        """
        self._count += 1
        if self._count > MOST_NOTES:
            self._collector.add_at("too-many-notes", note.line, 1, most=MOST_NOTES)
            return None
        if self._progress and self._count % _PROGRESS_EVERY == 0:
            self._progress(at, self._total)
        key = self._keys.key_of(deck.key, deck.name)
        if not note.id or (is_derived and key != deck.key):
            is_derived = True
            note = replace(note, id=derive_id(key, to_wording(note)))
        notes = self._notes.get(key)
        if notes is None:
            notes = self._notes[key] = {}
            self._names[key] = deck._replace(title=_to_title(deck.title))
        first = notes.get(note.id)
        if first is not None:
            rule = "same-wording" if is_derived else "repeated-id"
            self._collector.add_at(rule, note.line, 1, value=note.id, line=first.line)
            return None
        clean_note = read_clean_note(note, self._collector)
        if clean_note is not None:
            notes[clean_note.id] = clean_note
            if is_derived:
                self._derived.setdefault(key, set()).add(clean_note.id)
            elif is_foreign:
                self._foreign.setdefault(key, set()).add(clean_note.id)
        return clean_note

    def decks(
        self, path: str, digest: str, *, whole: Collection[str] = ()
    ) -> tuple[DeckContent, ...]:
        """Return the decks that have notes, in the order in which they appeared.

        Args:
            path: The file.
            digest: Its digest; dropped if the file has errors, so that it is read again.
            whole: Keys of the decks that the file holds completely.
        """
        return tuple(
            DeckContent(
                key=key,
                title=self._names[key].title or key,
                notes=tuple(notes.values()),
                path=path,
                digest="" if self._collector.errors else digest,
                is_partial=key not in whole,
                derived_ids=frozenset(self._derived.get(key, ())),
                name=self._names[key].name,
                is_of_file=self._names[key].is_of_file,
                foreign_ids=self._foreign_ids(key),
            )
            for key, notes in self._notes.items()
            if notes
        )

    def _foreign_ids(self, key: str) -> frozenset[str]:
        derived_ids = self._derived.get(key, ())
        return frozenset(self._foreign.get(key, ())).union(
            note
            for note in self._notes[key]
            if note not in derived_ids and is_used_elsewhere(note)
        )


def _to_title(name: str) -> str:
    """Return a deck's name as a valid title; file names, for one, were never cleaned."""
    title = REFUSED.sub("", name).replace("\n", " ")[:_MOST_TITLE]
    return title if title.strip() else ""


def to_wording(note: Note) -> str:
    """Return all that a note asks and answers as one text, equal for equal wordings."""
    if type(note) is BasicNote and not note.reverse:
        return to_basic_wording(note.front, note.back)
    data = to_dict(note)
    values = [data.get(name) for name in _OWN_FIELDS[note.kind]]
    return json.dumps(values, ensure_ascii=False)


def to_basic_wording(front: str, back: str) -> str:
    """Return the wording of a basic note without reverse, from its sides alone."""
    return f"{front}\x1f{back}"
