"""Homes that many tests begin with: made once in each process, copied for each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Hashable
from contextlib import closing
from pathlib import Path


class HomeTemplates:
    """Homes by what they hold; the first test that needs one makes it."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._homes: dict[Hashable, Path] = {}

    def copy(
        self, contents: Hashable, home: Path, make: Callable[[Path], None]
    ) -> None:
        """Copy the home with these contents, or make it first.

        Args:
            contents: Everything that what is made depends on.
            home: Where the test wants it; its deck files are expected beside it.
            make: Makes the home in a directory, and closes its store.
        """
        template = self._homes.get(contents)
        if template is None:
            template = self._directory / str(len(self._homes)) / home.name
            template.parent.mkdir()
            make(template)
            self._homes[contents] = template
        shutil.copytree(template, home, dirs_exist_ok=True)
        with closing(sqlite3.connect(home / "flashcards.db")) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(
                "UPDATE decks SET path = replace(path, ?, ?)",
                (f"{template.parent}/", f"{home.parent}/"),
            )
            connection.commit()
