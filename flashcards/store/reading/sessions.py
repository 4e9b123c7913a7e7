"""What a session asks of the store besides its queue."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Collection

from flashcards.domain.cards import QueueCard, QuizCard, Rating, ReviewRow, Scope
from flashcards.store.reading.base import COUNTS
from flashcards.store.reading.log import LogReader
from flashcards.store.reading.queue import ALL_CARDS, QueueReader
from flashcards.store.reading.search.fronts import FRONT
from flashcards.store.rows import KeptAnswer
from flashcards.store.writing.undo_snapshot import decode

_FACTS = """
    SELECT cards.id, kind, topic, lapses FROM cards JOIN notes ON notes.id = note_id
    WHERE kind IN (SELECT value FROM json_each(?))
"""
_TAGS = """
    SELECT cards.id, tags FROM cards JOIN notes ON notes.id = note_id
    WHERE kind IN (SELECT value FROM json_each(?)) AND trim(tags) <> ''
"""
_NUMBERS = """
    SELECT key, id FROM notes
    WHERE retired = 0 AND key IN (SELECT value FROM json_each(?))
"""
_OF_NOTES = """
    SELECT key, digest, content, key FROM notes
    WHERE retired = 0 AND key IN (SELECT value FROM json_each(?))
"""
_ANSWER = """
    SELECT answer FROM reviews WHERE operation_id = ? ORDER BY id DESC LIMIT 1
"""
_KEPT = f"""
    SELECT
        cards.id, cards.key, notes.key, decks.key, notes.topic, notes.kind, {FRONT},
        study_day, answer, rating
    FROM reviews
    JOIN cards ON cards.id = card_id
    JOIN notes ON notes.id = note_id
    JOIN decks ON decks.id = cards.deck_id
    WHERE answer IS NOT NULL AND {{}}
      AND {COUNTS}
    ORDER BY reviewed_at, reviews.id
"""


class SessionReader(QueueReader, LogReader):
    """Decks by number, practice over everything, and what a sitting did so far."""

    def deck_keys(self) -> dict[int, str]:
        """Return the key of every deck that is not retired."""
        return dict(self._rows("SELECT id, key FROM decks WHERE retired = 0"))

    def topics(self) -> dict[int, list[tuple[str, str]]]:
        """Return slug and title of each deck's topics, in teaching order."""
        rows = self._rows("SELECT id, topics FROM decks WHERE retired = 0")
        return {
            deck_id: [(slug, title) for slug, title in json.loads(topics or "[]")]
            for deck_id, topics in rows
        }

    def all_cards(self, day: int, scope: Scope) -> list[QueueCard]:
        """Return every card that is neither suspended nor buried, in teaching order."""
        return self._cards(ALL_CARDS, scope, "ORDER BY position, deck_id, id", day=day)

    def quiz_cards(
        self, day: int, scope: Scope, kinds: Collection[str]
    ) -> list[QuizCard]:
        """Return the cards of some kinds that a quiz may ask, in teaching order.

        Suspended and buried cards are left out, and new ones whose required notes are
        not known yet.
        """
        cards = self.all_cards(day, scope)
        ready = {card.card_id for card in self.new_cards(day, scope)}
        wanted = [card for card in cards if card.state or card.card_id in ready]
        facts = {
            card_id: found
            for card_id, *found in self._rows(_FACTS, (json.dumps(list(kinds)),))
        }
        return [
            QuizCard(card, *facts[card.card_id])
            for card in wanted
            if card.card_id in facts
        ]

    def card_tags(self, kinds: Collection[str]) -> dict[int, tuple[str, ...]]:
        """Return the tags of every card of some kinds that has any."""
        rows = self._rows(_TAGS, (json.dumps(list(kinds)),))
        return {card_id: tuple(tags.split()) for card_id, tags in rows}

    def note_numbers(self, keys: Collection[str]) -> dict[str, int]:
        """Return the numbers of the notes that there are under some keys."""
        return dict(self._rows(_NUMBERS, (json.dumps(list(keys)),)))

    def answer_of_operation(self, operation_id: int) -> str | None:
        """Return the answer that an operation kept, whether it was taken back or not."""
        found: str | None = self._value(_ANSWER, (operation_id,))
        return found

    def kept_answers(
        self, first_day: int = 0, card_id: int | None = None
    ) -> list[KeptAnswer]:
        """Return the counting reviews since a study day whose answers were kept, oldest first."""
        if card_id is not None:
            which = "study_day >= :first_day AND card_id = :card"
        else:
            # Nearly every answer lies after the first day, where an index is a detour.
            which = "study_day >= :first_day" if first_day else "TRUE"
        values = {"first_day": first_day, "card": card_id}
        return [
            KeptAnswer._make([*row[:-1], Rating(row[-1])])
            for row in self._rows(_KEPT.format(which), values)
        ]

    def contents_of(self, keys: Collection[str]) -> dict[str, str]:
        """Return the sound notes of some keys that are not retired, as JSON, by key."""
        rows = self._rows(_OF_NOTES, (json.dumps(list(keys)),))
        return {key: content for content, key in self._sound(rows)}

    def session_reviews(self, sitting_id: int) -> list[ReviewRow]:
        """Return the reviews of a sitting that count, oldest first."""
        return self._reviews("AND sitting_id = ? ORDER BY id", (sitting_id,))

    def cards_of_operation(self, operation_id: int) -> list[int]:
        """Return the cards that an operation changed, the one it was about first."""
        payload = self._value(
            "SELECT payload FROM operations WHERE id = ?", (operation_id,)
        )
        if payload is None:
            return []
        changes = decode(payload).get("changes", ())
        return [
            row[0]
            for change in changes
            if change["table"] == "cards"
            for row in change["after"]
        ]
