"""Signs that may be left out: the slash in `A/B test`, the multiplication sign in `n * log n`.

A slash between names separates them, like a space or a hyphen. In formulas, next to numbers
and between lowercase letters it means division, so it must be typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashcards.grading.words.tokens import Token

_TIMES = frozenset("*·⋅×✕∗")
_FUNCTIONS = frozenset(
    ("log", "ln", "lg", "exp", "sqrt", "sin", "cos", "tan", "min", "max", "argmin", "argmax")
)  # fmt: skip
_LINKS = frozenset(
    ("an", "the", "and", "or", "not", "no", "non", "nor", "never", "per", "with", "without")
)  # fmt: skip
"""Words next to which a slash has a meaning, as in `and/or`."""
_WITHOUT = ("w", "o")
"""The letters of `w/o`."""
_LONG = 3
"""Letters from which a lowercase word is a name, not a variable."""
_LONGEST_SYMBOL = 2
_LOG_OF_LETTER = 4
"""Letters of a logarithm written without a space: `logn`."""


def has_products(tokens: Sequence[Token]) -> bool:
    """Return whether a phrase has multiplication signs."""
    return any(token.text in _TIMES for token in tokens)


def without_products(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return tokens without optional multiplication signs: `n * log n` is `n log n`."""
    products = frozenset(_products(tokens))
    return tuple(token for place, token in enumerate(tokens) if place not in products)


def optional_slashes(tokens: Sequence[Token], other: Sequence[Token]) -> frozenset[int]:
    """Return the places of the slashes that may be left out.

    Args:
        tokens: A phrase.
        other: The phrase that it is compared with. If it has capitals such as `IO`, then
            `i/o` is a name.
    """
    if not any(token.text == "/" for token in tokens):
        return frozenset()
    capitals = {token.text for token in other if token.raw.isupper()}
    return frozenset(_slashes(tokens, capitals))


def _slashes(tokens: Sequence[Token], capitals: set[str]) -> Iterator[int]:
    start = 0
    while start < len(tokens):
        end = start
        while end + 2 < len(tokens) and _joins(tokens, end + 1):
            end += 2
        if end > start and _is_outside_formula(tokens, start, end):
            names = tokens[start : end + 1 : 2]
            if tuple(name.text for name in names) != _WITHOUT and (
                all(map(_is_name, names)) or _are_capitals(names, capitals)
            ):
                yield from range(start + 1, end, 2)
        start = end + 1


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a sign is a slash between two words, without spaces."""
    sign = tokens[place]
    both = (tokens[place - 1], tokens[place + 1])
    return (
        sign.text == "/"
        and sign.is_tight
        and all(token.kind == "word" for token in both)
    )


def _is_outside_formula(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return whether the tokens have only words next to them, so that they are not in a formula."""
    before = tokens[start - 1] if start else None
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    if before is not None and (before.kind != "word" or before.text in _FUNCTIONS):
        return False
    return after is None or after.kind == "word"


def _is_name(token: Token) -> bool:
    if token.text in _LINKS:
        return False
    return token.raw.isupper() or (
        len(token.text) >= _LONG and token.text not in _FUNCTIONS
    )


def _are_capitals(names: Sequence[Token], capitals: set[str]) -> bool:
    """Return whether another phrase has the words in capitals, separate or joined."""
    texts = [name.text for name in names]
    if not _LINKS.isdisjoint(texts):
        return False
    return "".join(texts) in capitals or capitals.issuperset(texts)


def _products(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the places of multiplication signs before a function or between letters in parentheses."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if token.text not in _TIMES or not 0 < place < len(tokens) - 1:
            continue
        before, after = tokens[place - 1], tokens[place + 1]
        if before.kind == "word" and len(before.text) > _LONGEST_SYMBOL:
            continue
        if _is_function(after) or (
            depth > 0
            and after.kind == "word"
            and len(after.text) == 1
            and before.kind != "sign"
        ):
            yield place


def _is_function(token: Token) -> bool:
    if token.kind != "word":
        return False
    return token.text in _FUNCTIONS or (
        token.text.startswith("log") and len(token.text) == _LOG_OF_LETTER
    )
