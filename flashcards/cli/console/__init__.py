"""Printing, progress bars, and the files that commands write."""
