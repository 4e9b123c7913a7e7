"""The load of a day is the seconds of its cards, not their number."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope, State
from flashcards.study.queue.card_seconds import CardSeconds, estimate_card_seconds
from tests.conftest import OpenCollection
from tests.helpers import FixedClock, deck


def test_the_seconds_of_a_card_mix_its_own_answers_and_its_kind() -> None:
    times = [(1, "basic", 4000)] * 30 + [(2, "basic", 34_000)] * 2

    seconds = estimate_card_seconds(times, usual=12)

    assert seconds.by_kind == {"basic": 4.0}
    assert seconds.of(1, "basic") == 4
    assert seconds.of(2, "basic") == pytest.approx((68 + 8) / 4)
    assert seconds.of(3, "basic") == 4
    assert seconds.of(4, "recall") == 12


def test_a_kind_with_few_answers_takes_the_usual_seconds() -> None:
    seconds = estimate_card_seconds([(1, "recall", 60_000)] * 29, usual=12)

    assert seconds.of(2, "recall") == 12
    assert seconds.of(1, "recall") > 50


def test_unmeasured_times_are_ignored() -> None:
    assert estimate_card_seconds([(1, "basic", 0)] * 50, usual=12) == CardSeconds(12)


MANY = "\n".join(
    f"  - {{id: {kind[0]}-{number}, {content}}}"
    for number in range(40)
    for kind, content in (
        ("basic", f"front: Which is {number}?, back: This {number}."),
        (
            "recall",
            f"kind: recall, question: Why {number}?, points: [Because {number}]",
        ),
    )
)


@pytest.fixture
def answered(
    open_collection: OpenCollection, clock: FixedClock, tmp_path: Path
) -> Collection:
    """Forty basic cards answered in 5 s and forty recall cards answered in 50 s."""
    path = tmp_path / "many.yaml"
    path.write_bytes(deck("deck: many\ntitle: Many\nnotes:\n") + MANY.encode())
    collection = open_collection()
    collection.store()
    assert not collection.importing.import_files([path]).has_errors
    for _ in range(2):
        session = collection.sessions.start_review()
        while session.current:
            clock.forward(seconds=50 if session.current.row.kind == "recall" else 5)
            session.reveal()
            session.rate(Rating.EASY)
        session.leave()
        clock.forward(days=60)
    return collection


def test_days_are_compared_by_the_seconds_of_their_kinds(
    answered: Collection, open_collection: OpenCollection
) -> None:
    rows = [
        answered.reader.cards.get(card.card_id)
        for card in answered.reader.queue.all(1000, Scope())
    ]
    today = answered.moment().day - 60
    due: dict[int, float] = {}
    for row in rows:
        assert row.memory.state is State.REVIEW
        day = row.memory.due_day
        assert day is not None
        due[day] = due.get(day, 0) + (50 if row.kind == "recall" else 5)

    # Another window looks at the days for the first time.
    load = open_collection().session_context.daily_load(today).without(0)

    assert len(due) > 1
    for day, seconds in due.items():
        assert load(day) == pytest.approx(seconds)
