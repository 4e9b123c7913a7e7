"""The explanation of a card before an interview agrees with the order of the queue."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.scheduling.date_policy import estimate_costs
from flashcards.study.queue.date_queue import load_date_cards, rank_cards
from tests.conftest import OpenCollection
from tests.helpers import FixedClock, deck

WAITS = "Not yet: you probably still know it"


@pytest.fixture
def learner(
    open_collection: OpenCollection, tmp_path: Path, clock: FixedClock
) -> Collection:
    """A home after six days of study, with every third answer Again."""
    notes = "\n".join(
        f"  - {{id: d-{n}, front: Question {n}?, back: Answer {n}}}" for n in range(40)
    )
    path = tmp_path / "forty.yaml"
    path.write_bytes(deck("deck: drift/types\ntitle: Drift\nnotes:\n") + notes.encode())
    collection = open_collection()
    collection.store()
    collection.importing.import_files([path])
    answer_count = 0
    for _ in range(6):
        start = clock.at
        session = collection.sessions.start_review(cards=12)
        while session.current is not None:
            clock.forward(seconds=8)
            session.reveal()
            session.rate((Rating.GOOD, Rating.EASY, Rating.AGAIN)[answer_count % 3])
            answer_count += 1
        session.leave()
        clock.at = start
        clock.forward(days=1)
    return collection


def reasons(collection: Collection, days: int, minutes: int = 20) -> list[str]:
    """Return the explanations of all cards in the order of the queue."""
    today = collection.moment().day
    plan = StudyPlan(today, (Interview(today + days),), minutes=minutes)
    collection.plan.save(plan, "Made a plan")
    cards = load_date_cards(collection.reader, plan, Scope(), today)
    assert cards is not None
    costs = estimate_costs(
        collection.reader.log.answer_times(collection.moment().day),
        collection.reader.figures.review_ratings(collection.moment().day),
    )
    ranked = rank_cards(
        cards,
        plan,
        today,
        costs=costs,
        weights_of=lambda key: collection.settings.options(key).weights,
    )
    keys = [collection.reader.cards.get(card.card_id).key for card in ranked]
    return [collection.sessions.card_info(key).reason for key in keys]


def test_waiting_cards_come_after_all_others(learner: Collection) -> None:
    waits = [reason.startswith(WAITS) for reason in reasons(learner, 30)]

    assert any(waits)
    assert not all(waits)
    assert waits == sorted(waits)


def test_other_cards_are_ranked_by_their_gain(
    learner: Collection, clock: FixedClock
) -> None:
    clock.forward(days=90)
    explanations = reasons(learner, 8, minutes=1)

    assert any(
        reason.startswith("Ranked by gain: a review today") for reason in explanations
    )


def test_no_card_waits_in_the_last_pass(learner: Collection) -> None:
    explanations = reasons(learner, 1)

    assert not any(reason.startswith(WAITS) for reason in explanations)
    assert any(
        reason.startswith("Last pass: a review today") for reason in explanations
    )
    assert any(reason.startswith("New: learned today") for reason in explanations)


def test_a_deck_outside_of_the_plan_is_explained_as_without_a_plan(
    learner: Collection,
) -> None:
    before = learner.sessions.card_info("d-1").reason
    today = learner.moment().day
    plan = StudyPlan(today, (Interview(today + 9),), weights=(("drift", 0.0),))
    learner.plan.save(plan, "Made a plan")

    assert learner.sessions.card_info("d-1").reason == before


def test_a_card_reviewed_today_is_explained_as_done(learner: Collection) -> None:
    today = learner.moment().day
    learner.plan.save(StudyPlan(today, (Interview(today + 9),)), "Made a plan")
    session = learner.sessions.start_review()
    keys = []
    while session.current is not None:
        keys.append(session.current.row.key)
        session.reveal()
        session.rate(Rating.EASY)

    assert learner.sessions.card_info(keys[0]).reason == (
        "Reviewed today: it comes back tomorrow at the earliest."
    )
