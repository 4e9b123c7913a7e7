"""A formula has the same value in Unicode as in LaTeX."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flashcards.domain.expressions import Expression, ExpressionError
from flashcards.text.latex.conversion import latex_to_unicode
from tests.examples import scale_examples

VALUES = {"a": 2.0, "b": 3.0, "c": 5.0, "x": 7.0, "y": 11.0}
SUM, PRODUCT, ATOM = 1, 2, 3


@dataclass(frozen=True)
class Formula:
    """A formula in LaTeX, its value, and how tightly its outermost operator binds."""

    latex: str
    value: float
    level: int

    def bracketed_below(self, level: int) -> str:
        return self.latex if self.level >= level else rf"\left({self.latex}\right)"


def add(left: Formula, right: Formula) -> Formula:
    return Formula(f"{left.latex} + {right.latex}", left.value + right.value, SUM)


def subtract(left: Formula, right: Formula) -> Formula:
    latex = f"{left.latex}-{right.bracketed_below(PRODUCT)}"
    return Formula(latex, left.value - right.value, SUM)


def negate(formula: Formula) -> Formula:
    return Formula(f"-{formula.bracketed_below(PRODUCT)}", -formula.value, SUM)


def multiply(left: Formula, right: Formula, sign: str) -> Formula:
    latex = f"{left.bracketed_below(PRODUCT)}{sign}{right.bracketed_below(PRODUCT)}"
    return Formula(latex, left.value * right.value, PRODUCT)


def divide(left: Formula, right: Formula) -> Formula:
    value = left.value / right.value if right.value else math.nan
    return Formula(rf"\frac{{{left.latex}}}{{{right.latex}}}", value, ATOM)


def square(formula: Formula) -> Formula:
    is_letter = len(formula.latex) == 1
    base = formula.latex if is_letter else rf"\left({formula.latex}\right)"
    return Formula(f"{base}^2", formula.value**2, ATOM)


def take_root(formula: Formula) -> Formula:
    value = math.sqrt(formula.value) if formula.value >= 0 else math.nan
    return Formula(rf"\sqrt{{{formula.latex}}}", value, ATOM)


letters = st.sampled_from(sorted(VALUES)).map(
    lambda letter: Formula(letter, VALUES[letter], ATOM)
)
formulas = st.recursive(
    letters,
    lambda inner: st.one_of(
        st.builds(add, inner, inner),
        st.builds(subtract, inner, inner),
        st.builds(negate, inner),
        st.builds(multiply, inner, inner, st.sampled_from([" ", r" \cdot ", r"\times "])),
        st.builds(divide, inner, inner),
        st.builds(square, inner),
        st.builds(take_root, inner),
    ),
    max_leaves=8,
)  # fmt: skip


def evaluate(converted: str) -> float:
    """Evaluate a formula in Unicode as people read it, from left to right."""
    text = re.sub(r"√([a-z])(²?)", r"√(\1\2)", converted)
    text = re.sub(r"(?<=[a-z)²])\s*(?=[a-z(√])", "*", text)
    for sign, word in (("²", "**2"), ("√", "sqrt"), ("·", "*"), ("×", "*")):
        text = text.replace(sign, word)
    return Expression(text).value(VALUES)


@settings(max_examples=scale_examples(150))
@given(formulas)
def test_a_formula_keeps_its_value(formula: Formula) -> None:
    assume(math.isfinite(formula.value) and abs(formula.value) < 1e12)
    converted = latex_to_unicode(formula.latex)
    assert "\\" not in converted

    try:
        value = evaluate(converted)
    except ExpressionError as error:
        assume("long" not in str(error) and "outside" not in str(error))
        raise

    assert math.isclose(value, formula.value, rel_tol=1e-9, abs_tol=1e-6), converted
