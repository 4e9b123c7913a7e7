"""Reads the cards from which the queue of a day is built."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from flashcards.domain.cards import ANSWER_CAP_MS, QueueCard, QuizCard, Scope
from flashcards.store.reading.base import COUNTS, Facet
from flashcards.store.rows import DeckCounts, Done

# The words `suspended = 0 AND retired = 0` must be in each query exactly as in the
# partial indexes, or SQLite does not use these.
ALL_CARDS = """
    SELECT id, note_id, deck_id, state, due_day, due_at, last_day, stability, position
    FROM cards
    WHERE suspended = 0 AND retired = 0
      AND (buried_until IS NULL OR buried_until <= :day)
"""
_ASKED_BEYOND_TODAY = f"""
    EXISTS (
        SELECT 1 FROM reviews JOIN sittings ON sittings.id = reviews.sitting_id
        WHERE reviews.card_id = cards.id AND reviews.study_day = :day
          AND sittings.kind = 'more' AND {COUNTS}
    )
"""
_LEARNING = f"{ALL_CARDS} AND state IN (1, 3) AND NOT {_ASKED_BEYOND_TODAY}"
_LEARNING_BEYOND = f"""
    {ALL_CARDS} AND state IN (1, 3) AND due_day <= :day AND {_ASKED_BEYOND_TODAY}
"""
_DUE = f"{ALL_CARDS} AND state = 2 AND due_day <= :day"
# A suspended card is never learned, so it does not block others. A note first seen today
# unlocks other notes tomorrow: today's cards must not grow while they are studied.
REQUIREMENTS_MET = f"""
    AND NOT EXISTS (
        SELECT 1 FROM requirements
        JOIN notes AS required ON required.key = requirements.required_key
        JOIN cards AS needed ON needed.note_id = required.id
        WHERE requirements.note_id = cards.note_id AND required.retired = 0
          AND needed.suspended = 0 AND needed.retired = 0
          AND (
              needed.state IN (0, 1)
              OR needed.last_day = :day AND EXISTS (
                  SELECT 1 FROM reviews
                  WHERE reviews.card_id = needed.id AND study_day = :day
                    AND reviews.state = 0 AND {COUNTS}
              )
          )
    )
"""
_NEW = f"{ALL_CARDS} AND state = 0 {REQUIREMENTS_MET}"
_NEW_ORDER = "ORDER BY position, deck_id, id LIMIT :limit"
_IN_DECKS = "AND deck_id IN (SELECT value FROM json_each(:decks))"
_ON_TOPICS = """
    AND EXISTS (
        SELECT 1 FROM notes WHERE notes.id = cards.note_id
        AND notes.topic IN (SELECT value FROM json_each(:topics))
    )
"""
_TAGGED = """
    AND EXISTS (
        SELECT 1 FROM notes, json_each(:tags) AS tag
        WHERE notes.id = cards.note_id AND instr(notes.tags, ' ' || tag.value || ' ')
    )
"""

# Cards whose note is asked today already: none of their siblings is asked.
_BUSY = f"""
    WITH busy(note_id, card_id) AS MATERIALIZED (
        SELECT cards.note_id, cards.id
        FROM reviews JOIN cards ON cards.id = reviews.card_id
        WHERE study_day = :day
          AND {COUNTS}
        UNION
        SELECT note_id, id FROM cards
        WHERE deck_id IN (SELECT id FROM decks) AND state IN (1, 3) AND due_day <= :day
          AND suspended = 0 AND retired = 0
    )
"""
# One search of the index for each figure: adding up all cards in one pass takes twice as long.
_LIVE = """
    FROM cards
    WHERE cards.deck_id = decks.id AND suspended = 0 AND cards.retired = 0
      AND (buried_until IS NULL OR buried_until <= :day)
"""
_ALONE = """
    AND NOT EXISTS (
        SELECT 1 FROM busy
        WHERE busy.note_id = cards.note_id AND busy.card_id <> cards.id
    )
"""
_NO_SIBLING_DUE = """
    AND NOT EXISTS (
        SELECT 1 FROM cards AS sibling
        WHERE sibling.note_id = cards.note_id AND sibling.state = 2
          AND sibling.due_day <= :day
          AND sibling.suspended = 0 AND sibling.retired = 0
    )
"""
_COUNTS = f"""
    {_BUSY}
    SELECT
        id, key, title,
        (
            SELECT count(*) FROM (
                SELECT DISTINCT note_id {_LIVE} AND state = 0
                {_ALONE} {_NO_SIBLING_DUE} {REQUIREMENTS_MET} LIMIT :most_new
            )
        ),
        (SELECT count(*) {_LIVE} AND state IN (1, 3) AND due_day <= :day),
        (SELECT count(DISTINCT note_id) {_LIVE} AND state = 2 AND due_day <= :day {_ALONE})
    FROM decks WHERE retired = 0 ORDER BY key
"""
_COUNTING_TODAY = f"""
    FROM reviews JOIN cards ON cards.id = reviews.card_id
    WHERE study_day = ?
      AND {COUNTS}
"""
_SEEN = f"SELECT DISTINCT cards.note_id, cards.id {_COUNTING_TODAY}"
_DONE = f"""
    SELECT
        deck_id,
        count(*) FILTER (WHERE state = 0),
        count(*) FILTER (WHERE state = 2),
        count(*) FILTER (WHERE state IN (1, 3) AND number = 1),
        sum(min(duration_ms, {ANSWER_CAP_MS}))
    FROM (
        SELECT
            cards.deck_id, reviews.state, duration_ms,
            row_number() OVER (PARTITION BY card_id ORDER BY reviews.id) AS number
        {_COUNTING_TODAY}
    )
    GROUP BY deck_id
"""
_LINKED = """
    SELECT links.note_id, linked.id
    FROM json_each(:notes) AS asked
    JOIN links ON links.note_id = asked.value
    JOIN notes AS linked ON linked.key = links.linked_key
    WHERE linked.retired = 0
    UNION
    SELECT linked.id, links.note_id
    FROM json_each(:notes) AS asked
    JOIN notes AS linked ON linked.id = asked.value
    JOIN links ON links.linked_key = linked.key
    JOIN notes AS owner ON owner.id = links.note_id
    WHERE owner.retired = 0
"""

_EVERYTHING = Scope()
_FACTS = """
    SELECT cards.id, kind, topic, lapses FROM cards JOIN notes ON notes.id = note_id
    WHERE kind IN (SELECT value FROM json_each(?))
"""
_TAGS = """
    SELECT cards.id, tags FROM cards JOIN notes ON notes.id = note_id
    WHERE kind IN (SELECT value FROM json_each(?)) AND trim(tags) <> ''
"""
_RANKED = f"{ALL_CARDS} AND (state = 2 OR (state = 0 {REQUIREMENTS_MET}))"
_TEACHING_ORDER = "ORDER BY position, deck_id, id"


class QueueReader(Facet):
    """Cards that may be asked today, and the reviews of today.

    Suspended, retired and buried cards are left out throughout.
    """

    def learning(self, day: int, scope: Scope = _EVERYTHING) -> list[QueueCard]:
        """Return the cards in state Learning or Relearning.

        Without those that were asked on this day beyond its cards: they wait for the next
        day, so that a finished day stays finished.
        """
        return self._cards(_LEARNING, scope, day=day)

    def learning_beyond(self, day: int, scope: Scope = _EVERYTHING) -> list[QueueCard]:
        """Return the cards asked beyond a day's that have a learning step left on it."""
        return self._cards(_LEARNING_BEYOND, scope, day=day)

    def due(self, day: int, scope: Scope = _EVERYTHING) -> list[QueueCard]:
        """Return the cards in state Review that are due by a study day."""
        return self._cards(_DUE, scope, day=day)

    def new(
        self, day: int, scope: Scope = _EVERYTHING, limit: int = -1
    ) -> list[QueueCard]:
        """Return new cards in teaching order, those whose required notes are known.

        A note is known from the day after all its cards passed their first learning steps.
        """
        # Without a deck SQLite walks the index in teaching order and stops at the limit.
        every_deck = not scope.decks
        return self._cards(
            _NEW, scope, _NEW_ORDER, every_deck=every_deck, day=day, limit=limit
        )

    def all(self, day: int, scope: Scope) -> list[QueueCard]:
        """Return every card that is neither suspended nor buried, in teaching order."""
        return self._cards(ALL_CARDS, scope, _TEACHING_ORDER, day=day)

    def card_ids(self, day: int, scope: Scope) -> set[int]:
        """Return the ids of the cards that are neither suspended nor buried."""
        return {card.card_id for card in self._cards(ALL_CARDS, scope, day=day)}

    def ranked(self, day: int, scope: Scope) -> list[QueueCard]:
        """Return cards in Review and new cards whose requirements are met, as taught.

        Suspended, retired and buried cards are left out.
        """
        return self._cards(_RANKED, scope, _TEACHING_ORDER, day=day)

    def for_quiz(
        self, day: int, scope: Scope, kinds: Collection[str]
    ) -> list[QuizCard]:
        """Return the cards of some kinds that a quiz may ask, in teaching order.

        Suspended and buried cards are left out, and new ones whose required notes are
        not known yet.
        """
        cards = self.all(day, scope)
        ready = {card.card_id for card in self.new(day, scope)}
        wanted = [card for card in cards if card.state or card.card_id in ready]
        facts = {
            card_id: found
            for card_id, *found in self._connection.rows(
                _FACTS, (json.dumps(list(kinds)),)
            )
        }
        return [
            QuizCard(card, *facts[card.card_id])
            for card in wanted
            if card.card_id in facts
        ]

    def card_tags(self, kinds: Collection[str]) -> dict[int, tuple[str, ...]]:
        """Return the tags of every card of some kinds that has any."""
        rows = self._connection.rows(_TAGS, (json.dumps(list(kinds)),))
        return {card_id: tuple(tags.split()) for card_id, tags in rows}

    def due_counts(self, day: int, most_new: int = -1) -> list[DeckCounts]:
        """Return the cards to be asked of every deck, before limits, in the order of keys.

        One card of a note is counted, as one is asked on a day; and no new card that waits
        for a note to be known.

        Args:
            day: The study day.
            most_new: New cards of a deck are counted up to here; -1 for all.
        """
        values = {"day": day, "most_new": most_new}
        return [DeckCounts(*row) for row in self._connection.rows(_COUNTS, values)]

    def notes_seen(self, day: int) -> dict[int, set[int]]:
        """Return the notes reviewed on a study day, with the cards that were asked."""
        seen: dict[int, set[int]] = {}
        for note_id, card_id in self._connection.rows(_SEEN, (day,)):
            seen.setdefault(note_id, set()).add(card_id)
        return seen

    def done_today(self, day: int) -> dict[int, Done]:
        """Return what was done on a study day, by deck."""
        return {
            deck_id: Done(*done)
            for deck_id, *done in self._connection.rows(_DONE, (day,))
        }

    def linked_notes(self, note_ids: Collection[int]) -> dict[int, set[int]]:
        """Return the notes linked with each of some notes, whichever of the two says so."""
        linked: dict[int, set[int]] = {}
        for note_id, other in self._connection.rows(
            _LINKED, {"notes": json.dumps(list(note_ids))}
        ):
            linked.setdefault(note_id, set()).add(other)
        return linked

    def _cards(
        self,
        query: str,
        scope: Scope,
        end: str = "",
        *,
        every_deck: bool = False,
        **values: Any,
    ) -> list[QueueCard]:
        within = ""
        if not every_deck:
            within = _IN_DECKS
            values["decks"] = json.dumps(self._connection.deck_numbers(scope))
        if scope.tags:
            within = f"{within} {_TAGGED}"
            values["tags"] = json.dumps(scope.tags)
        if scope.topics:
            within = f"{within} {_ON_TOPICS}"
            values["topics"] = json.dumps(scope.topics)
        rows = self._connection.rows(f"{query} {within} {end}", values)
        return list(map(QueueCard._make, rows))
