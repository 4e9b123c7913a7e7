"""Text files of other programs: what they hold as clean text, with its digest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards import words
from flashcards.decks.decoding import MOST_BYTES, REFUSED, foreign_encoding, read_bytes
from flashcards.decks.files import digest_of

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.decks.faults import Faults

_LINE_END = re.compile("\r\n?")


class TextFile(NamedTuple):
    """A file as text."""

    text: str
    """Without unsafe characters, with `\\n` at the end of lines."""
    digest: str


def read_text_file(path: Path, faults: Faults) -> TextFile | None:
    """Return what a file holds, or None with a problem where it is not UTF-8 text.

    Unsafe characters are taken out and counted in one warning.
    """
    data = read_bytes(path, faults)
    if data is None:
        return None
    if len(data) > MOST_BYTES:
        size, most = (f"{count / 2**20:.0f} MiB" for count in (len(data), MOST_BYTES))
        faults.add_at("file-too-large", 1, 1, size=size, most=most)
        return None
    encoding = foreign_encoding(data)
    if encoding:
        faults.add_at("wrong-encoding", 1, 1, encoding=encoding)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        faults.add_at("not-utf-8", line, column, byte=f"0x{data[error.start]:02X}")
        return None
    text = _LINE_END.sub("\n", text)
    found = REFUSED.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        text, count = REFUSED.subn("", text)
        shown = words.count(count, "character")
        faults.add_at("characters-removed", line, 1, count=shown)
    return TextFile(text, digest_of(data))
