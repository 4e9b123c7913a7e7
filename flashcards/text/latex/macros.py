r"""Macros that authors define with `\newcommand`, `\def` or `\DeclareMathOperator`, expanded.

Expansion is bounded in depth, steps and length, so that no macro can call itself for ever or
grow without end; a formula in which a bound is reached stays as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|[gx]?def)(?![A-Za-z])"
)
"""Begins a definition."""

_HEAD = re.compile(
    r"\\((?:re)?newcommand|providecommand|DeclareMathOperator|[gx]?def)(\*?)\s*"
    r"(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+))\s*"
    r"(?:\[([1-9])\]\s*(?:\[([^\[\]]*)\]\s*)?|((?:#[1-9])*)\s*)?(?=\{)"
)
_USE = re.compile(r"\\([A-Za-z]+)")
_PARAMETER = re.compile(r"#([1-9])")
_DEPTH = 20
_MOST_STEPS = 500
_MOST_LENGTH = 8000
_MOST_MACROS = 200


class Macro(NamedTuple):
    """What a command stands for."""

    body: str
    arguments: int = 0
    default: str | None = None
    """What the first argument is where it is left out."""


Macros = dict[str, Macro]


class _BoundReachedError(Exception):
    """The macros expand too deep, too often or to too much."""


def extract_definitions(source: str, macros: Macros) -> str:
    """Return a formula without the definitions in it, which are added to `macros`."""
    parts, last = [], 0
    while found := _HEAD.search(source, last):
        end = find_group_end(source, found.end())
        if end < 0 or len(macros) >= _MOST_MACROS:
            break
        name, body = found[3] or found[4], source[found.end() + 1 : end - 1]
        if found[1] == "DeclareMathOperator":
            body = f"\\operatorname{found[2]}{{{body}}}"
        count = int(found[5]) if found[5] else len(found[7] or "") // 2
        if found[1] != "providecommand" or name not in macros:
            macros[name] = Macro(body, count, found[6])
        parts.append(source[last : found.start()])
        last = end
    return "".join((*parts, source[last:]))


def expand_macros(source: str, macros: Macros) -> str:
    """Return a formula with its macros replaced by what they stand for."""
    if not macros:
        return source
    try:
        return _Expansion(macros).of(source, 0)
    except _BoundReachedError:
        return source


def find_group_end(source: str, start: int) -> int:
    """Return the index after the group in braces that starts at an index, -1 if it is open."""
    depth, at = 0, start
    while at < len(source):
        sign = source[at]
        if sign == "\\":
            at += 2
            continue
        depth += (sign == "{") - (sign == "}")
        at += 1
        if not depth:
            return at
    return -1


class _Expansion:
    def __init__(self, macros: Macros) -> None:
        self._macros = macros
        self._steps = 0
        self._length = 0

    def of(self, source: str, depth: int) -> str:
        parts, last = [], 0
        for found in _USE.finditer(source):
            macro = self._macros.get(found[1])
            if macro is None or found.start() < last or _is_escaped(source, found):
                continue
            taken = _arguments(source, found.end(), macro)
            if taken is None:
                continue
            arguments, end = taken
            self._steps += 1
            if depth >= _DEPTH or self._steps > _MOST_STEPS:
                raise _BoundReachedError
            body = _PARAMETER.sub(
                lambda sign, values=arguments: _argument(values, int(sign[1])),  # type: ignore[misc]
                macro.body,
            )
            self._length += len(body)
            if self._length > _MOST_LENGTH:
                raise _BoundReachedError
            inner = self.of(body, depth + 1)
            parts += [source[last : found.start()], _separated(inner, source, end)]
            last = end
        return "".join((*parts, source[last:]))


def _argument(arguments: list[str], number: int) -> str:
    return arguments[number - 1] if number <= len(arguments) else ""


def _is_escaped(source: str, found: re.Match[str]) -> bool:
    r"""Tell whether the backslash belongs to one before it, as in `\\x`."""
    before = source[: found.start()]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _separated(inner: str, source: str, end: int) -> str:
    """Return an expansion that does not run into the letter after it."""
    runs_on = source[end : end + 1].isalpha() and re.search(r"\\[A-Za-z]+\Z", inner)
    return f"{inner} " if runs_on else inner


def _arguments(source: str, start: int, macro: Macro) -> tuple[list[str], int] | None:
    """Return the arguments that stand behind a command, and where they end."""
    found: list[str] = []
    at = start
    if macro.default is not None:
        if source[at : at + 1] == "[" and (close := source.find("]", at)) > 0:
            found, at = [source[at + 1 : close]], close + 1
        else:
            found = [macro.default]
    while len(found) < macro.arguments:
        while source[at : at + 1].isspace():
            at += 1
        if source[at : at + 1] == "{":
            end = find_group_end(source, at)
            if end < 0:
                return None
            found.append(source[at + 1 : end - 1])
        else:
            sign = re.compile(r"\\[A-Za-z]+|\\?[^\s{}]").match(source, at)
            if sign is None:
                return None
            end = sign.end()
            found.append(sign[0])
        at = end
    return found, at
