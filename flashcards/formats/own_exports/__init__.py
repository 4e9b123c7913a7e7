"""Files that this program exported: recognized again, and protected from being replaced."""
