"""Quitting prints what was answered in this run and what is left today."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from flashcards.collection.collection import Collection
from flashcards.tui.app import FlashcardsApp
from tests.conftest import OpenCollection
from tests.tui.conftest import METRICS, SCALING, TERMINAL, Hands
from tests.tui.studying import FORTY, settled

SIZE = (80, 24)


async def rate(pilot: Pilot[str], *ratings: str) -> None:
    """Show and rate one card after the other."""
    for rating in ratings:
        await pilot.press("space", rating)
        await pilot.pause()


async def press(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


class TestDiagnostic:
    @pytest.fixture
    def decks(self) -> tuple[bytes, ...]:
        return (METRICS, SCALING, FORTY)

    async def test_answers_of_a_resumed_diagnostic_count_once(
        self, app: FlashcardsApp
    ) -> None:
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            await press(pilot, "enter")
            await rate(pilot, "1", "3")
            await press(pilot, "q")
            await settled(pilot)
            await press(pilot, "g")
            await rate(pilot, "3")
            await press(pilot, "q", "q")

        assert str(app.return_value).startswith("3 answers in 0 min. ")


async def test_answers_undone_on_the_home_screen_do_not_count(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "s")
        await rate(pilot, "4", "4")
        await press(pilot, "q", "u", "q")

    assert str(app.return_value).startswith("1 answer in 0 min. ")


async def test_an_answer_that_was_redone_counts(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "s")
        await rate(pilot, "4", "4")
        await press(pilot, "q", "u", "ctrl+r", "q")

    assert str(app.return_value).startswith("2 answers in 0 min. ")


async def test_nothing_is_printed_if_every_answer_was_undone(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "s")
        await rate(pilot, "4")
        await press(pilot, "q", "u", "q")

    assert app.return_value == ""


async def test_answers_from_before_a_crash_do_not_count(
    collection: Collection, reopen_after_crash: OpenCollection, hands: Hands
) -> None:
    session = collection.sessions.start_review()
    session.reveal()
    session.rate(list(session.preview_ratings())[-1])
    app = FlashcardsApp(reopen_after_crash(), environment=TERMINAL, monotonic=hands)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "s")
        await rate(pilot, "4")
        await press(pilot, "q", "q")

    assert str(app.return_value).startswith("1 answer in 0 min. ")


async def test_practiced_cards_are_named_apart(
    collection: Collection, hands: Hands
) -> None:
    practice = collection.sessions.start_review(cram=True, cards=3)
    app = FlashcardsApp(
        collection, first=practice, environment=TERMINAL, monotonic=hands
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await rate(pilot, "3", "3")
        await press(pilot, "q", "s")
        await rate(pilot, "4")
        await press(pilot, "q", "q")

    assert app.return_value == (
        "1 answer in 0 min. Practiced 2 cards. 3 cards left today, about 2 min."
    )


async def test_a_run_with_practice_alone_prints_the_practiced_cards(
    collection: Collection, hands: Hands
) -> None:
    practice = collection.sessions.start_review(cram=True)
    app = FlashcardsApp(
        collection, first=practice, environment=TERMINAL, monotonic=hands
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await rate(pilot, "1", "3", "3", "3", "3")
        await settled(pilot)
        await press(pilot, "q", "q")

    assert app.return_value == "Practiced 4 cards. 4 cards left today, about 3 min."
