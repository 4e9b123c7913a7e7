"""Screens for reviews: cards, card info, the summary and the diagnostic's result."""
