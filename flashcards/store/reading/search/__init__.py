"""The search query and the cards it finds."""
