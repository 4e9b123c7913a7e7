"""What an import would change in the store, computed before anything is written."""
