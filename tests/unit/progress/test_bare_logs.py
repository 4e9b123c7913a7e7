"""A log without answer times leaves out the figures that need them, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.bundle import CardHistory, PastReview
from flashcards.domain.cards import DAY_SECONDS, LEAST_ANSWER_MS, State
from flashcards.domain.clock import DAY_MS
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.importing.histories.merge import merge_histories
from flashcards.scheduling.date_policy import Costs, estimate_costs
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.comparison.import_changes import CardChanges
from tests.helpers import START, FixedClock

TODAY = FixedClock().moment().day


def make_history(collection: Collection, milliseconds: int) -> tuple[CardChanges, ...]:
    """Import the history of one card: new, learning and 200 reviews of some milliseconds each."""
    past = [
        PastReview(
            START - ago * DAY_MS,
            TODAY - ago,
            1 + ago % 4,
            milliseconds,
            State.NEW if ago == 200 else State.REVIEW,
            DAY_SECONDS,
        )
        for ago in range(200, 0, -1)
    ]
    return merge_histories(
        [CardHistory("m-1", past)],
        {},
        collection.reader,
        collection.settings,
        collection.day_of,
        collection.moment(),
    )


@pytest.mark.parametrize("milliseconds", [0, 1, 3, 2**31 - 1])
@pytest.mark.parametrize("minutes", [0, 15, 1440])
def test_every_figure_is_computed_whatever_answers_took(
    collection: Collection, milliseconds: int, minutes: int
) -> None:
    base = compare_bundle(collection.reader.content.stored_state(()), ())
    plans = make_history(collection, milliseconds)
    collection.store().apply(replace(base, histories=plans), collection.moment())
    plan = StudyPlan(TODAY, (Interview(TODAY + 9),), minutes=minutes)
    collection.plan.save(plan, "Made a plan")

    view = collection.plan.view(full=True)
    extended_statistics = collection.figures.extended_statistics(days=30)
    figures = collection.figures.statistics()

    assert view is not None
    assert view.readiness is not None
    assert 0 <= view.readiness.all.low <= view.readiness.all.value <= 1
    assert collection.figures.overview().seconds >= 0
    assert extended_statistics is not None
    assert figures is not None
    assert (figures.answers.median_seconds is None) == (milliseconds == 0)


def test_untimed_answers_leave_the_default_costs(
    collection: Collection,
) -> None:
    base = compare_bundle(collection.reader.content.stored_state(()), ())
    plans = make_history(collection, 0)
    collection.store().apply(replace(base, histories=plans), collection.moment())

    assert collection.reader.log.answer_times(collection.moment().day + 1) == []


@pytest.mark.parametrize("milliseconds", [0.0, 0.5, 3.0])
def test_no_answer_is_predicted_to_take_less_than_a_person_needs(
    milliseconds: float,
) -> None:
    rows = [
        (state, again, milliseconds, 1000) for state in State for again in (False, True)
    ]

    costs = estimate_costs(rows, {})

    least, assumed = LEAST_ANSWER_MS / 1000, Costs()
    for name in ("first_look", "step", "recalled", "forgotten"):
        assert least <= getattr(costs, name) < getattr(assumed, name) / 5
