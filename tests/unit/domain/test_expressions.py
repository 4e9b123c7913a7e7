"""Arithmetic in decks: what is computed and what is refused."""

from __future__ import annotations

import math

import pytest

from flashcards.domain.expressions import FUNCTIONS, Expression, ExpressionError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("qps * ms / 1000", 50.0),
        ("-qps + +ms", -400.0),
        ("2 ** 10 // 3 % 7", 5.0),
        ("ceil(qps / 3)", 167.0),
        ("floor(2.5) + round(2.567, 1)", 4.6),
        ("max(qps, ms) - min(1, 2, 3)", 499.0),
        ("log2(8) + log10(100) + log(exp(1))", 6.0),
        ("sqrt(abs(-16))", 4.0),
        ("1e-3 * (qps)", 0.5),
    ],
)
def test_arithmetic_is_computed(text: str, value: float) -> None:
    assert math.isclose(Expression(text).value({"qps": 500, "ms": 100}), value)


def test_the_names_are_the_variables_without_the_functions() -> None:
    assert Expression("max(a, b) * a").names == {"a", "b"}


def test_every_function_can_be_called() -> None:
    for name in FUNCTIONS:
        assert (
            Expression(
                f"{name}(1, 1)" if name in {"max", "min"} else f"{name}(1)"
            ).value({})
            < 3
        )


@pytest.mark.parametrize(
    "text",
    ["", " ", "a.b", "a[0]", "[1]", "lambda: 1", "a if b else c", "a < b", "a and b", "f'x'", "'x'", "True",
     "1j", "open(a)", "max", "max(a)", "sqrt(1, 2)", "max(*a, 1)", "max(a, key=b)", "a := 1", "a; b", "a\nb",
     "(" * 99 + ")" * 99, "-" * 200 + "1", "1" * 201, "a ~ b", "a @ b", "a << b", "not a", "1_0 .real",
     "5()", "1is 2", "é"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        Expression(text).value(dict.fromkeys("abcf", 1.0))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 / a", "it divides by zero"),
        ("1 % a", "it divides by zero"),
        ("10 ** 10 ** 10 ** 10", "the number grows too large"),
        ("exp(1000)", "the number grows too large"),
        ("1e308 * 10", "the number grows too large"),
        ("ceil(1e999)", "the number grows too large"),
        ("log(a)", "a function has an argument outside of its range"),
        ("(a - 1) ** 0.5", "it takes a root of a negative number"),
    ],
)  # fmt: skip
def test_an_expression_without_a_value_says_why(text: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=reason):
        Expression(text).value({"a": 0})
