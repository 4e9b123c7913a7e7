"""Deck files: read with problems located, checked and written; knows no database."""
