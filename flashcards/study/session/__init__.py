"""A review session: the current card, its rating, and what is recorded."""
