"""Studying without a screen: today's queue and the sessions that work through it."""
