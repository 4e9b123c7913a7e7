"""Tables of signs, commands without arguments, and environments."""

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
# The rows of these become lines; their alignment is not shown.
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
"""The brackets around the rows of an environment; empty if each row is a line."""

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


def _build_commands() -> dict[str, LatexPart]:
    """Build the table of commands without arguments."""
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
    commands = {
        name: LatexPart(text, kind)
        for table, kind in tables
        for name, text in table.items()
    }
    functions = {
        name: LatexPart(name, PartKind.FUNCTION, is_word=True) for name in NAMES
    }
    return commands | functions


COMMANDS = _build_commands()
"""Commands without arguments."""


def to_sign_part(sign: str) -> LatexPart:
    """Return the part that a sign makes that is not a command."""
    kind = _SIGNS.get(sign, PartKind.ATOM)
    text = {"&": "", "~": " "}.get(sign, sign)
    return LatexPart(text, kind)
