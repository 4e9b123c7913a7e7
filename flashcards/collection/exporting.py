"""Exports of a collection: bundles of decks, and writing them to files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO

from flashcards.domain.clock import local_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from flashcards.collection.open_home import OpenHome
    from flashcards.domain.bundle import Bundle
    from flashcards.domain.content import DeckContent


class Exporting:
    """Exports of decks to files."""

    def __init__(self, home: OpenHome) -> None:
        """Work on an open home directory."""
        self._home = home

    def bundle(self, keys: Iterable[str], *, with_history: bool = True) -> Bundle:
        """Return some decks as they are stored; see `flashcards.exporting.read_bundle`."""
        from flashcards.exporting import read_bundle

        return read_bundle(
            self._home.reader,
            set(keys),
            self._home.directories.media,
            with_history=with_history,
        )

    def write(
        self,
        bundle: Bundle,
        file: BinaryIO,
        path: Path,
        file_format: str = "",
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[str]:
        """Write a bundle and return warnings on what the format cannot hold.

        Args:
            bundle: What to write.
            file: The open file.
            path: The path of the file, whose suffix names the format.
            file_format: The format's name; empty to go by the suffix.
            progress: Called with how much is written, and of how much.

        Raises:
            UsageError: there is no such format, or it cannot hold the bundle.
        """
        from flashcards.decks.files import content_of
        from flashcards.formats.formats import WriteContext, format_to_write

        moment = self._home.moment()
        offset = (
            local_time(moment.at, self._home.settings.zone).utcoffset() or timedelta()
        )
        writing = WriteContext(
            moment,
            self._home.settings.rollover_hour,
            int(offset.total_seconds() // 60),
            existing=lambda: content_of(path),
            progress=progress,
        )
        module = format_to_write(path, file_format).module
        return module.write(bundle, file, writing)

    def check_overwriting(
        self, path: Path, decks: Iterable[DeckContent], file_format: str = ""
    ) -> None:
        """Refuse to replace a file that is not an export of some decks.

        Args:
            path: The file.
            decks: The decks to write.
            file_format: The format's name; empty to go by the suffix.

        Raises:
            FlashcardsError: the file holds something else.
            UsageError: there is no such format.
        """
        from flashcards.formats.formats import ReadContext, format_to_write
        from flashcards.formats.own_exports.overwriting import refuse_other_content

        chosen = format_to_write(path, file_format)
        refuse_other_content(
            path, chosen, decks, ReadContext(self._home.day_of, self._home.moment())
        )
