"""Formulas mean in Unicode what they meant in LaTeX: both have the same value."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flashcards.domain.expressions import Expression, ExpressionError
from flashcards.text.latex.conversion import latex_to_unicode

VALUES = {"a": 2.0, "b": 3.0, "c": 5.0, "x": 7.0, "y": 11.0}
SUM, PRODUCT, WHOLE = 1, 2, 3


@dataclass(frozen=True)
class Formula:
    """A formula as LaTeX shows it, its value, and how firmly it holds together."""

    latex: str
    value: float
    level: int

    def within(self, level: int) -> str:
        return self.latex if self.level >= level else rf"\left({self.latex}\right)"


def summed(one: Formula, other: Formula) -> Formula:
    return Formula(f"{one.latex} + {other.latex}", one.value + other.value, SUM)


def subtracted(one: Formula, other: Formula) -> Formula:
    latex = f"{one.latex}-{other.within(PRODUCT)}"
    return Formula(latex, one.value - other.value, SUM)


def negated(one: Formula) -> Formula:
    return Formula(f"-{one.within(PRODUCT)}", -one.value, SUM)


def multiplied(one: Formula, other: Formula, sign: str) -> Formula:
    latex = f"{one.within(PRODUCT)}{sign}{other.within(PRODUCT)}"
    return Formula(latex, one.value * other.value, PRODUCT)


def divided(one: Formula, other: Formula) -> Formula:
    value = one.value / other.value if other.value else math.nan
    return Formula(rf"\frac{{{one.latex}}}{{{other.latex}}}", value, WHOLE)


def squared(one: Formula) -> Formula:
    is_letter = len(one.latex) == 1
    base = one.latex if is_letter else rf"\left({one.latex}\right)"
    return Formula(f"{base}^2", one.value**2, WHOLE)


def rooted(one: Formula) -> Formula:
    value = math.sqrt(one.value) if one.value >= 0 else math.nan
    return Formula(rf"\sqrt{{{one.latex}}}", value, WHOLE)


letters = st.sampled_from(sorted(VALUES)).map(
    lambda letter: Formula(letter, VALUES[letter], WHOLE)
)
formulas = st.recursive(
    letters,
    lambda inner: st.one_of(
        st.builds(summed, inner, inner),
        st.builds(subtracted, inner, inner),
        st.builds(negated, inner),
        st.builds(multiplied, inner, inner, st.sampled_from([" ", r" \cdot ", r"\times "])),
        st.builds(divided, inner, inner),
        st.builds(squared, inner),
        st.builds(rooted, inner),
    ),
    max_leaves=8,
)  # fmt: skip


def evaluated(shown: str) -> float:
    """Return the value of a formula in Unicode, read from left to right as people do."""
    text = re.sub(r"√([a-z])(²?)", r"√(\1\2)", shown)
    text = re.sub(r"(?<=[a-z)²])\s*(?=[a-z(√])", "*", text)
    for sign, word in (("²", "**2"), ("√", "sqrt"), ("·", "*"), ("×", "*")):
        text = text.replace(sign, word)
    return Expression(text).value(VALUES)


@settings(max_examples=150)
@given(formulas)
def test_a_formula_keeps_its_value(formula: Formula) -> None:
    assume(math.isfinite(formula.value) and abs(formula.value) < 1e12)
    shown = latex_to_unicode(formula.latex)
    assert "\\" not in shown

    try:
        value = evaluated(shown)
    except ExpressionError as error:
        assume("long" not in str(error) and "outside" not in str(error))
        raise

    assert math.isclose(value, formula.value, rel_tol=1e-9, abs_tol=1e-6), shown
