"""What an import would change: note by note, word by word, and in sentences."""
