"""What all formats share: building decks, names, text files, problems."""
