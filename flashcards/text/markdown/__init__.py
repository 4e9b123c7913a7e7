"""Card text as blocks and inline marks."""
