r"""Find formulas in Markdown, between `$`, `$$`, `\( \)` or `\[ \]`, and show them as Unicode.

Prices and shell variables are not formulas: a dollar sign opens one only before a character
that is not a space, closes one only after such a character, and never next to a digit or a
name.
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
_MATH_SIGN = re.compile(r"[\\^_{}=<>+*/|()-]|\A\S+\Z")
"""A formula has one of these or is a single word; plain words between prices are not a formula."""
_PRICE = re.compile(r"[0-9][^\\^_]*[a-z]{2}")
_NUMBER = re.compile(r"[0-9., ]+")
_GAP = re.compile(f"{GAP_START}([^{GAP_START}{GAP_END}]*){GAP_END}")
_WORD = re.compile(r"\w+")
_NO_BREAK_AFTER = ("#", "```", "~~~", "|")


class Formula(NamedTuple):
    """A formula in a text."""

    start: int
    end: int
    source: str
    """The LaTeX between its delimiters."""
    is_display: bool
    """Whether its delimiters put it on lines of its own."""


def find_formulas(text: str, *, only_dollars: bool = False) -> Iterator[Formula]:
    """Yield the formulas of a text in order, except in code."""
    masked = mask_code(text) if "`" in text or "~~~" in text else text
    for match in (_ONLY_DOLLARS if only_dollars else _ANY).finditer(masked):
        group = match.lastindex or 0
        source = text[match.start(group) : match.end(group)]
        # A masked part is a code span, which LaTeX does not have.
        if source == match[group] and _is_formula(source.strip(), group):
            is_display = group in (1, 4)
            yield Formula(match.start(), match.end(), source.strip(), is_display)


def show_formulas(text: str) -> str:
    """Convert the formulas of Markdown to literal Unicode.

    A formula that cannot be converted stays as it is. Marked gaps stay marked.
    """
    # Searching for two characters is fast; an import calls this for every note.
    if "$" not in text and "\\" not in text:
        return text
    formulas = list(find_formulas(text))
    if not formulas:
        return text
    from flashcards.text.latex.macros import extract_definitions

    macros: Macros = {}
    sources = [extract_definitions(formula.source, macros) for formula in formulas]
    pieces, last = [""], 0
    for formula, source in zip(formulas, sources, strict=True):
        converted = _to_literal_unicode(source, macros) if source.strip() else ""
        if not converted and source.strip():
            continue
        before, after = text[last : formula.start], text[formula.end :]
        if formula.is_display and converted:
            before, converted = _put_on_own_lines(before, converted, after)
        pieces += [before, converted.replace("\n", "\\\n")]
        last = formula.end
    return "".join((*pieces, text[last:]))


def _is_formula(source: str, group: int) -> bool:
    if group > 2:  # noqa: PLR2004 - delimiters with a backslash
        return bool(source) and not _NUMBER.fullmatch(source)
    return bool(_MATH_SIGN.search(source)) and not _PRICE.match(source)


def _to_literal_unicode(source: str, macros: Macros) -> str:
    """Return a formula as literal text with marked gaps; empty if it cannot be converted."""
    from flashcards.text.latex.conversion import latex_to_unicode
    from flashcards.text.latex.holes import HOLE, Hole, fill_holes
    from flashcards.text.latex.macros import expand_macros

    source = expand_macros(source, macros)
    holes = []
    for gap in _GAP.finditer(source):
        hidden = gap[1]
        # The placeholder of a hidden gap is literal already.
        converted = (
            hidden
            if hidden.startswith(to_literal("["))
            else to_literal(latex_to_unicode(hidden))
        )
        if not converted or "\n" in converted:
            return ""
        is_name = converted is hidden or bool(_WORD.fullmatch(converted))
        holes.append(Hole(mark_gap(converted), is_name))
    source_with_holes = _GAP.sub(HOLE, source)
    if GAP_START in source_with_holes or GAP_END in source_with_holes:
        return ""
    return to_literal(fill_holes(source_with_holes, holes))


def _put_on_own_lines(before: str, converted: str, after: str) -> tuple[str, str]:
    """Return the text before a formula and the formula, with the breaks around it."""
    previous_lines, newline, indent = before.rpartition("\n")
    previous_line = previous_lines.rpartition("\n")[2]
    following, _, next_line = after.partition("\n")
    next_line = next_line.partition("\n")[0]
    if indent.strip() or following.strip():
        return before, converted
    if newline and _can_end_with_break(previous_line):
        before = f"{previous_lines.rstrip()}\\\n{indent}"
    if _can_end_with_break(next_line) and not opens_block(next_line):
        converted += "\\"
    return before, converted


def _can_end_with_break(line: str) -> bool:
    """Return whether a line is text in which a backslash at the end means a line break."""
    is_text = line.strip() and not line.lstrip().startswith(_NO_BREAK_AFTER)
    return bool(is_text) and not line.endswith(("\\", "  ")) and "|" not in line
