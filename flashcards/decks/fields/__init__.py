"""The fields of deck files and the values that they accept."""
