"""Reading the few protobuf messages inside Anki packages, without a protobuf library.

A message is a row of tagged values; see the encoding page of the Protocol Buffers manual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = int | bytes
Path = tuple[int, ...]

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_MOST_VARINT_BITS = 70
_MORE = 0x80


def values(data: bytes) -> Iterator[tuple[int, Value]]:
    """Yield the number and value of each field of a message, in the order written.

    Numbers come as unsigned integers; texts, messages and fixed-width values as bytes.

    Raises:
        ValueError: the bytes are no message.
    """
    at, end = 0, len(data)
    while at < end:
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == _VARINT:
            number, at = _varint(data, at)
            yield tag >> 3, number
            continue
        if kind == _BYTES:
            size, at = _varint(data, at)
        elif kind in (_FIXED_64, _FIXED_32):
            size = 8 if kind == _FIXED_64 else 4
        else:
            raise ValueError("a field of an unknown kind")
        if at + size > end:
            raise ValueError("a field is cut off")
        yield tag >> 3, data[at : at + size]
        at += size


def number_at(data: bytes, path: Path) -> int:
    """Return the number at a path of field numbers, 0 where there is none.

    Raises:
        ValueError: the bytes are no message.
    """
    found = _last(data, path)
    return found if isinstance(found, int) else 0


def text_at(data: bytes, path: Path) -> str:
    """Return the text at a path of field numbers, empty where there is none.

    Raises:
        ValueError: the bytes are no message.
    """
    found = _last(data, path)
    return found.decode(errors="replace") if isinstance(found, bytes) else ""


def _last(data: bytes, path: Path) -> Value | None:
    found: Value | None = data
    for wanted in path:
        if not isinstance(found, bytes):
            return None
        # Of a field that is there several times, the last one counts.
        inner, found = found, None
        for number, value in values(inner):
            if number == wanted:
                found = value
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    result = 0
    for shift in range(0, _MOST_VARINT_BITS, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        result |= (byte & 0x7F) << shift
        if byte < _MORE:
            return result, at
    raise ValueError("a number is cut off")
