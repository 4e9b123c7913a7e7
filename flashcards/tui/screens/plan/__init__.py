"""The study plan."""
