"""Work in threads, with progress and cancellation."""
