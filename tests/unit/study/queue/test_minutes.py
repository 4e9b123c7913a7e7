"""A session of some minutes asks the most valuable cards and finishes what it starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope, State, tier_of
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS, Settings
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.scheduling.date_policy import (
    Costs,
    DatePolicy,
    PolicyCard,
    compute_thresholds,
    order_by_rank,
)
from flashcards.scheduling.formulas import Formulas
from flashcards.study.queue.date_queue import build_situation
from flashcards.study.session.session import ReviewSession
from tests.conftest import OpenCollection
from tests.helpers import FixedClock


@pytest.fixture
def many(collection: Collection, tmp_path: Path, clock: FixedClock) -> Collection:
    """A home with cards of many ages, all of them due."""
    notes = "".join(f"  - {{id: n{n:02}, front: Q{n}, back: A}}\n" for n in range(30))
    path = tmp_path / "many.yaml"
    path.write_text(f"deck: many\ntitle: Many\nnotes:\n{notes}", encoding="utf-8")
    collection.importing.import_files([path])
    ratings = (Rating.EASY, Rating.GOOD, Rating.HARD)
    for day in range(3):
        session = collection.sessions.start_review(Scope(("many",)), cards=8)
        turn = 0
        while session.current:
            turn += 1
            session.reveal()
            session.rate(ratings[(day + turn) % 3])
        session.leave()
        clock.forward(days=1)
    clock.forward(days=20)
    return collection


def asked_within(collection: Collection, clock: FixedClock, minutes: int) -> list[int]:
    """Return the cards that a session of some minutes asks, at 10 s each."""
    session = collection.sessions.start_review(Scope(("many",)), minutes=minutes)
    cards = []
    while session.current:
        if session.current.row.card_id not in cards:
            cards.append(session.current.row.card_id)
        session.reveal()
        clock.forward(seconds=10)
        session.rate(Rating.EASY)
    return cards


def test_a_short_session_before_an_interview_asks_the_best_cards(
    many: Collection, clock: FixedClock
) -> None:
    today = many.moment().day
    plan = StudyPlan(today, (Interview(today + 14),), minutes=5, scope=("many",))
    many.plan.save(plan, "plan")
    cards = many.reader.queue.ranked(today, Scope(("many",)))
    hard = many.reader.plan.difficulties()
    policy = DatePolicy(Formulas(DEFAULT_WEIGHTS), Costs())
    unseen = sum(card.stability is None for card in cards)
    limits = compute_thresholds(
        build_situation(plan, today), len(cards) - unseen, unseen, Costs()
    )
    places = [
        policy.rank(
            PolicyCard(
                card.stability,
                hard.get(card.card_id),
                today - (card.last_day or today),
                plan.card_weight("many", tier_of(card.position)),
            ),
            14,
            limits,
        )
        for card in cards
    ]
    best = [cards[index].card_id for index in order_by_rank(places)]

    asked_cards = [card for card in asked_within(many, clock, 4) if card in best]

    assert asked_cards == best[: len(asked_cards)]
    assert len(asked_cards) >= 4
    assert 0 < unseen < len(best)


def test_a_short_session_without_a_plan_asks_the_most_forgotten_cards(
    many: Collection, clock: FixedClock
) -> None:
    today = many.moment().day
    due = many.reader.queue.due(today, Scope(("many",)))
    recall = Formulas(DEFAULT_WEIGHTS).retrievability
    chance = {
        c.card_id: recall(c.stability or 0, today - (c.last_day or 0)) for c in due
    }

    asked_cards = [card for card in asked_within(many, clock, 3) if card in chance]

    other_chances = [chance[card] for card in chance if card not in asked_cards]
    assert [chance[card] for card in asked_cards] == sorted(
        chance[card] for card in asked_cards
    )
    assert chance[asked_cards[-1]] <= min(other_chances)


def test_a_session_ends_when_its_minutes_are_over(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review(minutes=1)
    for _ in range(2):
        session.reveal()
        clock.forward(seconds=35)
        session.rate(Rating.EASY)

    assert session.current is None
    assert session.ending == "minutes"
    assert session.summarize().left.total == 2


def rate_all(
    session: ReviewSession, clock: FixedClock, *answers: tuple[Rating, int]
) -> list[str]:
    """Answer cards in some seconds each, and return their keys."""
    keys = []
    for rating, seconds in answers:
        assert session.current is not None
        keys.append(session.current.row.key)
        session.reveal()
        clock.forward(seconds=seconds)
        session.rate(rating)
    return keys


def test_started_cards_are_finished_within_the_minutes_of_a_session(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review(minutes=1)

    started = rate_all(session, clock, (Rating.GOOD, 30), (Rating.GOOD, 12))
    assert session.progress.seconds_left == 24
    finished = rate_all(session, clock, (Rating.GOOD, 12), (Rating.GOOD, 12))

    assert finished == started
    assert session.current is None
    assert session.ending == "minutes"
    states = [card.state for card in collection.reader.figures.cards()]
    assert states.count(State.REVIEW) == session.summarize().left.total == 2
    assert states.count(State.NEW) == 4


def test_a_session_runs_over_by_at_most_a_minute_to_finish_started_cards(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review(minutes=1)

    keys = rate_all(session, clock, *[(Rating.AGAIN, 30)] * 4)

    assert len(set(keys)) == 2
    assert session.current is None
    assert session.ending == "minutes"


def test_steps_beyond_learning_ahead_reserve_no_minutes(
    open_collection: OpenCollection, collection: Collection, clock: FixedClock
) -> None:
    collection.close()
    patient = open_collection(Settings(timezone="UTC", learn_ahead_minutes=0))
    session = patient.sessions.start_review(minutes=1)

    keys = rate_all(
        session, clock, (Rating.GOOD, 20), (Rating.GOOD, 20), (Rating.GOOD, 20)
    )

    assert len(set(keys)) == 3
    assert session.ending == "minutes"
