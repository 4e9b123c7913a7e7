"""Checks against other programs, which they need; not part of the default run."""
