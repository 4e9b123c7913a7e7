"""Keep an export from replacing a file that holds something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError
from flashcards.formats.common.naming import to_deck_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flashcards.domain.content import DeckContent
    from flashcards.formats.formats import Format, ReadContext

_MOST_LISTED = 3
_ADVICE = "Choose another name, or replace the file with `--force`."


def refuse_other_content(
    path: Path, file_format: Format, decks: Iterable[DeckContent], context: ReadContext
) -> None:
    """Refuse to replace a file that is not an export of the same decks.

    Pipes, empty files and missing files are always accepted.

    Args:
        path: The file.
        file_format: The format of the export.
        decks: The decks of the export.
        context: Passed to the format, which reads the file.

    Raises:
        FlashcardsError: the file holds another deck, or is no export in this format.
    """
    if not path.is_file() or not path.stat().st_size:
        return
    decks_in_file = file_format.module.read(path, context).decks
    if not decks_in_file or any(deck.is_of_file for deck in decks_in_file):
        raise FlashcardsError(
            f"{path} is not an export in the format {file_format.name}, so it was not "
            f"replaced. {_ADVICE}"
        )
    # Anki text holds the names of decks instead of their keys.
    keys = {
        key
        for deck in decks
        for key in (deck.key, deck.name and to_deck_key(deck.name))
    }
    others = [f"`{deck.key}`" for deck in decks_in_file if deck.key not in keys]
    if others:
        if len(others) > _MOST_LISTED:
            others[_MOST_LISTED:] = [f"{len(others) - _MOST_LISTED:,} more"]
        raise FlashcardsError(
            f"{path} holds decks that this export does not have: {', '.join(others)}. It was "
            f"not replaced. {_ADVICE}"
        )
