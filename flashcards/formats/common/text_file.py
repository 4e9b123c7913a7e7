"""Read a text file of another program as clean text."""

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
_FEW_ACCENTED = 8
"""Fewer accented letters than this are accepted in any proportion."""


class TextFile(NamedTuple):
    """The text of a file."""

    text: str
    """Without unsafe characters; lines end with `\\n`."""
    digest: str


def read_text_file(
    path: Path, collector: ProblemCollector, *, any_encoding: bool = False
) -> TextFile | None:
    """Return the text of a file, or None after reporting a problem if it is not text.

    Unsafe characters are removed and counted in one warning.

    Args:
        path: The file.
        collector: Collects the problems.
        any_encoding: Whether to guess the encoding of text that is not UTF-8, with a warning;
            spreadsheets write such files. If False, it is a problem.
    """
    data = read_bytes(path, collector)
    if data is None:
        return None
    plain = data.removeprefix(codecs.BOM_UTF8)
    if b"\r" in plain:
        plain = plain.replace(b"\r\n", b"\n")
    if is_clean(plain):
        return TextFile(plain.decode(), digest_of(data))
    text = _decode(data, collector, any_encoding=any_encoding)
    if text is None:
        return None
    text = _LINE_END.sub("\n", text)
    first_unsafe = REFUSED.search(text)
    if first_unsafe:
        line = text.count("\n", 0, first_unsafe.start()) + 1
        text, number = REFUSED.subn("", text)
        count = formatting.count(number, "character")
        collector.add_at("characters-removed", line, 1, count=count)
    return TextFile(text, digest_of(data))


def _decode(
    data: bytes, collector: ProblemCollector, *, any_encoding: bool
) -> str | None:
    encoding = foreign_encoding(data)
    if encoding and not any_encoding:
        collector.add_at("wrong-encoding", 1, 1, encoding=encoding)
        return None
    if encoding:
        return _decode_wide(data, encoding, collector)
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
    """Return whether text decoded from single bytes looks like a Western language.

    Cyrillic, Greek or Chinese in another encoding gives long runs of accented letters, or
    hardly any other letters.
    """
    accented = len(_ACCENTED.findall(text))
    is_rare = accented < _FEW_ACCENTED or accented * 3 < sum(map(str.isalpha, text))
    return is_rare and not _ACCENTED_RUN.search(text)


def _decode_wide(data: bytes, name: str, collector: ProblemCollector) -> str | None:
    """Return UTF-16 or UTF-32 text; the byte order mark or the first byte gives the order."""
    has_mark = data.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
    )
    order = "" if has_mark else "-be" if data[0] == 0 else "-le"
    try:
        text = data.decode(f"{name}{order}")
    except UnicodeDecodeError:
        collector.add_at("wrong-encoding", 1, 1, encoding=name)
        return None
    if not has_mark:
        collector.add_at("guessed-encoding", 1, 1, encoding=name)
    return text
