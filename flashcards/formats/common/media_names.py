"""The rules for names of pictures and sounds, the same for all formats and the import."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from flashcards.decks.yaml.decoding import REFUSED
from flashcards.formats.common.problem_counter import ProblemCounter
from flashcards.formats.markup.markup import find_media_names_in_decks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import MediaFile
    from flashcards.domain.content import DeckContent

_MOST_BYTES = 200
"""The longest name; it leaves space for a part of the content's digest."""
_FORBIDDEN = frozenset("/\\:[]\n\t")
"""Characters that are part of a path on some system, or end the name within a note."""


def is_safe_name(name: str) -> bool:
    """Return whether a name is a plain file name on every system, without a path."""
    return (
        0 < len(name.encode(errors="replace")) <= _MOST_BYTES
        and not name.startswith((".", " "))
        and not name.endswith((".", " "))
        and _FORBIDDEN.isdisjoint(name)
        and REFUSED.search(name) is None
    )


def folded_name(name: str) -> str:
    """Return a name in the form that is equal for names of one file where case is ignored."""
    return unicodedata.normalize("NFC", name).casefold()


def report_missing(
    decks: Iterable[DeckContent],
    media: Iterable[MediaFile],
    collector: ProblemCollector,
) -> None:
    """Report the pictures and sounds that notes name but no file holds, in one problem."""
    file_names = {file.name for file in media}
    counter = ProblemCounter(collector)
    for name in dict.fromkeys(find_media_names_in_decks(decks)):
        if name not in file_names:
            counter.count("media-missing", name)
    counter.flush()
