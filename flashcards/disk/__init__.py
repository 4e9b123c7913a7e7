"""Writing to disk: whole files or none, never over what is not a file, and nothing left behind."""
