"""Importing files into the store: read, match, preview, and apply as one operation."""
