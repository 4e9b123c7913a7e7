"""Every key of every screen, and the key maps."""
