"""Sentences about rows of the store that were left out because they are damaged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count
from flashcards.progress.figure_text import join_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.store.reading.damaged_rows import DamagedRow

_MOST = 10
"""How many cards are named."""


def left_out(rows: Sequence[DamagedRow]) -> list[str]:
    """Return a sentence on damaged cards, and one on whatever else is damaged.

    Args:
        rows: The rows that a reader left out.
    """
    cards = [row.label for row in rows if row.table == "cards"]
    others = Counter(row.noun for row in rows if row.table != "cards")
    sentences = []
    if cards:
        shown = ", ".join(cards[:_MOST])
        more = f" and {len(cards) - _MOST:,} more" if len(cards) > _MOST else ""
        sentences.append(
            f"Left out {count(len(cards), 'damaged card')}: {shown}{more}. "
            "`flashcards doctor` says what is wrong; `flashcards doctor --repair` computes "
            "cards from their reviews."
        )
    if others:
        counts = join_words(
            [count(number, noun) for noun, number in sorted(others.items())]
        )
        sentences.append(
            f"Damaged in the store, so left out or shown without what is damaged: {counts}. "
            "`flashcards doctor` says more."
        )
    return sentences
