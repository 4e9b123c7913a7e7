"""Formulas between dollar signs in Markdown, as Unicode."""

from __future__ import annotations

import re

from flashcards.latex.conversion import converted
from flashcards.markdown.code_spans import masked_text

_DISPLAY = r"\$\$([^$]+)\$\$"
# As Pandoc has it, so that $5 and $6 is no formula.
_INLINE = r"\$(?=\S)([^$\n]*[^$\s\\])\$(?![0-9])"
_FORMULA = re.compile(rf"(?<![\\$])(?:{_DISPLAY}|{_INLINE})(?!\$)")
_MATHS = re.compile(r"[\\^_{}=<>+*/|()-]|\A\S+\Z")
"""Words alone, as between two prices, are no formula."""


def with_formulas(text: str) -> str:
    """Return a text with its formulas as Unicode; what cannot be converted stays as it is."""
    if "$" not in text:
        return text
    parts, last = [], 0
    for found in _FORMULA.finditer(masked_text(text)):
        group = 1 if found[1] else 2
        source = text[found.start(group) : found.end(group)]
        # Code within it was masked, and is none of LaTeX.
        is_formula = source == found[group] and _MATHS.search(source.strip())
        shown = converted(source.strip()) if is_formula else ""
        if shown:
            parts += [text[last : found.start()], shown]
            last = found.end()
    return "".join((*parts, text[last:]))


def settled_formulas(text: str) -> str:
    """Return a text in which `with_formulas` finds nothing more to convert."""
    while (after := with_formulas(text)) != text:
        text = after
    return text
