"""Choosing files to import, and the import preview."""
