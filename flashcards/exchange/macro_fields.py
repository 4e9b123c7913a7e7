"""Macros that one field of a foreign note defines, applied in the formulas of all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.latex.conversion import MOST_SOURCE
from flashcards.latex.macros import DEFINITION, Macros, expanded, without_definitions

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = r"\\\(|\\\[|\[(?:latex|\$\$?)\]|<anki-mathjax\b[^<>]*>"
_ENDS = r"\\\)|\\\]|\[/(?:latex|\$\$?)\]|</anki-mathjax>"
# A formula has an end, so that a text full of beginnings takes linear time.
_FORMULA = re.compile(rf"(?s)({_MARKS})(.{{1,{MOST_SOURCE}}}?)({_ENDS})")
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
        _FORMULA.sub(
            lambda found: f"{found[1]}{expanded(found[2], known)}{found[3]}", field
        )
        for field in bare
    ]


def without_macro_definitions(html: str, macros: Macros) -> str:
    """Return HTML without the definitions in its formulas, which are added to `macros`."""

    def bare(found: re.Match[str]) -> str:
        mark, source, end = found.groups()
        if not DEFINITION.search(source):
            return found[0]
        rest = without_definitions(_TAG.sub(" ", source), macros)
        return f"{mark}{rest}{end}" if rest.strip() else ""

    return _FORMULA.sub(bare, html) if DEFINITION.search(html) else html
