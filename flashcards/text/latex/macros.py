r"""Expand macros that authors define with `\newcommand`, `\def` or `\DeclareMathOperator`.

Expansion is bounded in depth, steps and length, so that no macro can call itself forever or
grow without end; a formula that reaches a bound is not expanded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|[gx]?def)(?![A-Za-z])"
)
"""The beginning of a definition."""

_HEAD = re.compile(
    r"\\((?:re)?newcommand|providecommand|DeclareMathOperator|[gx]?def)(\*?)\s*"
    r"(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+))\s*"
    r"(?:\[([1-9])\]\s*(?:\[([^\[\]]*)\]\s*)?|((?:#[1-9])*)\s*)?(?=\{)"
)
_USE = re.compile(r"\\([A-Za-z]+)")
_PARAMETER = re.compile(r"#([1-9])")
_MAX_DEPTH = 20
_MOST_STEPS = 500
_MOST_LENGTH = 8000
_MOST_MACROS = 200


class Macro(NamedTuple):
    """The definition of a command."""

    body: str
    argument_count: int = 0
    default: str | None = None
    """The value of the first argument if it is left out."""


Macros = dict[str, Macro]


class _BoundReachedError(Exception):
    """An expansion that is too deep, has too many steps or is too long."""


def extract_definitions(source: str, macros: Macros) -> str:
    """Return a formula without its definitions, and add them to `macros`."""
    parts, last = [], 0
    while definition := _HEAD.search(source, last):
        end = find_group_end(source, definition.end())
        if end < 0 or len(macros) >= _MOST_MACROS:
            break
        name, body = (
            definition[3] or definition[4],
            source[definition.end() + 1 : end - 1],
        )
        if definition[1] == "DeclareMathOperator":
            body = f"\\operatorname{definition[2]}{{{body}}}"
        count = int(definition[5]) if definition[5] else len(definition[7] or "") // 2
        if definition[1] != "providecommand" or name not in macros:
            macros[name] = Macro(body, count, definition[6])
        parts.append(source[last : definition.start()])
        last = end
    return "".join((*parts, source[last:]))


def expand_macros(source: str, macros: Macros) -> str:
    """Expand the macros of a formula."""
    if not macros:
        return source
    try:
        return _Expansion(macros).expand(source, 0)
    except _BoundReachedError:
        return source


def find_group_end(source: str, start: int) -> int:
    """Return the index after the group in braces that starts at an index, or -1 if it is open."""
    depth, position = 0, start
    while position < len(source):
        character = source[position]
        if character == "\\":
            position += 2
            continue
        depth += (character == "{") - (character == "}")
        position += 1
        if not depth:
            return position
    return -1


class _Expansion:
    def __init__(self, macros: Macros) -> None:
        self._macros = macros
        self._steps = 0
        self._length = 0

    def expand(self, source: str, depth: int) -> str:
        parts, last = [], 0
        for command in _USE.finditer(source):
            macro = self._macros.get(command[1])
            if macro is None or command.start() < last or _is_escaped(source, command):
                continue
            arguments_and_end = _read_arguments(source, command.end(), macro)
            if arguments_and_end is None:
                continue
            arguments, end = arguments_and_end
            self._steps += 1
            if depth >= _MAX_DEPTH or self._steps > _MOST_STEPS:
                raise _BoundReachedError
            body = _PARAMETER.sub(
                lambda sign, values=arguments: _get_argument(values, int(sign[1])),  # type: ignore[misc]
                macro.body,
            )
            self._length += len(body)
            if self._length > _MOST_LENGTH:
                raise _BoundReachedError
            inner = self.expand(body, depth + 1)
            parts += [source[last : command.start()], _separate(inner, source, end)]
            last = end
        return "".join((*parts, source[last:]))


def _get_argument(arguments: list[str], number: int) -> str:
    return arguments[number - 1] if number <= len(arguments) else ""


def _is_escaped(source: str, command: re.Match[str]) -> bool:
    r"""Return whether the backslash is escaped by another one, as in `\\x`."""
    before = source[: command.start()]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _separate(inner: str, source: str, end: int) -> str:
    """Add a space to an expansion that would run into the letter after it."""
    runs_on = source[end : end + 1].isalpha() and re.search(r"\\[A-Za-z]+\Z", inner)
    return f"{inner} " if runs_on else inner


def _read_arguments(
    source: str, start: int, macro: Macro
) -> tuple[list[str], int] | None:
    """Return the arguments after a command and their end, or None if one is missing."""
    arguments: list[str] = []
    position = start
    if macro.default is not None:
        if (
            source[position : position + 1] == "["
            and (close := source.find("]", position)) > 0
        ):
            arguments, position = [source[position + 1 : close]], close + 1
        else:
            arguments = [macro.default]
    while len(arguments) < macro.argument_count:
        while source[position : position + 1].isspace():
            position += 1
        if source[position : position + 1] == "{":
            end = find_group_end(source, position)
            if end < 0:
                return None
            arguments.append(source[position + 1 : end - 1])
        else:
            match = re.compile(r"\\[A-Za-z]+|\\?[^\s{}]").match(source, position)
            if match is None:
                return None
            end = match.end()
            arguments.append(match[0])
        position = end
    return arguments, position
