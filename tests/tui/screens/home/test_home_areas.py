"""The list of areas on the home screen without an interview date."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, State
from flashcards.progress.statistics.areas import retention_by_area
from flashcards.tui.app import FlashcardsApp
from tests.helpers import FixedClock
from tests.tui.conftest import SCALING, TERMINAL
from tests.tui.screen_text import screen_text
from tests.tui.studying import FORTY, settled

SIZE = (80, 24)


@pytest.mark.parametrize("decks", [(SCALING, FORTY)])
async def test_without_a_date_the_area_with_the_lowest_retention_comes_first(
    collection: Collection, clock: FixedClock
) -> None:
    for day in range(6):
        clock.forward(days=1)
        session = collection.sessions.start_review(cards=40)
        while (card := session.current) is not None:
            clock.forward(seconds=8)
            session.reveal()
            is_forgotten = day > 0 and card.row.memory.state is State.REVIEW
            session.rate(Rating.AGAIN if is_forgotten else Rating.GOOD)
        session.leave()
    retention = retention_by_area(collection.reader)
    assert "drift" in retention
    assert "scaling" not in retention
    assert retention_by_area(collection.reader, lambda *_: False) == {}
    app = FlashcardsApp(collection, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        rows = screen_text(app).partition("Areas")[2].splitlines()
        assert "retention" in rows[0]
        assert "Drift" in rows[1]
        assert f"{round(retention['drift'] * 100)}%" in rows[1]
        assert any("Scaling" in row and "%" not in row for row in rows)
