"""Numbers from the tests of py-fsrs (P) and fsrs-rs (R), through our own functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import pytest

from flashcards.domain.cards import DAY_SECONDS, Memory, Rating, State
from flashcards.domain.clock import Moment
from flashcards.domain.settings.settings import (
    DEFAULT_WEIGHTS,
    WEIGHT_BOUNDS,
    DeckOptions,
)
from flashcards.scheduling.formulas import Formulas
from flashcards.scheduling.replay import Replayer
from flashcards.scheduling.scheduler import Scheduler
from tests.unit.scheduling.conftest import Walk

P1_RATINGS = [int(digit) for digit in "3333331133333"]
PLAIN = DeckOptions(fuzz=False)
# Two sets that upstream tests use: weights fitted to one real log, and FSRS-5 weights with
# the two constants that FSRS-6 turned into weights.
FITTED = (
    0.12340357, 1.2931, 2.39767357, 8.2956, 6.68682043, 0.45021680, 3.07787713, 0.05352040,
    1.65399922, 0.14662068, 0.63007725, 1.61196500, 0.01284014, 0.34853763, 1.88789583,
    0.85463762, 1.8729, 0.67485368, 0.20451266, 0.22622815, 0.46030603,
)  # fmt: skip
FSRS_5 = (
    0.6845422, 1.6790825, 4.7349424, 10.042885, 7.4410233, 0.64219797, 1.071918, 0.0025195254,
    1.432437, 0.1544, 0.8692766, 2.0696752, 0.0953, 0.2975, 2.4691248, 0.19542035, 3.201072,
    0.18046261, 0.121442534, 0.0, 0.5,
)  # fmt: skip


def after_gaps(
    options: DeckOptions, ratings: Sequence[int], gaps: Sequence[int]
) -> Memory:
    """Return the memory after reviews that are some study days apart."""
    scheduler, memory, day = Scheduler(options), Memory(), 739_000
    for rating, gap in zip(ratings, gaps, strict=True):
        day += gap
        now = Moment(at=day * 86_400_000, day=day, day_ends_at=(day + 1) * 86_400_000)
        memory = scheduler.preview(memory, now, "card")[Rating(rating)]
    return memory


def test_p1_intervals_of_a_card_reviewed_whenever_it_is_due(walk: Walk) -> None:
    days = [memory.interval_days for memory in walk(Scheduler(PLAIN), P1_RATINGS)]

    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_p8_the_same_ratings_with_fitted_weights() -> None:
    expected = [0, 2, 6, 15, 36, 80, 0, 0, 1, 2, 4, 7, 12]
    replayer = Replayer(replace(PLAIN, weights=FITTED), day_of=lambda _: 0)

    # A log without waits: each is the model's own, before Good is set apart from Hard.
    days = accumulate([0, *expected[:-1]])
    log = [(day, rating, 0, 0) for day, rating in zip(days, P1_RATINGS, strict=True)]
    intervals = [
        replayer.compute_memory(log[:end]).interval_days for end in range(1, 14)
    ]

    assert intervals == expected


def test_p8_with_good_a_day_behind_hard(walk: Walk) -> None:
    scheduler = Scheduler(replace(PLAIN, weights=FITTED))

    days = [memory.interval_days for memory in walk(scheduler, P1_RATINGS)]

    assert days == [0, 2, 6, 15, 36, 80, 0, 0, 1, 3, 5, 8, 14]


@pytest.mark.parametrize(
    ("weights", "stability"),
    [
        (DEFAULT_WEIGHTS, 53.62691),
        ((*DEFAULT_WEIGHTS[:17], 0.0, 0.0, 0.0, DEFAULT_WEIGHTS[20]), 53.33511),
    ],
    ids=["P2 and R1", "R2: nothing learned from same-day reviews"],
)
def test_memory_after_a_lapse_and_five_successes(
    weights: tuple[float, ...], stability: float
) -> None:
    memory = after_gaps(
        replace(PLAIN, weights=weights), [1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21]
    )

    assert memory.stability == pytest.approx(stability, rel=1e-6)
    assert memory.difficulty == pytest.approx(6.357487, rel=1e-6)


def test_p3_ten_easy_ratings_at_once_reach_the_least_difficulty() -> None:
    assert after_gaps(PLAIN, [4] * 10, [0] * 10).difficulty == 1


def test_p5_a_thousand_lapses_leave_the_least_stability() -> None:
    assert after_gaps(PLAIN, [1] * 1000, [1] * 1000).stability == 0.001


@pytest.mark.parametrize(
    ("steps", "ratings", "seconds"),
    [
        ((600,), [2], 900),
        ((60, 600), [2], 330),
        ((60, 600), [3, 2], 600),
    ],
)
def test_p6_hard_on_a_learning_step(
    walk: Walk, steps: tuple[int, ...], ratings: list[int], seconds: int
) -> None:
    scheduler = Scheduler(replace(PLAIN, learning_steps=steps))

    assert walk(scheduler, ratings)[-1].interval_seconds == seconds


@pytest.mark.parametrize(("steps", "seconds"), [((600,), 900), ((60, 600), 330)])
def test_p7_hard_on_a_relearning_step(
    walk: Walk, steps: tuple[int, ...], seconds: int
) -> None:
    scheduler = Scheduler(replace(PLAIN, relearning_steps=steps))

    last = walk(scheduler, [4, 1, 2])[-1]

    assert (last.state, last.interval_seconds) == (State.RELEARNING, seconds)


def test_r3_memory_with_weights_of_fsrs_5() -> None:
    memory = after_gaps(
        replace(PLAIN, weights=FSRS_5), [1, 3, 3, 3, 3], [0, 1, 3, 8, 21]
    )

    assert memory.stability == pytest.approx(31.72299, rel=1e-5)
    assert memory.difficulty == pytest.approx(7.382128, rel=1e-6)


def test_r4_one_step_from_a_known_state() -> None:
    after = Formulas(FSRS_5).following(20.925528, 7.005062, 21, Rating.GOOD)

    assert after == pytest.approx((40.87456, 6.991381), rel=1e-5)


def test_r5_all_four_ratings_after_a_history() -> None:
    formulas = Formulas(FSRS_5)
    before = after_gaps(replace(PLAIN, weights=FSRS_5), [1, 3, 3, 3], [0, 1, 3, 8])
    assert before.stability is not None
    assert before.difficulty is not None

    after = [
        formulas.following(before.stability, before.difficulty, 21, rating)
        for rating in Rating
    ]

    expected = [
        (2.969146, 8.000659), (17.09145, 7.691393), (31.72299, 7.382128), (71.7502, 7.072863),
    ]  # fmt: skip
    for got, wanted in zip(after, expected, strict=True):
        assert got == pytest.approx(wanted, rel=1e-5)
        assert formulas.interval(got[0], 0.9) == pytest.approx(got[0])


def test_r6_interval_by_desired_retention() -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    days = [max(1, round(formulas.interval(1.0, tenth / 10))) for tenth in range(1, 11)]

    assert days == [3116769, 34793, 2508, 387, 90, 27, 9, 3, 1, 1]


def test_r7_forgetting_curve() -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    recall = [
        formulas.retrievability(stability, days)
        for days, stability in enumerate([1, 2, 3, 4, 4, 2])
    ]

    expected = [1, 0.9403443, 0.9253786, 0.9185229, 0.9, 0.8261359]
    assert recall == pytest.approx(expected, rel=1e-6)


def test_r8_forgetting_curve_with_another_decay() -> None:
    formulas = Formulas((*DEFAULT_WEIGHTS[:20], 0.2))

    recall = [formulas.retrievability(1.0, days) for days in range(4)]

    assert recall == pytest.approx([1, 0.9, 0.8402894, 0.7985001], rel=1e-6)


def test_r10_next_difficulty() -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    after = [formulas.next_difficulty(5.0, rating) for rating in Rating]

    assert after == pytest.approx([8.341763, 6.665996, 4.990228, 3.314462], rel=1e-6)


# Difficulty and chance of recall before the review, by rating.
BEFORE = [(1.0, 0.9), (2.0, 0.8), (3.0, 0.7), (4.0, 0.6)]


def test_r11_stability_after_recall() -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    after = [
        formulas.recall_stability(5.0, difficulty, recall, rating)
        for (difficulty, recall), rating in zip(BEFORE, Rating, strict=True)
    ]

    # The formula knows no Again; upstream's figure for it is that of Good.
    assert after[1:] == pytest.approx([28.22658, 58.656, 127.2267], rel=1e-5)
    assert formulas.recall_stability(5.0, 1.0, 0.9, Rating.GOOD) == pytest.approx(
        25.60254, rel=1e-5
    )


def test_r12_stability_after_a_lapse() -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    after = [formulas.forget_stability(5.0, *before) for before in BEFORE]

    assert after == pytest.approx([1.05254, 1.189433, 1.368084, 1.584989], rel=1e-5)


def test_r13_stability_after_a_further_review_on_the_same_day() -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    after = [formulas.same_day_stability(5.0, rating) for rating in Rating]

    assert after == pytest.approx([1.596818, 5, 5, 8.12961], rel=1e-6)


def test_default_weights_and_their_bounds_are_those_of_the_package() -> None:
    from fsrs import scheduler

    assert DEFAULT_WEIGHTS == scheduler.DEFAULT_PARAMETERS
    assert (
        tuple(
            zip(
                scheduler.LOWER_BOUNDS_PARAMETERS,
                scheduler.UPPER_BOUNDS_PARAMETERS,
                strict=True,
            )
        )
        == WEIGHT_BOUNDS
    )


def test_states_and_ratings_have_the_numbers_of_the_package() -> None:
    import fsrs

    assert {state.name.title(): state.value for state in State if state} == {
        state.name: state.value for state in fsrs.State
    }
    assert {rating.name.title(): rating.value for rating in Rating} == {
        rating.name: rating.value for rating in fsrs.Rating
    }
    assert DAY_SECONDS == 24 * 60 * 60
