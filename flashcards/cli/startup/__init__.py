"""Opening the collection, and what happens when it is missing or damaged."""
