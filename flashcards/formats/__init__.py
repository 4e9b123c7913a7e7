"""File formats: each reads a file into a bundle or writes a bundle; `formats` is the registry."""
