"""Macros that one field of a foreign note defines, applied in the formulas of all of them."""

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
"""Opens a formula, or closes one where the group is empty."""
_TAG = re.compile(r"<[^<>]*>|&nbsp;")


def fields_with_macros(fields: Sequence[str], macros: Macros) -> Sequence[str]:
    """Return fields of HTML whose formulas use no macros and define none.

    A formula that does nothing but define macros is left out.

    Args:
        fields: The fields of one note.
        macros: The macros that its templates define.
    """
    if not macros and not any(map(DEFINITION.search, fields)):
        return fields
    known = dict(macros)
    bare = [without_macro_definitions(field, known) for field in fields]
    return [
        _with_formulas(field, lambda formula: expand_macros(formula, known))
        for field in bare
    ]


def without_macro_definitions(html: str, macros: Macros) -> str:
    """Return HTML without the definitions in its formulas, which are added to `macros`."""

    def bare(source: str) -> str:
        if not DEFINITION.search(source):
            return source
        return extract_definitions(_TAG.sub(" ", source), macros)

    return _with_formulas(html, bare) if DEFINITION.search(html) else html


def _with_formulas(html: str, changed: Callable[[str], str]) -> str:
    """Return HTML with each formula changed; one that becomes blank is left out."""
    parts: list[str] = []
    last = 0
    opening: re.Match[str] | None = None
    for mark in _MARK.finditer(html):
        if mark[1]:
            opening = mark
        elif opening:
            source = html[opening.end() : mark.start()]
            new = changed(source) if len(source) <= MOST_SOURCE else source
            parts.append(html[last : opening.start()])
            if new.strip() or not source.strip():
                parts += (opening[0], new, mark[0])
            opening, last = None, mark.end()
    return "".join((*parts, html[last:]))
