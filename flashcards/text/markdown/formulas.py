r"""Formulas in Markdown: between `$`, `$$`, `\( \)` or `\[ \]`, shown as Unicode.

Prices and shell variables are no formulas: a dollar sign opens one only in front of a sign
that is no space, closes one only behind such a sign, and never next to a digit or a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.text.markdown.blocks import opens_block
from flashcards.text.markdown.code_spans import mask_code
from flashcards.text.markdown.marks import GAP_END, GAP_START, mark_gap, to_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashcards.text.latex.macros import Macros

_DOLLARS = (
    r"(?<![\\$A-Za-z0-9])(?:\$\$([^$]+)\$\$(?!\$)"
    r"|\$(?=\S)([^$\n]*(?:[^$\s\\/:,;=+*<>&-]|[\^_][*+-]))\$(?![A-Z0-9_${(]))"
)
_BRACKETS = r"(?<!\\)(?:\\\(((?:[^\\]|\\[^()])+)\\\)|\\\[((?:[^\\]|\\[^\[\]])+)\\\])"
_ANY = re.compile(f"{_DOLLARS}|{_BRACKETS}")
_ONLY_DOLLARS = re.compile(_DOLLARS)
_MATHS = re.compile(r"[\\^_{}=<>+*/|()-]|\A\S+\Z")
"""Words alone, as between two prices, are no formula."""
_PRICE = re.compile(r"[0-9][^\\^_]*[a-z]{2}")
_NUMBER = re.compile(r"[0-9., ]+")
_GAP = re.compile(f"{GAP_START}([^{GAP_START}{GAP_END}]*){GAP_END}")
_NAME = re.compile(r"\w+")
_NO_BREAK = ("#", "```", "~~~", "|")


class Formula(NamedTuple):
    """A formula in a text."""

    start: int
    end: int
    source: str
    """What is between its marks."""
    is_display: bool
    """True where its marks ask for lines of their own."""


def find_formulas(text: str, *, only_dollars: bool = False) -> Iterator[Formula]:
    """Give the formulas of a text in order; code holds none."""
    shown = mask_code(text) if "`" in text or "~~~" in text else text
    for found in (_ONLY_DOLLARS if only_dollars else _ANY).finditer(shown):
        group = found.lastindex or 0
        source = text[found.start(group) : found.end(group)]
        # Code within it was masked, and is none of LaTeX.
        if source == found[group] and _is_formula(source.strip(), group):
            is_display = group in (1, 4)
            yield Formula(found.start(), found.end(), source.strip(), is_display)


def show_formulas(text: str) -> str:
    """Return Markdown whose formulas are Unicode that means nothing to Markdown.

    What has no such form stays as it is. Gaps that are marked stay marked.
    """
    # Two signs are found faster than the marks they begin; an import asks of every note.
    if "$" not in text and "\\" not in text:
        return text
    formulas = list(find_formulas(text))
    if not formulas:
        return text
    from flashcards.text.latex.macros import extract_definitions

    macros: Macros = {}
    sources = [extract_definitions(each.source, macros) for each in formulas]
    parts, last = [""], 0
    for formula, source in zip(formulas, sources, strict=True):
        shown = _unicode(source, macros) if source.strip() else ""
        if not shown and source.strip():
            continue
        before, after = text[last : formula.start], text[formula.end :]
        if formula.is_display and shown:
            before, shown = _on_own_lines(before, shown, after)
        parts += [before, shown.replace("\n", "\\\n")]
        last = formula.end
    return "".join((*parts, text[last:]))


def _is_formula(source: str, group: int) -> bool:
    if group > 2:  # noqa: PLR2004 - the marks with a backslash
        return bool(source) and not _NUMBER.fullmatch(source)
    return bool(_MATHS.search(source)) and not _PRICE.match(source)


def _unicode(source: str, macros: Macros) -> str:
    """Return a formula as literal text with its gaps marked, empty where it cannot be read."""
    from flashcards.text.latex.conversion import latex_to_unicode
    from flashcards.text.latex.holes import HOLE, Hole, fill_holes
    from flashcards.text.latex.macros import expand_macros

    source = expand_macros(source, macros)
    holes = []
    for gap in _GAP.finditer(source):
        inner = gap[1]
        # What hides a gap is literal already.
        shown = (
            inner
            if inner.startswith(to_literal("["))
            else to_literal(latex_to_unicode(inner))
        )
        if not shown or "\n" in shown:
            return ""
        is_name = shown is inner or bool(_NAME.fullmatch(shown))
        holes.append(Hole(mark_gap(shown), is_name))
    outer = _GAP.sub(HOLE, source)
    if GAP_START in outer or GAP_END in outer:
        return ""
    return to_literal(fill_holes(outer, holes))


def _on_own_lines(before: str, shown: str, after: str) -> tuple[str, str]:
    """Return what is before a formula and the formula, with the breaks that set it apart."""
    rest, newline, indent = before.rpartition("\n")
    line = rest.rpartition("\n")[2]
    following, _, next_line = after.partition("\n")
    next_line = next_line.partition("\n")[0]
    if indent.strip() or following.strip():
        return before, shown
    if newline and _takes_break(line):
        before = f"{rest.rstrip()}\\\n{indent}"
    if _takes_break(next_line) and not opens_block(next_line):
        shown += "\\"
    return before, shown


def _takes_break(line: str) -> bool:
    """Tell whether a line is text that a backslash at its end would break."""
    is_text = line.strip() and not line.lstrip().startswith(_NO_BREAK)
    return bool(is_text) and not line.endswith(("\\", "  ")) and "|" not in line
