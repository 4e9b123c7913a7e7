"""Collecting the faults of one file, each at its line and column."""

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
_SHOWN = 60
_COMPARED = 1000
_FROM_FILE = frozenset({"key", "value", "tag"})
"""Words that may quote the file; they are cleaned and cut before they are shown."""


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
        """Problems of severity error; a value is good where reading it adds none."""
        self.is_full = False
        """True after so many problems that the rest of the file is not worth reading."""
        self.shift = 0
        """Lines of the file before the part that is being read."""

    def add(self, rule: str, where: Located, /, **words: object) -> None:
        """Add a problem at the start of what was read."""
        self.add_mark(rule, where.start_mark, **words)

    def add_mark(self, rule: str, mark: Mark, /, **words: object) -> None:
        """Add a problem at a place as the parser counts it."""
        self.add_at(rule, mark.line + 1 + self.shift, mark.column + 1, **words)

    def add_at(self, rule: str, line: int, column: int, /, **words: object) -> None:
        """Add a problem at a line and column, counted from 1."""
        self.take(_problem(self._rules, rule, self.path, line, column, words))

    def take(self, problem: Problem) -> None:
        """Add a problem that was found elsewhere."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
            self.errors += problem.severity == "error"
            return
        self.errors += 1
        if not self.is_full:
            self.is_full = True
            place = self.path, problem.line, problem.column
            full = locate_problem("too-many-faults", *place, most=MOST_PROBLEMS)
            self.problems.append(full)


def locate_problem(
    rule: str, path: str, line: int, column: int, /, **words: object
) -> Problem:
    """Return the problem of a rule at a place, with its sentence filled in."""
    return _problem(RULES, rule, path, line, column, words)


def suggestion(word: str, known: Collection[str]) -> str:
    """Return ` Did you mean ...?` for the known word most alike, else nothing."""
    # Comparing with very many words would take seconds for each fault.
    close = (
        get_close_matches(word[:_SHOWN], known, n=1) if len(known) <= _COMPARED else ()
    )
    return f' Did you mean "{close[0]}"?' if close else ""


def _quoted(word: object) -> object:
    if not isinstance(word, str):
        return word
    return one_line(word, _SHOWN).encode(errors="replace").decode()


def _problem(
    rules: Rules,
    rule: str,
    path: str,
    line: int,
    column: int,
    words: Mapping[str, object],
) -> Problem:
    severity, text = rules[rule]
    shown = {
        key: _quoted(word) if key in _FROM_FILE else word for key, word in words.items()
    }
    return Problem(severity, path, line, column, rule, text.format(**shown))
