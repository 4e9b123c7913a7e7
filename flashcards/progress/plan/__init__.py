"""The study plan: its state today, its view, and its text."""
