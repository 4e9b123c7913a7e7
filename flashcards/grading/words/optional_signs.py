"""Signs that people may leave out: the slash of `A/B test`, the times of `n * log n`.

A slash between names parts them as a space or a hyphen would. In formulas, next to numbers and
between lowercase letters it divides, and counts.
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
"""Words between which a slash says something, as in `and/or`."""
_WITHOUT = ("w", "o")
"""What `w/o` is made of."""
_LONG = 3
"""Letters from which a lowercase word is no variable."""
_LONGEST_SYMBOL = 2
_LOG_OF_LETTER = 4
"""Letters of a logarithm that is written without a space: `logn`."""


def has_products(tokens: Sequence[Token]) -> bool:
    """Tell whether a phrase has signs for times."""
    return any(token.text in _TIMES for token in tokens)


def without_products(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return tokens without signs for times that say nothing: `n * log n` is `n log n`."""
    products = frozenset(_products(tokens))
    return tuple(token for place, token in enumerate(tokens) if place not in products)


def optional_slashes(tokens: Sequence[Token], other: Sequence[Token]) -> frozenset[int]:
    """Return the places of the slashes that may be left out.

    Args:
        tokens: A phrase.
        other: The phrase that it is compared with. Capitals such as `IO` in it say that `i/o`
            is a name.
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
        if end > start and _stands_alone(tokens, start, end):
            names = tokens[start : end + 1 : 2]
            if tuple(name.text for name in names) != _WITHOUT and (
                all(map(_is_name, names)) or _are_capitals(names, capitals)
            ):
                yield from range(start + 1, end, 2)
        start = end + 1


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a sign is a slash between two words, without spaces."""
    sign = tokens[place]
    both = (tokens[place - 1], tokens[place + 1])
    return (
        sign.text == "/" and sign.is_tight and all(each.kind == "word" for each in both)
    )


def _stands_alone(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return whether only words are next to some tokens, so that they are no part of a formula."""
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
    """Tell whether another phrase has some words in capitals, each or all in one."""
    texts = [name.text for name in names]
    if not _LINKS.isdisjoint(texts):
        return False
    return "".join(texts) in capitals or capitals.issuperset(texts)


def _products(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the places of times before a function, and between letters in round brackets."""
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
