"""Which names a picture or sound may have: the one rule of every format and of the import."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from flashcards.decks.yaml.decoding import REFUSED
from flashcards.formats.common.problem_counter import ProblemCounter
from flashcards.formats.markup.markup import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import MediaFile
    from flashcards.domain.content import DeckContent

_MOST_BYTES = 200
"""Of a name; a part of the content's digest must still fit behind it."""
_FORBIDDEN = frozenset("/\\:[]\n\t")
"""What leads elsewhere on some system, or ends the name within a note."""


def is_safe_name(name: str) -> bool:
    """Tell whether a file of this name lies in the directory it is put in, on any system."""
    return (
        0 < len(name.encode(errors="replace")) <= _MOST_BYTES
        and not name.startswith((".", " "))
        and not name.endswith((".", " "))
        and _FORBIDDEN.isdisjoint(name)
        and REFUSED.search(name) is None
    )


def folded_name(name: str) -> str:
    """Return what names have in common that are one file on a disk that ignores case."""
    return unicodedata.normalize("NFC", name).casefold()


def report_missing(
    decks: Iterable[DeckContent],
    media: Iterable[MediaFile],
    collector: ProblemCollector,
) -> None:
    """Add one problem for all pictures and sounds that notes name and no file is there for."""
    found = {file.name for file in media}
    counter = ProblemCounter(collector)
    for name in dict.fromkeys(names_in(decks)):
        if name not in found:
            counter.count("media-missing", name)
    counter.flush()
