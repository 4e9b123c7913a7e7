"""Signs, commands without arguments, and environments, as parts of a formula."""

from __future__ import annotations

from flashcards.text.latex.parts import LatexPart, PartKind
from flashcards.text.latex.symbols import (
    BINARY,
    CLOSING,
    LARGE,
    LETTERS,
    NAMES,
    OPENING,
    RELATIONS,
    SPACES,
)

ENVIRONMENTS = {"matrix": "[]", "smallmatrix": "[]", "bmatrix": "[]", "pmatrix": "()", "vmatrix": "||",
             "Vmatrix": "‖‖", "Bmatrix": "{}", "array": "[]", "cases": "{}",
                "dcases": "{}", "rcases": "{}"}  # fmt: skip
# The rows of these are lines of their own, and what aligns them says nothing.
ENVIRONMENTS |= dict.fromkeys(
    [
        "equation",
        "align",
        "flalign",
        "aligned",
        "alignat",
        "gather",
        "gathered",
        "split",
        "multline",
        "displaymath",
        "math",
        "eqnarray",
    ],
    "",
)
"""The brackets around the rows of an environment; none where each row is a line."""

_SIGNS = dict.fromkeys(("=", "<", ">", *RELATIONS.values()), PartKind.RELATION)
_SIGNS |= {
    sign: PartKind.BINARY
    for sign in ("+", "-", "−", *BINARY.values())
    if len(sign) == 1
}
_SIGNS |= {
    "*": PartKind.BINARY,
    "/": PartKind.SLASH,
    "&": PartKind.CELL,
    "~": PartKind.SPACE,
}
_SIGNS |= dict.fromkeys("([", PartKind.OPEN) | dict.fromkeys(")]", PartKind.CLOSE)
_SIGNS |= dict.fromkeys(',;:.!?|"`', PartKind.MARK)


def _commands() -> dict[str, LatexPart]:
    """Return the commands that take no argument."""
    tables = (
        (LETTERS, PartKind.ATOM),
        (BINARY, PartKind.BINARY),
        (RELATIONS, PartKind.RELATION),
        (LARGE, PartKind.LARGE),
        (OPENING, PartKind.OPEN),
        (CLOSING, PartKind.CLOSE),
        (SPACES, PartKind.SPACE),
        (dict(zip("%&#$_", "%&#$_", strict=True)), PartKind.ATOM),
    )
    found = {
        name: LatexPart(text, sort)
        for table, sort in tables
        for name, text in table.items()
    }
    functions = {
        name: LatexPart(name, PartKind.FUNCTION, is_word=True) for name in NAMES
    }
    return found | functions


COMMANDS = _commands()
"""Commands that take no argument."""


def to_sign_part(piece: str) -> LatexPart:
    """Return what a sign means that is no command."""
    sort = _SIGNS.get(piece, PartKind.ATOM)
    text = {"&": "", "~": " "}.get(piece, piece)
    return LatexPart(text, sort)
