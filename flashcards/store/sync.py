"""Deck files against the store: which notes are new, changed, moved, gone or back.

Pure: `Reader.known` says what is stored, `plan_sync` compares, `Store.apply` carries out.
A note is known by its key alone, so a card keeps its history through every rewording,
through a move to another deck, and through being away for a while.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

from flashcards.content import DeckContent, Note, Problem, SourceEntry, note_to_json
from flashcards.faces import faces_of
from flashcards.store.plan import (
    Counts,
    DeckPlan,
    Known,
    NoteChange,
    PlannedNote,
    SyncPlan,
)
from flashcards.store.rows import TIER_STEP, KnownDeck, KnownNote

_TIERS = {"core": 0, "depth": TIER_STEP, "stretch": 2 * TIER_STEP}


def plan_sync(
    known: Known,
    decks: Sequence[DeckContent],
    *,
    gone: Collection[str] = (),
    sources: Sequence[SourceEntry] = (),
) -> SyncPlan:
    """Return what importing some decks would do.

    Args:
        known: What the store holds, from `Reader.known` for the same decks.
        decks: The decks as their files have them. One without a digest had faults in
            its file, and retires no note.
        gone: Keys of stored decks whose files are gone. They are retired, and give up
            their notes to the decks that have them now.
        sources: The bibliography, where it was read.
    """
    return _Planner(known, decks, gone).plan(sources)


def position_of(note: Note, index: int) -> int:
    """Return the place of a note in teaching order: core notes of all decks come first."""
    return _TIERS[note.tier] + index


class _Planner:
    """One comparison of files and store."""

    def __init__(
        self, known: Known, decks: Sequence[DeckContent], gone: Collection[str]
    ) -> None:
        self._known = known
        self._decks = decks
        self._gone_decks = gone
        self._keys = {deck.key for deck in decks}
        self._deck_keys = {deck.deck_id: key for key, deck in known.decks.items()}
        self._same = {deck.key for deck in decks if self._is_same(deck)}
        self._problems: list[Problem] = []
        self._refused: set[str] = set()
        self._owner: dict[str, tuple[DeckContent, Note]] = {}
        self._stored_by_deck: dict[int, list[KnownNote]] = {}
        for note in known.notes.values():
            self._stored_by_deck.setdefault(note.deck_id, []).append(note)

    def plan(self, sources: Sequence[SourceEntry]) -> SyncPlan:
        """Return the whole plan."""
        # Where two decks have a note, it stays in the one it is stored in.
        for at_home in (True, False) if self._known.notes or self._same else (False,):
            for deck in self._decks:
                for note in deck.notes:
                    if self._is_home(deck, note) is at_home:
                        self._claim(deck, note)
        plans = [self._deck(deck) for deck in self._decks]
        plans.extend(
            self._deck_gone(self._known.decks[key]) for key in self._gone_decks
        )
        return SyncPlan(
            base=self._known.base,
            decks=tuple(plans),
            problems=tuple(self._problems),
            sources=tuple(s for s in sources if self._known.sources.get(s.key) != s),
        )

    def _is_same(self, deck: DeckContent) -> bool:
        known = self._known.decks.get(deck.key)
        return (
            known is not None
            and not known.retired
            and known.digest == deck.digest != ""
        )

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
                "Give this note an id of its own, or import both decks together.",
            )
        )

    def _deck(self, deck: DeckContent) -> DeckPlan:
        known = self._known.decks.get(deck.key)
        if deck.key in self._same:
            return DeckPlan(deck.key, known, deck, Counts(unchanged=len(deck.notes)))
        added: list[PlannedNote] = []
        changes: list[NoteChange] = []
        unchanged = 0
        for planned in self._owned(deck):
            stored = self._known.notes.get(planned.note.id)
            if stored is None:
                added.append(planned)
                continue
            change = NoteChange(stored, planned, stored.digest == planned.digest)
            is_here = known is not None and stored.deck_id == known.deck_id
            is_same = change.same_content and is_here and not stored.retired
            unchanged += is_same
            if not is_same or not _is_in_place(change):
                changes.append(change)
        changes.extend(self._gone(deck, known))
        if deck.key in self._refused:
            # Read again next time: the other deck may have given the note up by then.
            deck = replace(deck, digest="")
        counts = _count(added, changes, unchanged, known)
        return DeckPlan(deck.key, known, deck, counts, tuple(added), tuple(changes))

    def _owned(self, deck: DeckContent) -> Iterator[PlannedNote]:
        for index, note in enumerate(deck.notes):
            owner = self._owner.get(note.id)
            if owner and owner[0] is deck and owner[1] is note:
                yield _planned(note, index)

    def _gone(self, deck: DeckContent, known: KnownDeck | None) -> Iterator[NoteChange]:
        """Give the stored notes of a deck that no file has any more."""
        if known is None or not deck.digest:
            return
        for stored in self._stored_by_deck.get(known.deck_id, ()):
            if not stored.retired and stored.key not in self._owner:
                yield NoteChange(stored, None, same_content=True)

    def _deck_gone(self, known: KnownDeck) -> DeckPlan:
        stored = self._stored_by_deck.get(known.deck_id, ())
        changes = tuple(
            NoteChange(note, None, same_content=True)
            for note in stored
            if not note.retired and note.key not in self._owner
        )
        return DeckPlan(
            known.key, known, None, _count((), changes, 0, known), (), changes
        )


def _planned(note: Note, index: int) -> PlannedNote:
    content = note_to_json(note)
    digest = blake2b(content.encode(), digest_size=16).hexdigest()
    return PlannedNote(note, content, digest, position_of(note, index))


def _is_in_place(change: NoteChange) -> bool:
    planned = change.planned
    return planned is not None and (change.known.position, change.known.line) == (
        planned.position,
        planned.note.line,
    )


def _count(
    added: Collection[PlannedNote],
    changes: Collection[NoteChange],
    unchanged: int,
    known: KnownDeck | None,
) -> Counts:
    home = known.deck_id if known else None
    kept = [change for change in changes if change.planned]
    return Counts(
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
