"""Compares phrases by their meaning, with tolerance for small typing slips.

No answer may be right for another fact: a different label, number, sign, negation,
opposite, name or word is never a slip.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from flashcards.grading.numbers import is_within, read_number
from flashcards.grading.words.notations import in_one_notation
from flashcards.grading.words.optional_signs import (
    has_products,
    optional_slashes,
    without_products,
)
from flashcards.grading.words.slips import slips_in
from flashcards.grading.words.symbols import spellings_of
from flashcards.grading.words.tokens import Token, is_formula_text, tokens_of
from flashcards.grading.words.vowel_points import have_other_vowels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_COMPARED = 500
"""Characters up to which texts are compared for slips."""

_ARTICLES = frozenset(("a", "an", "the"))
_NEGATIONS = frozenset((
    "no", "not", "never", "without", "neither", "nor", "nt", "cannot", "none", "non",
    "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "cant", "wont",
))  # fmt: skip
_APART = frozenset((*_ARTICLES, "no", "not"))
"""Words that change the meaning when joined to the next: `a typical`, `not able`."""

_MOST_SLIPS = 2
_SPOKEN = re.compile(
    r"\b(?:per ?cent|thousand|million|billion|trillion|minus)\b|(?<=\d)\s*(?:e[+-]?|x)(?=\s*\d)"
    r"|(?<=\d)(?-i:k)\b",
    re.IGNORECASE,
)
"""Words and letters that belong to a number."""

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")
"""A hyphen between two letters."""
_EDGE = "\x1f"
_OPTIONAL = "\x1e"
"""Marks a token that may be left out."""


def folded_words(text: str) -> list[str]:
    """Return the words, numbers and signs of a text without case, accents and articles."""
    return [token.text for token in _without_articles(tokens_of(text))]


def word_forms(text: str) -> set[tuple[Token, ...]]:
    """Return the tokens of a text: with its articles and hyphens, and without either.

    Without hyphens `re-rank` is one word; with them it is two.
    """
    texts = {text, _HYPHEN.sub("", text)}
    forms = [tokens_of(form) for form in texts]
    return {*forms, *map(_without_articles, forms)}


def are_same_words(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Return whether two phrases, given as tokens, mean the same; see `is_same`."""
    return _are_same(here, there, counts_all_signs=False)


def is_negated(tokens: Sequence[Token], start: int) -> bool:
    """Return whether the token at a place follows a negation, possibly with an article between."""
    before = start - 1
    while before > 0 and tokens[before].text in _ARTICLES:
        before -= 1
    return start > 0 and tokens[before].text in _NEGATIONS


def is_same(typed: str, expected: str, *, counts_all_signs: bool = False) -> bool:
    """Return whether two phrases mean the same, without regard to case, accents, articles and spaces.

    A symbol may be spelled out, and a number may be in another notation.

    Args:
        typed: One phrase.
        expected: The other phrase.
        counts_all_signs: Whether no sign may be left out, not even the slash of `A/B test`.
    """
    if have_other_vowels(typed, expected):
        return False
    if not counts_all_signs:
        typed, expected = in_one_notation(typed, expected)
    here, there = _both_tokens(typed, expected)
    if not here or not there:
        return "".join(typed.split()).casefold() == "".join(expected.split()).casefold()
    return _are_same(here, there, counts_all_signs) or _is_same_number(typed, expected)


def is_slip(typed: str, expected: str) -> bool:
    """Return whether a phrase is the expected one except for small typing slips."""
    return slip_count(typed, expected) is not None


def slip_count(typed: str, expected: str) -> int | None:
    """Return the number of typing slips in a phrase, None if it is another phrase.

    At most two slips are accepted, in words of 5 letters or more, and only if everything
    else is the same.
    """
    if max(len(typed), len(expected)) > MOST_COMPARED:
        return None
    tokens, expected_tokens = _both_tokens(*in_one_notation(typed, expected))
    here, there = _without_articles(tokens), _without_articles(expected_tokens)
    counts = [
        count
        for mine, right in _aligned(here, there)
        if (count := _slips(mine, right)) is not None
    ]
    return min(counts, default=None)


def slipped_words(typed: str, expected: str) -> set[str]:
    """Return the words of a phrase that are not words of the expected one."""
    return set(folded_words(typed)) - set(folded_words(expected))


def _both_tokens(
    typed: str, expected: str
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Return the tokens of two texts, as formulas if one of them is a formula."""
    as_formula = is_formula_text(typed) or is_formula_text(expected)
    return (
        tokens_of(typed, as_formula=as_formula),
        tokens_of(expected, as_formula=as_formula),
    )


def _is_same_number(typed: str, expected: str) -> bool:
    """Return whether two texts are the same number in two notations; `3.10` and `3.1` are versions."""
    first, second = read_number(typed), read_number(expected)
    if first is None or second is None or not is_within(first, second, 0.0):
        return False
    if _currencies(typed) != _currencies(expected):
        return False
    return not (_is_plain(typed) and _is_plain(expected)) and not (
        _is_named(typed) or _is_named(expected)
    )


def _currencies(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) == "Sc"}


def _is_named(text: str) -> bool:
    """Return whether letters turn a number into a name, as in `5G`, `4K` and `7B`."""
    return any(map(str.isalpha, _SPOKEN.sub("", text)))


def _is_plain(text: str) -> bool:
    return all(sign.isdecimal() or sign == "." for sign in text.strip().lstrip("+-−"))


def _are_same(
    here: Sequence[Token], there: Sequence[Token], counts_all_signs: bool
) -> bool:
    forms, expected_forms = (
        _forms(tokens, counts_all_signs) for tokens in (here, there)
    )
    return any(
        _reads_like(mine, right, counts_all_signs)
        or _reads_like(right, mine, counts_all_signs)
        for mine in forms
        for right in expected_forms
    )


def _forms(tokens: Sequence[Token], counts_all_signs: bool) -> set[tuple[Token, ...]]:
    forms = {tuple(tokens), _without_articles(tokens)}
    if counts_all_signs or not has_products(tokens):
        return forms
    return {*forms, *map(without_products, forms)}


def _reads_like(
    tokens: Sequence[Token], typed: Sequence[Token], counts_all_signs: bool
) -> bool:
    """Return whether one phrase can be typed like another."""
    optional = frozenset() if counts_all_signs else optional_slashes(tokens, typed)
    return _reads_as(_text_parts(tokens, optional), "".join(_text_parts(typed)))


def _text_parts(
    tokens: Sequence[Token], optional: frozenset[int] = frozenset()
) -> list[str]:
    """Return the texts of tokens, with an edge wherever a space between two of them counts."""
    parts: list[str] = []
    for index, token in enumerate(tokens):
        follows = tokens[index + 1] if index + 1 < len(tokens) else None
        is_apart = (
            token.text in _APART and follows is not None and follows.is_phrase_word
        )
        if is_apart and parts:
            parts.append(_EDGE)
        parts.append(_OPTIONAL + token.text if index in optional else token.text)
        if is_apart or (
            token.kind == "number" and follows is not None and follows.kind == "number"
        ):
            parts.append(_EDGE)
    return parts


def _reads_as(parts: Sequence[str], typed: str) -> bool:
    """Return whether a typed text consists of the parts, each in one of its spellings."""
    ends = {0}
    for part in parts:
        ends |= {end + 1 for end in ends if typed.startswith(_EDGE, end)}
        skipped = ends if part.startswith(_OPTIONAL) else frozenset()
        ends = {
            end + len(spelled)
            for end in ends
            for spelled in spellings_of(part.removeprefix(_OPTIONAL))
            if typed.startswith(spelled, end)
        }
        ends |= skipped
        if not ends:
            return False
    return len(typed) in ends


def _without_articles(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return tokens without articles; a label `A` stays."""
    return tuple(
        token for index, token in enumerate(tokens) if not _is_article(tokens, index)
    )


def _is_article(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.text not in _ARTICLES or token.kind != "word":
        return False
    if index + 1 == len(tokens):
        return False
    if token.text != "a":
        return True
    is_written_so = token.raw == "a" or index == 0
    return is_written_so and tokens[index + 1].is_phrase_word


def _aligned(
    here: tuple[Token, ...], there: tuple[Token, ...]
) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """Yield both phrases with the same number of tokens, with one missing or extra space corrected."""
    if len(here) == len(there):
        yield here, there
    elif len(here) == len(there) + 1:
        for glued in _glued(here):
            yield glued, there
    elif len(here) + 1 == len(there):
        for glued in _glued(there):
            yield here, glued


def _glued(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    for index, (first, second) in enumerate(pairwise(tokens)):
        if first.is_phrase_word and second.is_phrase_word and first.text not in _APART:
            both = Token(first.text + second.text, "word", first.raw + second.raw)
            yield (*tokens[:index], both, *tokens[index + 2 :])


def _slips(here: Sequence[Token], there: Sequence[Token]) -> int | None:
    total = 0
    last = len(there) - 1
    for place, (mine, right) in enumerate(zip(here, there, strict=True)):
        if mine.text == right.text or _reads_as([right.text], mine.text):
            continue
        if mine.kind != "word" or right.kind != "word" or _is_name(right.raw):
            return None
        if {mine.text, right.text} & _NEGATIONS:
            return None
        is_end = place == last > 0
        count = slips_in(mine.text, right.text, may_be_plural=is_end)
        if count is None:
            return None
        total += count
    return total if 0 < total <= _MOST_SLIPS else None


def _is_name(raw: str) -> bool:
    """Return whether capitals within a word make it a name or an acronym: `ResNet`, `PSI`."""
    return any(sign.isupper() for sign in raw[1:])
