"""Typing and choosing an answer, and the feedback on it."""
