"""Convert formulas between dollar signs in Markdown to Unicode."""

from __future__ import annotations

from flashcards.text.latex.conversion import latex_to_unicode
from flashcards.text.markdown.formulas import find_formulas


def convert_formulas(text: str) -> str:
    """Convert the formulas of a text to Unicode; those without a Unicode form stay."""
    if "$" not in text:
        return text
    pieces, last = [], 0
    for formula in find_formulas(text, only_dollars=True):
        if converted := latex_to_unicode(formula.source):
            pieces += [text[last : formula.start], converted]
            last = formula.end
    return "".join((*pieces, text[last:]))


def convert_all_formulas(text: str) -> str:
    """Convert formulas until `convert_formulas` changes nothing more."""
    while (converted := convert_formulas(text)) != text:
        text = converted
    return text
