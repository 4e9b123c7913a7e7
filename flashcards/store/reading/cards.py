"""Single cards, decks and reports, as they are shown."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from flashcards.domain.cards import CardRow, DeckRow, Memory, State
from flashcards.errors import NoteDamagedError, NothingFoundError
from flashcards.store.maintenance.soundness import is_sound
from flashcards.store.reading.base import Facet
from flashcards.store.rows import ReportRow

_SAME = {
    "card_id": "cards.id",
    "key": "cards.key",
    "note_id": "notes.id",
    "note_key": "notes.key",
    "deck_id": "decks.id",
    "deck": "decks.key",
    "kind": "notes.kind",
    "face": "face",
    "content": "content",
    "buried_until": "buried_until",
    "path": "path",
    "line": "line",
}
"""What a `CardRow` has just as it is stored."""
_FLAGS = {
    "suspended": "suspended",
    "marked": "marked",
    "leech": "leech",
    "retired": "cards.retired",
}
_MEMORY = tuple(field.name for field in fields(Memory))
_COLUMNS = (
    *_SAME.values(),
    *_FLAGS.values(),
    *_MEMORY,
    "decks.topics",
    "notes.topic",
    "notes.digest",
)
_NAMES = (*_SAME, *_FLAGS, *_MEMORY, "topics", "topic", "digest")
_CARD = f"""
    SELECT {", ".join(_COLUMNS)}
    FROM cards
    JOIN notes ON notes.id = cards.note_id
    JOIN decks ON decks.id = cards.deck_id
"""

_DECKS = """
    SELECT
        decks.id, decks.key, title, count(DISTINCT note_id), count(cards.id),
        count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE suspended)
    FROM decks
    LEFT JOIN cards ON cards.deck_id = decks.id AND cards.retired = 0
    WHERE decks.retired = 0
    GROUP BY decks.id ORDER BY decks.key
"""
_REPORTS = """
    SELECT notes.key, cards.key, decks.key, decks.path, notes.line, reports.text, reports.at
    FROM reports
    JOIN notes ON notes.id = reports.note_id
    JOIN decks ON decks.id = notes.deck_id
    LEFT JOIN cards ON cards.id = reports.card_id
    WHERE withdrawn = 0 AND (:note IS NULL OR notes.id = :note) ORDER BY reports.id
"""


class CardReader(Facet):
    """Cards and decks as they are shown."""

    def is_empty(self) -> bool:
        """Return whether there is no deck to study."""
        return not self._connection.value(
            "SELECT EXISTS (SELECT 1 FROM decks WHERE retired = 0)"
        )

    def decks(self) -> list[DeckRow]:
        """Return every deck, in the order of keys."""
        return [DeckRow(*row) for row in self._connection.rows(_DECKS)]

    def deck_keys(self) -> dict[int, str]:
        """Return the key of every deck that is not retired."""
        return dict(
            self._connection.rows("SELECT id, key FROM decks WHERE retired = 0")
        )

    def topics(self) -> dict[int, list[tuple[str, str]]]:
        """Return slug and title of each deck's topics, in teaching order."""
        rows = self._connection.rows("SELECT id, topics FROM decks WHERE retired = 0")
        return {
            deck_id: [(slug, title) for slug, title in json.loads(topics or "[]")]
            for deck_id, topics in rows
        }

    def get(self, card_id: int) -> CardRow:
        """Return a card with its note; retired ones too.

        Raises:
            NothingFoundError: There is no such card.
            NoteDamagedError: Its note is not as it was saved.
        """
        row = self._connection.row(f"{_CARD} WHERE cards.id = ?", (card_id,))
        if row is None:
            query = "SELECT key FROM main.cards WHERE id = ?"
            self._refuse_left_out(self._connection.value(query, (card_id,)) or "")
            raise NothingFoundError(
                f"There is no card with the number {card_id} in the store."
            )
        return self._card_row(row)

    def get_sound(self, card_id: int) -> CardRow | None:
        """Return a card with its note, or None where either is damaged."""
        try:
            return self.get(card_id)
        except (NoteDamagedError, NothingFoundError):
            return None

    def find(self, key: str, *, checked: bool = True) -> CardRow:
        """Return the card of a text key, such as `mcl-012` or `mcl-012:c2`.

        The key of a note stands for its first card.

        Args:
            key: The key of a card or a note.
            checked: Whether the note is to be shown, so that it must be sound.

        Raises:
            NothingFoundError: There is no such card.
            NoteDamagedError: Its note is not as it was saved.
        """
        row = self._connection.row(
            f"{_CARD} WHERE cards.key = ?", (key,)
        ) or self._connection.row(
            f"{_CARD} WHERE notes.key = ? ORDER BY cards.retired, cards.id LIMIT 1",
            (key,),
        )
        if row is None:
            self._refuse_left_out(key)
            raise NothingFoundError(
                f"There is no card `{key}`. `flashcards search` finds cards by their words."
            )
        return self._card_row(row, checked=checked)

    def of_note(self, note_id: int) -> list[CardRow]:
        """Return the cards of a note that are not retired, in the order of their faces."""
        query = f"{_CARD} WHERE notes.id = ? AND cards.retired = 0 ORDER BY cards.id"
        rows = self._connection.rows(query, (note_id,))
        return [self._card_row(row, checked=False) for row in rows]

    def memories(self, deck_id: int) -> dict[int, Memory]:
        """Return the memory of every card of a deck that is not new, retired ones too."""
        query = f"""
            SELECT id, {", ".join(_MEMORY)} FROM cards
            WHERE deck_id = ? AND (state <> 0 OR reps > 0)
        """
        return {
            card_id: Memory(State(state), *memory)
            for card_id, state, *memory in self._connection.rows(query, (deck_id,))
        }

    def reports(self, note_id: int | None = None) -> list[ReportRow]:
        """Return the reports of a note, or of all, that were not withdrawn, oldest first."""
        return [
            ReportRow(*row)
            for row in self._connection.rows(_REPORTS, {"note": note_id})
        ]

    def _card_row(self, values: Any, *, checked: bool = True) -> CardRow:
        row = dict(zip(_NAMES, values, strict=True))
        if checked:
            self._check(row)
        topic = row["topic"]
        flags: dict[str, Any] = {name: bool(row[name]) for name in _FLAGS}
        state, *memory = (row[name] for name in _MEMORY)
        return CardRow(
            **{name: row[name] for name in _SAME},
            **flags,
            memory=Memory(State(state), *memory),
            topic_title=dict(json.loads(row["topics"])).get(topic, topic),
            source_label=_source_label(row["content"], self._work) if checked else "",
        )

    def _refuse_left_out(self, key: str) -> None:
        """Raise an error where a card or note is only not found because it is damaged."""
        note = key.partition(":")[0]
        if note in self._connection.damaged_notes:
            raise NoteDamagedError(
                f"The note `{note}` is damaged in the store. Import its file again to "
                "repair it. `flashcards doctor` lists all that is damaged."
            )
        for row in self._connection.damaged_rows:
            if row.table == "cards" and row.label.partition(":")[0] == note:
                raise NoteDamagedError(
                    f"The card `{row.label}` is damaged in the store. `flashcards doctor` "
                    "says what is wrong, and `flashcards doctor --repair` computes it "
                    "from its reviews."
                )

    def _check(self, row: dict[str, Any]) -> None:
        if is_sound(row["content"], row["digest"]) and all(
            isinstance(row[name], int | float | None) for name in _MEMORY
        ):
            return
        self._connection.remember_damaged(row["note_key"])
        raise NoteDamagedError(
            f"The note `{row['note_key']}` is damaged in the store. Import its file again "
            f"to repair it: `flashcards import {shlex.quote(row['path'] or 'FILE')}`. "
            "`flashcards doctor` lists all that is damaged."
        )

    def _work(self, key: str) -> Sequence[Any] | None:
        """Return authors and year of an entry of the bibliography, where there is one."""
        row: Sequence[Any] | None = self._connection.row(
            "SELECT authors, year FROM sources WHERE key = ?", (key,)
        )
        return row


def _source_label(content: str, work_of: Callable[[str], Sequence[Any] | None]) -> str:
    source = json.loads(content).get("source")
    if not source:
        return ""
    work = work_of(source["key"])
    label = " ".join(str(part) for part in work if part) if work else source["key"]
    return f"{label}, {source['at']}" if source.get("at") else label
