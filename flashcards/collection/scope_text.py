"""The scope of a session in words, so that no message claims more than the scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count
from flashcards.progress.figure_text import join_words

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope


@dataclass(frozen=True, slots=True)
class ScopeText:
    """A scope in words, with the number of cards due outside of it."""

    phrase: str = ""
    """Such as `in metrics/tiny` or `with the tag f1`; empty for everything."""
    elsewhere: int = 0
    """Cards due today outside of the scope."""
    outside: str = "elsewhere"
    """`in other decks`, or `elsewhere` where the scope is not only decks."""

    @property
    def due_elsewhere(self) -> str:
        """Such as ` 12 cards due in other decks.`; empty if there are none."""
        if not self.elsewhere:
            return ""
        return f" {count(self.elsewhere, 'card')} due {self.outside}."

    @property
    def all_done(self) -> str:
        """`All done for today`, or `All done in metrics` if cards are due elsewhere."""
        return f"All done {self.phrase}" if self.elsewhere else "All done for today"

    @property
    def nothing_due(self) -> str:
        """Such as `Nothing due in metrics. 12 cards due in other decks.`."""
        if not self.phrase:
            return "Nothing is due."
        return f"Nothing due {self.phrase}.{self.due_elsewhere}"

    @property
    def nothing_left(self) -> str:
        """Such as `Nothing left in metrics today. 12 cards due in other decks.`."""
        if not self.elsewhere:
            return "Nothing left today."
        return f"Nothing left {self.phrase} today.{self.due_elsewhere}"


EVERYTHING = ScopeText()


def scope_text(scope: Scope, elsewhere: int) -> ScopeText:
    """Describe a scope in words.

    Args:
        scope: Decks, topics and tags.
        elsewhere: Cards due today outside of the scope.
    """
    phrases = []
    if scope.decks:
        phrases.append(f"in {join_words(list(scope.decks))}")
    if scope.topics:
        noun = "topic" if len(scope.topics) == 1 else "topics"
        phrases.append(f"on the {noun} {_join_with_or(scope.topics)}")
    if scope.tags:
        noun = "tag" if len(scope.tags) == 1 else "tags"
        phrases.append(f"with the {noun} {_join_with_or(scope.tags)}")
    is_decks_only = bool(scope.decks) and len(phrases) == 1
    outside = "in other decks" if is_decks_only else "elsewhere"
    return ScopeText(" ".join(phrases), elsewhere, outside)


def _join_with_or(names: tuple[str, ...]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
