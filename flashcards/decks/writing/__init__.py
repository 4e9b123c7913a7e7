"""Deck files written and edited in place."""
