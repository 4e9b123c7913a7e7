"""What screens share: the base screen, dialogs, help, and card text."""
