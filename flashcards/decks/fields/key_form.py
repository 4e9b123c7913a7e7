"""The form of a deck key in deck files and plans."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from flashcards.decks.fields.forms import Text
from flashcards.text.deck_keys import DECK_KEY, DECK_KEY_FORM, MOST_KEY, is_deck_key

if TYPE_CHECKING:
    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.decks.yaml.nodes import Node


class DeckKey(Text):
    """A deck's key, with its characters composed (NFC)."""

    def __init__(self, description: str = DECK_KEY_FORM) -> None:
        super().__init__(MOST_KEY, pattern=DECK_KEY, description=description)

    def read(self, node: Node, name: str, collector: ProblemCollector) -> str | None:
        """Return the key."""
        value = super().read(node, name, collector)
        if value is None or value.isascii():
            return value
        key = unicodedata.normalize("NFC", value)
        if not is_deck_key(key):
            collector.add(
                "wrong-form", node, key=name, value=value, form=self._description
            )
            return None
        return key

    def is_valid(self, value: object) -> bool:
        """Return whether a value is such a key."""
        return type(value) is str and is_deck_key(value) and super().is_valid(value)
