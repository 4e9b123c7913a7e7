"""Decks of Anki from the add-on CrowdAnki: `deck.json` with its directory of media."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.bundle import Bundle
from flashcards.domain.content import DeckContent
from flashcards.formats.anki.notes.notetypes import (
    AnkiNoteType,
    ForeignNote,
    Mapper,
    Template,
)
from flashcards.formats.anki.notes.own_notetypes import is_own
from flashcards.formats.anki.package.decks import DeckHead, to_deck_head
from flashcards.formats.anki.package.media import find_media_names, read_sibling_media
from flashcards.formats.anki.package.tables import ForeignDeck
from flashcards.formats.common.anki_flags import AnkiTags, read_tags
from flashcards.formats.common.naming import (
    SEPARATOR,
    DistinctKeys,
    derive_id,
    is_used_elsewhere,
)
from flashcards.formats.common.problem_counter import ProblemCounter
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.text_file import read_text_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.content import Note
    from flashcards.formats.formats import ReadContext

_NAME = "CrowdAnki"
_MEDIA = "media"
_MOST_VALUES = 2_000_000
"""Lists and mappings in a file; each takes far more memory than its two brackets."""
_PROGRESS_EVERY = 1000
_CLOZE = 1
_SIGN = re.compile(rb'"__type__"\s*:\s*"Deck"|"crowdanki_uuid"|"note_models"')
_BY_HAND = re.compile(r"[A-Za-z]*[-_. ]?[0-9]{1,8}", re.ASCII)
"""A guid such as `guid-1`, which another deck may use too; those of Anki are random."""


def looks_like(head: bytes) -> bool:
    """Return whether a file with this beginning is JSON of CrowdAnki."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and _SIGN.search(head) is not None


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a file with their media and all problems."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    data = _load_json(file.text, collector) if file else None
    if file is None or data is None:
        return Bundle(problems=tuple(collector.problems))
    counter = ProblemCounter(collector)
    reader = _Reader(data, path, context, counter)
    reader.read()
    media = read_sibling_media(
        path.parent / _MEDIA, reader.media, counter, "crowdanki-media-missing"
    )
    counter.flush()
    digest = "" if collector.errors else file.digest
    if not reader.notes and not collector.errors:
        advice = "Export the deck from Anki with its notes."
        collector.add_at("not-this-format", 1, 1, form=_NAME, advice=advice)
    return Bundle(
        decks=tuple(
            reader.deck(key, str(path), digest) for key in sorted(reader.notes)
        ),
        problems=tuple(collector.problems),
        marked=frozenset(reader.marked),
        media=media,
    )


def _load_json(text: str, collector: ProblemCollector) -> dict[str, Any] | None:
    if text.count("[") + text.count("{") > _MOST_VALUES:
        collector.add_at("crowdanki-too-large", 1, 1, most=f"{_MOST_VALUES:,}")
        return None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        collector.add_at("broken-json", error.lineno, error.colno, reason=reason)
        return None
    except (ValueError, RecursionError):
        collector.add_at("broken-json", 1, 1, reason="a value in it is out of range")
        return None
    if isinstance(data, dict):
        return data
    advice = "Choose the file deck.json of an export."
    collector.add_at("not-this-format", 1, 1, form=_NAME, advice=advice)
    return None


class _Reader:
    """Reads the decks of a file."""

    def __init__(
        self,
        root: dict[str, Any],
        path: Path,
        context: ReadContext,
        counter: ProblemCounter,
    ) -> None:
        self.notes: dict[str, dict[str, Note]] = {}
        """The notes of each deck, by deck key and id."""
        self.media: set[str] = set()
        self.marked: set[str] = set()
        self._root = root
        self._path = path
        self._context = context
        self._counter = counter
        self._heads: dict[str, DeckHead] = {}
        self._keys = DistinctKeys()
        self._derived: dict[str, set[str]] = {}
        self._mappers: dict[str, dict[int, tuple[Mapper, bool]]] = {}
        """By uuid and number of fields, because notetypes cloned in Anki have the same uuid."""
        self._first_decks: dict[str, str] = {}
        """The first deck with each guid."""
        self._count = 0

    def read(self) -> None:
        """Read every deck with its children."""
        remaining = [(self._root, "")]
        while remaining:
            deck, parent = remaining.pop()
            name = self._full_name(deck, parent)
            for model in _mappings(deck.get("note_models")):
                self._add_model(model)
            notes = list(_mappings(deck.get("notes")))
            if notes:
                head = self._head(deck, name)
                for note in notes:
                    self._add(note, head)
            children = list(_mappings(deck.get("children")))
            remaining += [(child, name) for child in reversed(children)]

    def deck(self, key: str, path: str, digest: str) -> DeckContent:
        """Return a deck."""
        head = self._heads[key]
        return DeckContent(
            key=key,
            title=head.title,
            notes=tuple(self.notes[key].values()),
            description=head.description,
            version=head.version,
            license=head.license,
            topics=head.topics,
            path=path,
            digest=digest,
            is_partial=True,
            derived_ids=frozenset(self._derived.get(key, ())),
            name=head.name,
            foreign_ids=frozenset(
                note
                for note in self.notes[key]
                if note not in self._derived.get(key, ()) and is_used_elsewhere(note)
            ),
        )

    def _full_name(self, deck: dict[str, Any], parent: str) -> str:
        """Return the full name of a deck; a child may have only the last level."""
        name = _clean_text(deck.get("name"))
        if not parent or name.startswith(parent + SEPARATOR):
            return name
        return f"{parent}{SEPARATOR}{name}" if name else parent

    def _head(self, deck: dict[str, Any], name: str) -> DeckHead:
        deck_name = name.strip() or self._path.resolve().parent.name
        head = to_deck_head(ForeignDeck(deck_name, _clean_text(deck.get("desc"))))
        head = replace(head, key=self._keys.key_of(head.key, head.name))
        return self._heads.setdefault(head.key, head)

    def _add_model(self, model: dict[str, Any]) -> None:
        key = model.get("crowdanki_uuid")
        if not isinstance(key, str):
            return
        fields = tuple(
            _clean_text(field.get("name")) for field in _in_order(model.get("flds"))
        )
        templates = tuple(
            Template(
                _clean_text(template.get("qfmt")), _clean_text(template.get("afmt"))
            )
            for template in _in_order(model.get("tmpls"))
        )
        notetype = AnkiNoteType(
            _clean_text(model.get("name")),
            fields,
            templates,
            is_cloze=model.get("type") == _CLOZE,
        )
        mapper = Mapper(notetype), is_own(fields)
        self._mappers.setdefault(key, {}).setdefault(len(fields), mapper)

    def _add(self, data: dict[str, Any], head: DeckHead) -> None:
        self._count += 1
        if self._context.progress and self._count % _PROGRESS_EVERY == 0:
            self._context.progress(self._count, self._count)
        fields = data.get("fields")
        guid = _clean_text(data.get("guid"))
        name = guid or f"note {self._count}"
        if not isinstance(fields, list) or not all(
            isinstance(value, str) for value in fields
        ):
            self._counter.skip("crowdanki-broken-note", name)
            return
        model = data.get("note_model_uuid")
        mappers = self._mappers.get(model) if isinstance(model, str) else None
        if not mappers:
            self._counter.skip("crowdanki-no-notetype", name)
            return
        mapper, is_ours = mappers.get(len(fields)) or next(iter(mappers.values()))
        if any(map(REFUSED.search, fields)):
            self._counter.count("unsafe-characters-removed", name)
        tags = _read_tags(data.get("tags"))
        if tags.are_cut:
            self._counter.count("anki-many-tags", name)
        scoped_guid = guid if is_ours else self._to_scoped_guid(guid, head.key)
        is_unique = bool(scoped_guid) and scoped_guid not in self._first_decks
        if not is_unique:
            self._counter.count("crowdanki-unclear-guid", name)
            scoped_guid = derive_id(head.key, "\x1f".join(fields))
        self._first_decks[scoped_guid] = head.key
        foreign = ForeignNote(scoped_guid, name, fields, tags.words)
        for mapped in mapper.convert(foreign, self._counter):
            note = self._counter.check(mapped.note, name)
            if note is not None:
                self._save(note, head.key, is_derived=not is_unique)
                if tags.is_marked:
                    self.marked.add(note.id)

    def _to_scoped_guid(self, guid: str, key: str) -> str:
        """Return the guid, prefixed with its deck if other decks may use it too."""
        is_free = self._first_decks.get(guid, key) == key
        if not guid or (is_free and not _BY_HAND.fullmatch(guid)):
            return guid
        return f"{key}/{guid}"

    def _save(self, note: Note, key: str, *, is_derived: bool) -> None:
        notes = self.notes.setdefault(key, {})
        if note.id in notes:
            self._counter.count("crowdanki-twice", note.id)
            return
        notes[note.id] = note
        self.media.update(find_media_names(note))
        if is_derived:
            self._derived.setdefault(key, set()).add(note.id)


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the mappings in a list; nothing if the value is not a list."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def _in_order(value: Any) -> list[dict[str, Any]]:
    def ord_of(mapping: dict[str, Any]) -> float:
        number = mapping.get("ord")
        return number if isinstance(number, (int, float)) else 0

    return sorted(_mappings(value), key=ord_of)


def _clean_text(value: Any) -> str:
    return (
        REFUSED.sub("\N{REPLACEMENT CHARACTER}", value)
        if isinstance(value, str)
        else ""
    )


def _read_tags(value: Any) -> AnkiTags:
    words = value if isinstance(value, list) else []
    return read_tags(word for word in words if isinstance(word, str))
