"""Every reason for a due day has its own explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.bundle import CardHistory, PastReview
from flashcards.domain.cards import DAY_SECONDS, Memory, State
from flashcards.domain.clock import DAY_MS
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.importing.histories.merge import (
    merge_histories,
    reset_histories,
    soften_histories,
)
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.comparison.import_changes import CardChanges
from tests.helpers import START, FixedClock

TODAY = FixedClock().moment().day


def log(*days_and_waits: tuple[int, int]) -> tuple[PastReview, ...]:
    """Return Good answers some days ago, each with the interval in days that it scheduled."""
    return tuple(
        PastReview(START - ago * DAY_MS, TODAY - ago, 3, 5000, 2, wait * DAY_SECONDS)
        for ago, wait in days_and_waits
    )


def learn(collection: Collection, *histories: CardHistory) -> None:
    reader, settings = collection.reader, collection.settings
    moment, day_of = collection.moment(), collection.day_of
    carry_out(
        collection, merge_histories(histories, {}, reader, settings, day_of, moment)
    )


def carry_out(collection: Collection, plans: Sequence[CardChanges]) -> None:
    made = replace(
        compare_bundle(collection.reader.content.stored_state(()), ()),
        histories=tuple(plans),
    )
    collection.store().apply(made, collection.moment())


def reason(collection: Collection, card: str = "m-1") -> str:
    return collection.sessions.card_info(card).reason


def test_a_card_is_due_because_its_recall_fell(collection: Collection) -> None:
    learn(collection, CardHistory("m-1", log((90, 5), (80, 10))))

    assert reason(collection).startswith("Due today because predicted recall fell to ")


def test_a_card_due_before_its_recall_fell_is_explained_by_its_interval(
    collection: Collection,
) -> None:
    learn(collection, CardHistory("m-1", log((60, 30), (2, 2))))

    message = reason(collection)
    assert message.startswith("Due today after 2 days: predicted recall is ")
    assert "fell" not in message


def test_a_softened_card_is_explained_by_its_rewording_until_its_review(
    collection: Collection, clock: FixedClock
) -> None:
    learn(collection, CardHistory("m-1", log((40, 6), (10, 60))))
    assert reason(collection).startswith("Not due: predicted recall is ")

    moment = collection.moment()
    carry_out(collection, soften_histories(["m-1"], collection.reader, moment))
    assert reason(collection).startswith(
        "Due because the note was reworded and its stability was halved. "
        "Predicted recall is "
    )

    later = PastReview(START + 1, TODAY, 3, 5000, 2, 20 * DAY_SECONDS)
    learn(collection, CardHistory("m-1", (later,)))
    assert reason(collection).startswith("Not due: ")


def test_a_card_that_was_made_due_is_explained_so(collection: Collection) -> None:
    learn(collection, CardHistory("m-1", log((40, 6), (10, 60))))
    row = collection.reader.cards.find("m-1")
    collection.store().make_due([row.card_id], label="x", moment=collection.moment())

    assert reason(collection).startswith("Due because you made it due. ")


def test_a_reset_card_is_not_explained_as_never_asked(
    collection: Collection,
) -> None:
    learn(collection, CardHistory("m-1", log((40, 6), (10, 60))))
    carry_out(
        collection, reset_histories(["m-1"], collection.reader, collection.moment())
    )

    assert reason(collection) == "New again: its memory was reset."
    assert reason(collection, "m-2") == "New: not asked yet."


@pytest.mark.parametrize(
    ("last_day", "known"), [(TODAY - 30, " Predicted recall is "), (None, "")]
)
def test_an_imported_due_day_is_explained_by_its_file(
    collection: Collection, last_day: int | None, known: str
) -> None:
    stated = Memory(
        State.REVIEW, None, 90.0, 6.0, TODAY - 1, None, last_day, 29 * DAY_SECONDS, 7, 1
    )
    learn(collection, CardHistory("m-1", memory=stated))

    message = "Due because the imported file says so."
    assert reason(collection).startswith(message + known)
    assert known or reason(collection) == message


def test_a_learning_step_is_explained_with_its_day(collection: Collection) -> None:
    stated = Memory(
        State.LEARNING, 0, 1.0, 6.0, TODAY + 3, START + 3 * DAY_MS, TODAY, 600, 1, 0
    )
    learn(collection, CardHistory("m-1", memory=stated))

    assert reason(collection) == "Learning: the next step is in 3 days."


@pytest.mark.parametrize("ahead", [1, 400, 3_000_000])
def test_a_last_review_after_today_is_explained_with_and_without_a_plan(
    collection: Collection, ahead: int
) -> None:
    last = min(TODAY + ahead, 3_652_059)
    stated = Memory(
        State.REVIEW, None, 9.0, 6.0, last, None, last, 9 * DAY_SECONDS, 7, 1
    )
    learn(collection, CardHistory("m-1", memory=stated))
    assert reason(collection).startswith("Not due: predicted recall is 100%")

    collection.plan.save(StudyPlan(TODAY, (Interview(TODAY + 9),)), "Made a plan")
    assert reason(collection).startswith("Its last review is dated ")
    assert collection.plan.view(full=True) is not None


def test_a_memory_without_a_last_day_is_not_explained_as_reviewed_today(
    collection: Collection,
) -> None:
    stated = Memory(State.REVIEW, None, 9.0, 6.0, TODAY, None, None, 0, 0, 0)
    learn(collection, CardHistory("m-1", memory=stated))
    collection.plan.save(StudyPlan(TODAY, (Interview(TODAY + 9),)), "Made a plan")

    assert "Reviewed today" not in reason(collection)
    assert not reason(collection).startswith("New")
