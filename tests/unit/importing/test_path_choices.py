"""The choices that complete a typed path."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.decks.files import shipped_decks
from flashcards.errors import NothingFoundError
from flashcards.importing.reading.path_choices import (
    chosen_path,
    list_choices,
    recent_paths,
)
from tests.conftest import FOUR_NOTES, OpenCollection


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "here"
    (place / "decks" / "deep").mkdir(parents=True)
    for name in ("a.apkg", "b.csv", "notes.pdf", ".hidden.csv", "sources.yaml"):
        (place / name).write_bytes(b"")
    (place / "decks" / "one.yaml").write_bytes(b"")
    monkeypatch.chdir(place)
    monkeypatch.setenv("HOME", str(place))
    return place


def typed(path: str) -> list[str]:
    return [choice.completion for choice in list_choices(path, ())]


def test_directories_come_first_then_files_that_can_be_imported(
    directory: Path,
) -> None:
    assert typed("./") == ["./decks/", "./a.apkg", "./b.csv"]
    assert typed("decks/") == ["decks/deep/", "decks/one.yaml"]
    assert typed(".hid") == [".hidden.csv"]
    assert typed("nothing") == typed("nowhere/") == []


def test_a_tilde_is_the_home_directory(directory: Path) -> None:
    assert typed("~/b") == ["~/b.csv"]
    assert chosen_path("~/b.csv") == directory / "b.csv"


def test_earlier_imports_are_listed_after_the_shipped_decks(
    directory: Path, open_collection: OpenCollection
) -> None:
    collection = open_collection()
    collection.store()
    deck_file = directory.parent / "metrics" / "tiny.yaml"
    deck_file.parent.mkdir()
    deck_file.write_bytes(FOUR_NOTES)
    collection.importing.import_files([deck_file])
    collection.importing.import_files(
        [directory / "decks" / "one.yaml", directory / "b.csv"]
    )
    collection.importing.import_files([directory / ".." / "metrics"])
    recent = recent_paths(collection.reader.log.operations(100))
    choices = list_choices("", recent)

    assert choices[0].path == shipped_decks()
    assert [choice.path for choice in choices if choice.reason == "before"] == recent
    assert deck_file in recent


def test_a_name_with_control_characters_is_not_offered(
    directory: Path,
) -> None:
    (directory / "red\x1b[31m.csv").write_bytes(b"")
    (directory / "two\nlines.csv").write_bytes(b"")

    assert typed("r") == typed("t") == []


def test_a_missing_path_is_an_error(directory: Path) -> None:
    for wrong in ("", "nowhere", "nul\0", "~nobody-of-this-name/x"):
        with pytest.raises(NothingFoundError, match="No such file or directory"):
            chosen_path(wrong)
