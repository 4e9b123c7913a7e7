"""Pipes, devices and circular links are reported and never block the program."""

import os
from pathlib import Path

import pytest

from flashcards.decks.files import digest
from flashcards.decks.quality.check import check
from flashcards.disk.replacing import save_text
from tests.conftest import OpenCollection

GOOD = "deck: good\ntitle: Good\nnotes:\n  - {id: g-1, front: What?, back: That.}\n"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with a valid deck, a pipe, a device and a circular link."""
    place = tmp_path / "decks"
    place.mkdir()
    (place / "good.yaml").write_text(GOOD, encoding="utf-8")
    os.mkfifo(place / "pipe.yaml")
    (place / "device.yaml").symlink_to("/dev/zero")
    (place / "circle.yaml").symlink_to("circle.yaml")
    return place


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("pipe.yaml", "it is a pipe or a device, not a file"),
        ("device.yaml", "it is a pipe or a device, not a file"),
        ("circle.yaml", "Too many levels of symbolic links"),
    ],
)
def test_a_pipe_or_a_circular_link_cannot_be_read(
    directory: Path, name: str, reason: str
) -> None:
    (problem,) = check([directory / name]).problems

    assert problem.rule == "file-unreadable"
    assert problem.message == (
        f"The file cannot be read: {reason}. Check its name and its permissions."
    )
    assert digest(directory / name) == ""


def test_the_valid_files_next_to_them_are_checked_and_imported(
    directory: Path, open_collection: OpenCollection
) -> None:
    report = check([directory])
    assert report.notes == 1
    assert [Path(problem.path).stem for problem in report.problems] == [
        "circle",
        "device",
        "pipe",
    ]

    collection = open_collection()
    collection.store()
    result = collection.importing.import_files([directory])
    assert result.counts.added == 1
    assert len(result.problems) == 3


def test_a_circular_link_is_overwritten(directory: Path) -> None:
    save_text(directory / "circle.yaml", GOOD)

    assert (directory / "circle.yaml").read_text(encoding="utf-8") == GOOD
