"""Writing the changes of an import as one operation that can be undone."""
