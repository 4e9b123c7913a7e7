"""YAML read and written with the position of every value."""
