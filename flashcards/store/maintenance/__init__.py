"""Backups, restore, the doctor, and the lock that windows share."""
