"""Fields for the columns of tables, each with the meaning of the column."""

from typing import Any

from sqlmodel import Field


def column(meaning: str, **arguments: Any) -> Any:
    """Return a field with a description of the column."""
    return Field(sa_column_kwargs={"comment": meaning}, **arguments)


def key(meaning: str = "Id of the row.") -> Any:
    """Return the field of an integer primary key."""
    return column(meaning, default=None, primary_key=True)


def uid_column() -> Any:
    """Return the field of an identifier that is unique over all machines."""
    return column("Identifier unique over all machines (UUIDv7 in hex).", unique=True)


def memory_column() -> Any:
    """Return a field of a memory, which the table `cards` has too."""
    return column("As in `cards`.")
