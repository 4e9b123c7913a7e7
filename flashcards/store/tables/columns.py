"""Columns of tables, each with its meaning."""

from typing import Any

from sqlmodel import Field


def column(meaning: str, **arguments: Any) -> Any:
    """Return a field with a description of the column."""
    return Field(sa_column_kwargs={"comment": meaning}, **arguments)


def key(meaning: str = "Number of the row.") -> Any:
    """Return the field of an integer primary key."""
    return column(meaning, default=None, primary_key=True)
