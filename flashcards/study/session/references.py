"""What grading looks up in the store: other answers of a deck, and names of misconceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.content import note_from_json
from flashcards.grading.misconceptions import misconception_name
from flashcards.grading.words.vocabulary import answers_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from flashcards.domain.cards import CardRow
    from flashcards.store.reader import Reader


def iter_other_answers(reader: Reader, row: CardRow) -> Iterator[str]:
    """Yield the short answers of the other notes of a card's deck."""
    for content, _ in reader.content.note_contents(row.deck_id):
        note = note_from_json(content)
        if note.id != row.note_key:
            yield from answers_of(note)


def name_misconceptions(reader: Reader, slugs: Collection[str]) -> tuple[str, ...]:
    """Return misconceptions in words; where a slug is the id of a note, its question."""
    contents = reader.content.contents_of(slugs) if slugs else {}
    return tuple(misconception_name(slug, contents) for slug in slugs)
