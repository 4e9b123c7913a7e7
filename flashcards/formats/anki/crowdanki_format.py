"""Decks of Anki as the add-on CrowdAnki writes them: `deck.json` with its directory of media."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.decks.fields.limits import MOST_TAGS
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
from flashcards.formats.anki.package.media import find_media_names
from flashcards.formats.anki.package.tables import ForeignDeck
from flashcards.formats.common.anki_flags import MARKED, without_flags
from flashcards.formats.common.media_names import is_safe_name
from flashcards.formats.common.naming import (
    SEPARATOR,
    DistinctKeys,
    derive_id,
    is_used_elsewhere,
    to_tag,
)
from flashcards.formats.common.problem_counter import ProblemCounter
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.sibling_files import is_sibling, to_media_file
from flashcards.formats.common.text_file import read_text_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import MediaFile
    from flashcards.domain.content import Note
    from flashcards.formats.formats import ReadContext

_NAME = "CrowdAnki"
_MEDIA = "media"
_MOST_VALUES = 2_000_000
"""Lists and mappings in a file; each takes far more memory than its two brackets."""
_EACH = 1000
_CLOZE = 1
_SIGN = re.compile(rb'"__type__"\s*:\s*"Deck"|"crowdanki_uuid"|"note_models"')
_BY_HAND = re.compile(r"[A-Za-z]*[-_. ]?[0-9]{1,8}", re.ASCII)
"""A guid such as `guid-1`, which another deck will have too; Anki's own are random."""


def looks_like(head: bytes) -> bool:
    """Tell whether a file that begins so is CrowdAnki's JSON."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and _SIGN.search(head) is not None


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a file with their media, and everything that is wrong."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    data = _loaded(file.text, collector) if file else None
    if file is None or data is None:
        return Bundle(problems=tuple(collector.problems))
    counter = ProblemCounter(collector)
    reader = _Reader(data, path, context, counter)
    reader.read()
    media = _media(path.parent / _MEDIA, reader.media, counter)
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


def _loaded(text: str, collector: ProblemCollector) -> dict[str, Any] | None:
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


def _media(
    directory: Path, names: set[str], counter: ProblemCounter
) -> tuple[MediaFile, ...]:
    """Return the files of the directory of media that notes name."""
    files = []
    for name in sorted(names):
        if not is_safe_name(name):
            counter.count("anki-media-refused", name)
        elif is_sibling(directory, name):
            files.append(to_media_file(directory, name))
        else:
            counter.count("crowdanki-media-missing", name)
    return tuple(files)


class _Tags(NamedTuple):
    words: tuple[str, ...]
    is_marked: bool
    are_cut: bool


class _Reader:
    """Walks the decks of a file."""

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
        """By uuid and number of fields, since notetypes cloned in Anki share their uuid."""
        self._homes: dict[str, str] = {}
        """The first deck of each guid."""
        self._count = 0

    def read(self) -> None:
        """Read every deck with its children."""
        waiting = [(self._root, "")]
        while waiting:
            deck, above = waiting.pop()
            name = self._name(deck, above)
            for model in _mappings(deck.get("note_models")):
                self._add_model(model)
            notes = list(_mappings(deck.get("notes")))
            if notes:
                head = self._head(deck, name)
                for note in notes:
                    self._add(note, head)
            children = list(_mappings(deck.get("children")))
            waiting += [(child, name) for child in reversed(children)]

    def deck(self, key: str, path: str, digest: str) -> DeckContent:
        """Return one deck as it was read."""
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

    def _name(self, deck: dict[str, Any], above: str) -> str:
        """Return the whole name of a deck; a child has the last part alone."""
        name = _clean(deck.get("name"))
        if not above or name.startswith(above + SEPARATOR):
            return name
        return f"{above}{SEPARATOR}{name}" if name else above

    def _head(self, deck: dict[str, Any], name: str) -> DeckHead:
        own = name.strip() or self._path.resolve().parent.name
        head = to_deck_head(ForeignDeck(own, _clean(deck.get("desc"))))
        head = replace(head, key=self._keys.key_of(head.key, head.name))
        return self._heads.setdefault(head.key, head)

    def _add_model(self, model: dict[str, Any]) -> None:
        key = model.get("crowdanki_uuid")
        if not isinstance(key, str):
            return
        fields = tuple(
            _clean(field.get("name")) for field in _in_order(model.get("flds"))
        )
        templates = tuple(
            Template(_clean(each.get("qfmt")), _clean(each.get("afmt")))
            for each in _in_order(model.get("tmpls"))
        )
        notetype = AnkiNoteType(
            _clean(model.get("name")),
            fields,
            templates,
            is_cloze=model.get("type") == _CLOZE,
        )
        found = Mapper(notetype), is_own(fields)
        self._mappers.setdefault(key, {}).setdefault(len(fields), found)

    def _add(self, data: dict[str, Any], head: DeckHead) -> None:
        self._count += 1
        if self._context.progress and self._count % _EACH == 0:
            self._context.progress(self._count, self._count)
        fields = data.get("fields")
        raw = data.get("guid")
        guid = _clean(raw if isinstance(raw, str) else "")
        name = guid or f"note {self._count}"
        if not isinstance(fields, list) or not all(isinstance(f, str) for f in fields):
            self._counter.skip("crowdanki-broken-note", name)
            return
        model = data.get("note_model_uuid")
        fitting = self._mappers.get(model) if isinstance(model, str) else None
        if not fitting:
            self._counter.skip("crowdanki-no-notetype", name)
            return
        mapper, is_ours = fitting.get(len(fields)) or next(iter(fitting.values()))
        if any(map(REFUSED.search, fields)):
            self._counter.count("unsafe-characters-removed", name)
        tags = _tags(data.get("tags"))
        if tags.are_cut:
            self._counter.count("anki-many-tags", name)
        scoped = guid if is_ours else self._scoped(guid, head.key)
        is_clear = bool(scoped) and scoped not in self._homes
        if not is_clear:
            self._counter.count("crowdanki-unclear-guid", name)
            scoped = derive_id(head.key, "\x1f".join(fields))
        self._homes[scoped] = head.key
        foreign = ForeignNote(scoped, name, fields, tags.words)
        for made in mapper.convert(foreign, self._counter):
            note = self._counter.check(made.note, name)
            if note is not None:
                self._keep(note, head.key, is_derived=not is_clear)
                if tags.is_marked:
                    self.marked.add(note.id)

    def _scoped(self, guid: str, key: str) -> str:
        """Return the guid with its deck where other decks may have it too."""
        is_free = self._homes.get(guid, key) == key
        return (
            guid
            if is_free and not _BY_HAND.fullmatch(guid)
            else guid and f"{key}/{guid}"
        )

    def _keep(self, note: Note, key: str, *, is_derived: bool) -> None:
        notes = self.notes.setdefault(key, {})
        if note.id in notes:
            self._counter.count("crowdanki-twice", note.id)
            return
        notes[note.id] = note
        self.media.update(find_media_names(note))
        if is_derived:
            self._derived.setdefault(key, set()).add(note.id)


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    """Give the mappings of a list; what is no list has none."""
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def _in_order(value: Any) -> list[dict[str, Any]]:
    def place(each: dict[str, Any]) -> float:
        number = each.get("ord")
        return number if isinstance(number, (int, float)) else 0

    return sorted(_mappings(value), key=place)


def _clean(value: Any) -> str:
    return (
        REFUSED.sub("\N{REPLACEMENT CHARACTER}", value)
        if isinstance(value, str)
        else ""
    )


def _tags(value: Any) -> _Tags:
    words = (
        [word for word in value if isinstance(word, str)]
        if isinstance(value, list)
        else []
    )
    plain = {word.casefold() for word in words}
    kept = dict.fromkeys(map(to_tag, without_flags(words)))
    kept.pop("", None)
    return _Tags(tuple(kept)[:MOST_TAGS], MARKED in plain, len(kept) > MOST_TAGS)
