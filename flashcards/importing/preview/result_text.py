"""Describe in sentences what an import did, or would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.content import Problem
    from flashcards.importing.preview.summary import ImportResult
    from flashcards.store.comparison.import_changes import ImportCounts

_WORDS = (
    ("added", "new"),
    ("changed", "changed"),
    ("moved", "moved"),
    ("returned", "back again"),
    ("retired", "retired"),
)


def describe_counts(counts: ImportCounts, reviews: int = 0) -> str:
    """Return what happens to notes, such as `2 new, 6 changed`; empty for no change."""
    parts = [
        f"{getattr(counts, name):,} {word}"
        for name, word in _WORDS
        if getattr(counts, name)
    ]
    if reviews:
        parts.append(formatting.count(reviews, "review"))
    return ", ".join(parts)


def count_problems(problems: Sequence[Problem]) -> str:
    """Return the number of errors and warnings, such as `1 error, 2 warnings`."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "no problems"
    parts = [
        formatting.count(number, noun)
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return ", ".join(parts)


def describe_result(result: ImportResult, undo: str = "`flashcards undo`") -> str:
    """Return what an import did, or would do, in one sentence or two.

    Args:
        result: What was imported.
        undo: The command or key that undoes it, as it is shown.
    """
    if result.refused:
        return "Nothing was imported: --strict refuses files with errors."
    done = describe_counts(result.counts, result.reviews)
    if not done and result.has_errors and not result.counts.unchanged:
        verb = "can be" if result.dry_run else "was"
        return f"Nothing {verb} imported."
    if not done and result.operation_id is not None:
        return f"Imported: changes outside the text of notes. Undo with {undo}."
    if not done:
        unchanged = formatting.count(result.counts.unchanged, "note")
        return f"Nothing to change: {unchanged} already up to date."
    if result.dry_run:
        return f"Would import: {done}. Nothing has changed yet."
    return f"Imported: {done}. Undo with {undo}."
