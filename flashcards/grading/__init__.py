"""Grading: what a card asks this time, how an answer is read, and its score."""
