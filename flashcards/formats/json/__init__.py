"""JSON exports of the whole collection."""
