"""Formats of Anki and its add-ons."""
