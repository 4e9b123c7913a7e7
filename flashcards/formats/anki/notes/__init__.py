"""Anki's note types, templates and fields as notes, and back."""
