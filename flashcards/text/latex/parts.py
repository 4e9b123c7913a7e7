"""Join the parts of a formula on one line, with the spaces and brackets it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from unicodedata import normalize

from flashcards.text.latex.symbols import ACCENTS, SCRIPTS

_WIDE_SPACES = re.compile(r" {2,}")
_DIVISION_SIGNS = frozenset(("÷", "mod"))
_SPACED_OPERATOR = re.compile(r" *([^\w\s]) *")


class UnreadableFormulaError(Exception):
    """A formula that cannot be written as a line of Unicode."""


class PartKind(Enum):
    """The role of a part, which decides its spaces and brackets."""

    ATOM = auto()
    """A sign, number, word or bracketed expression: never needs brackets."""
    PRODUCT = auto()
    """Factors side by side."""
    QUOTIENT = auto()
    """`a/b`, which needs brackets next to a factor."""
    SUM = auto()
    """Has an operator, a relation or a function: needs brackets to act as one term."""
    FUNCTION = auto()
    LARGE = auto()
    BINARY = auto()
    SIGN = auto()
    """A plus or minus sign in front of a term."""
    SLASH = auto()
    RELATION = auto()
    OPEN = auto()
    CLOSE = auto()
    MARK = auto()
    """Punctuation, which gets no spaces but its own."""
    SPACE = auto()
    BREAK = auto()
    CELL = auto()


@dataclass(frozen=True, slots=True)
class LatexPart:
    """A converted part of a formula."""

    text: str
    kind: PartKind
    is_word: bool = False
    """Whether it is a name of several letters, which needs a space next to other letters."""
    is_styled: bool = False
    """Whether the author set it in one style as a whole."""
    has_below: bool = False
    has_above: bool = False


_BINDING = frozenset(
    {
        PartKind.ATOM,
        PartKind.PRODUCT,
        PartKind.SUM,
        PartKind.FUNCTION,
        PartKind.LARGE,
        PartKind.SLASH,
        PartKind.QUOTIENT,
    }
)
_FACTORS = _BINDING - {PartKind.SLASH}
_TERM_ENDS = frozenset(
    {PartKind.ATOM, PartKind.PRODUCT, PartKind.QUOTIENT, PartKind.SUM, PartKind.CLOSE}
)
_SPACED = frozenset({PartKind.BINARY, PartKind.RELATION})
_PLAIN_FACTORS = frozenset(
    {PartKind.ATOM, PartKind.PRODUCT, PartKind.OPEN, PartKind.CLOSE}
)


def split_at(parts: list[LatexPart], kind: PartKind) -> list[list[LatexPart]]:
    """Split parts at those of a kind."""
    runs: list[list[LatexPart]] = [[]]
    for part in parts:
        if part.kind is kind:
            runs.append([])
        else:
            runs[-1].append(part)
    return runs


def has_separator(parts: list[LatexPart]) -> bool:
    """Return whether the parts hold the end of a line or of a cell."""
    return any(part.kind in (PartKind.BREAK, PartKind.CELL) for part in parts)


def join_parts(parts: list[LatexPart]) -> LatexPart:
    """Join parts into one, with the spaces and brackets that their kinds need."""
    if has_separator(parts):
        raise UnreadableFormulaError
    visible_parts = [part for part in parts if part.kind is not PartKind.SPACE]
    if len(visible_parts) <= 1:
        return visible_parts[0] if visible_parts else LatexPart("", PartKind.ATOM)
    text = ""
    previous: LatexPart | None = None
    index = -1
    bars = 0
    for part in parts:
        if part.kind is PartKind.SPACE:
            text += part.text
            continue
        index += 1
        is_inside_bars = previous is not None and previous.text == "|" and bars % 2 == 1
        bars += part.text == "|"
        following = visible_parts[index + 1] if index + 1 < len(visible_parts) else None
        current = part
        if part.kind is PartKind.BINARY and (
            is_inside_bars or not _ends_factor(previous)
        ):
            current = LatexPart(part.text, PartKind.SIGN)
        elif part.kind is PartKind.QUOTIENT and _needs_brackets_between(
            previous, following
        ):
            current = LatexPart(f"({part.text})", PartKind.ATOM, is_word=True)
        if text and not text[-1].isspace() and _needs_space(previous, current):
            text += " "
        text += current.text
        previous = current
    return LatexPart(_WIDE_SPACES.sub(" ", text), _find_joint_kind(visible_parts))


def _ends_factor(part: LatexPart | None) -> bool:
    if part is None:
        return False
    return part.kind in _TERM_ENDS or (
        part.kind is PartKind.MARK and part.text in ("!", ".", "|")
    )


def _needs_brackets_between(
    previous: LatexPart | None, following: LatexPart | None
) -> bool:
    """Return whether a quotient between two parts would seem to include one of them."""
    if previous is not None and previous.text in _DIVISION_SIGNS:
        return True
    return (previous is not None and previous.kind in _BINDING | {PartKind.CLOSE}) or (
        following is not None
        and (following.kind in _BINDING | {PartKind.OPEN} or following.text == "!")
    )


def _needs_space(previous: LatexPart | None, part: LatexPart) -> bool:
    """Return whether two parts need a space between them."""
    if previous is None or previous.kind in (
        PartKind.OPEN,
        PartKind.SIGN,
        PartKind.SLASH,
    ):
        return False
    if previous.kind in _SPACED or part.kind in _SPACED:
        return True
    if previous.kind is PartKind.FUNCTION:
        return part.kind in _FACTORS or (
            part.kind is PartKind.OPEN and part.text not in "(["
        )
    if previous.kind is PartKind.LARGE:
        return part.kind not in (PartKind.CLOSE, PartKind.MARK)
    if part.kind in (PartKind.FUNCTION, PartKind.LARGE):
        return previous.kind in _TERM_ENDS
    if part.is_word and part.text[:1] not in (" ", "-"):
        return previous.kind in _TERM_ENDS
    return previous.is_word and part.kind in _FACTORS


def _find_joint_kind(parts: list[LatexPart]) -> PartKind:
    """Return the kind of the part that several parts make."""
    first, last = parts[0], parts[-1]
    if (
        first.kind is PartKind.OPEN
        and last.kind is PartKind.CLOSE
        and _is_one_group(parts)
    ):
        return PartKind.ATOM
    bars = [part.text == "|" for part in parts]
    if bars[0] and bars[-1] and sum(bars) == 2:  # noqa: PLR2004 - one at each end
        return PartKind.ATOM
    if (
        first.kind is PartKind.FUNCTION
        and parts[1].text == "("
        and _is_one_group(parts[1:])
    ):
        return PartKind.PRODUCT
    if first.text == "∂" and len(parts) == 2 and last.kind is PartKind.ATOM:  # noqa: PLR2004
        return PartKind.ATOM
    is_product = all(part.kind in _PLAIN_FACTORS or part.text == "!" for part in parts)
    return PartKind.PRODUCT if is_product else PartKind.SUM


def _is_one_group(parts: list[LatexPart]) -> bool:
    """Return whether the last bracket closes the first one."""
    depth = 0
    for part in parts[:-1]:
        depth += (part.kind is PartKind.OPEN) - (part.kind is PartKind.CLOSE)
        if depth <= 0:
            return False
    return depth == 1


def add_accent(name: str, part: LatexPart) -> LatexPart:
    """Put an accent on a part; on several letters it becomes a function, as in `hat(AB)`."""
    base, scripts = part.text[:1], part.text[1:]
    is_single_letter = (
        part.kind is PartKind.ATOM and base.isalpha() and not part.is_word
    )
    if is_single_letter and set(scripts) <= SCRIPTS:
        return replace(part, text=normalize("NFC", base + ACCENTS[name]) + scripts)
    if not part.text:
        raise UnreadableFormulaError
    return LatexPart(f"{name}({part.text})", PartKind.ATOM, is_word=True)


def with_letters(part: LatexPart, letters: dict[str, str]) -> LatexPart:
    """Return a part in the letters of another alphabet."""
    text = "".join(letters.get(character, character) for character in part.text)
    return replace(part, text=text)


def to_script_text(part: LatexPart) -> str:
    """Return the text of a superscript or subscript, without spaces around operators."""
    return _SPACED_OPERATOR.sub(r"\1", part.text).strip()
