"""The numbers by which Anki's tables speak of cards, queues, reviews and days."""

from __future__ import annotations

EPOCH_DAY = 719_163
"""The date ordinal of 1 January 1970."""
LAST_DAY = 2_958_465
"""The date ordinal of the year 8100: a later day is a mistake of the file."""
LATEST_MS = 32_503_680_000_000
"""1 January 3000: a later instant is a mistake of the file."""
HOUR_MS = 3_600_000
LONGEST_DAYS = 36_500
"""The longest interval that Anki gives."""
MOST_COUNT = 1_000_000
"""A larger count is a mistake of the file."""

NEW, LEARNING, REVIEW, RELEARNING = range(4)
"""Types of cards."""
SUSPENDED = -1
BURIED = (-2, -3)
"""Queues of cards that are not asked: buried with a sibling, and by the learner."""
EPOCH_DUE = 1_000_000_000
"""A due above is an instant in Unix seconds, one below a day."""

LEARN, REVIEWED, RELEARN, FILTERED, MANUAL = range(5)
"""Types of reviews; a fifth type and later ones are no answers."""

LEARNED, ANSWERED, NO_ANSWER, RESET = range(4)
"""What a row of the review log is: an answer to a card in learning, another answer, anything
else, and those of the card start over. In this order a card's rows need no closer look."""
