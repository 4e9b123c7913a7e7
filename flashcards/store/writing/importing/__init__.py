"""Writing what an import brings, as one operation that can be undone."""
