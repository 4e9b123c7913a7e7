"""Convert Anki's cloze texts to ours, which have no nested gaps and one number per gap."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashcards.decks.fields.limits import MOST_GAPS
from flashcards.formats.markup.markup import read_carried_markdown
from flashcards.text.markdown.gaps import write_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OCCLUSION = "image-occlusion:"
"""Prefix of a gap that hides a part of a picture."""
_MOST_DEPTH = 20
_TOKEN = re.compile(r"\{\{c([0-9]{1,9}(?:,[0-9]{1,9}){0,9})::|\}\}")

# Private characters replace the marks of a gap while HTML is converted to text: no conversion
# changes them, neither within words nor within formulas.
_OPEN, _HINT, _CLOSE = "\ue0f0", "\ue0f1", "\ue0f2"
_DIGITS = {ord(str(digit)): chr(0xE0E0 + digit) for digit in range(10)}
_BACK = {ord(sign): chr(digit) for digit, sign in _DIGITS.items()}
_PRIVATE = re.compile("[\ue0e0-\ue0ff]")
_GAP = re.compile(
    f"{_OPEN}([{_DIGITS[ord('0')]}-{_DIGITS[ord('9')]}]+){_OPEN}([^{_CLOSE}]*){_CLOSE}"
)


@dataclass(slots=True)
class _Gap:
    numbers: tuple[int, ...]
    opening: str
    parts: list[str | _Gap] = field(default_factory=list)
    hint: str = ""


_Parts = list[str | _Gap]


def to_cloze_texts(html: str, to_text: Callable[[str], str]) -> dict[int, str]:
    """Return the texts of the notes for a cloze text, by number of the gap.

    A single note has the number 0. If gaps are nested, have several numbers or are too many for
    one note, each number gets a text of its own, in which the other gaps are plain text.

    Args:
        html: The field, or the fields, with gaps such as `{{c1::gap::hint}}`.
        to_text: Converts HTML to our text.
    """
    if carried := read_carried_markdown(html):
        return {0: carried}
    parts = _parse(_PRIVATE.sub("", html))
    gaps = list(_iter_gaps(parts))
    numbers = sorted({number for gap in gaps for number in gap.numbers if number})
    is_simple = len(gaps) <= MOST_GAPS and all(
        len(gap.numbers) == 1 and not any(isinstance(part, _Gap) for part in gap.parts)
        for gap in gaps
    )
    if is_simple:
        numbers_by_key = {0: frozenset(numbers)}
    else:
        numbers_by_key = {number: frozenset((number,)) for number in numbers}
    return {
        key: _GAP.sub(_write_gap, to_text("".join(_mark_gaps(parts, chosen))))
        for key, chosen in numbers_by_key.items()
    }


def _parse(html: str) -> _Parts:
    root = _Gap((), "")
    stack = [root]
    last = 0
    for token in _TOKEN.finditer(html):
        _add_text(stack, html[last : token.start()])
        last = token.end()
        if token[1]:
            if len(stack) > _MOST_DEPTH:
                _add_text(stack, token[0])
                continue
            numbers = tuple(dict.fromkeys(map(int, token[1].split(","))))
            stack.append(_Gap(numbers, token[0]))
        elif len(stack) > 1:
            gap = stack.pop()
            stack[-1].parts.append(gap)
        else:
            _add_text(stack, token[0])
    _add_text(stack, html[last:])
    while len(stack) > 1:
        # A gap that is never closed is text.
        gap = stack.pop()
        stack[-1].parts += [gap.opening, *gap.parts, gap.hint]
    return root.parts


def _add_text(stack: list[_Gap], text: str) -> None:
    gap = stack[-1]
    if len(stack) > 1:
        if gap.hint:
            gap.hint += text
            return
        text, separator, hint = text.partition("::")
        gap.hint = separator + hint
    if text:
        gap.parts.append(text)


def _iter_gaps(parts: _Parts) -> Iterator[_Gap]:
    for part in parts:
        if isinstance(part, _Gap):
            yield part
            yield from _iter_gaps(part.parts)


def _mark_gaps(parts: _Parts, chosen: frozenset[int], outer: int = 0) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            yield part
            continue
        number = next((n for n in part.numbers if n in chosen), 0)
        # Within a hidden gap, a further gap is a part of the answer.
        if not number or outer:
            yield from _mark_gaps(part.parts, chosen, outer)
            continue
        yield f"{_OPEN}{str(number).translate(_DIGITS)}{_OPEN}"
        yield from _mark_gaps(part.parts, chosen, number)
        hint = part.hint.removeprefix("::").strip()
        yield f"{_HINT}{hint}{_CLOSE}" if hint else _CLOSE


def _write_gap(gap: re.Match[str]) -> str:
    number = gap[1].translate(_BACK)
    hidden, _, hint = gap[2].partition(_HINT)
    if not hidden.strip():
        return ""
    return write_gap(number, hidden, hint)
