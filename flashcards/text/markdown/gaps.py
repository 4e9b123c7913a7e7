r"""Find and write cloze gaps such as `{{c1::hidden::hint}}`.

A gap ends at the first `}}` outside all braces opened within it, so that
`{{c1::\frac{a}{b}}}` and `{{c1::struct{}}}` hide what they seem to hide. If the braces within
a gap do not pair up before the next gap begins, it ends at its first `}}`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_OPENING = re.compile(r"\{\{c(\d+)::")
_SIMPLE = re.compile(r"\{\{c(\d+)::([^\\{}:]*+)(?:::([^\\{}:]*+))?\}\}")
"""A gap without braces or colons inside; most gaps are like this, and it matches fast."""
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
    """Whether the braces within it pair up; if not, its first `}}` ends it."""


class WrittenGap(NamedTuple):
    """A gap to write in place of a part of a text."""

    start: int
    end: int
    gap: str
    """As `write_gap` returns it."""


def find_gaps(text: str) -> Iterator[Gap]:
    """Yield the gaps of a text from left to right, in linear time."""
    position = 0
    while opening := _OPENING.search(text, position):
        simple = _SIMPLE.match(text, opening.start())
        if simple:
            start, position = simple.span()
            yield Gap(
                start, position, simple[1], simple[2], simple[3], is_balanced=True
            )
            continue
        gap = _match_balanced_gap(text, opening) or _match_shortest_gap(text, opening)
        if gap is None:
            return
        yield gap
        position = gap.end


def has_gap(text: str) -> bool:
    """Return whether a text has a gap."""
    return next(find_gaps(text), None) is not None


def replace_gaps(text: str, replacement: Callable[[Gap], str]) -> str:
    """Replace each gap of a text by the result of `replacement`."""
    pieces: list[str] = []
    end = 0
    for gap in find_gaps(text):
        pieces += (text[end : gap.start], replacement(gap))
        end = gap.end
    return "".join((*pieces, text[end:]))


def fill_gaps(text: str) -> str:
    """Return a cloze text with all its gaps filled."""
    return replace_gaps(text, lambda gap: gap.hidden) if "{{" in text else text


def guard_gaps(text: str, guard: str) -> str:
    """Guard the gaps of a text for programs that end a gap at its first `}}`.

    Args:
        text: The text.
        guard: Put between two characters that would end a gap, or start its hint, too early.
    """
    if "{{c" not in text:
        return text

    def to_guarded_gap(gap: Gap) -> str:
        hidden, hint = (
            _CLOSING.sub(f"}}{guard}", _SEPARATOR.sub(f":{guard}", words))
            for words in (gap.hidden, gap.hint or "")
        )
        hidden += guard if hidden.endswith(("}", ":")) else ""
        if gap.hint is None:
            return _format_gap(gap.number, hidden, "")
        hint += guard if hint.endswith("}") else ""
        return f"{{{{c{gap.number}::{hidden}::{hint}}}}}"

    return replace_gaps(text, to_guarded_gap)


def write_gap(number: int | str, hidden: str, hint: str = "") -> str:
    """Write a gap that is read back with the same words.

    A space separates characters that would end the gap too early. The hint is left out if an
    open brace in the hidden words would swallow it.
    """
    hint = hint if hint.strip() else ""
    gap_text = _format_gap(number, hidden, hint)
    if _LIKE_OPENING.search(hidden + hint) is None:
        gap = next(find_gaps(gap_text), None)
        is_one_gap = gap is not None and gap.is_balanced and gap.end == len(gap_text)
        if is_one_gap and gap and (gap.hidden, gap.hint or "") == (hidden, hint):
            return gap_text
    spaced_hidden = _insert_spaces(hidden)
    spaced_text = _format_gap(number, spaced_hidden, _insert_spaces(hint))
    gap = next(find_gaps(spaced_text), None)
    return (
        spaced_text
        if gap and gap.hidden == spaced_hidden
        else _format_gap(number, spaced_hidden, "")
    )


def write_between_gaps(text: str) -> str:
    """Write text between gaps, with a space inside whatever would start a gap."""
    return _LIKE_OPENING.sub("{ ", text)


def write_cloze(text: str, gaps: Iterable[WrittenGap]) -> str:
    """Replace parts of a text by gaps; the text between them gets no gaps of its own."""
    pieces: list[str] = []
    end = 0
    for gap in gaps:
        pieces += (write_between_gaps(text[end : gap.start]), gap.gap)
        end = gap.end
    return "".join((*pieces, write_between_gaps(text[end:])))


def _match_balanced_gap(text: str, opening: re.Match[str]) -> Gap | None:
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
            return _to_gap(text, opening, separator, at, is_balanced=True)
        elif sign[:2] == "{{":
            return None
    return None


def _match_shortest_gap(text: str, opening: re.Match[str]) -> Gap | None:
    end = text.find("}}", opening.end())
    if end < 0:
        return None
    separator = text.find("::", opening.end(), end)
    return _to_gap(text, opening, separator, end, is_balanced=False)


def _to_gap(
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


def _format_gap(number: int | str, hidden: str, hint: str) -> str:
    return f"{{{{c{number}::{hidden}{'::' if hint else ''}{hint}}}}}"


def _insert_spaces(text: str) -> str:
    text = write_between_gaps(_CLOSING.sub("} ", _SEPARATOR.sub(": ", text)))
    # The delimiters of the gap come right before the first and after the last character.
    if text.startswith(":"):
        text = f" {text}"
    return f"{text} " if text.endswith((":", "}")) else text
