"""File formats: each reads a file into a bundle and writes one; `formats` is the registry."""
