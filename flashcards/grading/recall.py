"""Grades recall: the points that the learner ticked, some ticked in advance by keywords."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.grading.result import Mark, Marking
from flashcards.grading.words.wording import are_same_words, is_negated, word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.domain.content import RecallNote
    from flashcards.grading.answers import RecallAnswer
    from flashcards.grading.words.tokens import Token

_CLAUSE_END = re.compile(r"[.:;!?]\s|\n")
_MIN_PLURAL = 4
_SHORT_WORD = 2
_SUFFIX_SIGNS = ("#", "!", "'", "%")
"""Signs that turn a symbol or number before them into another one."""
_ALMOST_FULL = 0.999
_SINGULARS = frozenset((
    "means", "news", "bias", "loss", "bayes", "less", "basis", "axis", "series", "always",
    "gas", "bus", "status", "plus", "versus", "thus", "this", "does", "was", "has",
))  # fmt: skip
"""Words whose final s is not that of a plural."""
_ENDINGS = tuple(word for word in _SINGULARS if len(word) >= _MIN_PLURAL)


def found_points(note: RecallNote, text: str) -> dict[int, str]:
    """Return the points whose keywords are in a text, each with the matching keyword.

    The words of a keyword may be joined by a space, a hyphen or nothing. A keyword after a
    negation, such as `not biased`, does not match.
    """
    clauses = [
        _singulars(tokens)
        for clause in _CLAUSE_END.split(text)
        for tokens in word_forms(clause)
    ]
    letters = [[_letters(token) for token in clause] for clause in clauses]
    matches = {}
    for index, point in enumerate(note.points):
        for keyword in point.keywords:
            forms = [_singulars(tokens) for tokens in word_forms(keyword)]
            if any(
                _contains(clause, spelled, form)
                for clause, spelled in zip(clauses, letters, strict=True)
                for form in forms
            ):
                matches[index] = keyword
                break
    return matches


def _contains(
    tokens: Sequence[Token], letters: Sequence[str], keyword: Sequence[Token]
) -> bool:
    """Return whether the tokens of a clause contain a keyword that is not negated.

    Args:
        tokens: The tokens of a clause.
        letters: What `_letters` returns for each of them.
        keyword: The tokens of the keyword.
    """
    goal = "".join(map(_letters, keyword))
    for start in range(len(tokens) if keyword else 0):
        if not goal.startswith(letters[start]):
            continue
        spelled, end = "", start
        while end < len(tokens) and len(spelled) <= len(goal):
            spelled += letters[end]
            end += 1
            if (
                spelled == goal
                and not is_negated(tokens, start)
                and _is_written_as(tokens[start:end], keyword)
                and not _has_suffix_sign(tokens, end)
                and not _is_article(tokens, start, keyword)
            ):
                return True
    return False


def _has_suffix_sign(tokens: Sequence[Token], end: int) -> bool:
    """Return whether a sign after a symbol or number makes it another one: `C` and `C++`."""
    last, next_texts = tokens[end - 1], [token.text for token in tokens[end : end + 2]]
    is_symbol = last.kind == "number" or len(last.text) == 1
    return (
        is_symbol
        and bool(next_texts)
        and (
            next_texts[0] in _SUFFIX_SIGNS
            or next_texts[0].startswith("^")
            or next_texts == ["+", "+"]
        )
    )


def _is_article(tokens: Sequence[Token], start: int, keyword: Sequence[Token]) -> bool:
    """Return whether the keyword is the label `A`, but the text has the article."""
    if [token.raw for token in keyword] != ["A"]:
        return False
    return tokens[start].raw == "a" or (start == 0 and len(tokens) > 1)


def _is_written_as(tokens: Sequence[Token], keyword: Sequence[Token]) -> bool:
    """Return whether tokens of a text are a keyword, possibly joined in another way."""
    if [token.text for token in tokens] == [token.text for token in keyword]:
        return True
    # Short words of a sentence do not form another word: `log it` is not `logit`.
    if len(tokens) > len(keyword) and any(map(_is_short_word, tokens)):
        return False
    return are_same_words(tokens, keyword)


def _is_short_word(token: Token) -> bool:
    return (
        token.kind == "word"
        and len(token.text) == _SHORT_WORD
        and not token.raw.isupper()
    )


def _letters(token: Token) -> str:
    """Return the text of a token; empty for a slash, which may separate two names."""
    return "" if token.text == "/" else token.text


def _singulars(tokens: Sequence[Token]) -> list[Token]:
    return [
        replace(token, text=_singular(token.text)) if token.kind == "word" else token
        for token in tokens
    ]


def mark_recall(note: RecallNote, given: RecallAnswer) -> Marking:
    """Mark the ticked points by their weights."""
    ticked = set(given.points)
    keywords = found_points(note, given.text) if given.text else {}
    weights = [max(0.0, point.weight) for point in note.points]
    total = sum(weights)
    ticked_weight = sum(
        weight for index, weight in enumerate(weights) if index in ticked
    )
    hits = sum(index in ticked for index in range(len(note.points)))
    marks = []
    for index, point in enumerate(note.points):
        is_hit = index in ticked
        reasons = (
            [f'found: "{keywords[index]}"'] if is_hit and index in keywords else []
        )
        reasons += ["required"] if point.required else []
        marks.append(
            Mark(point.text, "right" if is_hit else "missed", ", ".join(reasons))
        )
    return Marking(
        score=1.0 if hits == len(note.points) else _share(ticked_weight, total),
        marks=tuple(marks),
        detail=f"{hits} of {len(note.points)} points",
        required_missed=any(
            point.required and index not in ticked
            for index, point in enumerate(note.points)
        ),
    )


def most_missed(count: int, answers: Iterable[Sequence[int]]) -> tuple[int, int] | None:
    """Return the point that was missed most and how often, None if none was missed.

    Args:
        count: The number of points of the note.
        answers: The ticked points of each answer.
    """
    misses = [0] * count
    for ticked in answers:
        for index in range(count):
            misses[index] += index not in ticked
    most = max(misses, default=0)
    return (misses.index(most), most) if most else None


def _share(weight: float, total: float) -> float:
    # A missed point must lower the score, however small its weight.
    return min(weight / total, _ALMOST_FULL) if total > 0 else 0.0


def _singular(word: str) -> str:
    """Return a word without the s of a plural; words such as `kmeans` stay."""
    if len(word) < _MIN_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return word
    return word if word in _SINGULARS or word.endswith(_ENDINGS) else word[:-1]
