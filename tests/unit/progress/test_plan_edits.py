"""Edits of a study plan stay within their bounds."""

from __future__ import annotations

import pytest

from flashcards.domain.study_plan import MOST_DAYS_AHEAD, Interview, StudyPlan
from flashcards.errors import UsageError
from flashcards.progress.plan import edits


def test_weights_change_by_a_half_with_those_of_the_decks_in_the_area() -> None:
    plan = StudyPlan(1, weights=(("drift", 1.0), ("drift/types", 2.0)))

    heavier = edits.with_weight_changed(plan, "drift", 1)
    assert heavier.weights == (("drift", 1.5), ("drift/types", 2.5))
    assert (
        edits.with_weight_changed(heavier, "drift", -9).weight_of("drift/types") == 0.5
    )
    without = edits.with_area_toggled(plan, "drift")
    assert without.weight_of("drift/types") == 0
    assert edits.with_weight_changed(without, "drift", 1) == without
    assert edits.with_area_toggled(without, "drift").weight_of("drift/types") == 1


def test_an_area_outside_the_scope_is_added_to_it() -> None:
    plan = StudyPlan(1, scope=("metrics",))

    assert edits.with_area_toggled(plan, "drift").scope == ("metrics", "drift")


def test_minutes_stay_within_bounds() -> None:
    assert edits.with_minutes_changed(StudyPlan(1, minutes=1), -5).minutes == 1
    assert edits.with_minutes_changed(StudyPlan(1, minutes=239), 5).minutes == 240


def test_a_new_date_restarts_a_plan_whose_interviews_are_over() -> None:
    over = StudyPlan(1, (Interview(5),))

    assert edits.with_interview_day(over, 30, 10) == StudyPlan(
        10, (Interview(5), Interview(30))
    )
    assert edits.with_interview_day(over, 30, 4).started_day == 1


def test_a_date_replaces_only_the_next_interview() -> None:
    plan = StudyPlan(1, (Interview(5), Interview(20, "Bank"), Interview(40)))

    moved = edits.with_interview_day(plan, 30, 10)
    assert moved.interviews == (Interview(5), Interview(30, "Bank"), Interview(40))
    with pytest.raises(UsageError):
        edits.parse_interview_day("someday", 10)


def test_a_moved_interview_stays_ahead_and_skips_other_interviews() -> None:
    plan = StudyPlan(1, (Interview(12), Interview(14, "Bank")))

    assert edits.with_interview_moved(plan, -1, 11) == plan
    assert edits.with_interview_moved(plan, 2, 11).interviews == (
        Interview(14, "Bank"),
        Interview(15),
    )
    assert edits.with_interview_moved(StudyPlan(1), 1, 11) == StudyPlan(1)
    far = StudyPlan(1, (Interview(11 + MOST_DAYS_AHEAD),))
    assert edits.with_interview_moved(far, 1, 11) == far


def test_a_target_stays_within_1_and_99_percent() -> None:
    assert edits.with_target_changed(StudyPlan(1, target=0.85), 20).target == 0.99
    assert edits.with_target_changed(StudyPlan(1, target=0.02), -5).target == 0.01
