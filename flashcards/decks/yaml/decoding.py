"""From the bytes of a file to UTF-8 that the YAML parser takes, with every bad character found."""

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
"""Takes the place of a refused character, so that the values that hold one can be refused."""

REFUSED = re.compile(UNSAFE.pattern[:-1] + "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Unsafe ones, and those that YAML refuses or that could feign the stand-in."""

# A byte that is not UTF-8 is decoded to a lone surrogate; a run of them is one fault.
_BAD = re.compile("[\udc80-\udcff]+|" + REFUSED.pattern)
_PLAIN_ASCII = bytes([0x09, 0x0A, *range(0x20, 0x7F)])
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
    """Return what the file holds, or None with a problem where it cannot or should not be read.

    Args:
        path: The file.
        collector: Takes the problem.
        most: Bytes from which on it is too large.
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

    None where the file is not text of our encoding at all.
    """
    encoding = foreign_encoding(data)
    if encoding:
        collector.add_at("wrong-encoding", 1, 1, encoding=encoding)
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    if is_clean(data):
        return data
    text = data.decode(errors="surrogateescape")
    return _refuse(text.replace("\r\n", "\n").replace("\r", "\n"), collector).encode()


def report_not_utf_8(error: UnicodeDecodeError, collector: ProblemCollector) -> None:
    """Add a problem for the first byte that is not UTF-8, where it stands."""
    byte = f"0x{error.object[error.start]:02X}"
    collector.add_at("not-utf-8", *position_of(error), byte=byte)


def position_of(error: UnicodeDecodeError) -> tuple[int, int]:
    """Return the line and column of the first byte that is not of an encoding."""
    # Not those of the file: a mark of the encoding at its beginning is gone.
    data, at = error.object, error.start
    return data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)


def is_plain(text: str) -> bool:
    """Tell, much faster than an expression could, whether text is ASCII that needs no look.

    Tabs and line feeds are plain, other control characters are not.
    """
    return text.isascii() and not text.encode().translate(None, delete=_PLAIN_ASCII)


def is_clean(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 without a refused character."""
    # Only what is not plain ASCII is looked at with the slow expression.
    rest = data.translate(None, delete=_PLAIN_ASCII)
    try:
        return REFUSED.search(rest.decode()) is None and data.decode() is not None
    except UnicodeDecodeError:
        return False


def foreign_encoding(data: bytes) -> str:
    """Return the name of the encoding that the first bytes of a file show, empty for UTF-8."""
    for mark, name in _ENCODINGS:
        if data.startswith(mark):
            return name
    head = data[:_BYTE_ORDER_PROBE]
    if len(head) == _BYTE_ORDER_PROBE and head.count(0) == _BYTE_ORDER_PROBE // 2:
        return "UTF-16"
    if len(head) == _BYTE_ORDER_PROBE and head.count(0) == _BYTE_ORDER_PROBE - 1:
        return "UTF-32"
    return ""


def _refuse(text: str, collector: ProblemCollector) -> str:
    line, column = 1, 1
    last = 0
    for found in _BAD.finditer(text):
        if collector.is_full:
            break
        line, column = _moved(line, column, text[last : found.start()])
        last = found.start()
        character = found[0][0]
        if "\udc80" <= character <= "\udcff":
            collector.add_at(
                "not-utf-8", line, column, byte=f"0x{ord(character) - 0xDC00:02X}"
            )
        else:
            collector.add_at(
                "unsafe-character", line, column, name=format_code_point(character)
            )
    return _BAD.sub(STAND_IN, text)


def _moved(line: int, column: int, text: str) -> tuple[int, int]:
    breaks = text.count("\n")
    if breaks:
        return line + breaks, len(text) - text.rfind("\n")
    return line, column + len(text)
