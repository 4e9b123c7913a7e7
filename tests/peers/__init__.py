"""Checks against other programs, outside of the usual run: they need those programs."""
