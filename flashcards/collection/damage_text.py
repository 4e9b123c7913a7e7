"""Sentences about rows of the store that were left out because they are damaged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count
from flashcards.progress.figure_text import join_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.store.reading.damaged_rows import DamagedRow

_MAX_NAMED_CARDS = 10


def damage_sentences(rows: Sequence[DamagedRow]) -> list[str]:
    """Return one sentence about damaged cards and one about other damaged rows.

    Args:
        rows: The rows that a reader left out.
    """
    cards = [row.label for row in rows if row.table == "cards"]
    others = Counter(row.noun for row in rows if row.table != "cards")
    sentences = []
    if cards:
        names = ", ".join(cards[:_MAX_NAMED_CARDS])
        hidden = len(cards) - _MAX_NAMED_CARDS
        more = f" and {hidden:,} more" if hidden > 0 else ""
        sentences.append(
            f"Left out {count(len(cards), 'damaged card')}: {names}{more}. "
            "See `flashcards doctor`; recompute cards from their reviews with "
            "`flashcards doctor --repair`."
        )
    if others:
        counts = join_words(
            [count(number, noun) for noun, number in sorted(others.items())]
        )
        sentences.append(
            f"Left out or shown in part because of damage in the store: {counts}. "
            "See `flashcards doctor`."
        )
    return sentences
