r"""Cloze gaps such as `{{c1::hidden::hint}}`: finding them in a text, and writing them.

A gap ends at the first `}}` outside of all braces that were opened within it, so that
`{{c1::\frac{a}{b}}}` and `{{c1::struct{}}}` hide what they seem to hide. Where the braces
within a gap do not pair up before the next gap begins, it ends at its first `}}`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OPENING = re.compile(r"\{\{c(\d+)::")
_SIMPLE = re.compile(r"\{\{c(\d+)::([^\\{}:]*+)(?:::([^\\{}:]*+))?\}\}")
"""A gap without any sign that needs a closer look; an import of many notes has mostly these."""
_TOKEN = re.compile(r"\\[\\{}]|\{\{c\d+::|[{}]|::")
_SEPARATOR = re.compile(r":(?=:)")
_CLOSING = re.compile(r"\}(?=\})")
_LIKE_OPENING = re.compile(r"\{(?=\{\s*[cC]\d)")


class Gap(NamedTuple):
    """One cloze gap of a text."""

    start: int
    """Index of its first brace."""
    end: int
    """Index after its last brace."""
    number: str
    hidden: str
    hint: str | None
    is_balanced: bool
    """False where the braces within it do not pair up, so that its first `}}` ends it."""


def find_gaps(text: str) -> Iterator[Gap]:
    """Give the gaps of a text from left to right, in linear time."""
    at = 0
    while opening := _OPENING.search(text, at):
        simple = _SIMPLE.match(text, opening.start())
        if simple:
            start, at = simple.span()
            yield Gap(start, at, simple[1], simple[2], simple[3], is_balanced=True)
            continue
        gap = _balanced_gap(text, opening) or _shortest_gap(text, opening)
        if gap is None:
            return
        yield gap
        at = gap.end


def has_gap(text: str) -> bool:
    """Tell whether a text has a gap."""
    return next(find_gaps(text), None) is not None


def replace_gaps(text: str, replacement: Callable[[Gap], str]) -> str:
    """Return a text with each gap replaced by what `replacement` makes of it."""
    parts: list[str] = []
    last = 0
    for gap in find_gaps(text):
        parts += (text[last : gap.start], replacement(gap))
        last = gap.end
    return "".join((*parts, text[last:]))


def fill_gaps(text: str) -> str:
    """Return a cloze text as it reads with all gaps filled."""
    return replace_gaps(text, lambda gap: gap.hidden) if "{{" in text else text


def guard_gaps(text: str, guard: str) -> str:
    """Return a text whose gaps end where they do for programs that count no braces.

    Args:
        text: The text.
        guard: What to put between two signs that would end a gap, or begin its hint, early.
    """
    if "{{c" not in text:
        return text

    def guarded(gap: Gap) -> str:
        hidden, hint = (
            _CLOSING.sub(f"}}{guard}", _SEPARATOR.sub(f":{guard}", part))
            for part in (gap.hidden, gap.hint or "")
        )
        hidden += guard if hidden.endswith(("}", ":")) else ""
        if gap.hint is None:
            return _gap_text(gap.number, hidden, "")
        hint += guard if hint.endswith("}") else ""
        return f"{{{{c{gap.number}::{hidden}::{hint}}}}}"

    return replace_gaps(text, guarded)


def write_gap(number: int | str, hidden: str, hint: str = "") -> str:
    """Return a gap that reads back as these words.

    Where a sign within it would end it early, a space keeps the sign apart. A hint is left
    out where an open brace in the hidden words would swallow it.
    """
    hint = hint if hint.strip() else ""
    exact = _gap_text(number, hidden, hint)
    if _LIKE_OPENING.search(hidden + hint) is None:
        gap = next(find_gaps(exact), None)
        is_whole = gap is not None and gap.is_balanced and gap.end == len(exact)
        if is_whole and gap and (gap.hidden, gap.hint or "") == (hidden, hint):
            return exact
    apart = _spaced(hidden)
    spaced = _gap_text(number, apart, _spaced(hint))
    gap = next(find_gaps(spaced), None)
    return spaced if gap and gap.hidden == apart else _gap_text(number, apart, "")


def write_between_gaps(text: str) -> str:
    """Return text for a place between gaps, with a space where it would begin one."""
    return _LIKE_OPENING.sub("{ ", text)


def _balanced_gap(text: str, opening: re.Match[str]) -> Gap | None:
    start = opening.end()
    depth, separator = 0, -1
    for token in _TOKEN.finditer(text, start):
        sign, at = token[0], token.start()
        if sign == "{":
            depth += 1
        elif sign == "::" and not depth and separator < 0:
            separator = at
        elif sign == "}" and depth:
            depth -= 1
        elif sign == "}" and text.startswith("}}", at):
            return _gap(text, opening, separator, at, is_balanced=True)
        elif sign[:2] == "{{":
            return None
    return None


def _shortest_gap(text: str, opening: re.Match[str]) -> Gap | None:
    end = text.find("}}", opening.end())
    if end < 0:
        return None
    separator = text.find("::", opening.end(), end)
    return _gap(text, opening, separator, end, is_balanced=False)


def _gap(
    text: str, opening: re.Match[str], separator: int, end: int, *, is_balanced: bool
) -> Gap:
    has_hint = separator >= 0
    return Gap(
        start=opening.start(),
        end=end + 2,
        number=opening[1],
        hidden=text[opening.end() : separator if has_hint else end],
        hint=text[separator + 2 : end] if has_hint else None,
        is_balanced=is_balanced,
    )


def _gap_text(number: int | str, hidden: str, hint: str) -> str:
    return f"{{{{c{number}::{hidden}{'::' if hint else ''}{hint}}}}}"


def _spaced(text: str) -> str:
    text = write_between_gaps(_CLOSING.sub("} ", _SEPARATOR.sub(": ", text)))
    # A sign of the gap's own follows the last character, and precedes the first.
    if text.startswith(":"):
        text = f" {text}"
    return f"{text} " if text.endswith((":", "}")) else text
