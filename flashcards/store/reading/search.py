"""Finding cards by words, decks, tags and state."""

from __future__ import annotations

import shlex
from typing import Any

from flashcards.deck_keys import key_as_typed
from flashcards.errors import UsageError
from flashcards.store.reading.base import ReaderBase
from flashcards.store.rows import SearchRow

# The cross join keeps SQLite at the notes, in their order, so that it stops at the limit.
_SEARCH = """
    SELECT
        cards.key, notes.key, decks.key, notes.kind, notes.front, cards.state, cards.due_day,
        cards.suspended, cards.id, notes.id
    FROM notes
    CROSS JOIN cards ON cards.note_id = notes.id
    JOIN decks ON decks.id = notes.deck_id
    WHERE notes.retired = 0 AND cards.retired = 0
"""
_STATES = {
    "new": "cards.state = 0",
    "learning": "cards.state IN (1, 3)",
    "review": "cards.state = 2",
    "due": "cards.state <> 0 AND cards.suspended = 0 AND cards.due_day <= :day",
    "suspended": "cards.suspended = 1",
    "buried": "cards.buried_until > :day",
    "leech": "cards.leech = 1",
    "marked": "notes.marked = 1",
    "reported": """
        EXISTS (SELECT 1 FROM reports WHERE note_id = notes.id AND withdrawn = 0)
    """,
}
# A key from elsewhere may be any letters, among which short words occur by chance.
_WORDS = "substr(notes.searchable, length(notes.key) + 1)"
"""The texts of a note without its key, with which they begin."""
MOST_PARTS = 50
"""The most parts of a query."""


class SearchReader(ReaderBase):
    """Finding cards."""

    def search(self, query: str, limit: int, day: int) -> list[SearchRow]:
        """Return the cards that match every part of a query, in the order they were imported.

        Args:
            query: Words, or phrases in double quotes, each of which must occur in the
                note's texts or tags or in the deck's key, or begin the note's key; `deck:metrics` (also the
                decks below it), `tag:f1`, `is:due` and the like. A minus before a part
                asks for cards that do not match it.
            limit: The most cards to return.
            day: The study day that `is:due` and `is:buried` mean.

        Raises:
            UsageError: The query has an `is:` that does not exist, or too many parts.
        """
        parts = _parts(query)
        if len(parts) > MOST_PARTS:
            raise UsageError(
                f"A search takes at most {MOST_PARTS} words; this one has {len(parts):,}."
            )
        conditions = [_SEARCH]
        values: dict[str, Any] = {"day": day, "limit": limit}
        for number, part in enumerate(parts):
            wanted = part.removeprefix("-") or part
            condition, value = _condition(wanted, f":part{number}")
            conditions.append(condition if wanted == part else f"NOT ({condition})")
            if value is not None:
                values[f"part{number}"] = value
        text = " AND ".join(conditions) + " ORDER BY notes.id, cards.id LIMIT :limit"
        return [_found(row) for row in self._rows(text, values)]


def _found(row: Any) -> SearchRow:
    found = SearchRow._make(row)
    return found._replace(suspended=bool(found.suspended))


def _parts(query: str) -> list[str]:
    """Split at spaces outside of double quotes; a quote without its partner is a letter."""
    lexer = shlex.shlex(query, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = lexer.escape = ""
    lexer.quotes = '"'
    try:
        return list(lexer)
    except ValueError:
        return query.split()


def _condition(part: str, name: str) -> tuple[str, str | None]:
    """Return the condition for one part of a query, and the value it needs."""
    field, colon, rest = part.partition(":")
    if colon and rest:
        match field:
            case "deck":
                key = key_as_typed(rest.rstrip("/"))
                return (
                    f"(decks.key = {name} OR instr(decks.key, {name} || '/') = 1)",
                    key,
                )
            case "tag":
                return f"instr(lower(notes.tags), ' ' || {name} || ' ')", rest.lower()
            case "is":
                return _state(rest), None
            case _:
                pass
    begins = f"instr(notes.searchable, {name}) = 1"
    occurs = f"instr({_WORDS}, {name}) OR instr(decks.key, {name})"
    return f"({begins} OR {occurs})", part.casefold()


def _state(name: str) -> str:
    if name not in _STATES:
        raise UsageError(
            f"There is no `is:{name}`. There are: {', '.join(sorted(_STATES))}."
        )
    return f"({_STATES[name]})"
