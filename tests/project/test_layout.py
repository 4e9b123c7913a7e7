"""Where things are: rooms of few entries, short files, tests for each room, an accurate map."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers import PROJECT

PACKAGE = PROJECT / "flashcards"
TESTS = PROJECT / "tests"
MOST_ENTRIES = 12
MOST_LIKE_ENTRIES = 18
"""Entries of the package itself, and of folders that list like things."""
MOST_LINES = 400
LISTS = {PACKAGE, PACKAGE / "cli" / "commands"}
MAP = (PROJECT / "docs" / "architecture.md").read_text("utf-8")


def folders_of(root: Path) -> list[Path]:
    """Return a folder and all below it that hold modules."""
    return sorted({path.parent for path in root.rglob("*.py")} | {root})


def entries_of(folder: Path) -> list[str]:
    """Return the entries that somebody who opens a folder sees.

    A folder that holds only caches is left behind where a room was moved.
    """
    hidden = ("__init__.py", "__pycache__", "py.typed")
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.name not in hidden and (path.is_file() or has_content(path))
    )


def has_content(folder: Path) -> bool:
    return any(
        path.is_file() and "__pycache__" not in path.parts for path in folder.rglob("*")
    )


def relative_name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


ROOMS = [path for path in folders_of(PACKAGE) if path.parent == PACKAGE]


def test_a_room_has_few_entries() -> None:
    crowded = {
        relative_name(folder): entries_of(folder)
        for folder in folders_of(PACKAGE)
        if len(entries_of(folder))
        > (MOST_LIKE_ENTRIES if folder in LISTS else MOST_ENTRIES)
    }

    assert crowded == {}


def test_a_folder_of_tests_has_few_entries() -> None:
    crowded = {
        relative_name(folder): len(entries_of(folder))
        for folder in folders_of(TESTS)
        if len(entries_of(folder)) > MOST_LIKE_ENTRIES
    }

    assert crowded == {}


def test_no_file_is_long() -> None:
    lengths = {
        relative_name(path): len(path.read_text("utf-8").splitlines())
        for root in (PACKAGE, TESTS)
        for path in root.rglob("*.py")
    }

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


@pytest.mark.parametrize("room", ROOMS, ids=relative_name)
def test_every_room_has_tests(room: Path) -> None:
    parent = TESTS if room.name in ("cli", "tui") else TESTS / "unit"

    assert list((parent / room.name).rglob("test_*.py"))


def test_every_room_is_on_the_map() -> None:
    rooms = re.findall(r"^\| `(\w+)` \|", MAP.partition("## Rooms")[2], re.MULTILINE)

    assert {room.name for room in ROOMS} <= {*rooms, "exporting"}


def is_on_disk(name: str) -> bool:
    """Return whether the map names a file or folder that exists; a bare name is any of that name."""
    if "/" not in name:
        return any(PROJECT.glob(name)) or any(PACKAGE.rglob(name))
    return any(
        (base / name).exists() for base in (PROJECT, PACKAGE, PACKAGE / "importing")
    )


def test_every_file_on_the_map_exists() -> None:
    names = set(re.findall(r"`([\w./]+\.(?:py|md|toml))`", MAP))
    names |= set(re.findall(r"`(\w+/[\w/]*)`", MAP))

    assert len(names) > 80
    assert {name for name in names if not is_on_disk(name)} == set()
