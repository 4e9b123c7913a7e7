"""Markdown decks of hashcards and repeater."""
