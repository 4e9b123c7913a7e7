"""Arithmetic in decks: parsed and checked against an allowlist, never run as code."""

from __future__ import annotations

import ast
import math
import operator
import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_CHARACTERS = 200

_ALLOWED_TEXT = re.compile(r"[A-Za-z0-9_ .,()+*/%-]+", re.ASCII)
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_SIGNS: dict[type[ast.unaryop], Callable[[float], float]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}


def _round(value: float, digits: float = 0) -> float:
    return round(value, int(digits))


FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs,
    "ceil": math.ceil,
    "exp": math.exp,
    "floor": math.floor,
    "log": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "max": max,
    "min": min,
    "round": _round,
    "sqrt": math.sqrt,
}
"""Functions that an expression may call; `log` is the natural logarithm."""

_ARGUMENTS = {"max": (2, 10), "min": (2, 10), "round": (1, 2)}
_ONE_ARGUMENT = (1, 1)


class ExpressionError(ValueError):
    """The expression is not allowed or has no value; `str(error)` is the reason as a clause."""


class Expression:
    """An arithmetic expression over named numbers."""

    def __init__(self, text: str) -> None:
        """Parse the text; raise `ExpressionError` if it is not plain arithmetic."""
        self.text = text
        self._root = _parse(text)
        self.names = frozenset(_check(self._root))
        """The variables that it needs."""

    def value(self, variables: Mapping[str, float]) -> float:
        """Return the finite value for these variables, or raise `ExpressionError`."""
        try:
            result = _evaluate(self._root, variables)
        except ExpressionError:
            raise
        except ZeroDivisionError:
            raise ExpressionError("it divides by zero") from None
        except OverflowError:
            raise ExpressionError("the number grows too large") from None
        except ValueError:
            raise ExpressionError(
                "a function has an argument outside of its range"
            ) from None
        if not math.isfinite(result):
            raise ExpressionError("the number grows too large")
        return result


def _parse(text: str) -> ast.expr:
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(f"it is longer than {MOST_CHARACTERS} characters")
    if not _ALLOWED_TEXT.fullmatch(text):
        raise ExpressionError(
            "only numbers, names, + - * / // % ** and brackets are allowed"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ExpressionError("it is not complete arithmetic") from None


def _check(node: ast.expr) -> set[str]:
    """Return the variables of a node, or raise `ExpressionError` if it is not allowed."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(
            value, bool
        ):
            return set()
        case ast.Name(id=name) if name not in FUNCTIONS:
            return {name}
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _check(left) | _check(right)
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _SIGNS:
            return _check(operand)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if (
            name in FUNCTIONS
        ):
            return _check_call(name, arguments)
        case _:
            raise ExpressionError(f"`{ast.unparse(node)}` is not allowed")


def _check_call(name: str, arguments: list[ast.expr]) -> set[str]:
    least, most = _ARGUMENTS.get(name, _ONE_ARGUMENT)
    if not least <= len(arguments) <= most:
        numbers = "one number" if most == 1 else f"{least} to {most} numbers"
        raise ExpressionError(f"{name} takes {numbers}")
    return set().union(*(_check(argument) for argument in arguments))


def _evaluate(node: ast.expr, variables: Mapping[str, float]) -> float:
    # Everything is a float, because powers of whole numbers could use up the memory.
    match node:
        case ast.Constant(value=value):
            return float(value)  # type: ignore[arg-type]
        case ast.Name(id=name):
            return float(variables[name])
        case ast.BinOp(left=left, op=op, right=right):
            result = _OPERATORS[type(op)](
                _evaluate(left, variables), _evaluate(right, variables)
            )
        case ast.UnaryOp(op=sign, operand=operand):
            return _SIGNS[type(sign)](_evaluate(operand, variables))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            result = FUNCTIONS[name](
                *(_evaluate(argument, variables) for argument in arguments)
            )
        case _:
            raise ExpressionError("it is not arithmetic")
    if isinstance(result, complex):
        raise ExpressionError("it takes a root of a negative number")
    return float(result)
