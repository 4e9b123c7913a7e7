"""Apply LaTeX macros that one field of a foreign note defines to all of its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.text.latex.conversion import MOST_SOURCE
from flashcards.text.latex.macros import (
    DEFINITION,
    Macros,
    expand_macros,
    extract_definitions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MARK = re.compile(
    r"(\\\(|\\\[|\[(?:latex|\$\$?)\]|<anki-mathjax\b[^<>]{0,200}>)"
    r"|\\\)|\\\]|\[/(?:latex|\$\$?)\]|</anki-mathjax>"
)
"""Opens a formula, or closes one if the group is empty."""
_TAG = re.compile(r"<[^<>]*>|&nbsp;")


def expand_macros_in_fields(fields: Sequence[str], macros: Macros) -> Sequence[str]:
    """Return HTML fields with the macros in their formulas expanded and their definitions removed.

    A formula that only defines macros is left out.

    Args:
        fields: The fields of one note.
        macros: The macros from the templates of the note.
    """
    if not macros and not any(map(DEFINITION.search, fields)):
        return fields
    known_macros = dict(macros)
    bare_fields = [remove_macro_definitions(field, known_macros) for field in fields]
    return [
        _replace_formulas(field, lambda formula: expand_macros(formula, known_macros))
        for field in bare_fields
    ]


def remove_macro_definitions(html: str, macros: Macros) -> str:
    """Return HTML without the macro definitions in its formulas; add them to `macros`."""

    def remove(source: str) -> str:
        if not DEFINITION.search(source):
            return source
        return extract_definitions(_TAG.sub(" ", source), macros)

    return _replace_formulas(html, remove) if DEFINITION.search(html) else html


def _replace_formulas(html: str, convert: Callable[[str], str]) -> str:
    """Return HTML with each formula converted; a formula that becomes blank is left out."""
    parts: list[str] = []
    last = 0
    opening: re.Match[str] | None = None
    for mark in _MARK.finditer(html):
        if mark[1]:
            opening = mark
        elif opening:
            source = html[opening.end() : mark.start()]
            new = convert(source) if len(source) <= MOST_SOURCE else source
            parts.append(html[last : opening.start()])
            if new.strip() or not source.strip():
                parts += (opening[0], new, mark[0])
            opening, last = None, mark.end()
    return "".join((*parts, html[last:]))
