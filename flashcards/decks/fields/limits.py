"""Limits on the size of notes, the same for deck files and every other format.

They keep out files that nobody could study. They are not advice: `check --quality` says
what makes a good card.
"""

from __future__ import annotations

MOST_TEXT = 100_000
"""Characters of a question, an answer or a why."""
MOST_SHORT_TEXT = 10_000
"""Characters of an option, an item, a point, a side of a pair or a hint."""
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
"""Characters of a card or one of its fields in a file of another program, with markup."""
