"""The forecast saved in the morning replaces the estimate, in total and by area."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.study_plan import Interview, StudyPlan
from tests.helpers import FixedClock


def test_areas_add_up_to_the_saved_forecast(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review()
    while session.current is not None:
        session.reveal()
        session.rate(list(session.preview_ratings())[2])
    clock.forward(days=1)
    today = collection.moment().day
    plan = StudyPlan(today, (Interview(today + 9),), minutes=5)
    collection.plan.save(plan, "Made a plan")
    full = collection.plan.view(full=True)
    view = collection.plan.view()

    assert full is not None
    assert full.readiness is not None
    assert view is not None
    assert view.readiness is not None
    assert view.readiness.all == full.readiness.all
    (area,) = view.readiness.areas
    assert area.predicted.value == pytest.approx(view.readiness.all.value)
