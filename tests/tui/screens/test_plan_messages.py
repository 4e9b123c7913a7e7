"""The home screen and the Plan screen say what is wrong with a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.tui.app import FlashcardsApp
from tests.tui.conftest import TERMINAL
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import screen_text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"interviews": ()}, "The plan has no date yet."),
        ({"interviews": (Interview(-4),)}, "How did it go? Note what you were asked."),
        ({"interviews": (Interview(0),)}, "Good luck today."),
        ({"interviews": (Interview(1),)}, "Your interview is tomorrow."),
        ({"minutes": 0}, "on the day with 0 minutes."),
        ({"scope": ("nowhere",)}, "The plan has no cards: none of nowhere counts"),
        ({"weekdays_off": tuple(range(7))}, "is a day off"),
        ({"started_day": -20}, "On track"),
    ],
)
async def test_the_screen_says_what_is_wrong_with_a_plan(
    planned: Collection,
    plan: StudyPlan,
    today: int,
    changes: dict[str, object],
    sentence: str,
) -> None:
    days = changes.get("interviews")
    if isinstance(days, tuple):
        moved = tuple(Interview(today + interview.day) for interview in days)
        changes = {"interviews": moved}
    if "started_day" in changes:
        changes = {"started_day": today - 20}
    bad = replace(plan, **changes)  # type: ignore[arg-type]
    planned.plan.save(bad, "Changed the plan")
    app = FlashcardsApp(planned, environment=TERMINAL)
    async with screen_opened_by(app, "p", size=(80, 24)):
        assert sentence in " ".join(screen_text(app).split())
