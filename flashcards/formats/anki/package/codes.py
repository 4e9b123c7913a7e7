"""The codes in Anki's tables for cards, queues, reviews and days."""

from __future__ import annotations

EPOCH_DAY = 719_163
"""The date ordinal of 1 January 1970."""
LAST_DAY = 2_958_465
"""The date ordinal of the year 8100; a later day is an error in the file."""
LATEST_MS = 32_503_680_000_000
"""1 January 3000; a later instant is an error in the file."""
HOUR_MS = 3_600_000
LONGEST_DAYS = 36_500
"""The longest interval in Anki."""
MOST_COUNT = 1_000_000
"""A larger count is an error in the file."""

NEW, LEARNING, REVIEW, RELEARNING = range(4)
"""Types of cards."""
SUSPENDED = -1
BURIED = (-2, -3)
"""Queues of buried cards: buried with a sibling, and by the learner."""
EPOCH_DUE = 1_000_000_000
"""A larger due value is an instant in Unix seconds, a smaller one a day."""

LEARN, REVIEWED, RELEARN, FILTERED, MANUAL = range(5)
"""Types of reviews; the fifth type and later ones are not answers."""

LEARNED, ANSWERED, NO_ANSWER, RESET = range(4)
"""Kinds of rows of the review log: an answer in learning, another answer, no answer, and a reset,
after which the card starts over. If a card's rows are sorted by kind and end with an answer,
all of them count."""
