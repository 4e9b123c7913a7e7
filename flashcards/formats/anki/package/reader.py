"""Read an Anki package as a bundle: notes in their decks, and the histories of their cards."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from flashcards.decks.fields.limits import MOST_SOURCE
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.bundle import Bundle
from flashcards.domain.content import DeckContent
from flashcards.domain.faces import card_key
from flashcards.domain.origin import ForeignCard, Origin
from flashcards.formats.anki.notes.notetypes import ForeignNote, Mapper
from flashcards.formats.anki.package.decks import DeckHead, to_deck_head
from flashcards.formats.anki.package.media import find_media_names, read_media
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
from flashcards.formats.common.anki_flags import AnkiTags, read_tags
from flashcards.formats.common.naming import DistinctKeys, is_used_elsewhere

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
_EMBEDDED_DATA = re.compile(r"data:[a-z/+;0-9.-]{0,99}base64,[A-Za-z0-9+/=]*")
_PROGRESS_EVERY = 1000
"""Notes or cards after which progress is reported."""


_Card = tuple[str, Schedule, bool]
"""Key, schedule, and whether it is a leech."""


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
        self._tags: dict[str, AnkiTags] = {}
        self._heads: dict[int, DeckHead] = {}
        self._keys = DistinctKeys()
        self._notes: dict[str, list[tuple[int, Note]]] = {}
        self._deck_heads: dict[str, DeckHead] = {}
        self._cards: dict[int, _Card] = {}
        self._modified: dict[str, int] = {}
        self._marked: set[str] = set()
        self._media: set[str] = set()

    def read(self) -> Bundle:
        """Return the content of the package; the problems go to the counter.

        Raises:
            UnreadablePackageError: the package cannot be read.
            sqlite3.Error: it is damaged.
        """
        rows = note_rows(self._package)
        for done, (row, cards) in enumerate(
            _with_cards(rows, card_rows(self._package))
        ):
            self._read_note(row, cards)
            self._report_progress(done)
        histories = tuple(self._histories())
        media = read_media(self._package, self._path, self._media, self._counter)
        sources = {
            key: source
            for mapper in self._mappers.values()
            for key, source in mapper.sources.items()
        }
        return Bundle(
            decks=tuple(
                self._deck(self._deck_heads[key]) for key in sorted(self._deck_heads)
            ),
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
            # Drop pictures that are embedded in the text.
            fields = _EMBEDDED_DATA.sub("", fields)
        values = fields.split("\x1f")
        if len(fields) > MOST_SOURCE and max(map(len, values)) > MOST_SOURCE:
            self._counter.skip("anki-long-field", name)
            return
        if _has_unsafe(fields):
            self._counter.count("unsafe-characters-removed", name)
        guid = self._guid(guid, name)
        note_type = mapper.origin if len(row[4]) <= MOST_SOURCE else None
        foreign = ForeignNote(guid, name, values, tags.words, ords)
        for part, mapped in enumerate(mapper.convert(foreign, self._counter)):
            note = (
                mapped.note
                if mapped.is_checked
                else self._counter.check(mapped.note, name)
            )
            if note is None:
                continue
            if note.id in self._ids:
                self._counter.count("anki-unclear-id", name)
                note = replace(note, id=f"nid-{number}.{part}")
            self._ids.add(note.id)
            self._modified[note.id] = changed
            own_cards = [card for card in cards if card[3] in mapped.faces]
            if note_type:
                origin = Origin(
                    note_type,
                    guid,
                    row[4],
                    tag_text.strip(),
                    number,
                    changed,
                    part,
                    tuple(
                        ForeignCard(
                            card[3],
                            mapped.faces[card[3]],
                            card[15] & _FLAGS,
                            card[8],
                            card[1],
                        )
                        for card in own_cards
                    ),
                )
                note = replace(note, origin=origin)
            self._add(note, mapped, own_cards, tags, number)

    def _add(
        self,
        note: Note,
        mapped: MappedNote,
        cards: Sequence[CardRow],
        tags: AnkiTags,
        number: int,
    ) -> None:
        head = self._head(cards[0]) if cards else self._file_head()
        if len(cards) > 1 and any(self._head(card).key != head.key for card in cards):
            self._counter.count("anki-several-decks", f"nid:{number}")
        if tags.is_marked:
            self._marked.add(note.id)
        self._media.update(find_media_names(note))
        most = max((card[10] for card in cards), default=0) if tags.is_leech else -1
        position = None
        for card in cards:
            key = card_key(note.id, mapped.faces[card[3]])
            schedule = self._schedules.read_schedule(card)
            self._cards[card[1]] = key, schedule, card[10] == most
            if position is None or schedule.position < position:
                position = schedule.position
        notes = self._notes.get(head.key)
        if notes is None:
            self._deck_heads[head.key] = head
            notes = self._notes[head.key] = []
        notes.append((-1 if position is None else position, note))

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
            counted, not_counted = self._calendar.past_reviews(list(group))
            if card is None or card[1].is_new:
                left_out += len(counted)
            elif counted:
                reviews[number] = counted
            left_out += not_counted
            self._report_progress(self._collection.notes + done)
        if left_out:
            self._counter.count("anki-old-reviews", times=left_out)
        for number, (key, schedule, leech) in self._cards.items():
            past_reviews = reviews.pop(number, ())
            history = schedule.to_history(
                key, past_reviews, self._calendar, leech=leech
            )
            if history:
                yield history

    def _deck(self, head: DeckHead) -> DeckContent:
        notes = self._notes.pop(head.key)
        # Notes of learned cards come first, then new ones in their order of learning.
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
        anki_notetype = self._collection.notetypes.get(notetype)
        if mapper is None and anki_notetype is not None:
            mapper = self._mappers[notetype] = Mapper(anki_notetype)
        return mapper

    def _guid(self, guid: str, name: str) -> str:
        """Return the guid of a note, or its number if the guid is missing or used already."""
        if not guid.strip() or guid in self._guids:
            self._counter.count("anki-unclear-id", name)
            guid = name.replace(":", "-")
        self._guids.add(guid)
        return guid

    def _read_tags(self, text: str) -> AnkiTags:
        tags = self._tags[text] = read_tags(text.split())
        return tags

    def _head(self, card: CardRow) -> DeckHead:
        """Return the deck of a card; for a card in a filtered deck the deck it came from."""
        decks = self._collection.decks
        number = card[13] if card[13] in decks else card[2]
        head = self._heads.get(number)
        if head is None:
            deck = decks.get(number)
            head = to_deck_head(deck) if deck else self._file_head()
            head = replace(head, key=self._keys.key_of(head.key, head.name))
            self._heads[number] = head
        return head

    def _file_head(self) -> DeckHead:
        into = self._context.into
        if into:
            return DeckHead(into, into.rpartition("/")[2], is_of_file=True)
        return replace(to_deck_head(ForeignDeck(self._path.stem)), is_of_file=True)

    def _report_progress(self, done: int) -> None:
        if self._context.progress and done % _PROGRESS_EVERY == 0:
            total = self._collection.notes + self._collection.reviewed
            self._context.progress(min(done, total), total)


def _has_unsafe(fields: str) -> bool:
    text = fields.replace("\x1f", "")
    return not text.isprintable() and bool(REFUSED.search(text.replace("\r", "")))


def _with_cards(
    notes: Iterable[NoteRow], cards: Iterable[CardRow]
) -> Iterator[tuple[NoteRow, list[CardRow]]]:
    """Yield each note with its cards; both are in the order of the notes' ids."""
    groups = groupby(cards, key=itemgetter(0))
    number, group = next(groups, (None, iter(())))
    for row in notes:
        while number is not None and number < row[0]:
            number, group = next(groups, (None, iter(())))
        yield row, list(group) if number == row[0] else []
