"""A session asks cards, records every answer at once, and ends when it should."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope, State
from flashcards.domain.study_plan import Interview, StudyPlan
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.unit.study.rating_cards import answer, asked, read_cards


def test_one_card_of_each_note_is_asked_on_a_day(collection: Collection) -> None:
    keys = asked(collection.sessions.start_review(), Rating.EASY)

    assert sorted(key.partition(":")[0] for key in keys) == ["m-1", "m-2", "m-3", "m-4"]


def test_a_sibling_is_asked_on_the_next_study_day(
    collection: Collection, clock: FixedClock
) -> None:
    asked(collection.sessions.start_review(), Rating.EASY)
    clock.forward(days=1)

    keys = asked(collection.sessions.start_review(), Rating.EASY)

    assert keys == ["m-3:c2", "m-4:reverse"]


def test_a_rating_before_the_answer_is_shown_does_nothing(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review()
    before = read_cards(collection)

    assert session.rate(Rating.GOOD) is None
    assert read_cards(collection) == before


def test_the_previewed_memory_is_recorded(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review()
    session.reveal()
    assert session.current is not None
    card_id = session.current.row.card_id
    previewed = session.preview_ratings()[Rating.GOOD].memory

    session.rate(Rating.GOOD)

    assert collection.reader.cards.get(card_id).memory == previewed


def test_a_new_card_rated_good_comes_back_after_its_step(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review()
    first = answer(session, Rating.GOOD)
    clock.forward(minutes=11)

    answer(session, Rating.EASY)

    assert session.current is not None
    assert session.current.row.key == first


def test_a_day_of_learning_ends_when_every_card_has_graduated(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review()

    asked(session, Rating.GOOD)

    assert session.current is None
    assert session.ending == "empty"
    assert session.summarize().left.total == 0
    states = [memory.state for memory, _, _ in read_cards(collection).values()]
    assert states.count(State.REVIEW) == 4


def test_a_long_absence_counts_as_one_minute(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review(minutes=5)
    session.reveal()
    clock.forward(hours=3)
    session.rate(Rating.EASY)

    assert session.current is not None
    assert session.summarize().milliseconds == 60_000


def test_a_session_ends_after_its_number_of_cards(collection: Collection) -> None:
    session = collection.sessions.start_review(cards=2)

    assert session.progress.cards_left == 4
    assert session.progress.stops_after == 2
    assert session.progress.seconds_left == 2 * collection.pace.new
    assert len(asked(session, Rating.EASY)) == 2
    assert session.ending == "limit"


def test_a_crash_resumes_at_the_same_card_with_its_minutes_counted(
    reopen_after_crash: OpenCollection, collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review(minutes=15)
    clock.forward(seconds=20)
    answer(session, Rating.GOOD)
    assert session.current is not None
    current_key = session.current.row.key
    clock.forward(minutes=12)

    again = reopen_after_crash().sessions.start_review(minutes=15)

    assert again.current is not None
    assert again.current.row.key == current_key
    assert again.progress.answers == 1
    assert again.summarize().milliseconds == 20_000


def test_a_session_that_was_left_is_not_resumed(
    reopen_after_crash: OpenCollection, collection: Collection
) -> None:
    session = collection.sessions.start_review(minutes=15)
    answer(session, Rating.EASY)
    session.leave()

    assert reopen_after_crash().sessions.start_review(minutes=15).progress.answers == 0


def test_the_previewed_interval_is_recorded_even_if_the_day_ends_before_the_rating(
    collection: Collection, clock: FixedClock
) -> None:
    clock.forward(hours=18, minutes=59)
    session = collection.sessions.start_review()
    assert session.current is not None
    card_id = session.current.row.card_id
    session.reveal()
    previewed = session.preview_ratings()[Rating.EASY].memory
    clock.forward(minutes=2)

    session.rate(Rating.EASY)

    assert collection.reader.cards.get(card_id).memory == previewed


def test_a_report_saves_the_learners_text(collection: Collection) -> None:
    session = collection.sessions.start_review()
    assert session.current is not None

    assert session.report("  the sign is wrong ")
    assert session.report("   ") is None
    assert [report.text for report in collection.reader.cards.reports()] == [
        "the sign is wrong"
    ]


def test_the_eighth_lapse_makes_a_leech(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review(Scope(tags=("rates",)))
    key = answer(session, Rating.EASY)
    leeches = []
    for _ in range(8):
        clock.forward(days=400)
        session = collection.sessions.start_review(Scope(tags=("rates",)))
        while session.current and session.current.row.key != key:
            session.bury_card()
        session.reveal()
        rated = session.rate(Rating.AGAIN)
        assert rated is not None
        leeches.append(rated.leech)
        if not rated.leech:
            asked(session, Rating.EASY)

    assert leeches == [False] * 7 + [True]
    assert collection.reader.cards.find(key).leech
    assert session.suspend_leech() == f"Suspended {key}"
    assert collection.reader.cards.find(key).suspended


def test_the_summary_lists_missed_cards(collection: Collection) -> None:
    session = collection.sessions.start_review()
    missed = answer(session, Rating.AGAIN)
    asked(session, Rating.EASY)

    summary = session.summarize()

    assert [card.key for card in summary.missed_cards] == [missed]
    assert summary.new_cards == 4
    assert summary.by_rating[Rating.AGAIN] == 1


def test_the_study_plan_is_read_once_for_a_session(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = collection.moment().day
    collection.plan.save(StudyPlan(day, (Interview(day + 9),)), "Plan")
    session = collection.sessions.start_review()
    session.preview_ratings()
    load_plan, reads = collection.reader.plan.load, 0

    def count_reads() -> StudyPlan | None:
        nonlocal reads
        reads += 1
        return load_plan()

    monkeypatch.setattr(collection.reader.plan, "load", count_reads)
    asked(session, Rating.EASY)
    assert reads == 0

    collection.sessions.start_review()
    assert reads > 0


def test_a_learning_step_begins_at_the_rating_not_at_the_preview(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.sessions.start_review()
    assert session.current is not None
    card_id = session.current.row.card_id
    session.reveal()
    preview = session.preview_ratings()[Rating.AGAIN].memory
    clock.forward(minutes=3)

    session.rate(Rating.AGAIN)

    memory = collection.reader.cards.get(card_id).memory
    assert preview.due_at is not None
    assert memory == replace(preview, due_at=preview.due_at + 180_000)
