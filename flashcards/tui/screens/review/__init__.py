"""Reviewing, the summary, the diagnostic result, and card info."""
