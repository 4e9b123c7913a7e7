"""Explains YAML errors to the author of a deck, with a remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import MarkedYAMLError

    from flashcards.decks.problem_collector import Mark


class Explanation(NamedTuple):
    """The place to look at, what is wrong there, and the remedy."""

    mark: Mark
    found: str
    advice: str


_QUOTE = "Put the whole value in quotes"
_CLOSE = "Close them, and write a quote within single quotes twice"
_AFTER_VALUE = re.compile(
    r"block mapping \||block collection \||mapping values are not allowed"
)

# Context and problem as the C or Python parser reports them, whether the cause is where the
# context begins, what is wrong, and the remedy.
_EXPLANATIONS: tuple[tuple[str, bool, str, str], ...] = (
    (
        r"quoted scalar.*\| .*(?:end of stream|document separator|document indicator)",
        True,
        "the quotes opened here are never closed",
        _CLOSE,
    ),
    (
        r"escape|hexadecimal|hexdecimal",
        False,
        "the backslash does not begin a valid escape sequence",
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
        "Start the text on the next line",
    ),
    (
        r"sequence entries are not allowed",
        False,
        "a list starts on the line of its key",
        "Start the list on the next line; if it is text, put the whole value in quotes",
    ),
    (
        r"(?:block collection|block sequence) \|",
        False,
        "the line is not aligned with the list above",
        'Indent every "- " of the list the same, and the keys of a note two columns more',
    ),
    (
        r"block mapping \|",
        False,
        "there is text after the end of a value, or the line is not aligned",
        f"{_QUOTE} of one kind, or indent the line like the keys above",
    ),
    (
        r"mapping values are not allowed",
        False,
        "a key is not aligned with the keys above, or the line above lacks its colon",
        "Indent the keys of a note the same, each with a colon",
    ),
    (r"block node \|", False, "a value begins with a bracket or a comma", _QUOTE),
)


def explain_syntax_error(
    error: MarkedYAMLError,
    line_of: Callable[[Mark], str],
    unclosed_quote: Callable[[], Mark | None],
) -> Explanation:
    """Return what a parser error means and how to fix it.

    Args:
        error: The error of the parser.
        line_of: Returns the text of the line of a mark.
        unclosed_quote: Returns where the last value before the error begins, if it is in
            quotes and has several lines.
    """
    mark: Mark = error.problem_mark or error.context_mark
    problem = f"{error.context or ''} | {error.problem or ''}"
    before, character = _text_around(mark, line_of)
    if "tab character" in problem or character == "\t":
        return Explanation(mark, "a tab indents the line", "Indent with spaces.")
    if "cannot start any token" in problem:
        return Explanation(
            mark, f'a value cannot begin with "{character}"', f"{_QUOTE}."
        )
    opened = unclosed_quote() if _AFTER_VALUE.search(problem) else None
    if opened is not None:
        return Explanation(
            opened, "the quotes opened here are closed too late", f"{_CLOSE}."
        )
    if "mapping values are not allowed" in problem and ": " in before:
        found = 'a value contains ": ", which starts a new value in YAML'
        return Explanation(mark, found, f"{_QUOTE}.")
    for pattern, at_context, found, advice in _EXPLANATIONS:
        if re.search(pattern, problem):
            start = error.context_mark if at_context and error.context_mark else mark
            return Explanation(start, found, f"{advice}.")
    return Explanation(
        mark, error.problem or "the line is not valid YAML", f"{_QUOTE}."
    )


def _text_around(mark: Mark, line_of: Callable[[Mark], str]) -> tuple[str, str]:
    line = line_of(mark)
    return line[: mark.column], line[mark.column : mark.column + 1]
