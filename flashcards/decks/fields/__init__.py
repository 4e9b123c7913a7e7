"""The fields of deck files and the values they accept."""
