"""How much a note may hold: one set of limits, for deck files and for every other format.

They are bounds against files that nobody could study, not advice: what makes a good card is
for `check --quality` to say.
"""

from __future__ import annotations

MOST_TEXT = 100_000
"""Characters of a question, an answer, a why."""
MOST_SHORT_TEXT = 10_000
"""Characters of an option, an item, a point, a side of a pair, a hint."""
MOST_ANSWER = 1_000
"""Characters of an answer to type."""
MOST_ITEMS = 50
"""Options, items, pairs, lures, points or answers of a note."""
MOST_GAPS = 200
"""Gaps of a cloze."""
MOST_TAGS = 100
MOST_TAG = 200
"""Characters of a tag."""
MOST_SOURCE = 400_000
"""Characters of a card, or a field of one, in a file of another program, markup included."""
