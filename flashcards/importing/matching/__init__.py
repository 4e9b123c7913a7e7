"""Matching imported notes and decks to the stored ones."""
