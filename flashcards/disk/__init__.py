"""Files on disk: read up to a limit, written completely or not at all, private in the home."""
