from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from flashcards.domain.cards import DAY_SECONDS, Memory, Rating, State
from flashcards.domain.clock import Moment, moment
from flashcards.domain.settings.settings import DeckOptions
from flashcards.errors import UsageError
from flashcards.scheduling.scheduler import Scheduler
from tests.unit.scheduling.conftest import START, UTC_ZONE, Walk

PLAIN = DeckOptions(fuzz=False)
NOW = moment(START, UTC_ZONE, 4)


def in_review(days: int = 10, **changes: object) -> Memory:
    memory = Memory(
        state=State.REVIEW,
        stability=float(days),
        difficulty=5.0,
        due_day=NOW.day,
        last_day=NOW.day - days,
        interval_seconds=days * DAY_SECONDS,
        reps=4,
    )
    return replace(memory, **changes)  # type: ignore[arg-type]


def test_a_new_card_takes_its_learning_steps_and_graduates_with_easy() -> None:
    preview = Scheduler(PLAIN).preview(Memory(), NOW, "card")

    waits = {
        rating: (after.state, after.step, after.interval_seconds)
        for rating, after in preview.items()
    }
    assert waits == {
        Rating.AGAIN: (State.LEARNING, 0, 60),
        Rating.HARD: (State.LEARNING, 0, 330),
        Rating.GOOD: (State.LEARNING, 1, 600),
        Rating.EASY: (State.REVIEW, None, 8 * DAY_SECONDS),
    }
    assert all(after.reps == 1 for after in preview.values())


def test_a_learning_step_is_due_at_an_instant_and_a_review_on_a_day() -> None:
    preview = Scheduler(PLAIN).preview(Memory(), NOW, "card")

    assert preview[Rating.GOOD].due_at == START + 600_000
    assert preview[Rating.GOOD].due_day == NOW.day
    assert preview[Rating.EASY].due_at is None
    assert preview[Rating.EASY].due_day == NOW.day + 8


def test_a_step_across_the_rollover_hour_falls_on_the_next_study_day() -> None:
    late = Moment(at=NOW.day_ends_at - 60_000, day=NOW.day, day_ends_at=NOW.day_ends_at)

    after = Scheduler(PLAIN).preview(Memory(), late, "card")[Rating.GOOD]

    assert after.due_day == NOW.day + 1


def test_a_learning_step_of_two_days_is_due_two_study_days_later() -> None:
    scheduler = Scheduler(replace(PLAIN, learning_steps=(600, 2 * DAY_SECONDS)))

    after = scheduler.preview(Memory(), NOW, "card")[Rating.GOOD]

    assert after.state is State.LEARNING
    assert after.due_day == NOW.day + 2
    assert after.due_at == START + 2 * DAY_SECONDS * 1000


def test_a_lapse_is_counted_and_the_card_relearned() -> None:
    after = Scheduler(PLAIN).preview(in_review(lapses=2), NOW, "card")

    assert after[Rating.AGAIN].state is State.RELEARNING
    assert after[Rating.AGAIN].lapses == 3
    assert after[Rating.GOOD].lapses == 2


def test_again_while_relearning_is_not_another_lapse(walk: Walk) -> None:
    assert walk(Scheduler(PLAIN), [4, 1, 1, 1])[-1].lapses == 1


def test_without_relearning_steps_a_lapse_waits_whole_days() -> None:
    scheduler = Scheduler(replace(PLAIN, relearning_steps=()))

    after = scheduler.preview(in_review(), NOW, "card")[Rating.AGAIN]

    assert after.state is State.REVIEW
    assert after.interval_days >= 1
    assert after.lapses == 1


def test_without_learning_steps_every_rating_waits_whole_days() -> None:
    scheduler = Scheduler(replace(PLAIN, learning_steps=()))

    after = scheduler.preview(Memory(), NOW, "card")

    assert [m.interval_days for m in after.values()] == [1, 1, 2, 8]


def test_hard_good_and_easy_are_at_least_a_day_apart() -> None:
    fragile = in_review(1, stability=0.05, difficulty=10.0)

    after = Scheduler(PLAIN).preview(fragile, NOW, "card")

    days = [after[rating].interval_days for rating in Rating if rating > 1]
    assert days == [1, 2, 3]


def test_no_rating_waits_longer_than_the_maximum() -> None:
    scheduler = Scheduler(replace(PLAIN, maximum_interval=30))

    after = scheduler.preview(in_review(300), NOW, "card")

    days = [after[rating].interval_days for rating in Rating if rating > 1]
    assert days == [30, 30, 30]


def test_a_review_on_the_day_of_the_last_one_uses_the_short_term_formula() -> None:
    seen_today = in_review(10, last_day=NOW.day)

    after = Scheduler(PLAIN).preview(seen_today, NOW, "card")

    assert after[Rating.GOOD].stability == 10.0
    assert after[Rating.GOOD].interval_days == 11


def test_an_evening_and_the_next_morning_are_a_day_apart() -> None:
    scheduler = Scheduler(PLAIN)
    evening = moment(START + 13 * 3_600_000, UTC_ZONE, 4)
    morning = moment(START + 23 * 3_600_000, UTC_ZONE, 4)
    first = scheduler.preview(Memory(), evening, "card")[Rating.GOOD]

    second = scheduler.preview(first, morning, "card")[Rating.GOOD]

    assert second.stability == pytest.approx(7.32, abs=0.01)


def test_fuzz_gives_the_same_day_each_time_and_differs_between_cards() -> None:
    scheduler = Scheduler(DeckOptions())

    def good_days(key: str) -> int:
        return scheduler.preview(in_review(50), NOW, key)[Rating.GOOD].interval_days

    assert good_days("a") == good_days("a")
    assert len({good_days(f"card-{number}") for number in range(50)}) > 5


def test_retrievability_falls_from_one_through_ninety_percent_at_the_stability() -> (
    None
):
    scheduler, memory = Scheduler(PLAIN), in_review(10)

    recall = [scheduler.retrievability(memory, NOW.day + d) for d in (-10, 0, 20)]

    assert recall[0] == 1.0
    assert recall[1] == pytest.approx(0.9)
    assert recall[2] is not None
    assert recall[2] < 0.85


def test_a_new_card_has_no_retrievability() -> None:
    assert Scheduler(PLAIN).retrievability(Memory(), NOW.day) is None


def test_a_clock_set_back_counts_as_the_same_day() -> None:
    scheduler, memory = Scheduler(PLAIN), in_review(10, last_day=NOW.day + 5)

    assert scheduler.retrievability(memory, NOW.day) == 1.0
    assert scheduler.preview(memory, NOW, "card")[Rating.GOOD].stability == 10.0


def test_invalid_weights_raise_a_usage_error() -> None:
    weights = (*PLAIN.weights[:20], 0.0)

    with pytest.raises(UsageError) as caught:
        Scheduler(replace(PLAIN, weights=weights))

    assert str(caught.value) == (
        "FSRS weight w20 is 0, but must lie between 0.1 and 0.8."
    )


def test_fsrs_is_loaded_by_the_first_preview() -> None:
    program = """
import sys
from flashcards.scheduling.scheduler import Scheduler
from flashcards.domain.settings.settings import DeckOptions
scheduler = Scheduler(DeckOptions())
scheduler.retrievability_of(10, 3)
print("fsrs" in sys.modules)
scheduler.warm_up()
print("fsrs" in sys.modules)
"""

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "True"]
