"""Every figure of a learner who did study is what a slow walk over the log finds."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, State
from flashcards.domain.settings.settings import AppDirectories, DeckOptions, Settings
from flashcards.grading.answers import (
    ChoiceAnswer,
    GradedAnswer,
    MatchAnswer,
    NumericAnswer,
    OrderAnswer,
    RecallAnswer,
    TypedAnswer,
)
from flashcards.progress.statistics.calibration import PREDICTED
from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
from flashcards.progress.statistics.memory_distribution import (
    DIFFICULTY_EDGES,
    RECALL_EDGES,
    STABILITY_EDGES,
)
from flashcards.progress.statistics.retention import EDGES
from flashcards.progress.statistics.statistics import Statistics
from tests.examples import scale_examples
from tests.helpers import FixedClock, deck
from tests.property.progress.slow_figures import Slow, inside, log_loss, share

GRADED = deck("""
    deck: graded/items
    title: Graded items
    topics: {a: Topic a, b: Topic b}
    notes:
      - id: choice
        kind: choice
        topic: a
        question: Which?
        options:
          - {text: right, correct: true}
          - {text: near, misconception: near-miss}
          - {text: far}
      - id: several
        kind: choice
        topic: a
        question: Which two?
        options:
          - {text: one, correct: true}
          - {text: two, correct: true}
          - {text: three, misconception: too-many}
      - {id: number, kind: numeric, topic: b, question: How many?, answer: 40, tolerance: 1}
      - {id: word, kind: typed, question: Which word?, accept: [harmonic]}
      - {id: order, kind: order, topic: b, question: In order?, items: [first, second, third]}
      - id: match
        kind: match
        question: What belongs together?
        pairs: [{left: l1, right: r1}, {left: l2, right: r2}, {left: l3, right: r3}]
      - id: recall
        kind: recall
        question: What do you recall?
        points: [{text: p0}, {text: p1}, {text: p2}]
      - {id: plain, front: What is plain?, back: This.}
""")
GIVEN: dict[str, tuple[GradedAnswer, ...]] = {
    "choice": (ChoiceAnswer((0,)), ChoiceAnswer((1,)), ChoiceAnswer((2,))),
    "several": (
        ChoiceAnswer((0, 1)),
        ChoiceAnswer((0, 2)),
        ChoiceAnswer((1,)),
        ChoiceAnswer((0, 1, 2)),
    ),
    "number": (
        NumericAnswer(40.0, "40"),
        NumericAnswer(40_000.0, "40k"),
        NumericAnswer(30.0, "30"),
        NumericAnswer(None, "?"),
    ),
    "word": (TypedAnswer("harmonic"), TypedAnswer("Arithmetic"), TypedAnswer("")),
    "order": (OrderAnswer((0, 1, 2)), OrderAnswer((1, 0, 2)), OrderAnswer((2, 1, 0))),
    "match": (
        MatchAnswer((0, 1, 2)),
        MatchAnswer((1, 0, 2)),
        MatchAnswer((0, None, 2)),
    ),
    "recall": (RecallAnswer((0, 1, 2)), RecallAnswer((0,)), RecallAnswer(())),
}
"""Answers to each note, the right one first."""

steps = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(Rating),
        st.sampled_from(["", "guess", "unsure", "sure"]),
        st.integers(1, 90),
        st.sampled_from([0, 0, 0, 0, 1, 2, 30]),
        st.sampled_from([False] * 9 + [True]),
    ),
    min_size=15,
    max_size=90,
)
"""Answer, rating, confidence, seconds, days until the next one, and whether it is undone."""


@contextmanager
def studied(
    given_answers: list[tuple[int, Rating, str, int, int, bool]],
) -> Iterator[tuple[Statistics, ExtendedStatistics, Slow]]:
    """Give the figures, and the slow ones, of a learner who answered so."""
    clock = FixedClock()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "items.yaml"
        path.write_bytes(GRADED)
        limits = replace(DeckOptions(), new_per_day=100)
        chosen = Settings(timezone="UTC", scheduling=limits, confidence=True)
        collection = Collection(AppDirectories(Path(name) / "home"), chosen, clock)
        collection.store()
        collection.importing.import_files([path])
        for answer, rating, word, seconds, days, is_taken_back in given_answers:
            session = collection.sessions.start_review()
            if session.current is None:
                clock.forward(days=1)
                continue
            if word:
                session.set_confidence(word)  # type: ignore[arg-type]
            clock.forward(seconds=seconds)
            answers = GIVEN.get(session.current.row.note_key)
            if answers:
                session.answer(answers[answer % len(answers)])
            else:
                session.reveal()
            session.rate(rating)
            if is_taken_back:
                session.undo()
            session.leave()
            clock.forward(days=days)
        figures, extended_statistics = (
            collection.figures.statistics(),
            collection.figures.extended_statistics(),
        )
        assert figures is not None
        assert extended_statistics is not None
        slow = Slow.of(collection.directories.database, clock.moment().day)
        collection.close()
        yield figures, extended_statistics, slow


@given(steps)
@settings(max_examples=scale_examples(15))
def test_every_figure_is_what_a_walk_over_the_log_finds(
    given_answers: list[tuple[int, Rating, str, int, int, bool]],
) -> None:
    with studied(given_answers) as (figures, extended_statistics, slow):
        assert figures.reviews == len(slow.rows)
        assert figures.seconds == pytest.approx(sum(row.seconds for row in slow.rows))
        check_days(figures, slow)
        check_answers(figures, slow)
        check_retention(figures, slow)
        check_predictions(figures, slow)
        check_memory(figures, slow)
        check_weakness(figures, slow)
        check_calibration(extended_statistics, slow)
        check_items(extended_statistics, slow)


def check_days(figures: Statistics, slow: Slow) -> None:
    fast = [
        (day.day, day.reviews, day.seconds, day.new, day.again) for day in figures.days
    ]
    assert [day_row[:2] + day_row[3:] for day_row in fast] == [
        day_row[:2] + day_row[3:] for day_row in slow.days()
    ]
    assert [day_row[2] for day_row in fast] == pytest.approx(
        [day_row[2] for day_row in slow.days()]
    )
    assert figures.habit.streak == slow.streak()
    assert figures.habit.studied == len(fast)
    assert figures.first_day == min((row.day for row in slow.rows), default=None)
    squares = [square for week in figures.heatmap.weeks for square in week]
    shown = [(square.day, square.reviews, square.level) for square in squares]
    if figures.heatmap.busiest:
        assert shown == slow.heat(squares[0].day)


def check_answers(figures: Statistics, slow: Slow) -> None:
    answers = figures.answers
    assert answers.ratings == {
        r: sum(row.rating == r for row in slow.rows) for r in Rating
    }
    if slow.rows:
        assert answers.median_seconds == pytest.approx(
            median(row.seconds for row in slow.rows)
        )
    failed = [row.seconds for row in slow.rows if row.rating == 1]
    if failed:
        assert answers.median_again_seconds == pytest.approx(median(failed))
    for state in State:
        assert answers.seconds_by_state.get(state) == pytest.approx(
            slow.seconds_of_state(state)
        )
    assert bool(answers.missing) == (len(slow.rows) < 30)


def check_retention(figures: Statistics, slow: Slow) -> None:
    tests, retention = slow.tests(), figures.retention
    rows = [row for row, _ in tests]
    assert (retention.all.recalled, retention.all.asked) == share(rows)
    for tested_share, is_mature in ((retention.young, False), (retention.mature, True)):
        own = [row for row, mature in tests if mature == is_mature]
        assert (tested_share.recalled, tested_share.asked) == share(own)
    assert bool(retention.missing) == (len(tests) < 30)


def check_predictions(figures: Statistics, slow: Slow) -> None:
    check = figures.check
    pairs = [(min(max(p, 1e-6), 1 - 1e-6), came) for p, came in slow.predictions()]
    assert check.reviews == len(pairs)
    counts = inside([p for p, _ in pairs], EDGES)
    assert [bin_.count for bin_ in check.bins] == counts
    for bin_ in check.bins:
        own = [(p, came) for p, came in pairs if bin_.low <= p < bin_.high]
        if own:
            assert bin_.predicted == pytest.approx(mean(p for p, _ in own))
            assert bin_.actual == pytest.approx(mean(came for _, came in own))
    if pairs:
        share_recalled = mean(came for _, came in pairs)
        constant = min(max(share_recalled, 1e-6), 1 - 1e-6)
        assert check.log_loss == pytest.approx(log_loss(pairs))
        same = [(constant, came) for _, came in pairs]
        assert check.constant_log_loss == pytest.approx(log_loss(same))


def check_memory(figures: Statistics, slow: Slow) -> None:
    memory = slow.memory_now()
    spread = figures.memory
    assert spread.cards == len(memory)
    kinds = (
        (spread.stability, STABILITY_EDGES),
        (spread.difficulty, DIFFICULTY_EDGES),
        (spread.retrievability, RECALL_EDGES),
    )
    for place, (found, edges) in enumerate(kinds):
        values = [values[place] for values in memory.values()]
        assert list(found.counts) == inside(values, edges)
        assert found.median == pytest.approx(median(values) if values else None)
    assert spread.remembered == pytest.approx(
        sum(recall for _, _, recall in memory.values())
    )
    due = slow.due()
    assert [one.reviews for one in figures.forecast] == [
        due[slow.today + ahead] for ahead in range(30)
    ]


def check_weakness(figures: Statistics, slow: Slow) -> None:
    lapses, tests = slow.lapses(), [row for row, _ in slow.tests()]
    for group in (*figures.decks, *figures.topics):
        own = {
            card
            for card, deck_key, topic in slow.cards
            if deck_key == group.deck and group.topic in ("", topic)
        }
        asked = [row for row in tests if row.card in own]
        assert (group.retention.recalled, group.retention.asked) == share(asked)
        assert group.lapses == sum(lapses[card] for card in own)
        assert group.cards == len(own)
        assert group.seen == len({row.card for row in slow.rows} & own)
        assert group.enough == (len(asked) >= 10)
    assert {group.topic for group in figures.topics} == {"a", "b"}
    assert {one.card: one.lapses for one in figures.leeches} == {
        card: n for card, n in lapses.items() if n >= 8
    }


def check_calibration(extended_statistics: ExtendedStatistics, slow: Slow) -> None:
    calibration, said = extended_statistics.calibration, slow.said()
    assert calibration.answers == len(said)
    if said:
        squares = [(PREDICTED[word] - score) ** 2 for _, word, score in said]  # type: ignore[index]
        assert calibration.brier == pytest.approx(mean(squares))
    for bin_ in calibration.bins:
        scores = [score for _, word, score in said if word == bin_.confidence]
        assert bin_.answers == len(scores)
        assert bin_.right == pytest.approx(mean(scores) if scores else 0.0)
    last = {row.card: (word, score) for row, word, score in said}
    assert {slip.card for slip in calibration.sure_but_wrong} == {
        card for card, (word, score) in last.items() if word == "sure" and score < 1
    }


def check_items(extended_statistics: ExtendedStatistics, slow: Slow) -> None:
    graded = slow.graded()
    assert {item.note: item.answers for item in extended_statistics.items.items} == {
        note: len(rows) for note, rows in graded.items()
    }
    assert extended_statistics.items.older == 0
    slugs: Counter[str] = Counter()
    for item in extended_statistics.items.items:
        rows = graded[item.note]
        assert item.score == pytest.approx(
            mean(row.answer["score"] for row in rows), abs=1e-3
        )
        assert item.is_enough == (len(rows) >= 5)
        slips = {f"{slip.what} {slip.text}": slip.answers for slip in item.slips}
        assert slips == expected_slips(item.note, [row.answer for row in rows])
        for slip in item.slips:
            slugs[slip.misconception] += slip.answers
    del slugs[""]
    assert dict(extended_statistics.items.misconceptions) == slugs


def expected_slips(note: str, answers: list[dict[str, object]]) -> dict[str, int]:
    """Return the expected slips in the answers of `GIVEN`."""
    slips_by_value = {
        ("choice", "chosen", (1,)): ["chosen near"],
        ("choice", "chosen", (2,)): ["chosen far"],
        ("several", "chosen", (0, 2)): ["left out two", "chosen three"],
        ("several", "chosen", (1,)): ["left out one"],
        ("several", "chosen", (0, 1, 2)): ["chosen three"],
        ("number", "value", 40_000.0): ["off about 1,000 times too large"],
        ("number", "value", 30.0): ["off too small"],
        ("number", "value", None): ["off no number"],
        ("word", "text", "Arithmetic"): ["typed arithmetic"],
        ("word", "text", ""): ["typed nothing"],
        ("order", "items", (1, 0, 2)): ["swapped second before first"],
        ("order", "items", (2, 1, 0)): [
            "swapped third before second",
            "swapped third before first",
            "swapped second before first",
        ],
        ("match", "rights", (1, 0, 2)): ["paired l1 with r2", "paired l2 with r1"],
        ("match", "rights", (0, None, 2)): ["left out l2"],
        ("recall", "points", (0,)): ["missed p1", "missed p2"],
        ("recall", "points", ()): ["missed p0", "missed p1", "missed p2"],
    }
    counted: Counter[str] = Counter()
    for answer in answers:
        for (key, field, value), slips in slips_by_value.items():
            given = answer.get(
                field, value if value is None and field in answer else object()
            )
            given = tuple(given) if isinstance(given, list) else given
            if key == note and field in answer and given == value:
                counted.update(slips)
    return dict(counted)
