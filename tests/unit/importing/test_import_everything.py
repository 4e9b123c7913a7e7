"""A full JSON export imported more than once, or from another store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import AppDirectories
from flashcards.formats.common.naming import to_scoped_id
from tests.helpers import START, FixedClock

TODAY = FixedClock().moment().day


def test_a_review_of_a_retired_card_in_two_files_counts_once(
    tmp_path: Path,
) -> None:
    document = {
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
        file.write_text(json.dumps(document), encoding="utf-8")
    collection = Collection(AppDirectories(tmp_path / "home"), clock=FixedClock())
    collection.store()
    collection.importing.import_files(files)

    card = collection.reader.cards.find("n")
    assert card.retired
    assert len(collection.reader.log.reviews(card.card_id)) == 1
    assert card.memory.reps == 1
    collection.close()


def everything(path: Path, **values: object) -> Path:
    document = {"format": "flashcards", "version": 1, **values}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_differing_plans_and_forecasts_stay_with_a_warning(tmp_path: Path) -> None:
    collection = Collection(AppDirectories(tmp_path / "home"), clock=FixedClock())
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
    assert collection.importing.import_files([first]).problems == []
    assert collection.importing.import_files([first]).problems == []

    other = everything(
        tmp_path / "2.json",
        plan={**plan, "minutes": 30},
        forecasts=[{**forecast, "readiness": 0.45}],
    )
    (problem,) = collection.importing.import_files([other]).problems
    assert problem.message.startswith(
        "Left out, because the store already has other values: a study plan and 1 forecast."
    )
    assert collection.reader.plan.load() is not None
    collection.close()


def deck_of(*notes: dict[str, str]) -> list[dict[str, object]]:
    return [{"deck": "mine", "title": "Mine", "notes": list(notes)}]


SHARDING = {"id": "n1", "front": "What is sharding?", "back": "Splitting data."}
FAUST = {"id": "n1", "front": "Who wrote Faust?", "back": "Goethe."}
UID = "0" * 32


def learned(uid: str) -> dict[str, object]:
    return {
        "card": "n1",
        "state": "review",
        "stability": 3.0,
        "difficulty": 5.0,
        "due_day": TODAY + 3,
        "last_day": TODAY,
        "interval_seconds": 259_200,
        "reps": 1,
        "lapses": 0,
        "reviews": [[START, TODAY, 3, 900, 0, 259_200, uid, None]],
    }


@pytest.fixture
def own_collection(tmp_path: Path) -> Iterator[Collection]:
    """A store with the note `n1` about sharding and one review of it."""
    collection = Collection(AppDirectories(tmp_path / "home"), clock=FixedClock())
    collection.store()
    file = everything(
        tmp_path / "first.json", decks=deck_of(SHARDING), cards=[learned(UID)]
    )
    assert collection.importing.import_files([file]).problems == []
    yield collection
    collection.close()


def test_a_different_note_with_the_same_id_in_another_store_is_new(
    own_collection: Collection, tmp_path: Path
) -> None:
    file = everything(
        tmp_path / "theirs.json",
        store="theirs",
        decks=deck_of(FAUST),
        cards=[learned("1" * 32)],
        reports=[{"note": "n1", "card": "n1", "text": "Which Faust?", "at": START}],
    )
    result = own_collection.importing.import_files([file])

    (problem,) = result.problems
    assert problem.rule == "id-used-elsewhere"
    own = own_collection.reader.cards.find("n1")
    assert "sharding" in own.content
    assert len(own_collection.reader.log.reviews(own.card_id)) == 1
    theirs = own_collection.reader.cards.find(to_scoped_id("mine", "n1"))
    assert "Faust" in theirs.content
    assert len(own_collection.reader.log.reviews(theirs.card_id)) == 1
    (report,) = own_collection.reader.cards.reports()
    assert (report.note, report.card) == (theirs.note_key, theirs.key)

    again = everything(
        file, store="theirs", decks=deck_of({**FAUST, "back": "Goethe, 1808."})
    )
    assert own_collection.importing.import_files([again]).counts.changed == 1
    assert "sharding" in own_collection.reader.cards.find("n1").content


def test_an_edit_of_the_same_note_in_another_store_changes_it(
    own_collection: Collection, tmp_path: Path
) -> None:
    edited = {**SHARDING, "back": "Splitting data over machines."}
    file = everything(tmp_path / "theirs.json", store="theirs", decks=deck_of(edited))
    assert (
        own_collection.importing.import_files([file], dry_run=True).counts.changed == 1
    )
    assert own_collection.importing.import_files([file]).counts.changed == 1
    assert "over machines" in own_collection.reader.cards.find("n1").content


@pytest.mark.parametrize("store", ["own", ""])
def test_an_export_of_this_store_restores_its_notes(
    own_collection: Collection, tmp_path: Path, store: str
) -> None:
    uid = own_collection.reader.content.store_uid() if store else ""
    file = everything(tmp_path / "own.json", store=uid, decks=deck_of(FAUST))
    assert own_collection.importing.import_files([file]).counts.changed == 1
    assert "Faust" in own_collection.reader.cards.find("n1").content


def test_a_note_with_a_shared_review_is_the_same_in_two_stores(
    own_collection: Collection, tmp_path: Path
) -> None:
    file = everything(
        tmp_path / "laptop.json",
        store="laptop",
        decks=deck_of(FAUST),
        cards=[learned(UID)],
    )
    assert own_collection.importing.import_files([file]).counts.changed == 1
    assert "Faust" in own_collection.reader.cards.find("n1").content


def test_an_export_names_its_store(own_collection: Collection, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    with file.open("wb") as target:
        own_collection.exporting.write(
            own_collection.exporting.bundle(["mine"], with_history=False), target, file
        )
    assert (
        json.loads(file.read_text())["store"]
        == own_collection.reader.content.store_uid()
    )
