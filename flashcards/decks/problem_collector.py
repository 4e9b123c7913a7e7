"""Collects the problems of one file, each with its line and column."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from flashcards.decks.rules import RULES
from flashcards.domain.content import Problem
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flashcards.domain.content import Severity

    Rules = Mapping[str, tuple[Severity, str]]
    """Severity and text by rule."""

MOST_PROBLEMS = 10_000
_MAX_SHOWN = 60
_MAX_COMPARED = 1000
_QUOTED_VALUES = frozenset({"key", "value", "tag"})
"""Values that may quote the file; they are cleaned and shortened before they are shown."""


Mark: TypeAlias = Any
"""A position as the YAML parser reports it, in C or in Python: line and column counted from 0."""


class Located(Protocol):
    """Something read from a file that knows where it starts."""

    start_mark: Mark


class ProblemCollector:
    """The problems of one file so far."""

    __slots__ = ("_rules", "errors", "is_full", "path", "problems", "shift")

    def __init__(self, path: str, rules: Rules = RULES) -> None:
        self._rules = rules
        self.path = path
        self.problems: list[Problem] = []
        self.errors = 0
        """Problems of severity error; a value is valid if reading it adds none."""
        self.is_full = False
        """True once there are too many problems to read on."""
        self.shift = 0
        """Lines of the file before the section that is being read."""

    def add(self, rule: str, node: Located, /, **values: object) -> None:
        """Add a problem at the start of a node."""
        self.add_mark(rule, node.start_mark, **values)

    def add_mark(self, rule: str, mark: Mark, /, **values: object) -> None:
        """Add a problem at a mark of the parser, which counts from 0."""
        self.add_at(rule, mark.line + 1 + self.shift, mark.column + 1, **values)

    def add_at(self, rule: str, line: int, column: int, /, **values: object) -> None:
        """Add a problem at a line and column, counted from 1."""
        self.append(_build_problem(self._rules, rule, self.path, line, column, values))

    def append(self, problem: Problem) -> None:
        """Add a problem that already has its message."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
            self.errors += problem.severity == "error"
            return
        self.errors += 1
        if not self.is_full:
            self.is_full = True
            position = self.path, problem.line, problem.column
            self.problems.append(
                locate_problem("too-many-problems", *position, most=MOST_PROBLEMS)
            )


def locate_problem(
    rule: str, path: str, line: int, column: int, /, **values: object
) -> Problem:
    """Return the problem of a rule at a place, with its message filled in."""
    return _build_problem(RULES, rule, path, line, column, values)


def suggestion(word: str, known: Collection[str]) -> str:
    """Return ` Did you mean ...?` with the most similar known word; empty without one."""
    # Comparing with many thousands of words would take seconds for each problem.
    close = (
        get_close_matches(word[:_MAX_SHOWN], known, n=1)
        if len(known) <= _MAX_COMPARED
        else ()
    )
    return f' Did you mean "{close[0]}"?' if close else ""


def _quote(value: object) -> object:
    if not isinstance(value, str):
        return value
    return one_line(value, _MAX_SHOWN).encode(errors="replace").decode()


def _build_problem(
    rules: Rules,
    rule: str,
    path: str,
    line: int,
    column: int,
    values: Mapping[str, object],
) -> Problem:
    severity, text = rules[rule]
    shown = {
        key: _quote(value) if key in _QUOTED_VALUES else value
        for key, value in values.items()
    }
    return Problem(severity, path, line, column, rule, text.format(**shown))
