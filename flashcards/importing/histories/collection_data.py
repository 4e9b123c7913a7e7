"""Import what only a full JSON export holds: retired notes, study plan, forecasts, reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain import formatting
from flashcards.domain.faces import note_key_of
from flashcards.formats.common.rules import new_collector
from flashcards.importing.histories.learning import join_card_histories
from flashcards.importing.histories.merge import merge_histories
from flashcards.store.comparison.compare import place_note
from flashcards.store.comparison.import_changes import (
    CollectionData,
    RetiredNote,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from flashcards.domain.bundle import Bundle, CollectionParts, NoteReport
    from flashcards.domain.content import Problem
    from flashcards.domain.study_plan import SavedForecast
    from flashcards.importing.context import ImportBatch, ImportContext
    from flashcards.store.comparison.import_changes import ImportChanges
    from flashcards.store.reader import Reader


def with_collection_data(
    changes: ImportChanges, bundles: Iterable[Bundle], context: ImportContext
) -> ImportChanges:
    """Return the changes with what the store does not have of a full export besides decks.

    A study plan is imported only if the store has none.

    Args:
        changes: What happens to decks, notes and their histories.
        bundles: What the files hold.
        context: The store before the import, and the options of decks.
    """
    bundles = [each for each in bundles if each.plan or _has_parts(each.collection)]
    if not bundles:
        return changes
    reader = context.reader
    active_notes = {
        note.id for deck in changes.decks if deck.content for note in deck.content.notes
    }
    retired_notes = [
        (deck, index, note)
        for bundle in bundles
        for deck in bundle.collection.retired
        for index, note in enumerate(deck.notes)
        if note.id not in active_notes
    ]
    deck_of = {note.id: deck.key for deck, _, note in retired_notes}
    stored = reader.content.notes(list(deck_of))
    retired = {
        note.id: RetiredNote(replace(deck, notes=()), place_note(note, index))
        for deck, index, note in retired_notes
        if note.id not in stored
    }
    histories = join_card_histories(
        history
        for bundle in bundles
        for history in bundle.histories
        if note_key_of(history.card) in deck_of
    )
    plans = [bundle.plan for bundle in bundles if bundle.plan]
    data = CollectionData(
        retired=tuple(retired.values()),
        plan=plans[-1] if plans and reader.plan.load() is None else None,
        forecasts=tuple(_new_forecasts(bundles, reader)),
        reports=tuple(_new_reports(bundles, reader, active_notes | deck_of.keys())),
    )
    merged = merge_histories(
        histories,
        deck_of,
        reader,
        context.settings,
        context.day_of,
        context.moment,
    )
    marked = {note for each in bundles for note in each.marked if note in deck_of}
    return replace(
        changes,
        histories=(*changes.histories, *merged),
        marked=changes.marked.union(reader.content.unmarked(marked)),
        collection_data=data,
    )


def with_collection_warnings(
    batch: ImportBatch, context: ImportContext
) -> dict[str, Bundle]:
    """Return what files hold, with warnings on study plans and forecasts that differ.

    Those of the store stay as they are.
    """
    bundles = dict(batch.bundles)
    for path, bundle in batch.bundles.items():
        problems = _warn_of_differences(path, bundle, context.reader)
        if problems:
            bundles[path] = replace(bundle, problems=(*bundle.problems, *problems))
    return bundles


def _warn_of_differences(path: str, bundle: Bundle, reader: Reader) -> list[Problem]:
    stored = reader.plan.load() if bundle.plan else None
    what = ["a study plan"] if stored is not None and stored != bundle.plan else []
    if bundle.collection.forecasts:
        known = {(row.made_day, row.target_day): row for row in reader.plan.forecasts()}
        others = sum(
            known.get((row.made_day, row.target_day), row) != row
            for row in bundle.collection.forecasts
        )
        what += [formatting.count(others, "forecast")] if others else []
    if not what:
        return []
    collector = new_collector(path)
    collector.add_at("json-kept", 0, 0, what=" and ".join(what))
    return collector.problems


def _has_parts(parts: CollectionParts) -> bool:
    return bool(parts.retired or parts.forecasts or parts.reports)


def _new_forecasts(
    bundles: Iterable[Bundle], reader: Reader
) -> Iterator[SavedForecast]:
    """Give the forecasts of days for which the store has none, each once."""
    known = {(row.made_day, row.target_day) for row in reader.plan.forecasts()}
    for bundle in bundles:
        for row in bundle.collection.forecasts:
            if (row.made_day, row.target_day) not in known:
                known.add((row.made_day, row.target_day))
                yield row


def _new_reports(
    bundles: Iterable[Bundle], reader: Reader, notes: Collection[str]
) -> Iterator[NoteReport]:
    """Give the reports on some notes that the store does not have, each once."""
    known = {(note, text, at) for note, _, text, at in reader.learning.note_reports()}
    for bundle in bundles:
        for report in bundle.collection.reports:
            name = (report.note, report.text, report.at)
            if report.note in notes and name not in known:
                known.add(name)
                yield report
