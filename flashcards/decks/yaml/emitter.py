"""Writes plain data as YAML in one canonical form that every YAML reader accepts.

Texts that other readers could take for another type (`no`, `1:30`, dates) are quoted,
though this package's reader does not need it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flashcards.decks.yaml.decoding import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

_INDENT = "  "
_FLOW_WIDTH = 80

# Text that needs no quotes: without characters that have a meaning in YAML at their place.
_PLAIN = re.compile(
    r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~](?:[^\n\t]*[^\s:])?|-[^\s:-](?:[^\n\t]*[^\s:])?"
)
_BREAKS_PLAIN = re.compile(r":\s|\s#")
_FLOW_SIGN = re.compile(r"[,:?\[\]{}]")
_OTHER_TYPE = re.compile(
    r"y|n|yes|no|on|off|true|false|null|[-+.]?(?:inf|nan)"
    r"|(?![0-9]+\.[0-9]+\.[0-9]+$)[-+]?[0-9._][0-9._,:eExXoOa-fA-F+-]*|[0-9]{4}-[0-9]{2}.*|---.*|\.\.\..*",
    re.IGNORECASE,
)
_ESCAPED = re.compile("[\t\n]|" + REFUSED.pattern)
_SHORT_ESCAPES = {"\n": r"\n", "\t": r"\t", '"': r"\"", "\\": r"\\"}
_SPACE_LINE = re.compile(r"^[ \t]+$", re.MULTILINE)


def block(
    value: dict[str, Any], indent: str = "", flow: frozenset[str] = frozenset()
) -> str:
    """Return a mapping in block style; values of the keys in `flow` are written on one line."""
    lines: list[str] = []
    for key, item in value.items():
        lines += _emit_entry(key, item, indent, flow)
    return "".join(f"{line}\n" for line in lines)


def flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{_emit_key(key)}: {flow(item)}" for key, item in value.items()
            )
            + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, in_flow=True)


def scalar(value: str | float | bool, *, in_flow: bool = False) -> str:
    """Return a scalar on one line, quoted if necessary."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if _is_plain(value) and not (in_flow and _FLOW_SIGN.search(value)):
        return value
    if _ESCAPED.search(value):
        return _quote_escaped(value)
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _emit_entry(
    key: str, item: Any, indent: str, flow_keys: frozenset[str]
) -> Iterator[str]:
    if key in flow_keys and not _is_long(item):
        yield f"{indent}{_emit_key(key)}: {flow(item)}"
    elif isinstance(item, dict):
        yield f"{indent}{_emit_key(key)}:"
        for name, child in item.items():
            yield from _emit_entry(name, child, indent + _INDENT, flow_keys)
    elif isinstance(item, list):
        yield f"{indent}{_emit_key(key)}:"
        for child in item:
            yield from _emit_item(child, indent + _INDENT, flow_keys)
    else:
        yield f"{indent}{_emit_key(key)}: {_emit_text(item, indent)}"


def _emit_key(name: str) -> str:
    return scalar(name, in_flow=True)


def _emit_item(child: Any, indent: str, flow_keys: frozenset[str]) -> Iterator[str]:
    if not isinstance(child, dict):
        yield f"{indent}- {_emit_text(child, indent)}"
        return
    inner = indent + _INDENT
    lines = [
        line
        for key, item in child.items()
        for line in _emit_entry(key, item, inner, flow_keys)
    ]
    yield f"{indent}- {lines[0].removeprefix(inner)}"
    yield from lines[1:]


def _emit_text(value: Any, indent: str) -> str:
    if not isinstance(value, str) or "\n" not in value or not _is_literal(value):
        return scalar(value)
    body = value.removesuffix("\n")
    chomp = "-" if body == value else ""
    inner = indent + _INDENT
    lines = [f"{inner}{line}" if line else "" for line in body.split("\n")]
    return "\n".join([f"|{chomp}", *lines])


def _is_literal(value: str) -> bool:
    """Return whether a text of several lines can be written as it is after a `|`."""
    first = value[0]
    return not (
        first.isspace()
        # Blank lines at the end would run into those between notes.
        or value.endswith("\n\n")
        or _SPACE_LINE.search(value)
        or REFUSED.search(value)
    )


def _is_plain(value: str) -> bool:
    return (
        _PLAIN.fullmatch(value) is not None
        and not _BREAKS_PLAIN.search(value)
        and not _OTHER_TYPE.fullmatch(value)
        and not _ESCAPED.search(value)
        and not value[-1].isspace()
    )


def _quote_escaped(value: str) -> str:
    return (
        '"'
        + re.sub(
            rf'["\\]|{_ESCAPED.pattern}',
            lambda match: _escape_character(match[0]),
            value,
        )
        + '"'
    )


def _escape_character(character: str) -> str:
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _is_long(item: Any) -> bool:
    return len(flow(item)) > _FLOW_WIDTH and isinstance(item, list)
