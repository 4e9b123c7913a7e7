"""What only the format of everything brings: retired notes, the plan, forecasts, reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain import formatting
from flashcards.domain.faces import note_key_of
from flashcards.formats.common.rules import faults_of
from flashcards.importing.histories.learning import one_of_a_card
from flashcards.importing.histories.merge import merge_histories
from flashcards.store.comparison.compare import planned_note
from flashcards.store.comparison.import_changes import (
    CollectionData,
    RetiredNote,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from flashcards.domain.bundle import Bundle, CollectionParts, NoteReport
    from flashcards.domain.clock import Moment
    from flashcards.domain.content import Problem
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import SavedForecast
    from flashcards.store.comparison.import_changes import ImportChanges
    from flashcards.store.reader import Reader


def with_collection_data(
    plan: ImportChanges,
    bundles: Iterable[Bundle],
    *,
    reader: Reader,
    settings: Settings,
    day_of: Callable[[int], int],
    moment: Moment,
) -> ImportChanges:
    """Return a plan with what the store does not have of all that is beside decks.

    A study plan is taken where there is none.

    Args:
        plan: What happens to decks and notes, with what was learned of those.
        bundles: What the files hold.
        reader: The store as it is.
        settings: The options of decks.
        day_of: Returns the study day of an instant in Unix milliseconds.
        moment: Now.
    """
    read = [each for each in bundles if each.plan or _has_parts(each.collection)]
    if not read:
        return plan
    used = {
        note.id for deck in plan.decks if deck.content for note in deck.content.notes
    }
    gone = [
        (deck, index, note)
        for each in read
        for deck in each.collection.retired
        for index, note in enumerate(deck.notes)
        if note.id not in used
    ]
    deck_of = {note.id: deck.key for deck, _, note in gone}
    stored = reader.content.notes(list(deck_of))
    retired = {
        note.id: RetiredNote(replace(deck, notes=()), planned_note(note, index))
        for deck, index, note in gone
        if note.id not in stored
    }
    learned = one_of_a_card(
        history
        for each in read
        for history in each.histories
        if note_key_of(history.card) in deck_of
    )
    plans = [each.plan for each in read if each.plan]
    rest = CollectionData(
        retired=tuple(retired.values()),
        plan=plans[-1] if plans and reader.plan.load() is None else None,
        forecasts=tuple(_forecasts(read, reader)),
        reports=tuple(_reports(read, reader, used | deck_of.keys())),
    )
    histories = merge_histories(learned, deck_of, reader, settings, day_of, moment)
    marked = {note for each in read for note in each.marked if note in deck_of}
    return replace(
        plan,
        histories=(*plan.histories, *histories),
        marked=plan.marked.union(reader.content.unmarked(marked)),
        rest=rest,
    )


def problems_of_rest(path: str, bundle: Bundle, reader: Reader) -> list[Problem]:
    """Return what is said of a plan and forecasts that stay as the store has them.

    Args:
        path: The file.
        bundle: What it holds.
        reader: The store as it is.
    """
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
    faults = faults_of(path)
    faults.add_at("json-kept", 0, 0, what=" and ".join(what))
    return faults.problems


def _has_parts(parts: CollectionParts) -> bool:
    return bool(parts.retired or parts.forecasts or parts.reports)


def _forecasts(read: Iterable[Bundle], reader: Reader) -> Iterator[SavedForecast]:
    known = {(row.made_day, row.target_day) for row in reader.plan.forecasts()}
    for each in read:
        for row in each.collection.forecasts:
            if (row.made_day, row.target_day) not in known:
                known.add((row.made_day, row.target_day))
                yield row


def _reports(
    read: Iterable[Bundle], reader: Reader, notes: Collection[str]
) -> Iterator[NoteReport]:
    known = {(note, text, at) for note, _, text, at in reader.learning.note_reports()}
    for each in read:
        for one in each.collection.reports:
            if one.note in notes and (one.note, one.text, one.at) not in known:
                known.add((one.note, one.text, one.at))
                yield one
