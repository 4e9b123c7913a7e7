"""Plain values of the program: notes, cards, plans, settings, time and errors."""
