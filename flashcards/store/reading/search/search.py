"""Finding cards by words, decks, tags and state."""

from __future__ import annotations

from typing import Any

from flashcards.errors import UsageError
from flashcards.store.reading.base import Facet
from flashcards.store.reading.search.fronts import FRONT
from flashcards.store.reading.search.query import QueryPart, parse_query
from flashcards.store.rows import SearchRow
from flashcards.text.deck_keys import list_prefixes, normalize_key
from flashcards.text.folding import find_similar_names, fold_text

# The cross join keeps SQLite at the notes, in their order, so that it stops at the limit.
_SEARCH = f"""
    SELECT
        cards.key, notes.key, decks.key, notes.kind, {FRONT}, cards.state, cards.due_day,
        cards.suspended, cards.id, notes.id
    FROM notes
    CROSS JOIN cards ON cards.note_id = notes.id
    JOIN decks ON decks.id = notes.deck_id
    WHERE notes.retired = 0 AND cards.retired = 0
"""  # noqa: S608
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
_TAGS = "SELECT DISTINCT tags FROM notes WHERE retired = 0 AND tags <> ''"
# A key from elsewhere may be any letters, among which short words occur by chance.
_WORDS = "substr(notes.searchable, instr(notes.searchable, char(10)))"
"""The texts of a note without its key, which is their first line."""
_DECKS_NAMED = (
    "SELECT any_deck.id FROM decks AS any_deck WHERE instr(fold(any_deck.key), {name})"
)
MOST_PARTS = 50
"""The most parts of a query."""


class SearchReader(Facet):
    """Finding cards."""

    def find(self, query: str, limit: int, day: int) -> list[SearchRow]:
        """Return the cards that match every part of a query, in the order they were imported.

        Args:
            query: Words, or phrases in double quotes, each of which must occur in the
                note's texts or tags or in the deck's key, or begin the note's key, however
                they are accented (`fold_text`); `deck:metrics` (also the decks below it),
                `tag:f1`, `is:due` and the like. A minus before a part asks for cards that
                do not match it.
            limit: The most cards to return.
            day: The study day that `is:due` and `is:buried` mean.

        Raises:
            UsageError: The query has a term, deck, tag or state that does not exist, or
                too many parts.
        """
        parts = parse_query(query)
        if len(parts) > MOST_PARTS:
            raise UsageError(
                f"A search takes at most {MOST_PARTS} words; this one has {len(parts):,}."
            )
        conditions = [_SEARCH]
        values: dict[str, Any] = {"day": day, "limit": limit}
        for number, part in enumerate(parts):
            condition, value = _condition(part, f":part{number}")
            conditions.append(f"NOT ({condition})" if part.is_negated else condition)
            if value is not None:
                values[f"part{number}"] = value
            if part.term in ("deck", "tag"):
                self._require(part, condition.replace(f":part{number}", "?1"), value)
        text = " AND ".join(conditions) + " ORDER BY notes.id, cards.id LIMIT :limit"
        return [_found(row) for row in self._connection.rows(text, values)]

    def tags(self) -> list[str]:
        """Return every tag that a note in use has, in the order of the alphabet."""
        rows = self._connection.rows(_TAGS)
        return sorted({tag for (tags,) in rows for tag in tags.split()})

    def _require(self, part: QueryPart, condition: str, value: str | None) -> None:
        """Refuse a deck or tag that no note has.

        Raises:
            UsageError: there is none; says where, and what is near.
        """
        if self._connection.value(
            f"SELECT EXISTS ({_SEARCH} AND {condition})", (value,)
        ):
            return
        place = f"(character {part.place})"
        if part.term == "deck":
            what, names = f"No deck named {part.text}", self._deck_parts()
            otherwise = "List the decks with `flashcards decks`."
        else:
            what, names = f"No card has the tag {part.text}", self.tags()
            otherwise = ""
        near = find_similar_names(part.text, names)
        hint = f"Did you mean {' or '.join(near)}?" if near else otherwise
        raise UsageError(f"{what} {place}. {hint}".rstrip())

    def _deck_parts(self) -> list[str]:
        """Return the key of every deck in use, and its leading parts."""
        rows = self._connection.rows(
            "SELECT key FROM decks WHERE retired = 0 ORDER BY key"
        )
        return list(
            dict.fromkeys(part for (key,) in rows for part in list_prefixes(key))
        )


def _found(row: Any) -> SearchRow:
    found = SearchRow._make(row)
    return found._replace(suspended=bool(found.suspended))


def _condition(part: QueryPart, name: str) -> tuple[str, str | None]:
    """Return the condition for one part of a query, and the value it needs."""
    match part.term:
        case "deck":
            key = normalize_key(part.text.strip("/").replace("::", "/"))
            return f"(decks.key = {name} OR instr(decks.key, {name} || '/') = 1)", key
        case "tag":
            # The tags are among the words, which tells most notes apart at once.
            found = f"instr(fold(notes.tags), ' ' || {name} || ' ')"
            condition = f"(instr(notes.searchable, {name}) AND {found})"
            return condition, fold_text(part.text)
        case "is":
            return _state(part), None
        case None:
            pass
    begins = f"instr(notes.searchable, {name}) = 1"
    in_deck = f"notes.deck_id IN ({_DECKS_NAMED.format(name=name)})"
    occurs = f"instr({_WORDS}, {name}) OR {in_deck}"
    return f"({begins} OR {occurs})", fold_text(part.text)


def _state(part: QueryPart) -> str:
    name = part.text.lower()
    if name not in _STATES:
        raise UsageError(
            f"There is no `is:{part.text}` (character {part.place}). There are: "
            f"{', '.join(sorted(_STATES))}."
        )
    return f"({_STATES[name]})"
