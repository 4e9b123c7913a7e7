"""Widgets to answer graded cards, and to show the feedback."""
