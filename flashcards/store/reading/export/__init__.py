"""Reading everything that an export writes."""
