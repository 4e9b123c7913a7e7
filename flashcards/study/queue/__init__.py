"""Which cards are asked today, and in which order."""
