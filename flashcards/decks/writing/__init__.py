"""Writes deck files and edits them in place."""
