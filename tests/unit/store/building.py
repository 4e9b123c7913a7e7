"""Decks, imports and answers made by hand for the tests of the store."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256

from flashcards.domain.cards import Answer, CardRow, Memory, Rating, ReviewRow, State
from flashcards.domain.content import BasicNote, ClozeNote, DeckContent, Note
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.comparison.import_changes import AppliedImport
from flashcards.store.reader import Reader
from flashcards.store.reading.log import review_rows
from flashcards.store.store import Store
from tests.helpers import FixedClock

MOMENT = FixedClock().moment()
DAY = MOMENT.day


def basic(key: str, **fields: object) -> BasicNote:
    """Return a note that asks for itself."""
    note = BasicNote(id=key, front=f"What is {key}?", back=f"It is {key}.")
    return replace(note, **fields)  # type: ignore[arg-type]


def cloze(key: str, text: str = "{{c1::one}} and {{c2::two}}") -> ClozeNote:
    """Return a note with two cards."""
    return ClozeNote(id=key, text=text)


def every_card(reader: Reader) -> list[CardRow]:
    """Return every card, retired ones too, in the order of their numbers."""
    rows = reader.connection.rows("SELECT id FROM cards ORDER BY id")
    return [reader.cards.get(card_id) for (card_id,) in rows]


def every_review(reader: Reader) -> list[ReviewRow]:
    """Return every review that counts, oldest first."""
    return review_rows(reader.connection, "ORDER BY id", ())


def digest_of(notes: tuple[Note, ...]) -> str:
    return sha256(repr(notes).encode()).hexdigest()


def deck(key: str, *notes: Note, **fields: object) -> DeckContent:
    """Return a deck whose digest follows from its notes."""
    content = DeckContent(
        key=key, title=key.title(), notes=notes, digest=digest_of(notes)
    )
    return replace(content, **fields)  # type: ignore[arg-type]


def sync(
    store: Store, *decks: DeckContent, gone: Collection[str] = ()
) -> AppliedImport:
    """Import decks."""
    with Reader(store.path) as reader:
        plan = compare_bundle(
            reader.content.stored_state(decks, gone=gone), decks, gone=gone
        )
    return store.apply(plan, MOMENT)


def learned(memory: Memory, days: int = 3) -> Memory:
    """Return the memory after a Good, due some days later."""
    return replace(
        memory,
        state=State.REVIEW,
        stability=float(days),
        difficulty=5.0,
        due_day=DAY + days,
        last_day=DAY,
        interval_seconds=days * 86_400,
        reps=memory.reps + 1,
    )


def answer(reader: Reader, key: str, days: int = 3, **fields: object) -> Answer:
    """Return a Good on a card as it is stored."""
    row = reader.cards.find(key)
    given = Answer(
        card_id=row.card_id,
        key=row.key,
        rating=Rating.GOOD,
        at=MOMENT.at,
        day=DAY,
        duration_ms=4000,
        before=row.memory,
        after=learned(row.memory, days),
    )
    return replace(given, **fields)  # type: ignore[arg-type]
