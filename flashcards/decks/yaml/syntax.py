"""What a YAML error means to the author of a deck, and what to do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import MarkedYAMLError

    from flashcards.decks.problem_collector import Mark


class Explanation(NamedTuple):
    """Where the author should look, what is wrong there, and the remedy."""

    mark: Mark
    found: str
    advice: str


_QUOTE = "Put the whole value in quotes"
_CLOSE = "Close them, and write a quote within single quotes twice"
_AFTER_VALUE = re.compile(
    r"block mapping \||block collection \||mapping values are not allowed"
)

# Context and problem as the parser reports them (in C or in Python), whether the fault lies
# where the context begins, what is wrong, and the remedy.
_KNOWN: tuple[tuple[str, bool, str, str], ...] = (
    (
        r"quoted scalar.*\| .*(?:end of stream|document separator|document indicator)",
        True,
        "the quotes opened here are never closed",
        _CLOSE,
    ),
    (
        r"escape|hexadecimal|hexdecimal",
        False,
        "the backslash begins no character that double quotes know",
        "Use single quotes, or write the backslash twice",
    ),
    (
        r"flow (?:sequence|mapping) \|",
        True,
        "the bracket opened here is not closed, or its items lack a comma",
        "Close it; if it is text, put the whole value in quotes",
    ),
    (
        r"could not find expected ':'",
        True,
        "the line is neither a key with its value nor part of the value above",
        "Write `key: value`, or indent the line more than the key it belongs to",
    ),
    (
        r"scanning an (?:anchor|alias)",
        True,
        'a value cannot begin with "&" or "*"',
        _QUOTE,
    ),
    (
        r"(?:scanning|parsing) a (?:tag|directive)",
        True,
        'a value cannot begin with "!" or "%"',
        _QUOTE,
    ),
    (
        r"block scalar",
        False,
        'text follows "|" or ">" on the same line',
        "Begin the text on the next line",
    ),
    (
        r"sequence entries are not allowed",
        False,
        "a list begins on the line of its key",
        "Begin the list on the next line; if it is text, put the whole value in quotes",
    ),
    (
        r"(?:block collection|block sequence) \|",
        False,
        "the line does not line up with the list above",
        'Indent every "- " of the list alike, and the keys of a note two columns more',
    ),
    (
        r"block mapping \|",
        False,
        "something follows a value that has ended, or the line does not line up",
        f"{_QUOTE} of one kind, or indent the line like the keys above",
    ),
    (
        r"mapping values are not allowed",
        False,
        "a key does not line up with the keys above, or the line above lacks its colon",
        "Indent the keys of a note alike, each with a colon",
    ),
    (r"block node \|", False, "a bracket or comma stands where a value begins", _QUOTE),
)


def explain_syntax_error(
    error: MarkedYAMLError,
    line_of: Callable[[Mark], str],
    long_quote: Callable[[], Mark | None],
) -> Explanation:
    """Return the parser's error in the words of an author.

    `line_of` gives the line of a place, `long_quote` where the last value before the
    error begins if that is one in quotes over several lines.
    """
    mark: Mark = error.problem_mark or error.context_mark
    problem = f"{error.context or ''} | {error.problem or ''}"
    before, character = _around(mark, line_of)
    if "tab character" in problem or character == "\t":
        return Explanation(mark, "a tab indents the line", "Indent with spaces.")
    if "cannot start any token" in problem:
        return Explanation(
            mark, f'a value cannot begin with "{character}"', f"{_QUOTE}."
        )
    opened = long_quote() if _AFTER_VALUE.search(problem) else None
    if opened is not None:
        return Explanation(
            opened, "the quotes opened here close too late", f"{_CLOSE}."
        )
    if "mapping values are not allowed" in problem and ": " in before:
        found = 'a value holds ": ", which begins a new value in YAML'
        return Explanation(mark, found, f"{_QUOTE}.")
    for pattern, at_context, found, advice in _KNOWN:
        if re.search(pattern, problem):
            where = error.context_mark if at_context and error.context_mark else mark
            return Explanation(where, found, f"{advice}.")
    return Explanation(mark, error.problem or "the line is not YAML", f"{_QUOTE}.")


def _around(mark: Mark, line_of: Callable[[Mark], str]) -> tuple[str, str]:
    line = line_of(mark)
    return line[: mark.column], line[mark.column : mark.column + 1]
