"""The tables of the database as SQLModel classes."""
