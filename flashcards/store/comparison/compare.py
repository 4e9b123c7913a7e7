"""Deck files against the store: which notes are new, changed, moved, gone or back.

Pure: `Reader.known` says what is stored, `compare_bundle` compares, `Store.apply` carries out.
A note is known by its key alone, so a card keeps its history through every rewording,
through a move to another deck, and through being away for a while.
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
    was_read_otherwise,
    with_stored_head,
)
from flashcards.store.rows import StoredDeck, StoredNote

_TIERS = {"core": 0, "depth": TIER_STEP, "stretch": 2 * TIER_STEP}


def compare_bundle(
    known: StoredState,
    decks: Sequence[DeckContent],
    *,
    gone: Collection[str] = (),
    kept: Collection[str] = (),
    sources: Sequence[SourceEntry] = (),
) -> ImportChanges:
    """Return what importing some decks would do.

    Args:
        known: What the store holds, from `Reader.known` for the same decks.
        decks: The decks as their files have them. One without a digest had faults in
            its file, and retires no note.
        gone: Keys of stored decks whose files are gone. They are retired, and give up
            their notes to the decks that have them now.
        kept: Keys of stored decks that come from files which are all there is of them.
            Partial decks change no note that stands there.
        sources: The bibliography, where it was read.
    """
    return _Planner(known, decks, gone, kept).plan(sources)


def position_of(note: Note, index: int) -> int:
    """Return the place of a note in teaching order: core notes of all decks come first."""
    return _TIERS[note.tier] + index


class _Planner:
    """One comparison of files and store."""

    def __init__(
        self,
        known: StoredState,
        decks: Sequence[DeckContent],
        gone: Collection[str],
        kept: Collection[str],
    ) -> None:
        self._known = known
        self._named = {deck.key for deck in decks}
        self._decks = decks = assign_to_owning_decks(known, decks, gone, kept)
        self._gone_decks = gone
        self._kept = kept
        self._keys = {deck.key for deck in decks}
        self._deck_keys = {deck.deck_id: key for key, deck in known.decks.items()}
        self._same = {deck.key for deck in decks if self._is_same(deck)}
        self._problems: list[Problem] = []
        self._refused: set[str] = set()
        self._owner: dict[str, tuple[DeckContent, Note]] = {}
        self._stored_by_deck: dict[int, list[StoredNote]] = {}
        for note in known.notes.values():
            self._stored_by_deck.setdefault(note.deck_id, []).append(note)

    def plan(self, sources: Sequence[SourceEntry]) -> ImportChanges:
        """Return the whole plan."""
        # Where two decks have a note, it stays in the one it is stored in.
        strangers = []
        for deck in self._decks:
            for note in deck.notes:
                if self._is_home(deck, note):
                    self._claim(deck, note)
                else:
                    strangers.append((deck, note))
        for deck, note in strangers:
            self._claim(deck, note)
        # A file with nothing but faults says nothing of its deck, not even its title.
        plans = [self._deck(deck) for deck in self._decks if deck.notes or deck.digest]
        plans = [plan for plan in plans if not _is_empty(plan)]
        plans.extend(
            self._deck_gone(self._known.decks[key]) for key in self._gone_decks
        )
        return ImportChanges(
            base=self._known.base,
            decks=tuple(plans),
            problems=tuple(self._problems),
            sources=tuple(s for s in sources if self._known.sources.get(s.key) != s),
        )

    def _is_same(self, deck: DeckContent) -> bool:
        return is_as_stored(self._known.decks.get(deck.key), deck)

    def _is_home(self, deck: DeckContent, note: Note) -> bool:
        stored = self._known.notes.get(note.id)
        return deck.key in self._same or (
            stored is not None and self._deck_keys[stored.deck_id] == deck.key
        )

    def _claim(self, deck: DeckContent, note: Note) -> None:
        """Give a note's key to the first deck that has it, unless another one keeps it."""
        if note.id in self._owner:
            self._refuse(deck, note, self._owner[note.id][0].key)
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
        self._owner[note.id] = (deck, note)

    def _refuse(self, deck: DeckContent, note: Note, home: str) -> None:
        self._refused.add(deck.key)
        self._problems.append(
            Problem(
                severity="error",
                path=deck.path,
                line=note.line,
                column=1,
                rule="duplicate-id",
                message=f"The note id `{note.id}` is already used in the deck `{home}`. "
                + self._way_out(home),
            )
        )

    def _may_take(self, deck: DeckContent, known: StoredDeck) -> bool:
        """Tell whether a stored deck may come from another file from now on."""
        # A file with single notes of a file's deck, and an export of it, are not its file.
        is_own = bool(deck.read_options.given_key) or (
            deck.is_of_file and not deck.has_stated_key
        )
        return deck.key in self._named and (is_own or not known.is_of_file)

    def _way_out(self, home: str) -> str:
        stored = self._known.decks.get(home)
        is_partial = stored is not None and stored.is_partial
        if not is_partial and home not in self._keys:
            return "Give this note an id of its own, or import both decks together."
        return "Give this note an id of its own."

    def _leave(self, deck: DeckContent, known: StoredDeck, notes: int) -> None:
        """Tell that notes stay as the file of their deck has them."""
        one = notes == 1
        kept = "1 note stays" if one else f"{notes:,} notes stay"
        self._problems.append(
            Problem(
                severity="warning",
                path=deck.path,
                line=0,
                column=0,
                rule="kept-by-deck-file",
                message=f"{kept} as {known.path} has {'it' if one else 'them'}, "
                "which is the file of the deck. Change it there.",
            )
        )

    def _deck(self, deck: DeckContent) -> DeckChanges:
        known = self._known.decks.get(deck.key)
        if deck.key in self._same:
            counts = ImportCounts(unchanged=len(deck.notes))
            return DeckChanges(deck.key, known, deck, counts, source=deck.path)
        added: list[PlacedNote] = []
        changes: list[NoteChange] = []
        same: list[NoteChange] = []
        unchanged = left = 0
        is_guest = deck.is_partial and known is not None and known.path != deck.path
        is_kept = deck.is_partial and deck.key in self._kept
        for planned in self._owned(deck):
            stored = self._known.notes.get(planned.note.id)
            if stored is None:
                added.append(_without_line(planned) if is_kept else planned)
                continue
            _, digest = stored_form(planned.note)
            change = NoteChange(stored, planned, stored.digest == digest)
            is_here = known is not None and stored.deck_id == known.deck_id
            if is_kept and is_here and is_of_deck_file(stored):
                unchanged += 1
                left += stored.retired or not change.same_content
                continue
            if is_guest and is_here:
                change = change._replace(planned=_in_stored_place(planned, stored))
            is_same = change.same_content and is_here and not stored.retired
            unchanged += is_same
            same += _from_elsewhere(change)
            if not is_same or not _is_in_place(change):
                changes.append(change)
        changes.extend(self._gone(deck, known))
        if left and known:
            self._leave(deck, known, left)
        source = deck.path
        if deck.key in self._refused:
            # Read again next time: the other deck may have given the note up by then.
            deck = marked_for_reread(deck)
        deck = _with_title(deck, known)
        if is_guest and known and not known.retired:
            takes_over = (
                bool(added or changes) and not is_kept and self._may_take(deck, known)
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

    def _owned(self, deck: DeckContent) -> Iterator[PlacedNote]:
        for index, note in enumerate(deck.notes):
            owner = self._owner.get(note.id)
            if owner and owner[0] is deck and owner[1] is note:
                yield planned_note(note, index)

    def _gone(
        self, deck: DeckContent, known: StoredDeck | None
    ) -> Iterator[NoteChange]:
        """Give the stored notes of a deck that no file has any more."""
        if known is None or not deck.digest:
            return
        if deck.is_partial and not was_read_otherwise(known, deck):
            return
        is_kept = deck.key in self._kept
        for stored in self._stored_by_deck.get(known.deck_id, ()):
            if stored.retired or stored.key in self._owner:
                continue
            if is_of_deck_file(stored) or not is_kept:
                yield NoteChange(stored, None, same_content=True)

    def _deck_gone(self, known: StoredDeck) -> DeckChanges:
        stored = self._stored_by_deck.get(known.deck_id, ())
        changes = tuple(
            NoteChange(note, None, same_content=True)
            for note in stored
            if not note.retired and note.key not in self._owner
        )
        return DeckChanges(
            known.key, known, None, count_notes((), changes, 0, known), (), changes
        )


def _is_empty(plan: DeckChanges) -> bool:
    """Tell whether a deck would come into being without any of the notes of its file."""
    is_left_out = plan.content is not None and not plan.content.digest
    return plan.known is None and is_left_out and not plan.added and not plan.changes


def _with_title(deck: DeckContent, known: StoredDeck | None) -> DeckContent:
    """Return a deck with its stored title where its key took the place of an unreadable one."""
    is_missing = not deck.digest and deck.title == deck.key
    return replace(deck, title=known.title) if known and is_missing else deck


def planned_note(note: Note, index: int) -> PlacedNote:
    """Return a note ready to be stored, at its place in the file."""
    return PlacedNote(note, position_of(note, index))


def _without_line(planned: PlacedNote) -> PlacedNote:
    return planned._replace(note=replace(planned.note, line=0))


def _in_stored_place(planned: PlacedNote, stored: StoredNote) -> PlacedNote:
    note = planned.note
    if note.line != stored.line:
        note = replace(note, line=stored.line)
    return planned._replace(note=note, position=stored.position)


def _from_elsewhere(change: NoteChange) -> list[NoteChange]:
    """Return a change whose note says what is stored and comes from another program."""
    planned = change.planned
    is_one = planned is not None and change.same_content and planned.note.origin
    return [change] if is_one else []


def _is_in_place(change: NoteChange) -> bool:
    planned = change.planned
    return planned is not None and (change.known.position, change.known.line) == (
        planned.position,
        planned.note.line,
    )


def count_notes(
    added: Collection[PlacedNote],
    changes: Collection[NoteChange],
    unchanged: int,
    known: StoredDeck | None,
) -> ImportCounts:
    """Return what happens to notes of a deck, of which `known` is what is stored."""
    home = known.deck_id if known else None
    kept = [change for change in changes if change.planned]
    return ImportCounts(
        added=len(added),
        changed=sum(not change.same_content for change in kept),
        unchanged=unchanged,
        moved=sum(change.known.deck_id != home for change in kept),
        returned=sum(change.known.retired for change in kept),
        retired=len(changes) - len(kept),
        new_cards=sum(len(faces_of(planned.note)) for planned in added)
        + sum(len(new_faces(change)) for change in kept),
        retired_cards=sum(_retired_cards(change) for change in changes),
    )


def new_faces(change: NoteChange) -> list[str]:
    """Return the faces of a changed note for which there is no card yet."""
    if change.planned is None:
        return []
    have = {card.face for card in change.known.cards}
    return [face for face in faces_of(change.planned.note) if face not in have]


def _retired_cards(change: NoteChange) -> int:
    wanted = faces_of(change.planned.note) if change.planned else ()
    return sum(
        not card.retired and card.face not in wanted for card in change.known.cards
    )
