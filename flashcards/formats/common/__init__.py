"""Shared by all formats: building decks, names and ids, text files, problems."""
