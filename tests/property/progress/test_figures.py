"""Every figure computed on columns is what a slow walk over the rows finds."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.cards import Rating, State
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.domain.study_plan import StudyPlan
from flashcards.progress.log.card_table import CardTable
from flashcards.progress.log.review_log import Log, predicted_recall
from flashcards.progress.statistics.activity import (
    build_heatmap,
    count_answers,
    count_by_day,
    forecast_reviews,
)
from flashcards.progress.statistics.habit import compute_habit
from flashcards.progress.statistics.memory_distribution import (
    STABILITY_EDGES,
    measure_memory_distribution,
)
from flashcards.progress.statistics.retention import (
    EDGES,
    Share,
    compute_retention,
    compute_self_check,
)
from flashcards.progress.statistics.weakness import compare_decks, compare_topics
from flashcards.scheduling.formulas import Formulas
from flashcards.store.rows import FigureCard

Row = tuple[int, int, int, int, int, int, int]

TODAY = date(2026, 11, 20).toordinal()
OTHER_WEIGHTS = (*DEFAULT_WEIGHTS[:20], 0.4)
DECKS = {1: ("a/one", "One", '[["t1", "Topic one"]]'), 2: ("a/two", "Two", "[]")}

row = st.tuples(
    st.integers(1, 8),
    st.integers(0, 400),
    st.integers(1, 4),
    st.integers(0, 60_000),
    st.integers(0, 3),
    st.sampled_from([0, 60, 600, 86_400, 5 * 86_400, 21 * 86_400, 400 * 86_400]),
)


@st.composite
def logs(draw: st.DrawFn) -> list[Row]:
    """Rows in the order of storing: instants grow, study days follow them."""
    rows = draw(st.lists(row, max_size=60))
    return [
        (card, 1000 * back, TODAY - 400 + back, rating, ms, state, wait)
        for card, back, rating, ms, state, wait in rows
    ]


@st.composite
def cards(draw: st.DrawFn) -> list[FigureCard]:
    result = []
    for number in range(1, 9):
        seen = draw(st.booleans())
        result.append(
            FigureCard(
                card_id=number,
                note_id=number,
                deck_id=draw(st.integers(1, 2)),
                topic=draw(st.sampled_from(["", "t1", "t2"])),
                position=number,
                state=2 if seen else 0,
                due_day=TODAY + draw(st.integers(-50, 50)) if seen else None,
                last_day=TODAY - draw(st.integers(0, 100)) if seen else None,
                stability=draw(st.floats(0.001, 3000)) if seen else None,
                difficulty=draw(st.floats(1, 10)) if seen else None,
                reps=0,
                lapses=draw(st.integers(0, 9)),
                leech=0,
                suspended=draw(st.integers(0, 1)),
                retired=draw(st.integers(0, 1)),
            )
        )
    return result


def card_by_card(rows: list[Row]) -> dict[int, list[Row]]:
    by_card: defaultdict[int, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row[0], row[1])):
        by_card[row[0]].append(row)
    return dict(by_card)


def memory_tests(rows: list[Row]) -> list[tuple[Row, int]]:
    """First reviews of a study day in state Review, with the interval before."""
    found = []
    for past in card_by_card(rows).values():
        seen: set[int] = set()
        for place, one in enumerate(past):
            if one[2] not in seen and one[5] == State.REVIEW:
                interval = past[place - 1][6] // 86_400 if place else 0
                found.append((one, interval))
            seen.add(one[2])
    return found


def share(rows: list[Row]) -> Share:
    return Share(sum(row[3] > 1 for row in rows), len(rows))


@given(logs())
def test_retention_is_that_of_first_reviews_of_a_day(rows: list[Row]) -> None:
    found = memory_tests(rows)

    result = compute_retention(Log.from_rows(rows))

    assert result.all == share([one for one, _ in found])
    assert result.young == share([one for one, interval in found if interval < 21])
    assert result.mature == share([one for one, interval in found if interval >= 21])
    months = {(m.year, m.month): m.retention for m in result.months}
    slow: defaultdict[tuple[int, int], list[Row]] = defaultdict(list)
    for one, _ in found:
        when = date.fromordinal(one[2])
        slow[when.year, when.month].append(one)
    assert months == {key: share(some) for key, some in slow.items()}
    assert bool(result.missing) == (len(found) < 30)


@given(logs(), cards(), st.booleans())
def test_predicted_recall_is_that_of_the_plain_formulas(
    rows: list[Row], known: list[FigureCard], differ: bool
) -> None:
    weights = {1: DEFAULT_WEIGHTS, 2: OTHER_WEIGHTS if differ else DEFAULT_WEIGHTS}
    deck_of = {card.card_id: card.deck_id for card in known}
    log = Log.from_rows(rows)

    predicted = predicted_recall(log, CardTable.from_rows(known), weights.__getitem__)

    slow: list[float] = []
    pairs = []
    for card, past in card_by_card(rows).items():
        formulas = Formulas(weights[deck_of[card]])
        s, d, last = 0.0, 0.0, 0
        for place, one in enumerate(past):
            if place == 0:
                slow.append(math.nan)
                s, d = formulas.first(one[3])
            else:
                elapsed = one[2] - last
                slow.append(formulas.retrievability(s, max(0, elapsed)))
                if elapsed > 0:
                    pairs.append((slow[-1], one[3] > 1))
                s, d = formulas.following(s, d, elapsed, one[3])
            last = one[2]
    assert list(predicted) == pytest.approx(slow, rel=1e-9, nan_ok=True)
    check = compute_self_check(log, predicted)
    assert check.reviews == len(pairs)
    for one_bin, low, high in zip(check.bins, EDGES, EDGES[1:], strict=False):
        inside = [(p, y) for p, y in pairs if low <= min(max(p, 1e-6), 1 - 1e-6) < high]
        assert one_bin.count == len(inside)
    if pairs:
        losses = [
            -math.log(min(max(p if y else 1 - p, 1e-6), 1 - 1e-6)) for p, y in pairs
        ]
        assert check.log_loss == pytest.approx(sum(losses) / len(losses), rel=1e-6)


@given(logs())
def test_days_answers_and_heatmap_count_every_row_once(rows: list[Row]) -> None:
    log = Log.from_rows(rows)

    days = count_by_day(log)

    slow: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        slow[row[2]].append(row)
    assert [(d.day, d.reviews, d.new, d.again) for d in days] == [
        (
            day,
            len(some),
            sum(row[5] == 0 for row in some),
            sum(row[3] == 1 for row in some),
        )
        for day, some in sorted(slow.items())
    ]
    for day in days:
        assert day.seconds == pytest.approx(sum(r[4] for r in slow[day.day]) / 1000)
    counts = count_answers(log)
    assert counts.ratings == {r: sum(row[3] == r for row in rows) for r in Rating}
    timed = [row[4] for row in rows if row[4]]
    assert counts.median_seconds == (median(timed) / 1000 if timed else None)
    squares = [square for week in build_heatmap(days, TODAY).weeks for square in week]
    assert squares[-1].day == TODAY
    assert all(square.reviews == len(slow.get(square.day, [])) for square in squares)
    assert all((square.level > 0) == (square.reviews > 0) for square in squares)
    assert len(squares) in range(25 * 7 + 1, 26 * 7 + 1)


@given(logs(), cards())
def test_decks_and_topics_are_compared_by_their_own_reviews(
    rows: list[Row], known: list[FigureCard]
) -> None:
    log = Log.from_rows(rows)
    by_card = {card.card_id: card for card in known}
    found = [one for one, _ in memory_tests(rows)]

    decks = compare_decks(log, CardTable.from_rows(known), DECKS)
    topics = compare_topics(log, CardTable.from_rows(known), DECKS)

    live = [card for card in known if not card.retired]
    assert {group.deck for group in decks} == {DECKS[c.deck_id][0] for c in live}
    for group in decks:
        own = [c for c in live if DECKS[c.deck_id][0] == group.deck]
        asked = [r for r in found if DECKS[by_card[r[0]].deck_id][0] == group.deck]
        assert group.retention == share(asked)
        assert (group.cards, group.lapses) == (len(own), sum(c.lapses for c in own))
    assert {(g.deck, g.topic) for g in topics} == {
        (DECKS[c.deck_id][0], c.topic) for c in live if c.topic
    }
    ranked = [g.retention.share or 0.0 for g in decks if g.enough]
    assert ranked == sorted(ranked)


@given(cards())
def test_spread_and_forecast_hold_every_live_card_once(known: list[FigureCard]) -> None:
    seen = [c for c in known if c.stability and not c.suspended and not c.retired]

    result = measure_memory_distribution(
        CardTable.from_rows(known), TODAY, lambda _: DEFAULT_WEIGHTS
    )

    formulas = Formulas(DEFAULT_WEIGHTS)
    recall = [
        formulas.retrievability(c.stability or 0, TODAY - (c.last_day or 0))
        for c in seen
    ]
    assert result.remembered == pytest.approx(sum(recall))
    for place, n in enumerate(result.stability.counts):
        low, high = STABILITY_EDGES[place], STABILITY_EDGES[place + 1]
        assert n == sum(low <= (c.stability or 0) < high for c in seen)
    assert sum(result.difficulty.counts) == sum(result.retrievability.counts)
    assert sum(result.difficulty.counts) == len(seen)
    ahead = forecast_reviews(
        CardTable.from_rows(known), lambda state: 10.0 + state, TODAY, days=30
    )
    for one in ahead:
        due = [c for c in seen if max(TODAY, c.due_day or 0) == one.day]
        assert (one.reviews, one.seconds) == (len(due), 12.0 * len(due))


@given(st.sets(st.integers(-30, 0)), st.sets(st.integers(-30, 0)))
def test_planned_rest_neither_counts_nor_breaks_a_streak(
    studied: set[int], off: set[int]
) -> None:
    days = [TODAY + back for back in studied]

    streak = compute_habit(
        days, {}, TODAY, is_off=lambda day: day - TODAY in off
    ).streak

    slow = 0
    for back in range(31):
        if -back in studied:
            slow += 1
        elif -back not in off and back > 0:
            break
    assert streak == slow


@given(
    st.integers(-20, 20),
    st.integers(-5, 40),
    st.sets(st.integers(0, 6)),
    st.lists(st.integers(-20, 60), max_size=6),
)
def test_days_of_study_are_counted_as_one_by_one(
    start: int, length: int, weekdays: set[int], dates: list[int]
) -> None:
    plan = StudyPlan(
        TODAY,
        weekdays_off=tuple(weekdays),
        dates_off=tuple(TODAY + ahead for ahead in dates),
    )
    first = TODAY + start
    days = range(first, first + length)

    counted = plan.study_days(first, first + length)

    assert counted == sum(not plan.is_off(day) for day in days)
