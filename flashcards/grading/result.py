"""The result of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from flashcards.domain.cards import Rating

Sign = Literal["right", "wrong", "missed", "neutral"]
"""Right: answered and right. Wrong: answered but not right. Missed: right but not answered."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the feedback: an option, an item, a pair, a point, or a whole answer."""

    text: str
    sign: Sign
    why: str = ""
    """The explanation of an option, the right place of an item, or the matching keyword."""


@dataclass(frozen=True, slots=True)
class Marking:
    """The score and marks of an answer by the rules of its kind."""

    score: float
    """0 to 1."""
    marks: tuple[Mark, ...] = ()
    detail: str = ""
    """Such as `2 of 3` or `off by 13%, 5% allowed`; may be empty."""
    misconceptions: tuple[str, ...] = ()
    required_missed: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The result of an answer, with the suggested rating."""

    score: float
    """0 to 1."""
    marks: tuple[Mark, ...]
    suggested: Rating
    at_most: Rating | None
    """The best possible rating if a required point was missed, else None."""
    misconceptions: tuple[str, ...]
    """The misconceptions of the wrong options that were chosen."""
    summary: str
    """One sentence, such as `Right, in 9 s.` or `2 of 3 right.`"""

    @property
    def is_right(self) -> bool:
        """Whether nothing was wrong or missed."""
        return self.score >= 1

    @property
    def is_partly(self) -> bool:
        """Whether some of it was right."""
        return 0 < self.score < 1
