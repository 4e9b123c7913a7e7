"""What a session was over, in words, so that no sentence about it speaks of everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count
from flashcards.progress.figure_text import listed

if TYPE_CHECKING:
    from flashcards.domain.cards import Scope


@dataclass(frozen=True, slots=True)
class ScopeText:
    """A scope in words, with what is due outside of it."""

    place: str = ""
    """Such as `in metrics/tiny` or `with the tag f1`; empty for everything."""
    elsewhere: int = 0
    """Cards due today outside of the scope."""
    outside: str = "elsewhere"
    """`in other decks`, or `elsewhere` where the scope is more than decks."""

    @property
    def due_elsewhere(self) -> str:
        """Such as ` 12 cards due in other decks.`; empty where there are none."""
        if not self.elsewhere:
            return ""
        return f" {count(self.elsewhere, 'card')} due {self.outside}."

    @property
    def all_done(self) -> str:
        """`All done for today`, or where something else is due: `All done in metrics`."""
        return f"All done {self.place}" if self.elsewhere else "All done for today"

    @property
    def nothing_due(self) -> str:
        """Such as `Nothing due in metrics. 12 cards due in other decks.`."""
        if not self.place:
            return "Nothing is due."
        return f"Nothing due {self.place}.{self.due_elsewhere}"

    @property
    def nothing_left(self) -> str:
        """Such as `Nothing left in metrics today. 12 cards due in other decks.`."""
        if not self.elsewhere:
            return "Nothing is left today."
        return f"Nothing left {self.place} today.{self.due_elsewhere}"


EVERYTHING = ScopeText()


def scope_text(scope: Scope, elsewhere: int) -> ScopeText:
    """Return a scope in words.

    Args:
        scope: The decks, topics and tags meant.
        elsewhere: Cards due today outside of it.
    """
    parts = []
    if scope.decks:
        parts.append(f"in {listed(list(scope.decks))}")
    if scope.topics:
        noun = "topic" if len(scope.topics) == 1 else "topics"
        parts.append(f"on the {noun} {_either(scope.topics)}")
    if scope.tags:
        noun = "tag" if len(scope.tags) == 1 else "tags"
        parts.append(f"with the {noun} {_either(scope.tags)}")
    is_decks = bool(scope.decks) and len(parts) == 1
    return ScopeText(
        " ".join(parts), elsewhere, "in other decks" if is_decks else "elsewhere"
    )


def _either(names: tuple[str, ...]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
