"""Migrations: numbered steps from an older database to the current one."""
