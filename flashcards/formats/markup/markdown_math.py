"""Formulas between dollar signs in Markdown, as Unicode."""

from __future__ import annotations

from flashcards.text.latex.conversion import latex_to_unicode
from flashcards.text.markdown.formulas import find_formulas


def convert_formulas(text: str) -> str:
    """Return a text with its formulas as Unicode; what cannot be converted stays as it is."""
    if "$" not in text:
        return text
    parts, last = [], 0
    for formula in find_formulas(text, only_dollars=True):
        if shown := latex_to_unicode(formula.source):
            parts += [text[last : formula.start], shown]
            last = formula.end
    return "".join((*parts, text[last:]))


def convert_all_formulas(text: str) -> str:
    """Return a text in which `convert_formulas` finds nothing more to convert."""
    while (after := convert_formulas(text)) != text:
        text = after
    return text
