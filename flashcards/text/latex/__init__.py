"""LaTeX formulas as Unicode text."""
