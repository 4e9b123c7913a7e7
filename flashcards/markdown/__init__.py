"""The subset of Markdown that card text is written in, read into plain values."""
