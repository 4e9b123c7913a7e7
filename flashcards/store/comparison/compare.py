"""Compare decks of files with the store: which notes are new, changed, moved, gone or back.

Pure: `StoredContentReader.stored_state` reads the store, `compare_bundle` compares, and
`Store.apply` writes. A note is identified by its key alone, so a card keeps its history
when the note is reworded, moved to another deck, or missing for a while.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from flashcards.domain.cards import TIER_STEP
from flashcards.domain.content import DeckContent, Note, Problem, SourceEntry
from flashcards.domain.faces import faces_of
from flashcards.store.comparison.import_changes import (
    DeckChanges,
    ImportChanges,
    ImportCounts,
    NoteChange,
    PlacedNote,
    StoredState,
    stored_form,
)
from flashcards.store.comparison.partial_decks import (
    assign_to_owning_decks,
    is_as_stored,
    is_of_deck_file,
    marked_for_reread,
    was_read_as_other_format,
    with_stored_head,
)
from flashcards.store.rows import StoredDeck, StoredNote

_TIERS = {"core": 0, "depth": TIER_STEP, "stretch": 2 * TIER_STEP}


def compare_bundle(
    known: StoredState,
    decks: Sequence[DeckContent],
    *,
    gone: Collection[str] = (),
    complete: Collection[str] = (),
    sources: Sequence[SourceEntry] = (),
) -> ImportChanges:
    """Return what importing some decks would change.

    Args:
        known: What the store has of the same decks.
        decks: The decks as their files have them. A deck without a digest had problems in
            its file, and retires no note.
        gone: Keys of stored decks whose files are gone. They are retired; their notes
            move to the decks that have them now.
        complete: Keys of stored decks whose files hold all of them. Partial decks change
            no note of those files.
        sources: The bibliography, where it was read.
    """
    return _Comparison(known, decks, gone, complete).compare(sources)


def position_of(note: Note, index: int) -> int:
    """Return the position of a note in teaching order: core notes of all decks come first."""
    return _TIERS[note.tier] + index


class _Comparison:
    """One comparison of files with the store."""

    def __init__(
        self,
        known: StoredState,
        decks: Sequence[DeckContent],
        gone: Collection[str],
        complete: Collection[str],
    ) -> None:
        self._known = known
        self._keys_in_files = {deck.key for deck in decks}
        self._decks = decks = assign_to_owning_decks(known, decks, gone, complete)
        self._gone_decks = gone
        self._complete = complete
        self._keys = {deck.key for deck in decks}
        self._deck_keys = {deck.deck_id: key for key, deck in known.decks.items()}
        self._unchanged = {
            deck.key for deck in decks if is_as_stored(known.decks.get(deck.key), deck)
        }
        self._problems: list[Problem] = []
        self._decks_with_refusals: set[str] = set()
        self._owners: dict[str, tuple[DeckContent, Note]] = {}
        self._stored_by_deck: dict[int, list[StoredNote]] = {}
        for note in known.notes.values():
            self._stored_by_deck.setdefault(note.deck_id, []).append(note)

    def compare(self, sources: Sequence[SourceEntry]) -> ImportChanges:
        """Return all changes."""
        # A note that two decks have stays in the deck it is stored in.
        from_other_decks = []
        for deck in self._decks:
            for note in deck.notes:
                if self._is_stored_in(deck, note):
                    self._claim(deck, note)
                else:
                    from_other_decks.append((deck, note))
        for deck, note in from_other_decks:
            self._claim(deck, note)
        # A file without a valid note says nothing about its deck, not even its title.
        decks = [
            self._compare_deck(deck)
            for deck in self._decks
            if deck.notes or deck.digest
        ]
        decks = [deck for deck in decks if not _is_new_and_empty(deck)]
        decks.extend(
            self._retire_deck(self._known.decks[key]) for key in self._gone_decks
        )
        return ImportChanges(
            base=self._known.base,
            decks=tuple(decks),
            problems=tuple(self._problems),
            sources=tuple(s for s in sources if self._known.sources.get(s.key) != s),
        )

    def _is_stored_in(self, deck: DeckContent, note: Note) -> bool:
        stored = self._known.notes.get(note.id)
        return deck.key in self._unchanged or (
            stored is not None and self._deck_keys[stored.deck_id] == deck.key
        )

    def _claim(self, deck: DeckContent, note: Note) -> None:
        """Assign a note to the first deck that has it, unless it stays in another deck."""
        if note.id in self._owners:
            self._refuse(deck, note, self._owners[note.id][0].key)
            return
        stored = self._known.notes.get(note.id)
        home = self._deck_keys[stored.deck_id] if stored else deck.key
        if (
            stored
            and not stored.retired
            and home not in self._keys
            and home not in self._gone_decks
        ):
            self._refuse(deck, note, home)
            return
        self._owners[note.id] = (deck, note)

    def _refuse(self, deck: DeckContent, note: Note, home: str) -> None:
        self._decks_with_refusals.add(deck.key)
        self._problems.append(
            Problem(
                severity="error",
                path=deck.path,
                line=note.line,
                column=1,
                rule="duplicate-id",
                message=f"The note id `{note.id}` is already used in the deck `{home}`. "
                + self._remedy(home),
            )
        )

    def _may_take_over(self, deck: DeckContent, known: StoredDeck) -> bool:
        """Return whether a stored deck may belong to the file of this deck from now on."""
        # An export of a deck, or a file with some of its notes, is not the file of the deck.
        is_own = bool(deck.read_options.given_key) or (
            deck.is_of_file and not deck.has_stated_key
        )
        return deck.key in self._keys_in_files and (is_own or not known.is_of_file)

    def _remedy(self, home: str) -> str:
        stored = self._known.decks.get(home)
        is_partial = stored is not None and stored.is_partial
        if not is_partial and home not in self._keys:
            return "Give this note another id, or import both decks together."
        return "Give this note another id."

    def _warn_of_deck_file(
        self, deck: DeckContent, known: StoredDeck, notes: int
    ) -> None:
        """Warn that notes stay as the file of their deck has them."""
        subject = "1 note stays" if notes == 1 else f"{notes:,} notes stay"
        self._problems.append(
            Problem(
                severity="warning",
                path=deck.path,
                line=0,
                column=0,
                rule="kept-by-deck-file",
                message=f"{subject} as in {known.path}, the file of the deck. "
                "Make changes there.",
            )
        )

    def _compare_deck(self, deck: DeckContent) -> DeckChanges:
        known = self._known.decks.get(deck.key)
        if deck.key in self._unchanged:
            counts = ImportCounts(unchanged=len(deck.notes))
            return DeckChanges(deck.key, known, deck, counts, source=deck.path)
        added: list[PlacedNote] = []
        changes: list[NoteChange] = []
        same: list[NoteChange] = []
        unchanged = protected = 0
        is_guest = deck.is_partial and known is not None and known.path != deck.path
        is_deck_file = deck.is_partial and deck.key in self._complete
        for placed in self._owned_notes(deck):
            stored = self._known.notes.get(placed.note.id)
            if stored is None:
                added.append(_without_line(placed) if is_deck_file else placed)
                continue
            _, digest = stored_form(placed.note)
            change = NoteChange(stored, placed, stored.digest == digest)
            is_here = known is not None and stored.deck_id == known.deck_id
            if is_deck_file and is_here and is_of_deck_file(stored):
                unchanged += 1
                protected += stored.retired or not change.same_content
                continue
            if is_guest and is_here:
                change = change._replace(placed=_at_stored_position(placed, stored))
            is_same = change.same_content and is_here and not stored.retired
            unchanged += is_same
            same += _with_origin(change)
            if not is_same or not _keeps_position(change):
                changes.append(change)
        changes.extend(self._retire_missing(deck, known))
        if protected and known:
            self._warn_of_deck_file(deck, known, protected)
        source = deck.path
        if deck.key in self._decks_with_refusals:
            # Read again next time: the other deck may no longer have the note by then.
            deck = marked_for_reread(deck)
        deck = _with_title(deck, known)
        if is_guest and known and not known.retired:
            takes_over = (
                bool(added or changes)
                and not is_deck_file
                and self._may_take_over(deck, known)
            )
            deck = with_stored_head(deck, known, takes_over=takes_over)
        counts = count_notes(added, changes, unchanged, known)
        return DeckChanges(
            deck.key,
            known,
            deck,
            counts,
            tuple(added),
            tuple(changes),
            source,
            tuple(same),
        )

    def _owned_notes(self, deck: DeckContent) -> Iterator[PlacedNote]:
        for index, note in enumerate(deck.notes):
            owner = self._owners.get(note.id)
            if owner and owner[0] is deck and owner[1] is note:
                yield place_note(note, index)

    def _retire_missing(
        self, deck: DeckContent, known: StoredDeck | None
    ) -> Iterator[NoteChange]:
        """Yield the stored notes of a deck that no file has anymore."""
        if known is None or not deck.digest:
            return
        if deck.is_partial and not was_read_as_other_format(known, deck):
            return
        is_deck_file = deck.key in self._complete
        for stored in self._stored_by_deck.get(known.deck_id, ()):
            if stored.retired or stored.key in self._owners:
                continue
            if is_of_deck_file(stored) or not is_deck_file:
                yield NoteChange(stored, None, same_content=True)

    def _retire_deck(self, known: StoredDeck) -> DeckChanges:
        stored = self._stored_by_deck.get(known.deck_id, ())
        changes = tuple(
            NoteChange(note, None, same_content=True)
            for note in stored
            if not note.retired and note.key not in self._owners
        )
        return DeckChanges(
            known.key, known, None, count_notes((), changes, 0, known), (), changes
        )


def _is_new_and_empty(deck: DeckChanges) -> bool:
    """Return whether a deck would be created without any of the notes of its file."""
    has_problems = deck.content is not None and not deck.content.digest
    return deck.stored is None and has_problems and not deck.added and not deck.changes


def _with_title(deck: DeckContent, known: StoredDeck | None) -> DeckContent:
    """Return a deck with its stored title if its file has no readable title."""
    is_missing = not deck.digest and deck.title == deck.key
    return replace(deck, title=known.title) if known and is_missing else deck


def place_note(note: Note, index: int) -> PlacedNote:
    """Return a note with its position in teaching order."""
    return PlacedNote(note, position_of(note, index))


def _without_line(placed: PlacedNote) -> PlacedNote:
    return placed._replace(note=replace(placed.note, line=0))


def _at_stored_position(placed: PlacedNote, stored: StoredNote) -> PlacedNote:
    note = placed.note
    if note.line != stored.line:
        note = replace(note, line=stored.line)
    return placed._replace(note=note, position=stored.position)


def _with_origin(change: NoteChange) -> list[NoteChange]:
    """Return the change if its note is unchanged and comes from another program."""
    placed = change.placed
    has_origin = placed is not None and change.same_content and placed.note.origin
    return [change] if has_origin else []


def _keeps_position(change: NoteChange) -> bool:
    placed = change.placed
    return placed is not None and (change.stored.position, change.stored.line) == (
        placed.position,
        placed.note.line,
    )


def count_notes(
    added: Collection[PlacedNote],
    changes: Collection[NoteChange],
    unchanged: int,
    known: StoredDeck | None,
) -> ImportCounts:
    """Return the counts of a deck; `known` is the deck as it is stored."""
    home = known.deck_id if known else None
    remaining = [change for change in changes if change.placed]
    return ImportCounts(
        added=len(added),
        changed=sum(not change.same_content for change in remaining),
        unchanged=unchanged,
        moved=sum(change.stored.deck_id != home for change in remaining),
        returned=sum(change.stored.retired for change in remaining),
        retired=len(changes) - len(remaining),
        new_cards=sum(len(faces_of(placed.note)) for placed in added)
        + sum(len(new_faces(change)) for change in remaining),
        retired_cards=sum(_retired_cards(change) for change in changes),
    )


def new_faces(change: NoteChange) -> list[str]:
    """Return the faces of a changed note that have no card yet."""
    if change.placed is None:
        return []
    existing = {card.face for card in change.stored.cards}
    return [face for face in faces_of(change.placed.note) if face not in existing]


def _retired_cards(change: NoteChange) -> int:
    faces = faces_of(change.placed.note) if change.placed else ()
    return sum(
        not card.retired and card.face not in faces for card in change.stored.cards
    )
