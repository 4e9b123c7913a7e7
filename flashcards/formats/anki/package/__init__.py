"""The database inside an Anki package: its tables, cards, media and schedule."""
