"""A session asks, keeps every answer at once, and takes anything back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flashcards.cards import Memory, Rating, Scope, State
from flashcards.collection import Collection
from flashcards.errors import StoreLockedError
from flashcards.store.store import Store
from flashcards.study.session import ReviewSession
from tests.conftest import OpenCollection
from tests.helpers import FixedClock


def table(collection: Collection) -> dict[str, tuple[Memory, bool, int | None]]:
    """Everything that a learner's keys can change, by card."""
    rows = [
        collection.reader.card(card.card_id)
        for card in collection.reader.all_cards(10**6, Scope())
    ]
    return {row.key: (row.memory, row.suspended, row.buried_until) for row in rows}


def answer(session: ReviewSession, rating: Rating) -> str:
    assert session.current is not None
    key = session.current.row.key
    session.reveal()
    assert session.rate(rating) is not None
    return key


def asked(session: ReviewSession, rating: Rating, most: int = 50) -> list[str]:
    keys: list[str] = []
    while session.current and len(keys) < most:
        keys.append(answer(session, rating))
    return keys


def test_one_card_of_each_note_is_asked_on_a_day(collection: Collection) -> None:
    keys = asked(collection.start_review(), Rating.EASY)

    assert sorted(key.partition(":")[0] for key in keys) == ["m-1", "m-2", "m-3", "m-4"]


def test_the_sibling_comes_on_the_next_study_day(
    collection: Collection, clock: FixedClock
) -> None:
    asked(collection.start_review(), Rating.EASY)
    clock.forward(days=1)

    keys = asked(collection.start_review(), Rating.EASY)

    assert keys == ["m-3:c2", "m-4:reverse"]


def test_a_rating_before_the_answer_is_shown_does_nothing(
    collection: Collection,
) -> None:
    session = collection.start_review()
    before = table(collection)

    assert session.rate(Rating.GOOD) is None
    assert table(collection) == before


def test_what_the_preview_shows_is_what_is_recorded(
    collection: Collection,
) -> None:
    session = collection.start_review()
    session.reveal()
    assert session.current is not None
    card_id = session.current.row.card_id
    promised = session.previews()[Rating.GOOD].memory

    session.rate(Rating.GOOD)

    assert collection.reader.card(card_id).memory == promised


def test_a_new_card_rated_good_comes_back_after_its_step(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.start_review()
    first = answer(session, Rating.GOOD)
    clock.forward(minutes=11)

    answer(session, Rating.EASY)

    assert session.current is not None
    assert session.current.row.key == first


def test_a_day_of_learning_ends_when_every_card_has_graduated(
    collection: Collection,
) -> None:
    session = collection.start_review()

    asked(session, Rating.GOOD)

    assert session.current is None
    assert session.ending == "empty"
    assert session.summary().left == 0
    states = [memory.state for memory, _, _ in table(collection).values()]
    assert states.count(State.REVIEW) == 4


def test_a_minute_counts_once_however_long_the_learner_was_away(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.start_review(minutes=5)
    session.reveal()
    clock.forward(hours=3)
    session.rate(Rating.EASY)

    assert session.current is not None
    assert session.summary().milliseconds == 60_000


def test_a_session_ends_after_the_cards_it_was_given(collection: Collection) -> None:
    session = collection.start_review(cards=2)

    assert session.progress.total == 2
    assert session.progress.seconds_left == 2 * collection.pace.new
    assert len(asked(session, Rating.EASY)) == 2
    assert session.ending == "limit"


def test_a_crash_resumes_at_the_same_card_with_its_minutes_counted(
    reopen_after_crash: OpenCollection, collection: Collection, clock: FixedClock
) -> None:
    session = collection.start_review(minutes=15)
    clock.forward(seconds=20)
    answer(session, Rating.GOOD)
    assert session.current is not None
    on_the_table = session.current.row.key
    clock.forward(minutes=12)

    again = reopen_after_crash().start_review(minutes=15)

    assert again.current is not None
    assert again.current.row.key == on_the_table
    assert again.progress.done == 1
    assert again.summary().milliseconds == 20_000


def test_a_second_window_leaves_the_sitting_of_the_first_alone(
    open_collection: OpenCollection,
    reopen_after_crash: OpenCollection,
    collection: Collection,
) -> None:
    here = collection.start_review(minutes=15)
    answer(here, Rating.EASY)

    there = open_collection().start_review(minutes=15)
    assert there.progress.done == 0
    answer(there, Rating.EASY)
    there.leave()

    assert reopen_after_crash().start_review(minutes=15).progress.done == 1


def test_a_session_that_was_left_begins_anew(
    reopen_after_crash: OpenCollection, collection: Collection
) -> None:
    session = collection.start_review(minutes=15)
    answer(session, Rating.EASY)
    session.leave()

    assert reopen_after_crash().start_review(minutes=15).progress.done == 0


def test_undo_puts_the_card_back_answered_and_redo_does_it_again(
    collection: Collection,
) -> None:
    before = table(collection)
    session = collection.start_review()
    key = answer(session, Rating.HARD)
    after = table(collection)

    assert session.undo() == f"Hard on {key}"
    assert session.current is not None
    assert session.current.row.key == key
    assert session.current.revealed
    assert table(collection) == before
    assert session.progress.done == 0

    assert session.redo() == f"Hard on {key}"
    assert table(collection) == after
    assert session.progress.done == 1


def test_undo_goes_back_over_restarts_but_not_past_the_import(
    reopen_after_crash: OpenCollection, collection: Collection
) -> None:
    before = table(collection)
    session = collection.start_review()
    answers = len(asked(session, Rating.GOOD))
    session.leave()

    again = reopen_after_crash().start_review()
    taken_back = 0
    while again.undo():
        taken_back += 1

    assert taken_back == answers
    assert table(collection) == before


def test_a_buried_note_stays_away_today_and_undo_brings_it_back(
    collection: Collection,
) -> None:
    session = collection.start_review()
    assert session.current is not None
    note = session.current.row.note_key

    assert session.bury_note() == f"Buried {note}"
    assert note not in [key.partition(":")[0] for key in asked(session, Rating.EASY)]

    while session.undo() != f"Buried {note}":
        pass
    assert session.current.row.note_key == note


def test_a_suspended_card_is_not_asked_on_any_day(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.start_review()
    assert session.current is not None
    key = session.current.row.key

    assert session.suspend_card() == f"Suspended {key}"
    clock.forward(days=30)

    assert key not in asked(collection.start_review(), Rating.EASY)


def test_a_mark_shows_at_once_and_can_be_taken_off(collection: Collection) -> None:
    session = collection.start_review()
    assert session.current is not None

    session.toggle_mark()
    assert session.current.row.marked
    session.toggle_mark()
    assert not session.current.row.marked


def test_undoing_a_mark_leaves_the_answer_on_the_table(collection: Collection) -> None:
    session = collection.start_review()
    session.reveal()
    session.toggle_mark()

    session.undo()

    assert session.current is not None
    assert session.current.revealed
    assert not session.current.row.marked


def test_undoing_a_buried_note_brings_back_the_card_that_was_asked(
    collection: Collection, clock: FixedClock
) -> None:
    only = Scope(tags=("rates",))
    answer(collection.start_review(only), Rating.EASY)
    clock.forward(days=1)
    session = collection.start_review(only)
    assert session.current is not None
    key = session.current.row.key
    assert key == "m-4:reverse"

    session.bury_note()
    session.undo()

    assert session.current is not None
    assert session.current.row.key == key


def test_the_interval_shown_is_kept_though_the_day_turns_before_the_rating(
    collection: Collection, clock: FixedClock
) -> None:
    clock.forward(hours=18, minutes=59)
    session = collection.start_review()
    assert session.current is not None
    card_id = session.current.row.card_id
    session.reveal()
    promised = session.previews()[Rating.EASY].memory
    clock.forward(minutes=2)

    session.rate(Rating.EASY)

    assert collection.reader.card(card_id).memory == promised


def test_a_retired_card_does_not_come_back_to_the_table(
    collection: Collection, tmp_path: Path
) -> None:
    session = collection.start_review()
    key = answer(session, Rating.EASY)
    path = tmp_path / "metrics" / "tiny.yaml"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if f"id: {key}," not in line))
    collection.import_paths([path])

    session.undo()

    assert session.current is not None
    assert session.current.row.key != key


def test_a_report_keeps_the_learners_words(collection: Collection) -> None:
    session = collection.start_review()
    assert session.current is not None

    assert session.report("  the sign is wrong ")
    assert session.report("   ") is None
    assert [report.text for report in collection.reader.reports()] == [
        "the sign is wrong"
    ]


def test_a_card_rated_in_another_window_is_not_rated_twice(
    open_collection: OpenCollection, collection: Collection
) -> None:
    here, there = collection.start_review(), open_collection().start_review()
    key = answer(here, Rating.EASY)
    assert there.current is not None
    assert there.current.row.key == key
    there.reveal()

    rated = there.rate(Rating.AGAIN)

    assert rated is not None
    assert rated.changed_elsewhere
    assert there.progress.done == 0
    card = collection.reader.find_card(key)
    assert [review.rating for review in collection.reader.reviews(card.card_id)] == [
        Rating.EASY
    ]


def test_two_windows_do_not_ask_the_same_card_twice(
    open_collection: OpenCollection, collection: Collection
) -> None:
    here, there = collection.start_review(), open_collection().start_review()
    by_hand: list[str] = []
    while here.current or there.current:
        for window in (here, there):
            if window.current:
                window.reveal()
                rated = window.rate(Rating.EASY)
                assert rated is not None
                if not rated.changed_elsewhere:
                    by_hand.append(rated.label)

    assert len(by_hand) == len(set(by_hand)) == 4


def test_a_refused_answer_does_not_bring_the_card_back(
    open_collection: OpenCollection, collection: Collection
) -> None:
    only = Scope(tags=("rates",))
    here, there = collection.start_review(only), open_collection().start_review(only)
    answer(there, Rating.EASY)
    here.reveal()

    rated = here.rate(Rating.AGAIN)

    assert rated is not None
    assert rated.changed_elsewhere
    assert here.current is None


def test_a_card_hidden_in_another_window_is_passed_over(
    open_collection: OpenCollection, collection: Collection
) -> None:
    here, there = collection.start_review(), open_collection().start_review()
    answer(there, Rating.EASY)
    assert there.current is not None
    hidden = there.current.row.key
    there.suspend_card()

    assert hidden not in asked(here, Rating.EASY)


def test_an_answer_that_cannot_be_kept_leaves_the_card_on_the_table(
    collection: Collection,
) -> None:
    session = collection.start_review()
    session.reveal()
    assert session.current is not None
    key, total = session.current.row.key, session.progress.total
    collection._store = Store.open(collection.home.database, busy_seconds=0.05)
    other_window = sqlite3.connect(collection.home.database, isolation_level=None)
    other_window.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreLockedError):
        session.rate(Rating.GOOD)
    other_window.close()

    assert session.current is not None
    assert session.current.row.key == key
    assert session.progress.total == total
    assert session.progress.done == 0


def test_practice_leaves_no_trace(collection: Collection) -> None:
    before = table(collection)
    session = collection.start_review(cram=True, cards=20)
    asked(session, Rating.AGAIN, most=20)

    assert session.summary().cram
    assert table(collection) == before
    assert collection.reader.review_days() == []


def test_in_practice_a_missed_card_comes_round_again(collection: Collection) -> None:
    session = collection.start_review(cram=True)
    missed = answer(session, Rating.AGAIN)

    assert missed in asked(session, Rating.GOOD)
    assert session.current is None


def test_undo_in_practice_takes_back_a_suspension_before_the_answer_before_it(
    collection: Collection,
) -> None:
    session = collection.start_review(cram=True)
    key = answer(session, Rating.GOOD)
    assert session.current is not None
    suspended = session.current.row.key
    session.suspend_card()

    assert session.undo() == f"Suspended {suspended}"
    assert not collection.reader.find_card(suspended).suspended
    assert session.undo() == f"Good on {key}"


def test_undo_in_practice_takes_back_the_last_answer(collection: Collection) -> None:
    session = collection.start_review(cram=True)
    key = answer(session, Rating.AGAIN)

    assert session.undo() == f"Again on {key}"
    assert session.current is not None
    assert session.current.row.key == key
    assert session.undo() is None


def test_the_eighth_lapse_makes_a_leech(
    collection: Collection, clock: FixedClock
) -> None:
    session = collection.start_review(Scope(tags=("rates",)))
    key = answer(session, Rating.EASY)
    leeches = []
    for _ in range(8):
        clock.forward(days=400)
        session = collection.start_review(Scope(tags=("rates",)))
        while session.current and session.current.row.key != key:
            session.bury_card()
        session.reveal()
        rated = session.rate(Rating.AGAIN)
        assert rated is not None
        leeches.append(rated.leech)
        if not rated.leech:
            asked(session, Rating.EASY)

    assert leeches == [False] * 7 + [True]
    assert collection.reader.find_card(key).leech
    assert session.set_leech_aside() == f"Suspended {key}"
    assert collection.reader.find_card(key).suspended


def test_missed_cards_are_named_in_the_summary(collection: Collection) -> None:
    session = collection.start_review()
    missed = answer(session, Rating.AGAIN)
    asked(session, Rating.EASY)

    summary = session.summary()

    assert [one.key for one in summary.missed] == [missed]
    assert summary.new_cards == 4
    assert summary.by_rating[Rating.AGAIN] == 1


@given(
    moves=st.lists(
        st.sampled_from(
            [
                "again",
                "hard",
                "good",
                "easy",
                "undo",
                "redo",
                "bury",
                "bury_note",
                "suspend",
                "suspend_note",
                "mark",
            ]
        ),
        max_size=30,
    ),
    waits=st.lists(st.integers(0, 20), min_size=30, max_size=30),
)
@hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_taking_everything_back_restores_the_beginning(
    collection: Collection, clock: FixedClock, moves: list[str], waits: list[int]
) -> None:
    session = collection.start_review()
    while session.undo():
        pass
    before = table(collection)
    for move, minutes in zip(moves, waits, strict=False):
        clock.forward(minutes=minutes)
        _play(session, move)
    while session.undo():
        pass

    assert table(collection) == before
    assert not any(
        collection.reader.reviews(card.card_id)
        for card in collection.reader.all_cards(10**6, Scope())
    )


def _play(session: ReviewSession, move: str) -> None:
    session.reveal()
    match move:
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case "bury":
            session.bury_card()
        case "bury_note":
            session.bury_note()
        case "suspend":
            session.suspend_card()
        case "suspend_note":
            session.suspend_note()
        case "mark":
            session.toggle_mark()
        case _:
            session.rate(Rating[move.upper()])
