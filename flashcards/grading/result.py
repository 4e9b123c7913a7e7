"""What an answer came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from flashcards.domain.cards import Rating

Sign = Literal["right", "wrong", "missed", "neutral"]
"""Right: given and right. Wrong: given and not right. Missed: right and not given."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the feedback: an option, an item, a pair, a point, or a whole answer."""

    text: str
    sign: Sign
    why: str = ""
    """The explanation of an option, the right place of an item, the word that was found."""


@dataclass(frozen=True, slots=True)
class Marking:
    """What one kind's rules make of an answer."""

    score: float
    """0 to 1."""
    marks: tuple[Mark, ...] = ()
    detail: str = ""
    """Such as `2 of 3` or `off by 13%, 5% allowed`; may be empty."""
    misconceptions: tuple[str, ...] = ()
    required_missed: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What an answer came to, with the rating that it suggests."""

    score: float
    """0 to 1."""
    marks: tuple[Mark, ...]
    suggested: Rating
    at_most: Rating | None
    """The best rating that can be given, where a required point was missed."""
    misconceptions: tuple[str, ...]
    """What the wrong options chosen stand for."""
    summary: str
    """One sentence, such as `Right, in 9 s.` or `2 of 3, partly.`"""

    @property
    def is_right(self) -> bool:
        """Whether nothing was wrong or missed."""
        return self.score >= 1

    @property
    def is_partly(self) -> bool:
        """Whether some of it was right."""
        return 0 < self.score < 1
