from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.domain.cards import (
    DAY_SECONDS,
    Memory,
    Rating,
    ReviewHistory,
    ReviewRow,
    State,
)
from flashcards.domain.settings.settings import DeckOptions
from flashcards.scheduling.replay import ReplayedReview, Replayer, replay, replay_many

PLAIN = DeckOptions(fuzz=False)
DAY = 739_000
AT = DAY * DAY_SECONDS * 1000


def day_of(at: int) -> int:
    return at // (DAY_SECONDS * 1000)


def review(day: int, rating: int, wait: int) -> ReplayedReview:
    return DAY + day, rating, wait, AT + day * DAY_SECONDS * 1000


def memory(*reviews: ReplayedReview, options: DeckOptions = PLAIN) -> Memory:
    return Replayer(options, day_of).compute_memory(reviews)


def test_replaying_no_reviews_gives_a_new_card() -> None:
    assert replay(ReviewHistory(1, []), PLAIN, day_of) == Memory()


def test_the_due_day_is_the_one_that_the_last_review_recorded() -> None:
    after = memory(review(0, 4, 9 * DAY_SECONDS))

    assert (after.state, after.due_day) == (State.REVIEW, DAY + 9)
    assert (after.due_at, after.interval_days) == (None, 9)


def test_a_learning_step_is_due_its_wait_after_the_instant_of_the_review() -> None:
    after = memory(review(0, 3, 600))

    assert (after.state, after.step) == (State.LEARNING, 1)
    assert (after.due_at, after.due_day) == (AT + 600_000, DAY)


def test_an_unknown_interval_is_computed_by_the_model() -> None:
    graduated = memory(review(0, 4, 0))
    learning = memory(review(0, 2, 0))

    assert graduated.interval_days == 8
    assert learning.interval_seconds == 330


def test_only_again_in_review_counts_as_a_lapse() -> None:
    reviews = [
        review(0, 4, 8 * DAY_SECONDS),
        review(8, 1, 600),
        review(8, 1, 600),
        review(8, 3, DAY_SECONDS),
        review(9, 1, 600),
    ]

    assert memory(*reviews).lapses == 2


def test_a_card_that_graduated_under_fewer_steps_stays_graduated() -> None:
    more_steps = replace(PLAIN, learning_steps=(60, 600, 3600))

    after = memory(review(0, 3, 600), review(0, 3, 2 * DAY_SECONDS), options=more_steps)

    assert (after.state, after.step) == (State.REVIEW, None)
    assert after.due_day == DAY + 2


@pytest.mark.parametrize(
    ("reviews", "state"),
    [
        ([review(0, 1, 60)], State.LEARNING),
        ([review(0, 4, 8 * DAY_SECONDS), review(8, 1, 600)], State.RELEARNING),
    ],
)
def test_a_card_at_a_removed_step_is_still_learning(
    reviews: list[ReplayedReview], state: State
) -> None:
    no_steps = replace(PLAIN, learning_steps=(), relearning_steps=())

    after = memory(*reviews, options=no_steps)

    assert (after.state, after.step) == (state, 0)
    assert after.due_at == reviews[-1][3] + reviews[-1][2] * 1000


def test_a_changed_step_keeps_its_recorded_wait() -> None:
    after = memory(review(0, 3, 300))

    assert (after.state, after.step) == (State.LEARNING, 1)
    assert (after.due_at, after.interval_seconds) == (AT + 300_000, 300)


def test_a_step_of_a_whole_day_is_not_a_graduation() -> None:
    options = replace(PLAIN, learning_steps=(60, DAY_SECONDS))

    after = memory(review(0, 3, DAY_SECONDS), options=options)

    assert (after.state, after.step, after.due_day) == (State.LEARNING, 1, DAY + 1)


def test_replaying_many_cards_agrees_with_one_by_one() -> None:
    rows = [
        (7, *review(0, 3, 600)),
        (7, *review(0, 3, 2 * DAY_SECONDS)),
        (9, *review(3, 1, 60)),
    ]

    memories = dict(replay_many(iter(rows), PLAIN, day_of))

    assert memories == {
        7: memory(review(0, 3, 600), review(0, 3, 2 * DAY_SECONDS)),
        9: memory(review(3, 1, 60)),
    }


def test_the_rows_of_the_log_are_replayed_as_they_are_read() -> None:
    row = ReviewRow(
        uid="0" * 32,
        card_id=7,
        at=AT,
        day=DAY,
        rating=Rating.EASY,
        duration_ms=4000,
        state=State.NEW,
        interval_seconds=8 * DAY_SECONDS,
    )

    assert replay(ReviewHistory(1, [row]), PLAIN, day_of) == memory(
        review(0, 4, 8 * DAY_SECONDS)
    )
