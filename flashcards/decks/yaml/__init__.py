"""Reads YAML with the position of every value, and writes it."""
