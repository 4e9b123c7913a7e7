"""Recall: points ticked by the learner, and ticked before that where their words were found."""

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
_PLURAL_FROM = 4
_SHORT = 2
_MARKS_BEHIND = ("#", "!", "'", "%")
"""Signs that make another symbol, or another number, of the one before them."""
_ALMOST = 0.999
_SINGULARS = frozenset((
    "means", "news", "bias", "loss", "bayes", "less", "basis", "axis", "series", "always",
    "gas", "bus", "status", "plus", "versus", "thus", "this", "does", "was", "has",
))  # fmt: skip
"""Words that end in s and would be another word, or none, without it."""
_ENDINGS = tuple(word for word in _SINGULARS if len(word) >= _PLURAL_FROM)


def found_points(note: RecallNote, text: str) -> dict[int, str]:
    """Return the points whose keywords a text holds, each with the keyword found.

    A keyword is found however its words are joined, by a space, a hyphen or nothing. One
    behind a negation, such as `not biased`, is not found.
    """
    clauses = [
        _singulars(tokens)
        for clause in _CLAUSE_END.split(text)
        for tokens in word_forms(clause)
    ]
    letters = [[_letters(token) for token in clause] for clause in clauses]
    found = {}
    for index, point in enumerate(note.points):
        for keyword in point.keywords:
            wanted = [_singulars(tokens) for tokens in word_forms(keyword)]
            if any(
                _holds(clause, spelled, each)
                for clause, spelled in zip(clauses, letters, strict=True)
                for each in wanted
            ):
                found[index] = keyword
                break
    return found


def _holds(
    tokens: Sequence[Token], letters: Sequence[str], wanted: Sequence[Token]
) -> bool:
    """Tell whether tokens hold others one after the other, in their order and not negated.

    Args:
        tokens: The tokens of a clause.
        letters: What `_letters` returns for each of them.
        wanted: The tokens of a keyword.
    """
    goal = "".join(map(_letters, wanted))
    for start in range(len(tokens) if wanted else 0):
        if not goal.startswith(letters[start]):
            continue
        spelled, end = "", start
        while end < len(tokens) and len(spelled) <= len(goal):
            spelled += letters[end]
            end += 1
            if (
                spelled == goal
                and not is_negated(tokens, start)
                and _is_written_as(tokens[start:end], wanted)
                and not _goes_on(tokens, end)
                and not _is_article(tokens, start, wanted)
            ):
                return True
    return False


def _goes_on(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a sign behind a symbol or a number makes another one of it: `C` and `C++`."""
    last, behind = tokens[end - 1], [token.text for token in tokens[end : end + 2]]
    is_symbol = last.kind == "number" or len(last.text) == 1
    return (
        is_symbol
        and bool(behind)
        and (
            behind[0] in _MARKS_BEHIND
            or behind[0].startswith("^")
            or behind == ["+", "+"]
        )
    )


def _is_article(tokens: Sequence[Token], start: int, wanted: Sequence[Token]) -> bool:
    """Tell whether a keyword that is the label `A` was found in an article."""
    if [token.raw for token in wanted] != ["A"]:
        return False
    return tokens[start].raw == "a" or (start == 0 and len(tokens) > 1)


def _is_written_as(found: Sequence[Token], wanted: Sequence[Token]) -> bool:
    """Tell whether tokens of a text are a keyword, though they may be joined in another way."""
    if [token.text for token in found] == [token.text for token in wanted]:
        return True
    # Short words of a sentence are no parts of another: `log it` is no `logit`.
    if len(found) > len(wanted) and any(map(_is_short_word, found)):
        return False
    return are_same_words(found, wanted)


def _is_short_word(token: Token) -> bool:
    return (
        token.kind == "word" and len(token.text) == _SHORT and not token.raw.isupper()
    )


def _letters(token: Token) -> str:
    """Return the text of a token; nothing for a slash, which may part two names."""
    return "" if token.text == "/" else token.text


def _singulars(tokens: Sequence[Token]) -> list[Token]:
    return [
        replace(token, text=_singular(token.text)) if token.kind == "word" else token
        for token in tokens
    ]


def mark_recall(note: RecallNote, given: RecallAnswer) -> Marking:
    """Return what the points ticked come to, by their weights."""
    ticked = set(given.points)
    found = found_points(note, given.text) if given.text else {}
    weights = [max(0.0, point.weight) for point in note.points]
    whole = sum(weights)
    reached = sum(weight for index, weight in enumerate(weights) if index in ticked)
    hits = sum(index in ticked for index in range(len(note.points)))
    marks = []
    for index, point in enumerate(note.points):
        is_hit = index in ticked
        reason = [f'found: "{found[index]}"'] if is_hit and index in found else []
        reason += ["required"] if point.required else []
        marks.append(
            Mark(point.text, "right" if is_hit else "missed", ", ".join(reason))
        )
    return Marking(
        score=1.0 if hits == len(note.points) else _share(reached, whole),
        marks=tuple(marks),
        detail=f"{hits} of {len(note.points)} points",
        required_missed=any(
            point.required and index not in ticked
            for index, point in enumerate(note.points)
        ),
    )


def most_missed(count: int, answers: Iterable[Sequence[int]]) -> tuple[int, int] | None:
    """Return the point missed most and how often, None where none was ever missed.

    Args:
        count: The points of the note.
        answers: The points ticked, one answer after another.
    """
    misses = [0] * count
    for ticked in answers:
        for index in range(count):
            misses[index] += index not in ticked
    most = max(misses, default=0)
    return (misses.index(most), most) if most else None


def _share(reached: float, whole: float) -> float:
    # However little a missed point weighs, its absence is seen.
    return min(reached / whole, _ALMOST) if whole > 0 else 0.0


def _singular(word: str) -> str:
    """Return a word without the s of a plural; `kmeans` ends in a word that has none."""
    if len(word) < _PLURAL_FROM or not word.endswith("s") or word.endswith("ss"):
        return word
    return word if word in _SINGULARS or word.endswith(_ENDINGS) else word[:-1]
