"""Text files of other programs: what they hold as clean text, with its digest."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.files import digest_of
from flashcards.decks.yaml.decoding import (
    REFUSED,
    foreign_encoding,
    is_clean,
    position_of,
    read_bytes,
    report_not_utf_8,
)
from flashcards.domain import formatting

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector

_LINE_END = re.compile("\r\n?")
_ACCENTED = re.compile("[\x80-\xff]")
_ACCENTED_RUN = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\xff]{5}")
_FEW = 8
"""Characters beyond ASCII up to which a text may have more of them than other letters."""


class TextFile(NamedTuple):
    """A file as text."""

    text: str
    """Without unsafe characters, with `\\n` at the end of lines."""
    digest: str


def read_text_file(
    path: Path, collector: ProblemCollector, *, any_encoding: bool = False
) -> TextFile | None:
    """Return what a file holds, or None with a problem where it is no text.

    Unsafe characters are taken out and counted in one warning.

    Args:
        path: The file.
        collector: Takes what is wrong.
        any_encoding: Whether text that is not UTF-8 is read as what it seems to be, with a
            warning, as spreadsheets write such files. Else it is a problem.
    """
    data = read_bytes(path, collector)
    if data is None:
        return None
    plain = data.removeprefix(codecs.BOM_UTF8)
    if b"\r" in plain:
        plain = plain.replace(b"\r\n", b"\n")
    if is_clean(plain):
        return TextFile(plain.decode(), digest_of(data))
    text = _decoded(data, collector, any_encoding=any_encoding)
    if text is None:
        return None
    text = _LINE_END.sub("\n", text)
    found = REFUSED.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        text, count = REFUSED.subn("", text)
        shown = formatting.count(count, "character")
        collector.add_at("characters-removed", line, 1, count=shown)
    return TextFile(text, digest_of(data))


def _decoded(
    data: bytes, collector: ProblemCollector, *, any_encoding: bool
) -> str | None:
    encoding = foreign_encoding(data)
    if encoding and not any_encoding:
        collector.add_at("wrong-encoding", 1, 1, encoding=encoding)
        return None
    if encoding:
        return _with_byte_order(data, encoding, collector)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not any_encoding:
            report_not_utf_8(error, collector)
            return None
        line, column = position_of(error)
    try:
        text, name = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, name = data.decode("latin-1"), "Latin-1"
    if not _is_western(text):
        collector.add_at("unknown-encoding", line, column)
        return None
    collector.add_at("guessed-encoding", line, column, encoding=name)
    return text


def _is_western(text: str) -> bool:
    """Tell whether text of single bytes can be in a Western language.

    Cyrillic, Greek or Chinese in the encoding of another system has long runs of letters with
    accents, or hardly any others.
    """
    accented = len(_ACCENTED.findall(text))
    is_rare = accented < _FEW or accented * 3 < sum(map(str.isalpha, text))
    return is_rare and not _ACCENTED_RUN.search(text)


def _with_byte_order(data: bytes, name: str, collector: ProblemCollector) -> str | None:
    """Return UTF-16 or UTF-32 text, in the byte order that its mark or its first bytes show."""
    marked = data.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
    )
    order = "" if marked else "-be" if data[0] == 0 else "-le"
    try:
        text = data.decode(f"{name}{order}")
    except UnicodeDecodeError:
        collector.add_at("wrong-encoding", 1, 1, encoding=name)
        return None
    if not marked:
        collector.add_at("guessed-encoding", 1, 1, encoding=name)
    return text
