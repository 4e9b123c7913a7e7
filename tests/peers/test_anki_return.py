"""Notes from Anki are exported and imported into their old collection and into an empty one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import AppDirectories
from tests.peers.test_anki import PYTHON, backend, has_anki

pytestmark = pytest.mark.skipif(not has_anki(), reason=f"{PYTHON} has no package anki")


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    collection = Collection(AppDirectories(tmp_path / "home"))
    collection.store()
    return collection


def export(collection: Collection, path: Path) -> list[str]:
    keys = collection.reader.cards.deck_keys().values()
    bundle = collection.exporting.bundle(keys)
    with path.open("wb") as file:
        return collection.exporting.write(bundle, file, path)


def edit(collection: Collection, directory: Path, old: str, new: str) -> None:
    """Change a word in a deck file of the notes, as the learner would."""
    for key in collection.reader.cards.deck_keys().values():
        path = directory / f"{key}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        bundle = collection.exporting.bundle([key], with_history=False)
        with path.open("wb") as file:
            collection.exporting.write(bundle, file, path)
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
            result = collection.importing.import_files([path])
            assert (result.counts.changed, list(result.problems)) == (1, [])
            return
    raise AssertionError(f"no deck says {old}")


def fields(report: dict[str, Any]) -> dict[str, str]:
    return {guid: text for guid, _, text in report["notes"]}


def schedule(report: dict[str, Any]) -> list[Any]:
    names = (
        "guid",
        "ord",
        "deck",
        "type",
        "due_in",
        "ivl",
        "reps",
        "lapses",
        "reviews",
    )
    return [[card[name] for name in names] for card in report["cards"]]


@pytest.mark.parametrize("name", ["legacy.apkg", "latest.apkg"])
def test_nothing_changes_where_nothing_was_changed(
    collection: Collection, tmp_path: Path, name: str
) -> None:
    before = backend("UTC", "collect", str(tmp_path))
    assert not collection.importing.import_files([tmp_path / name]).has_errors
    export(collection, tmp_path / "back.apkg")

    after = backend("UTC", "update", str(tmp_path), str(tmp_path / "back.apkg"))

    assert after["log"] == {"new": 0, "updated": 0, "duplicate": 6, "conflicting": 0}
    for table in ("notes", "kinds", "flags", "decks", "notetypes", "cards"):
        expected = before[table]
        if table == "notetypes":
            expected = sorted({*before[table], *(n for n in after[table] if n.startswith("Flashcards"))})  # fmt: skip
        assert after[table] == expected, table


@pytest.mark.parametrize("name", ["legacy.apkg", "latest.apkg"])
def test_edited_words_update_the_notes_of_the_collection(
    collection: Collection, tmp_path: Path, name: str
) -> None:
    before = backend("UTC", "collect", str(tmp_path))
    collection.importing.import_files([tmp_path / name])
    edit(collection, tmp_path, "A\\\n      0", "The first")
    edit(collection, tmp_path, "left 0", "the left side")
    edit(collection, tmp_path, "two}}", "deux}}")
    losses = export(collection, tmp_path / "back.apkg")

    after = backend("UTC", "update", str(tmp_path), str(tmp_path / "back.apkg"))

    assert after["log"]["new"] == after["log"]["conflicting"] == 0
    changed = {
        guid: (text.split("\x1f"), fields(after)[guid].split("\x1f"))
        for guid, text in fields(before).items()
        if fields(after)[guid] != text
    }
    words = [
        (old_row, other)
        for old, new in changed.values()
        for old_row, other in zip(old, new, strict=True)
        if old_row != other
    ]
    assert ("A<br>0", "The first") in words
    assert ("left 0", "the left side") in words
    assert len(words) == 3
    assert schedule(after) == schedule(before)
    assert after["kinds"] == before["kinds"]
    assert after["flags"] == before["flags"]
    assert [tags for _, tags, _ in after["notes"]] == [tags for _, tags, _ in before["notes"]]  # fmt: skip
    assert any(
        "Anki keeps the schedule of cards that it has" in loss for loss in losses
    )


def test_everything_arrives_where_the_notes_were_deleted_or_never_were(
    collection: Collection, tmp_path: Path
) -> None:
    before = backend("UTC", "collect", str(tmp_path))
    collection.importing.import_files([tmp_path / "latest.apkg"])
    export(collection, tmp_path / "back.apkg")
    (tmp_path / "empty").mkdir()

    fresh = backend("UTC", "update", str(tmp_path / "empty"), str(tmp_path / "back.apkg"))  # fmt: skip
    again = backend("UTC", "replace", str(tmp_path), str(tmp_path / "back.apkg"))

    for after in (fresh, again):
        assert fields(after) == fields(before)
        assert after["notes"] == before["notes"]
        assert after["flags"] == before["flags"]
        assert set(before["decks"]) <= {*after["decks"]}
        assert [row[:3] for row in schedule(after)] == [row[:3] for row in schedule(before)]  # fmt: skip
        assert any(card["reviews"] for card in after["cards"])
