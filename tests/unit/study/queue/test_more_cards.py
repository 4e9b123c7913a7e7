"""Cards beyond today's: which they are, and that today stays done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope, State
from flashcards.domain.settings.settings import Settings
from flashcards.domain.study_plan import Interview, StudyPlan
from tests.conftest import OpenCollection, OpenHomeWith
from tests.helpers import FixedClock, deck
from tests.unit.study.rating_cards import answer, asked

TWELVE = deck(
    "deck: many\ntitle: Many\nnotes:\n"
    + "\n".join(
        f"  - {{id: m-{number:02}, front: What is {number}?, back: Number {number}.}}"
        for number in range(12)
    )
)


@pytest.fixture
def done(
    open_home_with: OpenHomeWith, open_collection: OpenCollection, settings: Settings
) -> Collection:
    """Three of twelve new cards are today's, and they are done."""
    open_home_with("many.yaml", TWELVE)
    limits = replace(settings.scheduling, new_per_day=3)
    collection = open_collection(replace(settings, scheduling=limits))
    session = collection.sessions.start_review(minutes=None)
    assert len(set(asked(session, Rating.GOOD))) == 3
    session.leave()
    assert collection.figures.overview().left.total == 0
    return collection


def test_more_cards_are_new_cards_beyond_the_limit_once_nothing_is_due(
    done: Collection,
) -> None:
    session = done.sessions.start_more(number=5)

    assert session.progress.cards_left == 5
    assert sorted(set(asked(session, Rating.EASY))) == [
        f"m-{number:02}" for number in range(3, 8)
    ]
    assert session.current is None


def test_a_review_ahead_asks_the_cards_that_are_due_soonest(
    done: Collection, clock: FixedClock
) -> None:
    assert done.sessions.start_more(ahead=True).current is None
    due = {
        card.due_day
        for card in done.reader.queue.all(done.moment().day, Scope())
        if card.state == State.REVIEW
    }
    clock.forward(days=1)
    session = done.sessions.start_review(minutes=None)
    assert set(asked(session, Rating.EASY)) == {"m-03", "m-04", "m-05"}
    session.leave()

    ahead = done.sessions.start_more(ahead=True)

    assert min(day for day in due if day) > done.moment().day
    assert set(asked(ahead, Rating.GOOD)) == {"m-00", "m-01", "m-02"}


def test_a_step_left_beyond_today_waits_for_tomorrow_or_the_next_request(
    done: Collection, clock: FixedClock
) -> None:
    session = done.sessions.start_more(number=2)
    key = answer(session, Rating.AGAIN)
    session.leave()

    today = done.figures.overview().left
    assert (today.total, today.waiting) == (0, 0)
    again = done.sessions.start_more(number=2)
    assert again.current is not None
    assert again.progress.cards_left == 2
    clock.forward(minutes=2)
    assert key in asked(done.sessions.start_more(number=1), Rating.AGAIN, most=1)

    clock.forward(days=1)
    assert done.figures.overview().counts.learning == 1


def test_under_a_plan_more_cards_are_the_next_by_its_rank(
    open_home_with: OpenHomeWith,
) -> None:
    collection = open_home_with("many.yaml", TWELVE)
    today = collection.moment().day
    collection.plan.save(StudyPlan(today, (Interview(today + 9),), minutes=1), "Plan")
    session = collection.sessions.start_review(minutes=None)
    first = set(asked(session, Rating.EASY))
    session.leave()
    assert collection.figures.overview().left.total == 0

    more = collection.sessions.start_more(number=3)

    keys = asked(more, Rating.EASY)
    assert len(keys) == 3
    assert not first & set(keys)
    assert collection.figures.overview().left.total == 0


def test_more_cards_stay_within_the_decks_that_were_asked_for(
    done: Collection,
) -> None:
    assert done.sessions.start_more(Scope(("other",)), number=5).current is None
    assert done.sessions.start_more(Scope(("many",)), number=5).current is not None
