"""Convert LaTeX formulas to Unicode."""
