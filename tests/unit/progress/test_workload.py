"""The simulated work ahead: limits, days off, and the means of a simulation card by card."""

from __future__ import annotations

import random
from dataclasses import replace
from statistics import mean, stdev

import numpy as np
import pytest

from flashcards.domain.cards import State
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS, DeckOptions, Settings
from flashcards.progress.forecast.workload import (
    WorkDay,
    Workload,
    build_rules,
    simulate_workload,
)
from flashcards.progress.log.card_table import CardTable
from flashcards.scheduling.date_policy import Costs, simulate_first_day
from flashcards.scheduling.formulas import Formulas
from flashcards.scheduling.vectors import VectorFormulas
from flashcards.store.rows import FigureCard

TODAY = 740_000
DECKS = {1: "alpha/one", 2: "alpha/two", 3: "beta"}


def new(number: int, deck: int = 1) -> FigureCard:
    return FigureCard(
        number, number, deck, "", number, 0, None, None, None, None, 0, 0, 0, 0, 0
    )


def seen(
    number: int,
    due: int,
    stability: float = 5.0,
    deck: int = 1,
    state: int = State.REVIEW,
) -> FigureCard:
    return new(number, deck)._replace(
        state=state,
        due_day=TODAY + due,
        last_day=TODAY + due - 5,
        stability=stability,
        difficulty=5.0,
    )


def run_simulation(
    cards: list[FigureCard],
    *,
    new_per_day: int = 100,
    reviews_per_day: int = 1000,
    decks: dict[str, dict[str, object]] | None = None,
    done: dict[int, tuple[int, int]] | None = None,
    **how: object,
) -> Workload:
    options = replace(
        DeckOptions(), new_per_day=new_per_day, reviews_per_day=reviews_per_day
    )
    table = CardTable.from_rows(cards)
    rules = build_rules(
        table, DECKS, Settings(scheduling=options, decks=decks or {}), done or {}
    )
    workload = simulate_workload(table, rules, Costs(), TODAY, **{"days": 30, **how})  # type: ignore[arg-type]
    assert workload is not None
    return workload


def test_todays_reviews_are_those_that_are_due() -> None:
    cards = [seen(1, 0), seen(2, -9), seen(3, 1), new(4)]

    today, tomorrow, *_ = run_simulation(cards, new_per_day=0).days

    assert (today.reviews, today.new) == (2, 0)
    assert tomorrow.reviews >= 1


def test_new_cards_come_in_teaching_order_within_every_limit() -> None:
    cards = [new(n, deck=1 + n % 3) for n in range(12)]

    ahead = run_simulation(
        cards,
        new_per_day=3,
        decks={"alpha": {"new_per_day": 1}},
        done={3: (1, 0)},
    )

    # Of 8 in alpha one a day; of 4 in beta two a day, one of them was seen today already.
    assert [day.new for day in ahead.days[:9]] == [2, 3, 2, 1, 1, 1, 1, 1, 0]


def test_reviews_beyond_the_limit_wait_for_another_day() -> None:
    cards = [seen(n, -3, stability=500.0) for n in range(10)]

    ahead = run_simulation(cards, reviews_per_day=4, done={1: (0, 1)}, runs=1)

    assert [day.reviews for day in ahead.days[:2]] == [3, 4]
    assert sum(day.reviews for day in ahead.days[:4]) >= 10


def test_an_area_can_have_its_own_limit() -> None:
    cards = [seen(n, 0, stability=500.0, deck=1 + 2 * (n % 2)) for n in range(10)]

    limits: dict[str, dict[str, object]] = {"alpha": {"reviews_per_day": 2}}
    ahead = run_simulation(cards, decks=limits, runs=1)

    assert ahead.days[0].reviews == 2 + 5


def test_days_off_move_what_is_due_to_the_next_day() -> None:
    cards = [seen(1, 0), seen(2, 1), *(new(n) for n in range(3, 6))]

    ahead = run_simulation(cards, new_per_day=2, is_off=lambda day: day < TODAY + 2)

    assert ahead.days[0][1:] == ahead.days[1][1:] == (0, 0, 0)
    assert (ahead.days[2].reviews, ahead.days[2].new) == (2, 2)


def test_a_card_in_its_steps_costs_a_step_today() -> None:
    learning = seen(1, 0, state=State.RELEARNING)._replace(last_day=TODAY)

    ahead = run_simulation([learning], runs=1)

    assert ahead.days[0].seconds == Costs().step


def test_an_empty_store_has_no_work() -> None:
    assert all(day[1:] == (0, 0, 0) for day in run_simulation([]).days)


def test_the_same_seed_gives_the_same_days_and_progress_can_stop_them() -> None:
    cards = [new(n) for n in range(30)]
    table = CardTable.from_rows(cards)
    rules = build_rules(table, DECKS, Settings(), {})

    assert run_simulation(cards, seed=3) == run_simulation(cards, seed=3)
    assert run_simulation(cards, seed=3) != run_simulation(cards, seed=4)
    assert (
        simulate_workload(table, rules, Costs(), TODAY, progress=lambda day, _: day < 5)
        is None
    )


def test_decks_are_simulated_with_their_own_weights() -> None:
    steep = (*DEFAULT_WEIGHTS[:20], 0.4)
    cards = [seen(n, 0, deck=1 + 2 * (n % 2)) for n in range(40)]

    alike = run_simulation(cards, runs=20)
    mixed = run_simulation(cards, decks={"beta": {"weights": steep}}, runs=20)

    assert mixed.days[0].reviews == alike.days[0].reviews
    assert mixed.days[1:] != alike.days[1:]


def test_intervals_on_arrays_equal_those_of_the_plain_formulas() -> None:
    stability, retention = np.array([0.2, 3.0, 900.0]), np.array([0.9, 0.8, 0.97])
    plain = Formulas(DEFAULT_WEIGHTS)

    days = VectorFormulas(DEFAULT_WEIGHTS).interval(stability, retention)

    assert days.tolist() == pytest.approx(
        [plain.interval(s, r) for s, r in zip(stability, retention, strict=True)]
    )


def test_a_mean_of_days_has_the_date_of_the_first_one() -> None:
    days = tuple(WorkDay(TODAY + n, n, 2 * n, 60.0 * n) for n in range(4))

    assert Workload(days, 1).mean(1, 4) == WorkDay(TODAY + 1, 2, 4, 120)


def one_learner(
    cards: list[FigureCard], days: int, chance: random.Random
) -> list[list[float]]:
    """Return reviews and seconds of each day, walked card by card in plain Python."""
    formulas, costs = Formulas(DEFAULT_WEIGHTS), Costs()
    totals = [[0.0, 0.0] for _ in range(days)]
    for card in cards:
        s, d = card.stability, card.difficulty
        due = (card.due_day or TODAY) - TODAY
        last = (card.last_day or TODAY) - TODAY
        day = max(due, 0)
        while day < days:
            if s is None or d is None:
                rating = chance.choices((1, 2, 3, 4), costs.first_ratings)[0]
                s, d = simulate_first_day(formulas, rating)
                totals[day][1] += (
                    costs.first_look + costs.step * (2, 2, 1, 0)[rating - 1]
                )
            else:
                recall = formulas.retrievability(s, day - last)
                is_recalled = chance.random() < recall
                rating = (
                    chance.choices((2, 3, 4), costs.success)[0] if is_recalled else 1
                )
                s, d = formulas.following(s, d, day - last, rating)
                if not is_recalled:
                    s, d = formulas.following(s, d, 0, 3)
                totals[day][0] += 1
                totals[day][1] += costs.recalled if is_recalled else costs.lapse
            last = day
            day += max(1, round(formulas.interval(s, 0.9)))
    return totals


def test_means_equal_those_of_a_simulation_card_by_card() -> None:
    cards = [seen(n, n % 7, stability=2.0 + n) for n in range(20)]
    cards += [new(n) for n in range(20, 35)]
    days, runs = 40, 150
    chance = random.Random(8)  # noqa: S311 - the same learners each time

    ahead = run_simulation(cards, days=days, runs=400)
    slow = np.array([one_learner(cards, days, chance) for _ in range(runs)])

    for place, fast in (
        (0, [d.reviews for d in ahead.days]),
        (1, [d.seconds for d in ahead.days]),
    ):
        for first in range(0, days, 10):
            sums = slow[:, first : first + 10, place].sum(axis=1).tolist()
            error = stdev(sums) / runs**0.5
            assert sum(fast[first : first + 10]) == pytest.approx(
                mean(sums), abs=5 * error + 1e-9
            )
