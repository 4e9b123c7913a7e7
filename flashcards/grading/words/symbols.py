"""How to type symbols that keyboards lack: `≥` as `>=`, `β` as `beta`, `x̄` as `x bar`."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPELLINGS = {
    "≥": ">= => geq greaterorequal greaterthanorequal greaterthanorequalto atleast",
    "≤": "<= =< leq lessorequal lessthanorequal lessthanorequalto atmost",
    "≠": "!= <> =/= /= \\= neq notequal notequalto",
    "≈": "~ ~= ~~ approx approximately about",
    "≡": "== === equiv",
    "∼": "~",
    "≅": "~=",
    "≪": "<<",
    "≫": ">>",
    ">=": "atleast geq greaterthanorequalto",
    "<=": "atmost leq lessthanorequalto",
    "!=": "notequalto neq",
    "<": "lessthan",
    ">": "greaterthan",
    "=": "equals",
    "→": "-> to",
    "⟶": "-> to",
    "->": "to",
    "←": "<-",
    "↔": "<->",
    "⇒": "=> implies",
    "⟹": "=> implies",
    "⇔": "<=> iff ifandonlyif",
    "↦": "|->",
    "↑": "up",
    "↓": "down",
    "×": "* x times",
    "✕": "* x times",
    "·": "* . dot times",
    "⋅": "* . dot times",
    "∗": "*",
    "*": "times",
    "÷": "/",
    "∕": "/",
    "/": "over dividedby",
    "−": "- minus",
    "-": "minus",
    "+": "plus",
    "±": "+- +/- plusminus plusorminus",
    "∓": "-+ -/+ minusplus minusorplus",
    "√": "sqrt squareroot squarerootof root",
    "∞": "inf infty infinity oo",
    "∝": "propto proportionalto isproportionalto",
    "∑": "sum sigma",
    "∏": "prod product pi",
    "∫": "int integral",
    "∂": "partial del",
    "∇": "nabla grad gradient del",
    "∆": "delta",
    "∈": "in isin elementof iselementof",
    "∉": "notin notelementof",
    "⊂": "subset subsetof",
    "⊆": "subseteq subset= subsetorequal subsetorequalto",
    "∪": "union cup",
    "∩": "intersection intersect cap",
    "∅": "emptyset {} empty",
    "∀": "forall",
    "∃": "exists thereexists",
    "¬": "! ~ not",
    "∧": "and && &",
    "∨": "or || |",
    "⊕": "xor oplus",
    "⊗": "otimes tensor",
    "⊙": "odot hadamard",
    "∘": "circ compose o",
    "⊥": "perp bot",
    "⫫": "independent",
    "∥": "|| parallel",
    "‖": "||",
    "∣": "| given",
    "|": "given",
    "⌊": "floor",
    "⌋": "",
    "⌈": "ceil",
    "⌉": "",
    "⟨": "<",
    "⟩": ">",
    "′": "'",
    "″": "''",
    "°": "deg degree degrees",
    "%": "percent",
    "‰": "permille",
    "&": "and",
    "@": "at",
    "€": "eur euro euros",
    "£": "gbp pound pounds",
    "¥": "jpy yen",
    "^2": "**2 squared",
    "^3": "**3 cubed",
    "^": "**",
    "r^2": "r**2 r2 rsquared rsquare",
    "χ^2": "chi^2 chi**2 chi2 chisquared chisquare",
    "…": "...",
}
_MARKS = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar mean",
    "\u0305": "bar mean",
    "\u0307": "dot",
    "\u20d7": "vec vector",
}
"""Marks that make another variable of a single letter."""


def is_marked_letter(letters: str) -> bool:
    """Return whether a single letter has a mark of formulas, such as `x̄` or `ŷ`."""
    base, *marks = list(unicodedata.normalize("NFD", letters))
    return bool(marks) and base.isalpha() and all(mark in _MARKS for mark in marks)


@lru_cache(maxsize=4096)
def spellings_of(sign: str) -> tuple[str, ...]:
    """Return the ways to type a token, itself first, without the spaces in them.

    Every symbol can also be typed as Unicode names it: `⊢` as `right tack`.
    """
    if is_marked_letter(sign):
        base, *marks = list(unicodedata.normalize("NFD", sign))
        names = [name for mark in marks for name in _MARKS[mark].split()]
        letters = spellings_of(base)
        return (
            sign,
            *(
                spelled
                for letter in letters
                for name in names
                for spelled in (letter + name, name + letter, f"{name}of{letter}")
            ),
        )
    spellings = [sign, *_SPELLINGS.get(sign, "").split()]
    if _SPELLINGS.get(sign) == "":
        spellings.append("")
    if len(sign) == 1 and not sign.isascii():
        name = unicodedata.name(sign, "").casefold()
        if name.startswith("greek "):
            spellings.append(
                name.split()[-1].replace("lamda", "lambda").replace("final", "")
            )
        elif unicodedata.category(sign)[0] == "S":
            spellings.append("".join(filter(str.isalnum, name)))
    return tuple(dict.fromkeys(spellings))
