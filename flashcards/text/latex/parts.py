"""The parts of a formula, and how they stand side by side on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from unicodedata import normalize

from flashcards.text.latex.symbols import ACCENTS, SCRIPTS

_ROOM = re.compile(r" {2,}")
_DIVIDING = frozenset(("÷", "mod"))
_AROUND = re.compile(r" *([^\w\s]) *")


class UnreadableFormulaError(Exception):
    """The source is no formula that a line of Unicode could hold."""


class PartKind(Enum):
    """How a part stands among others."""

    ATOM = auto()
    """One sign, number, word or bracketed whole: needs no brackets anywhere."""
    PRODUCT = auto()
    """Factors side by side."""
    QUOTIENT = auto()
    """`a/b`: needs brackets next to a factor."""
    SUM = auto()
    """Holds an operator, a relation or a function: needs brackets to be one thing."""
    FUNCTION = auto()
    LARGE = auto()
    BINARY = auto()
    SIGN = auto()
    """A plus or minus before a term."""
    SLASH = auto()
    RELATION = auto()
    OPEN = auto()
    CLOSE = auto()
    MARK = auto()
    """Punctuation, which stands as it is written."""
    SPACE = auto()
    BREAK = auto()
    CELL = auto()


@dataclass(frozen=True, slots=True)
class LatexPart:
    """A piece of a formula, set."""

    text: str
    sort: PartKind
    is_word: bool = False
    """True for several letters that are one name, which must not run into its neighbors."""
    is_styled: bool = False
    """True for what an author set in letters of one style, as a whole."""
    has_below: bool = False
    has_above: bool = False


_TAKING = frozenset(
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
_FACTORS = _TAKING - {PartKind.SLASH}
_ENDS = frozenset(
    {PartKind.ATOM, PartKind.PRODUCT, PartKind.QUOTIENT, PartKind.SUM, PartKind.CLOSE}
)
_SPACED = frozenset({PartKind.BINARY, PartKind.RELATION})
_PLAIN_FACTORS = frozenset(
    {PartKind.ATOM, PartKind.PRODUCT, PartKind.OPEN, PartKind.CLOSE}
)


def split_at(parts: list[LatexPart], at: PartKind) -> list[list[LatexPart]]:
    """Return the runs of parts between those of a sort."""
    found: list[list[LatexPart]] = [[]]
    for part in parts:
        if part.sort is at:
            found.append([])
        else:
            found[-1].append(part)
    return found


def has_separator(parts: list[LatexPart]) -> bool:
    """Tell whether the parts end a line or a cell."""
    return any(part.sort in (PartKind.BREAK, PartKind.CELL) for part in parts)


def join_parts(parts: list[LatexPart]) -> LatexPart:
    """Return parts as one, with the spaces and brackets that their sorts ask for."""
    if has_separator(parts):
        raise UnreadableFormulaError
    solid = [part for part in parts if part.sort is not PartKind.SPACE]
    if len(solid) <= 1:
        return solid[0] if solid else LatexPart("", PartKind.ATOM)
    text = ""
    before: LatexPart | None = None
    place = -1
    bars = 0
    for part in parts:
        if part.sort is PartKind.SPACE:
            text += part.text
            continue
        place += 1
        is_inside_bars = before is not None and before.text == "|" and bars % 2 == 1
        bars += part.text == "|"
        after = solid[place + 1] if place + 1 < len(solid) else None
        shown = part
        if part.sort is PartKind.BINARY and (
            is_inside_bars or not _ends_factor(before)
        ):
            shown = LatexPart(part.text, PartKind.SIGN)
        elif part.sort is PartKind.QUOTIENT and _joins(before, after):
            shown = LatexPart(f"({part.text})", PartKind.ATOM, is_word=True)
        if text and not text[-1].isspace() and _are_apart(before, shown):
            text += " "
        text += shown.text
        before = shown
    return LatexPart(_ROOM.sub(" ", text), _sort_of(solid))


def _ends_factor(part: LatexPart | None) -> bool:
    if part is None:
        return False
    return part.sort in _ENDS or (
        part.sort is PartKind.MARK and part.text in ("!", ".", "|")
    )


def _joins(before: LatexPart | None, after: LatexPart | None) -> bool:
    """Tell whether a quotient between these would seem to take one of them in."""
    if before is not None and before.text in _DIVIDING:
        return True
    return (before is not None and before.sort in _TAKING | {PartKind.CLOSE}) or (
        after is not None
        and (after.sort in _TAKING | {PartKind.OPEN} or after.text == "!")
    )


def _are_apart(before: LatexPart | None, part: LatexPart) -> bool:
    """Tell whether a space stands between two parts."""
    if before is None or before.sort in (PartKind.OPEN, PartKind.SIGN, PartKind.SLASH):
        return False
    if before.sort in _SPACED or part.sort in _SPACED:
        return True
    if before.sort is PartKind.FUNCTION:
        return part.sort in _FACTORS or (
            part.sort is PartKind.OPEN and part.text not in "(["
        )
    if before.sort is PartKind.LARGE:
        return part.sort not in (PartKind.CLOSE, PartKind.MARK)
    if part.sort in (PartKind.FUNCTION, PartKind.LARGE):
        return before.sort in _ENDS
    if part.is_word and part.text[:1] not in (" ", "-"):
        return before.sort in _ENDS
    return before.is_word and part.sort in _FACTORS


def _sort_of(parts: list[LatexPart]) -> PartKind:
    """Return how several parts stand as one."""
    first, last = parts[0], parts[-1]
    if first.sort is PartKind.OPEN and last.sort is PartKind.CLOSE and _is_one(parts):
        return PartKind.ATOM
    bars = [part.text == "|" for part in parts]
    if bars[0] and bars[-1] and sum(bars) == 2:  # noqa: PLR2004 - one on each side
        return PartKind.ATOM
    if first.sort is PartKind.FUNCTION and parts[1].text == "(" and _is_one(parts[1:]):
        return PartKind.PRODUCT
    if first.text == "∂" and len(parts) == 2 and last.sort is PartKind.ATOM:  # noqa: PLR2004
        return PartKind.ATOM
    is_product = all(part.sort in _PLAIN_FACTORS or part.text == "!" for part in parts)
    return PartKind.PRODUCT if is_product else PartKind.SUM


def _is_one(parts: list[LatexPart]) -> bool:
    """Tell whether the first bracket is closed by the last one."""
    depth = 0
    for part in parts[:-1]:
        depth += (part.sort is PartKind.OPEN) - (part.sort is PartKind.CLOSE)
        if depth <= 0:
            return False
    return depth == 1


def add_accent(name: str, part: LatexPart) -> LatexPart:
    """Return a part under an accent, which several letters can only take by name."""
    base, scripts = part.text[:1], part.text[1:]
    is_one = part.sort is PartKind.ATOM and base.isalpha() and not part.is_word
    if is_one and set(scripts) <= SCRIPTS:
        return replace(part, text=normalize("NFC", base + ACCENTS[name]) + scripts)
    if not part.text:
        raise UnreadableFormulaError
    return LatexPart(f"{name}({part.text})", PartKind.ATOM, is_word=True)


def with_letters(part: LatexPart, letters: dict[str, str]) -> LatexPart:
    """Return a part in the letters of another alphabet."""
    text = "".join(letters.get(character, character) for character in part.text)
    return replace(part, text=text)


def to_script_text(part: LatexPart) -> str:
    """Return the text of a script, without spaces around operators."""
    return _AROUND.sub(r"\1", part.text).strip()
