"""JSON of everything, taken in more than once."""

from __future__ import annotations

import json
from pathlib import Path

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import Home
from tests.helpers import START, FixedClock

TODAY = FixedClock().moment().day


def test_a_review_of_a_retired_card_that_two_files_tell_counts_once(
    tmp_path: Path,
) -> None:
    told = {
        "format": "flashcards",
        "version": 1,
        "retired": [
            {
                "deck": "a",
                "title": "A",
                "notes": [{"id": "n", "front": "x", "back": "y"}],
            }
        ],
        "cards": [
            {
                "card": "n",
                "state": "review",
                "stability": 3.0,
                "difficulty": 5.0,
                "due_day": TODAY + 3,
                "last_day": TODAY,
                "interval_seconds": 259_200,
                "reps": 1,
                "lapses": 0,
                "reviews": [[START, TODAY, 3, 900, 0, 259_200, "", None]],
            }
        ],
    }
    files = [tmp_path / name for name in ("1.json", "2.json")]
    for file in files:
        file.write_text(json.dumps(told), encoding="utf-8")
    collection = Collection(Home(tmp_path / "home"), clock=FixedClock())
    collection.store()
    collection.import_paths(files)

    card = collection.reader.find_card("n")
    assert card.retired
    assert len(collection.reader.reviews(card.card_id)) == 1
    assert card.memory.reps == 1
    collection.close()


def everything(path: Path, **values: object) -> Path:
    told = {"format": "flashcards", "version": 1, **values}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_a_plan_and_forecasts_that_stay_are_said(tmp_path: Path) -> None:
    collection = Collection(Home(tmp_path / "home"), clock=FixedClock())
    collection.store()
    plan = {"started_day": TODAY, "minutes": 9, "target": 0.8}
    forecast = {
        "made_day": TODAY,
        "target_day": TODAY + 1,
        "readiness": 0.5,
        "low": 0.4,
        "high": 0.6,
        "minutes": 9,
        "cards": 2,
        "is_full": True,
    }
    first = everything(tmp_path / "1.json", plan=plan, forecasts=[forecast])
    assert collection.import_paths([first]).problems == []
    assert collection.import_paths([first]).problems == []

    other = everything(
        tmp_path / "2.json",
        plan={**plan, "minutes": 30},
        forecasts=[{**forecast, "readiness": 0.45}],
    )
    (problem,) = collection.import_paths([other]).problems
    assert problem.message.startswith("The store has a study plan and 1 forecast of ")
    assert collection.reader.study_plan() is not None
    collection.close()
