"""Convert Anki's notes, with their note types and templates, to notes of ours, and back."""
