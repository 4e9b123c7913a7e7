"""Decodes the bytes of a file to UTF-8 for the YAML parser and finds every refused character."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from flashcards.decks.files import MOST_BYTES
from flashcards.disk.plain_files import read_plain
from flashcards.text.safe_text import UNSAFE, format_code_point

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector

STAND_IN = "\ufdd0"
"""Replaces a refused character, so that the value that contains it can be refused."""

REFUSED = re.compile(UNSAFE.pattern[:-1] + "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Unsafe characters, those that YAML refuses, and the stand-in itself."""

# A byte that is not UTF-8 is decoded to a lone surrogate; a run of them is one problem.
_BAD = re.compile("[\udc80-\udcff]+|" + REFUSED.pattern)
_PRINTABLE_ASCII = bytes([0x09, 0x0A, *range(0x20, 0x7F)])
_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_BYTE_ORDER_PROBE = 4


def read_bytes(
    path: Path, collector: ProblemCollector, *, most: int = MOST_BYTES
) -> bytes | None:
    """Return the bytes of a file, or None with a problem if it cannot be read or is too large.

    Args:
        path: The file.
        collector: Collects the problem.
        most: The maximum size in bytes.
    """
    try:
        data = read_plain(path, most)
    except OSError as error:
        collector.add_at("file-unreadable", 1, 1, reason=error.strerror)
        return None
    if len(data) > most:
        size, limit = (f"{count / 2**20:.0f} MiB" for count in (len(data), most))
        collector.add_at("file-too-large", 1, 1, size=size, most=limit)
        return None
    return data


def decode(data: bytes, collector: ProblemCollector) -> bytes | None:
    """Return the file as UTF-8 without refused characters, each of which is a problem.

    None where the file is in another encoding.
    """
    encoding = foreign_encoding(data)
    if encoding:
        collector.add_at("wrong-encoding", 1, 1, encoding=encoding)
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    if is_clean(data):
        return data
    text = data.decode(errors="surrogateescape")
    return _report_refused(
        text.replace("\r\n", "\n").replace("\r", "\n"), collector
    ).encode()


def report_not_utf_8(error: UnicodeDecodeError, collector: ProblemCollector) -> None:
    """Add a problem for the first byte that is not UTF-8, at its place."""
    byte = f"0x{error.object[error.start]:02X}"
    collector.add_at("not-utf-8", *position_of(error), byte=byte)


def position_of(error: UnicodeDecodeError) -> tuple[int, int]:
    """Return the line and column of the first byte that could not be decoded."""
    # Without the byte order mark, which was removed before decoding.
    data, at = error.object, error.start
    return data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)


def is_plain(text: str) -> bool:
    """Return, faster than a regular expression could, whether text is printable ASCII.

    Tabs and line feeds count as printable, other control characters do not.
    """
    return text.isascii() and not text.encode().translate(None, delete=_PRINTABLE_ASCII)


def is_clean(data: bytes) -> bool:
    """Return whether bytes are UTF-8 without a refused character."""
    # The slow regular expression sees only what is not printable ASCII.
    other_bytes = data.translate(None, delete=_PRINTABLE_ASCII)
    try:
        return (
            REFUSED.search(other_bytes.decode()) is None and data.decode() is not None
        )
    except UnicodeDecodeError:
        return False


def foreign_encoding(data: bytes) -> str:
    """Return the encoding that the first bytes of a file indicate; empty for UTF-8."""
    for mark, name in _ENCODINGS:
        if data.startswith(mark):
            return name
    head = data[:_BYTE_ORDER_PROBE]
    if len(head) == _BYTE_ORDER_PROBE and head.count(0) == _BYTE_ORDER_PROBE // 2:
        return "UTF-16"
    if len(head) == _BYTE_ORDER_PROBE and head.count(0) == _BYTE_ORDER_PROBE - 1:
        return "UTF-32"
    return ""


def _report_refused(text: str, collector: ProblemCollector) -> str:
    line, column = 1, 1
    last = 0
    for match in _BAD.finditer(text):
        if collector.is_full:
            break
        line, column = _advance(line, column, text[last : match.start()])
        last = match.start()
        character = match[0][0]
        if "\udc80" <= character <= "\udcff":
            collector.add_at(
                "not-utf-8", line, column, byte=f"0x{ord(character) - 0xDC00:02X}"
            )
        else:
            collector.add_at(
                "unsafe-character", line, column, name=format_code_point(character)
            )
    return _BAD.sub(STAND_IN, text)


def _advance(line: int, column: int, text: str) -> tuple[int, int]:
    breaks = text.count("\n")
    if breaks:
        return line + breaks, len(text) - text.rfind("\n")
    return line, column + len(text)
