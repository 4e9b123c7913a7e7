"""A held key acts once; only keys that move or type repeat."""

from __future__ import annotations

from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.keys.held_keys import FIRST_REPEAT_SECONDS, REPEAT_SECONDS, HeldKeys
from flashcards.tui.screens.home.deck_tree import DeckTree
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from tests.tui.conftest import TERMINAL
from tests.tui.reviewing import SIZE, current, review_on
from tests.tui.studying import until

X11, CONSOLE = 0.033, 0.092
"""Seconds between two repeats."""


class KeyClock:
    """The clock of the terminal, which only the keys of a test move on."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock_of_keys() -> KeyClock:
    return KeyClock()


@pytest.fixture
def app(collection: Collection, clock_of_keys: KeyClock) -> FlashcardsApp:
    return FlashcardsApp(collection, environment=TERMINAL, monotonic=clock_of_keys)


def answers(collection: Collection) -> int:
    return sum(day.reviews for day in collection.reader.log.review_days())


def answer_one(collection: Collection) -> None:
    """Answer one card, so that home is past its first day."""
    session = collection.sessions.start_review(cards=1)
    session.reveal()
    session.rate(Rating.EASY)
    session.leave()


def clock_of(pilot: Pilot[str]) -> KeyClock:
    clock = cast("FlashcardsApp", pilot.app).monotonic
    assert isinstance(clock, KeyClock)
    return clock


async def press(pilot: Pilot[str], *keys: str, wait: float = 1.0) -> None:
    """Press keys so many seconds apart."""
    for key in keys:
        clock_of(pilot).at += wait
        await pilot.press(key)


async def release(pilot: Pilot[str]) -> None:
    """Wait without a key until a waiting key has acted."""
    clock_of(pilot).at += 1.0
    await pilot.pause()
    app = cast("FlashcardsApp", pilot.app)
    await until(pilot, lambda: app.key_filter.waiting_key is None)
    await pilot.pause()


async def hold(
    pilot: Pilot[str], key: str, *, delay: float = X11, every: float = X11
) -> None:
    """Hold a key for thirty repeats, the first one after the delay of the keyboard."""
    await press(pilot, key)
    await press(pilot, key, wait=delay)
    await press(pilot, *[key] * 29, wait=every)
    await release(pilot)


@pytest.mark.parametrize("key", ["space", "enter"])
@pytest.mark.parametrize("every", [X11, CONSOLE])
@pytest.mark.parametrize("delay", [X11, 0.25, 0.5, 0.66])
async def test_a_key_held_on_the_question_shows_the_answer_and_rates_nothing(
    app: FlashcardsApp,
    collection: Collection,
    key: str,
    delay: float,
    every: float,
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await hold(pilot, key, delay=delay, every=every)

        assert current(screen) == card
        assert screen.session.current is not None
        assert screen.session.current.revealed
        assert answers(collection) == 0


async def test_thirty_spaces_in_nine_tenths_of_a_second_rate_at_most_one_card(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, _):
        await release(pilot)
        await press(pilot, *["space"] * 30, wait=0.03)
        await release(pilot)
        assert answers(collection) == 0

        await press(pilot, *["space"] * 30, wait=0.03)
        await release(pilot)
        assert answers(collection) == 1


@pytest.mark.parametrize("delay", [X11, 0.25, 0.66])
@pytest.mark.parametrize("key", ["1", "3", "space"])
async def test_a_key_held_on_the_answer_rates_one_card(
    app: FlashcardsApp, collection: Collection, key: str, delay: float
) -> None:
    async with review_on(app) as (pilot, _):
        await press(pilot, "enter" if key == "space" else "space")
        await hold(pilot, key, delay=delay)

        assert answers(collection) == 1


async def test_two_deliberate_presses_in_quick_succession_still_rate(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await press(pilot, "space", "space", wait=0.2)
        await release(pilot)

        given_ratings = [
            review.rating for review in collection.reader.log.reviews(card.card_id)
        ]
        assert given_ratings == [Rating.GOOD]


async def test_a_quick_second_press_acts_within_an_eighth_of_a_second(
    app: FlashcardsApp, collection: Collection
) -> None:
    """A held key would have been repeated by then."""
    async with review_on(app) as (pilot, _):
        await press(pilot, "space")
        await press(pilot, "space", wait=0.13)
        clock_of(pilot).at += 0.125
        await until(pilot, lambda: app.key_filter.waiting_key is None)
        await pilot.pause()

        assert answers(collection) == 1


@pytest.mark.parametrize("every", [0.05, 0.2, 0.5])
@pytest.mark.parametrize(
    ("opens", "keys"),
    [((), ("down", "down", "up", "j", "j", "k")), (("r",), ("a", "a", "a"))],
)
async def test_keys_that_move_or_type_never_wait(
    app: FlashcardsApp,
    collection: Collection,
    opens: tuple[str, ...],
    keys: tuple[str, ...],
    every: float,
) -> None:
    async with review_on(app) as (pilot, _):
        await press(pilot, *opens)
        for key in keys:
            await press(pilot, key, wait=every)
            assert app.key_filter.waiting_key is None


@pytest.mark.parametrize("delay", [X11, 0.5])
@pytest.mark.parametrize("key", ["u", "ctrl+z"])
async def test_a_held_undo_key_undoes_one_answer(
    app: FlashcardsApp, collection: Collection, key: str, delay: float
) -> None:
    async with review_on(app) as (pilot, _):
        await press(pilot, "space", "4", "space", "4", "space", "4")
        before = answers(collection)
        await hold(pilot, key, delay=delay)

        assert before == 3
        assert answers(collection) == 2


async def test_a_waiting_key_acts_before_the_next_one(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await press(pilot, "space", "space", wait=0.2)
        await press(pilot, "u", wait=0.2)

        assert app.key_filter.waiting_key is None
        assert current(screen) == card
        assert len(collection.reader.log.operations(99)) > 1
        assert answers(collection) == 0


@pytest.mark.parametrize("key", ["-", "=", "@", "!", "*"])
async def test_a_held_key_suspends_one_card_and_marks_once(
    app: FlashcardsApp, collection: Collection, key: str
) -> None:
    async with review_on(app) as (pilot, _):
        made = len(collection.reader.log.operations(99))
        await hold(pilot, key)

        assert len(collection.reader.log.operations(99)) == made + 1


async def test_enter_held_on_home_starts_the_session_and_does_not_answer(
    app: FlashcardsApp, collection: Collection
) -> None:
    answer_one(collection)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        await hold(pilot, "enter")

        assert isinstance(app.screen, ReviewScreen)
        shown = app.screen.session.current
        assert shown is not None
        assert not shown.revealed
        assert answers(collection) == 1


@pytest.mark.parametrize("wait", [1.0, X11])
async def test_a_held_arrow_keeps_moving(
    app: FlashcardsApp, collection: Collection, wait: float
) -> None:
    answer_one(collection)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, *["down"] * 9, wait=wait)

        selected_row = app.screen.query_one(DeckTree).chosen
        assert selected_row is not None
        assert selected_row.key == "scaling/training"


async def test_a_letter_held_in_a_field_is_typed_repeatedly(app: FlashcardsApp) -> None:
    async with review_on(app) as (pilot, _):
        await press(pilot, "r")
        await pilot.pause()
        await press(pilot, *"aaaa", "backspace", "backspace", wait=X11)
        await pilot.pause()

        assert app.screen.query_one(Input).value == "aa"


async def test_the_key_that_opened_a_field_is_not_typed_into_it(
    app: FlashcardsApp,
) -> None:
    async with review_on(app) as (pilot, _):
        await hold(pilot, "r")
        await pilot.pause()

        assert app.screen.query_one(Input).value == ""


def test_the_same_key_counts_as_a_repeat_only_at_the_speed_of_keyboards() -> None:
    held = HeldKeys()

    assert not held.press("space", 10.0)
    assert held.press("space", 10.0 + REPEAT_SECONDS - 0.01)
    assert held.press("space", 10.0 + 2 * REPEAT_SECONDS - 0.02)
    assert not held.press("3", 10.3)
    assert not held.press("space", 10.31)
    assert not held.press("space", 10.32 + REPEAT_SECONDS)
    assert held.may_be_first_repeat
    assert not held.press("space", 11.0 + FIRST_REPEAT_SECONDS)
    assert not held.may_be_first_repeat
