"""Convert decks of Anki to ours and back: nested names to keys, and their metadata."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flashcards.decks.fields.head import MOST_TOPICS
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.formats.common.naming import SEPARATOR, to_deck_key
from flashcards.formats.markup.markup import from_html, to_html
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.domain.content import DeckContent
    from flashcards.formats.anki.package.tables import ForeignDeck

_MOST_TITLE = 200
_MOST_VERSION, _MOST_LICENSE = 40, 100
_MOST_DESCRIPTION = 2000
# Anki shows a description as HTML, which hides a comment.
_COMMENT = re.compile(r"<!--flashcards (.*?)-->", re.DOTALL)
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DeckHead:
    """The metadata of a deck."""

    key: str
    title: str
    description: str = ""
    version: str = ""
    license: str = ""
    topics: tuple[tuple[str, str], ...] = ()
    name: str = ""
    """The full name, from which the key is made."""
    is_of_file: bool = False
    """Whether the deck is named after its file because no deck is named."""


def to_deck_head(deck: ForeignDeck) -> DeckHead:
    """Return the metadata of a deck of Anki."""
    key = to_deck_key(deck.name)
    last = [part for part in deck.name.split(SEPARATOR) if part.strip()][-1:]
    title = _line("".join(last), _MOST_TITLE) or key
    comment = _COMMENT.search(deck.description)
    text = from_html(_COMMENT.sub("", deck.description))
    description = REFUSED.sub("", text)[:_MOST_DESCRIPTION]
    data = _load_json(comment[1]) if comment else {}
    return DeckHead(
        key=key,
        title=_line(data.get("title"), _MOST_TITLE) or title,
        description=description,
        version=_line(data.get("version"), _MOST_VERSION),
        license=_line(data.get("license"), _MOST_LICENSE),
        topics=_topics(data.get("topics")),
        name=deck.name,
    )


def to_anki_name(deck: DeckContent, titles: Mapping[str, str]) -> str:
    """Return the name of a deck in Anki, from which `to_deck_head` makes the same key.

    Args:
        deck: The deck.
        titles: The titles of all decks by key, for the decks above it.
    """
    if deck.name and to_deck_key(deck.name):
        return deck.name
    parts = deck.key.split("/")
    keys = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    names = [
        _to_level_name(part, titles.get(key, ""))
        for part, key in zip(parts, keys, strict=True)
    ]
    return SEPARATOR.join(names)


def to_anki_description(deck: DeckContent, name: str) -> str:
    """Return the description of a deck in Anki, with other metadata in a hidden comment."""
    data: dict[str, Any] = {}
    if deck.title != name.rpartition(SEPARATOR)[2]:
        data["title"] = deck.title
    for field in ("version", "license"):
        if getattr(deck, field):
            data[field] = getattr(deck, field)
    if deck.topics:
        data["topics"] = dict(deck.topics)
    description = to_html(deck.description)
    if not data:
        return description
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{description}<!--flashcards {html.escape(text, quote=False)}-->"


def _to_level_name(part: str, title: str) -> str:
    words = part.replace("-", " ").replace("_", " ")
    for name in (title, words[:1].upper() + words[1:]):
        if SEPARATOR not in name and name == name.strip() and to_deck_key(name) == part:
            return name
    return part


def _load_json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(html.unescape(text))
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _line(value: Any, most: int) -> str:
    """Return a value as one line of text, unchanged if it is one already."""
    if not isinstance(value, str) or not value.strip():
        return ""
    is_line = len(value) <= most and "\n" not in value and not REFUSED.search(value)
    return value if is_line else one_line(REFUSED.sub(" ", value), most)


def _topics(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        return ()
    topics = (
        (slug, _line(title, _MOST_TITLE) or slug)
        for slug, title in value.items()
        if _SLUG.fullmatch(slug)
    )
    return tuple(topics)[:MOST_TOPICS]
