"""Formats of files: each reads a bundle and writes one; `formats` knows them all."""
