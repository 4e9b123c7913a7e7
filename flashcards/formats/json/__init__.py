"""JSON of everything in the collection."""
