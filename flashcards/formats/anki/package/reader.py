"""A whole Anki package as a bundle: notes in their decks, and what was learned of their cards."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.fields.limits import MOST_SOURCE, MOST_TAGS
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.bundle import Bundle
from flashcards.domain.content import DeckContent
from flashcards.domain.faces import card_key
from flashcards.domain.origin import ForeignCard, Origin
from flashcards.formats.anki.notes.notetypes import ForeignNote, Mapper
from flashcards.formats.anki.package.decks import DeckHead, to_deck_head
from flashcards.formats.anki.package.media import find_media_names, media_of
from flashcards.formats.anki.package.schedule import (
    Calendar,
    Schedule,
    ScheduleReader,
)
from flashcards.formats.anki.package.tables import (
    ForeignDeck,
    card_rows,
    note_rows,
    read_collection,
    review_rows,
)
from flashcards.formats.common.anki_flags import LEECH, MARKED, without_flags
from flashcards.formats.common.naming import DistinctKeys, is_used_elsewhere, to_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from flashcards.domain.bundle import CardHistory, PastReview
    from flashcards.domain.content import Note
    from flashcards.formats.anki.notes.notetypes import MappedNote
    from flashcards.formats.anki.package.container import Package
    from flashcards.formats.anki.package.tables import CardRow, NoteRow
    from flashcards.formats.common.problem_counter import ProblemCounter
    from flashcards.formats.formats import ReadContext

_FLAGS = 7
_SPELLED_OUT = re.compile(r"data:[a-z/+;0-9.-]{0,99}base64,[A-Za-z0-9+/=]*")
_EACH = 1000
"""Notes or cards after which progress is reported."""


class _Tags(NamedTuple):
    words: tuple[str, ...]
    is_marked: bool
    is_leech: bool
    are_cut: bool


_Card = tuple[str, Schedule, bool]
"""Key, where it stands, and whether it is a leech."""


class PackageReader:
    """Reads one package."""

    def __init__(
        self,
        package: Package,
        path: Path,
        context: ReadContext,
        counter: ProblemCounter,
    ) -> None:
        self._package = package
        self._path = path
        self._context = context
        self._counter = counter
        self._collection = read_collection(package)
        self._calendar = Calendar(self._collection, context)
        self._schedules = ScheduleReader(self._calendar)
        self._mappers: dict[int, Mapper] = {}
        self._guids: set[str] = set()
        self._ids: set[str] = set()
        self._tags: dict[str, _Tags] = {}
        self._heads: dict[int, DeckHead] = {}
        self._keys = DistinctKeys()
        self._notes: dict[str, list[tuple[int, Note]]] = {}
        self._found: dict[str, DeckHead] = {}
        self._cards: dict[int, _Card] = {}
        self._modified: dict[str, int] = {}
        self._marked: set[str] = set()
        self._media: set[str] = set()

    def bundle(self) -> Bundle:
        """Return everything but the problems, which the counter has.

        Raises:
            Unreadable: the package is not one that can be read.
            sqlite3.Error: it is damaged.
        """
        rows = note_rows(self._package)
        for done, (row, cards) in enumerate(
            _with_cards(rows, card_rows(self._package))
        ):
            self._read_note(row, cards)
            self._report_progress(done)
        histories = tuple(self._histories())
        media = media_of(self._package, self._path, self._media, self._counter)
        sources = {
            key: source
            for mapper in self._mappers.values()
            for key, source in mapper.sources.items()
        }
        return Bundle(
            decks=tuple(self._deck(self._found[key]) for key in sorted(self._found)),
            histories=histories,
            marked=frozenset(self._marked),
            media=media,
            sources=tuple(sources[key] for key in sorted(sources)),
        )

    def _read_note(self, row: NoteRow, cards: Sequence[CardRow]) -> None:
        number, guid, notetype, tag_text, fields, changed = row
        name = f"nid:{number}"
        mapper = self._mapper(notetype)
        if mapper is None:
            self._counter.skip("anki-no-notetype", name)
            return
        tags = self._tags.get(tag_text) or self._read_tags(tag_text)
        if tags.are_cut:
            self._counter.count("anki-many-tags", name)
        ords = [card[3] for card in cards]
        if len(fields) > MOST_SOURCE:
            # Pictures may be spelled out within the text.
            fields = _SPELLED_OUT.sub("", fields)
        values = fields.split("\x1f")
        if len(fields) > MOST_SOURCE and max(map(len, values)) > MOST_SOURCE:
            self._counter.skip("anki-long-field", name)
            return
        if _has_unsafe(fields):
            self._counter.count("unsafe-characters-removed", name)
        guid = self._guid(guid, name)
        note_type = mapper.origin if len(row[4]) <= MOST_SOURCE else None
        foreign = ForeignNote(guid, name, values, tags.words, ords)
        for place, made in enumerate(mapper.convert(foreign, self._counter)):
            note = (
                made.note if made.is_checked else self._counter.check(made.note, name)
            )
            if note is None:
                continue
            if note.id in self._ids:
                self._counter.count("anki-unclear-id", name)
                note = replace(note, id=f"nid-{number}.{place}")
            self._ids.add(note.id)
            self._modified[note.id] = changed
            own = [card for card in cards if card[3] in made.faces]
            if note_type:
                origin = Origin(
                    note_type,
                    guid,
                    row[4],
                    tag_text.strip(),
                    number,
                    changed,
                    place,
                    tuple(
                        ForeignCard(
                            card[3],
                            made.faces[card[3]],
                            card[15] & _FLAGS,
                            card[8],
                            card[1],
                        )
                        for card in own
                    ),
                )
                note = replace(note, origin=origin)
            self._add(note, made, own, tags, number)

    def _add(
        self,
        note: Note,
        made: MappedNote,
        cards: Sequence[CardRow],
        tags: _Tags,
        number: int,
    ) -> None:
        head = self._head(cards[0]) if cards else self._no_head()
        if len(cards) > 1 and any(self._head(card).key != head.key for card in cards):
            self._counter.count("anki-several-decks", f"nid:{number}")
        if tags.is_marked:
            self._marked.add(note.id)
        self._media.update(find_media_names(note))
        most = max((card[10] for card in cards), default=0) if tags.is_leech else -1
        place = None
        for card in cards:
            key = card_key(note.id, made.faces[card[3]])
            schedule = self._schedules.schedule(card)
            self._cards[card[1]] = key, schedule, card[10] == most
            if place is None or schedule.position < place:
                place = schedule.position
        found = self._notes.get(head.key)
        if found is None:
            self._found[head.key] = head
            found = self._notes[head.key] = []
        found.append((-1 if place is None else place, note))

    def _histories(self) -> Iterator[CardHistory]:
        reviews: dict[int, Sequence[PastReview]] = {}
        left_out = 0
        rows = review_rows(
            self._package,
            is_second_scheduler=self._collection.is_second_scheduler,
        )
        groups = groupby(rows, key=itemgetter(0))
        for done, (number, group) in enumerate(groups):
            card = self._cards.get(number)
            kept, not_kept = self._calendar.past_reviews(list(group))
            if card is None or card[1].is_new:
                left_out += len(kept)
            elif kept:
                reviews[number] = kept
            left_out += not_kept
            self._report_progress(self._collection.notes + done)
        if left_out:
            self._counter.count("anki-old-reviews", times=left_out)
        for number, (key, schedule, leech) in self._cards.items():
            past = reviews.pop(number, ())
            history = schedule.history(key, past, self._calendar, leech=leech)
            if history:
                yield history

    def _deck(self, head: DeckHead) -> DeckContent:
        notes = self._notes.pop(head.key)
        # New cards stand in their order of learning; what was learned before comes first.
        notes.sort(key=itemgetter(0))
        return DeckContent(
            key=head.key,
            title=head.title,
            notes=tuple(note for _, note in notes),
            description=head.description,
            version=head.version,
            license=head.license,
            topics=head.topics,
            path=str(self._path),
            is_partial=True,
            name=head.name,
            is_of_file=head.is_of_file,
            foreign_ids=frozenset(
                note.id for _, note in notes if is_used_elsewhere(note.id)
            ),
            modified={note.id: self._modified[note.id] for _, note in notes},
        )

    def _mapper(self, notetype: int) -> Mapper | None:
        mapper = self._mappers.get(notetype)
        known = self._collection.notetypes.get(notetype)
        if mapper is None and known is not None:
            mapper = self._mappers[notetype] = Mapper(known)
        return mapper

    def _guid(self, guid: str, name: str) -> str:
        """Return what names a note for ever, which no other note of the package has."""
        if not guid.strip() or guid in self._guids:
            self._counter.count("anki-unclear-id", name)
            guid = name.replace(":", "-")
        self._guids.add(guid)
        return guid

    def _read_tags(self, text: str) -> _Tags:
        words = dict.fromkeys(text.split())
        plain = {word.casefold() for word in words}
        kept = dict.fromkeys(map(to_tag, without_flags(words)))
        kept.pop("", None)
        found = _Tags(
            tuple(kept)[:MOST_TAGS],
            MARKED in plain,
            LEECH in plain,
            len(kept) > MOST_TAGS,
        )
        self._tags[text] = found
        return found

    def _head(self, card: CardRow) -> DeckHead:
        """Return the deck of a card, or the one that it left for a filtered deck."""
        decks = self._collection.decks
        number = card[13] if card[13] in decks else card[2]
        head = self._heads.get(number)
        if head is None:
            deck = decks.get(number)
            head = to_deck_head(deck) if deck else self._no_head()
            head = replace(head, key=self._keys.key_of(head.key, head.name))
            self._heads[number] = head
        return head

    def _no_head(self) -> DeckHead:
        into = self._context.into
        if into:
            return DeckHead(into, into.rpartition("/")[2], is_of_file=True)
        return replace(to_deck_head(ForeignDeck(self._path.stem)), is_of_file=True)

    def _report_progress(self, done: int) -> None:
        if self._context.progress and done % _EACH == 0:
            total = self._collection.notes + self._collection.reviewed
            self._context.progress(min(done, total), total)


def _has_unsafe(fields: str) -> bool:
    text = fields.replace("\x1f", "")
    return not text.isprintable() and bool(REFUSED.search(text.replace("\r", "")))


def _with_cards(
    notes: Iterable[NoteRow], cards: Iterable[CardRow]
) -> Iterator[tuple[NoteRow, list[CardRow]]]:
    """Yield each note with its cards; both come by the id of the note."""
    groups = groupby(cards, key=itemgetter(0))
    number, group = next(groups, (None, iter(())))
    for row in notes:
        while number is not None and number < row[0]:
            number, group = next(groups, (None, iter(())))
        yield row, list(group) if number == row[0] else []
