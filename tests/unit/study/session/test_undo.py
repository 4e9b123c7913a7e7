"""Everything a session does can be undone and redone."""

from __future__ import annotations

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.study.session.session import ReviewSession
from tests.conftest import OpenCollection
from tests.examples import scale_examples
from tests.helpers import FixedClock
from tests.unit.study.rating_cards import answer, asked, read_cards


def test_undo_shows_the_answered_card_again_and_redo_repeats_the_rating(
    collection: Collection,
) -> None:
    before = read_cards(collection)
    session = collection.sessions.start_review()
    key = answer(session, Rating.HARD)
    after = read_cards(collection)

    assert session.undo() == f"Hard on {key}"
    assert session.current is not None
    assert session.current.row.key == key
    assert session.current.revealed
    assert read_cards(collection) == before
    assert session.progress.answers == 0

    assert session.redo() == f"Hard on {key}"
    assert read_cards(collection) == after
    assert session.progress.answers == 1


def test_undo_reaches_beyond_restarts_but_not_past_an_import(
    reopen_after_crash: OpenCollection, collection: Collection
) -> None:
    before = read_cards(collection)
    session = collection.sessions.start_review()
    answers = len(asked(session, Rating.GOOD))
    session.leave()

    again = reopen_after_crash().sessions.start_review()
    undone_steps = 0
    while again.undo():
        undone_steps += 1

    assert undone_steps == answers
    assert read_cards(collection) == before


def test_a_buried_note_stays_away_today_and_undo_brings_it_back(
    collection: Collection,
) -> None:
    session = collection.sessions.start_review()
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
    session = collection.sessions.start_review()
    assert session.current is not None
    key = session.current.row.key

    assert session.suspend_card() == f"Suspended {key}"
    clock.forward(days=30)

    assert key not in asked(collection.sessions.start_review(), Rating.EASY)


def test_a_mark_shows_at_once_and_can_be_removed(collection: Collection) -> None:
    session = collection.sessions.start_review()
    assert session.current is not None

    session.toggle_mark()
    assert session.current.row.marked
    session.toggle_mark()
    assert not session.current.row.marked


def test_undoing_a_mark_keeps_the_answer_shown(collection: Collection) -> None:
    session = collection.sessions.start_review()
    session.reveal()
    session.toggle_mark()

    session.undo()

    assert session.current is not None
    assert session.current.revealed
    assert not session.current.row.marked


def test_undoing_a_buried_note_shows_its_card_again(
    collection: Collection, clock: FixedClock
) -> None:
    only = Scope(tags=("rates",))
    answer(collection.sessions.start_review(only), Rating.EASY)
    clock.forward(days=1)
    session = collection.sessions.start_review(only)
    assert session.current is not None
    key = session.current.row.key
    assert key == "m-4:reverse"

    session.bury_note()
    session.undo()

    assert session.current is not None
    assert session.current.row.key == key


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
    max_examples=scale_examples(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_undoing_everything_restores_the_start(
    collection: Collection, clock: FixedClock, moves: list[str], waits: list[int]
) -> None:
    session = collection.sessions.start_review()
    while session.undo():
        pass
    before = read_cards(collection)
    for move, minutes in zip(moves, waits, strict=False):
        clock.forward(minutes=minutes)
        _play(session, move)
    while session.undo():
        pass

    assert read_cards(collection) == before
    assert not any(
        collection.reader.log.reviews(card.card_id)
        for card in collection.reader.queue.all(10**6, Scope())
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
