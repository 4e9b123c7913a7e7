"""What an import did, or would do, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.content import Problem
    from flashcards.importing.preview.report import ImportResult
    from flashcards.store.comparison.import_changes import ImportCounts

_WORDS = (
    ("added", "new"),
    ("changed", "changed"),
    ("moved", "moved"),
    ("returned", "back again"),
    ("retired", "retired"),
)


def parts(counts: ImportCounts, reviews: int = 0) -> str:
    """Return what happens to notes, such as `2 new, 6 changed`; empty for nothing."""
    found = [
        f"{getattr(counts, name):,} {word}"
        for name, word in _WORDS
        if getattr(counts, name)
    ]
    if reviews:
        found.append(formatting.count(reviews, "review"))
    return ", ".join(found)


def tally(problems: Sequence[Problem]) -> str:
    """Return how many errors and warnings there are, such as `1 error, 2 warnings`."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "no faults"
    found = [
        formatting.count(number, noun)
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return ", ".join(found)


def sentence(result: ImportResult, undo: str = "flashcards undo") -> str:
    """Return what an import did, or would do, in one sentence or two.

    Args:
        result: What it came to.
        undo: The command or key that takes it back.
    """
    if result.refused:
        return "Nothing was imported: --strict refuses files with faults."
    done = parts(result.counts, result.reviews)
    if not done and result.has_errors and not result.counts.unchanged:
        verb = "can be" if result.dry_run else "was"
        return f"Nothing {verb} imported."
    if not done and result.operation_id is not None:
        return f"Imported: changes that are not in the text of a note. {undo} takes it back."
    if not done:
        kept = formatting.count(result.counts.unchanged, "note")
        return f"Nothing to change: {kept} as the store has them."
    if result.dry_run:
        return f"Would import: {done}. Nothing is changed yet."
    return f"Imported: {done}. {undo} takes it back."
