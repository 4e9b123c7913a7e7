"""Colors, glyphs and sizes."""
