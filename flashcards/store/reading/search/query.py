"""A search query as parts, each with its place: words, and terms such as `deck:metrics`."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, cast, get_args

from flashcards.errors import UsageError

Term = Literal["deck", "tag", "is"]
TERMS: tuple[str, ...] = get_args(Term)

_PART = re.compile(r'(?:[^\s"]|"[^"]*")+')
_TERM = re.compile(r"([^\W\d_][\w-]*):(?!:|//)", re.ASCII)
"""A term and its colon; `std::move` and `https://` are words."""


class QueryPart(NamedTuple):
    """One part of a query."""

    text: str
    """The words of it, or the value of its term, without quotes."""
    term: Term | None
    """None for words."""
    is_negated: bool
    place: int
    """The place of its first character in the query, from 1."""


def parse_query(query: str) -> list[QueryPart]:
    """Return the parts of a query, which spaces outside of double quotes separate.

    A quote without its partner is a letter like any other. What stands in quotes is never
    a term.

    Raises:
        UsageError: there is no such term, or it has no value; says where.
    """
    if query.count('"') % 2:
        return [
            _part(found[0], found.start() + 1) for found in re.finditer(r"\S+", query)
        ]
    return [
        _part(found[0], found.start() + 1, quote='"') for found in _PART.finditer(query)
    ]


def _part(raw: str, place: int, quote: str = "") -> QueryPart:
    """Return a part; `quote` is the character that only groups words."""
    is_negated = raw.startswith("-") and len(raw) > 1
    wanted = raw[1:] if is_negated else raw
    found = _TERM.match(wanted)
    name = found[1].lower() if found else ""
    value = wanted[found.end() :] if found else wanted
    if quote:
        value = value.replace(quote, "")
    if found and name not in TERMS and value:
        raise UsageError(
            f"There is no search term `{found[0]}` (character {place}). There are "
            "deck:, tag: and is:. To find the text itself, put it in double quotes: "
            f'"{found[0]}{value}".'
        )
    if not found or name not in TERMS:
        return QueryPart(
            wanted.replace(quote, "") if quote else wanted, None, is_negated, place
        )
    if not value:
        raise UsageError(
            f"`{found[0]}` (character {place}) needs a value, such as {_EXAMPLES[name]}."
        )
    return QueryPart(value, cast("Term", name), is_negated, place)


_EXAMPLES = {"deck": "deck:metrics", "tag": "tag:f1", "is": "is:due"}
