"""Read the few protobuf messages inside Anki packages, without a protobuf library.

A message is a sequence of tagged values; see the encoding page of the Protocol Buffers manual.
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


def iter_fields(data: bytes) -> Iterator[tuple[int, Value]]:
    """Yield the number and value of each field of a message, in the order written.

    Numbers come as unsigned integers; texts, messages and fixed-width values as bytes.

    Raises:
        ValueError: the bytes are not a message.
    """
    position, end = 0, len(data)
    while position < end:
        tag, position = _read_varint(data, position)
        kind = tag & 7
        if kind == _VARINT:
            number, position = _read_varint(data, position)
            yield tag >> 3, number
            continue
        if kind == _BYTES:
            size, position = _read_varint(data, position)
        elif kind in (_FIXED_64, _FIXED_32):
            size = 8 if kind == _FIXED_64 else 4
        else:
            raise ValueError("a field of an unknown kind")
        if position + size > end:
            raise ValueError("a field is cut off")
        yield tag >> 3, data[position : position + size]
        position += size


def number_at(data: bytes, path: Path) -> int:
    """Return the number at a path of field numbers, 0 if there is none.

    Raises:
        ValueError: the bytes are not a message.
    """
    value = _value_at(data, path)
    return value if isinstance(value, int) else 0


def text_at(data: bytes, path: Path) -> str:
    """Return the text at a path of field numbers, empty if there is none.

    Raises:
        ValueError: the bytes are not a message.
    """
    value = _value_at(data, path)
    return value.decode(errors="replace") if isinstance(value, bytes) else ""


def _value_at(data: bytes, path: Path) -> Value | None:
    value: Value | None = data
    for field_number in path:
        if not isinstance(value, bytes):
            return None
        # If a field appears several times, the last one counts.
        message, value = value, None
        for number, field_value in iter_fields(message):
            if number == field_number:
                value = field_value
    return value


def _read_varint(data: bytes, position: int) -> tuple[int, int]:
    result = 0
    for shift in range(0, _MOST_VARINT_BITS, 7):
        if position >= len(data):
            break
        byte = data[position]
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < _MORE:
            return result, position
    raise ValueError("a number is cut off")
