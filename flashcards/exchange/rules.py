"""What can be wrong with a file of another format: severity and sentence of every rule.

A note that does not fit our format breaks a rule of `flashcards.decks.rules` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.faults import Faults
from flashcards.decks.rules import RULES
from flashcards.exchange.text_rules import TEXT_RULES

if TYPE_CHECKING:
    from flashcards.content import Severity

FOREIGN: dict[str, tuple[Severity, str]] = {**TEXT_RULES}
"""Severity and text of every rule that only other formats can break."""


def faults_of(path: str) -> Faults:
    """Return an empty collection of problems for a file of any format."""
    return Faults(path, RULES | FOREIGN)
