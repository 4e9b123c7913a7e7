"""A broken picture is left out with one warning, and the notes are imported."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from tests.unit.formats.anki.anki_building import ANKI2, ANKI21B, Package

PICTURE = b"picture" * 1000


def flip_a_bit(path: Path, member: str) -> None:
    """Damage the bytes of a member, so that its checksum is wrong."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(member)
        name_and_extra = data[info.header_offset + 26 : info.header_offset + 30]
        lengths = name_and_extra[0] + name_and_extra[2]
        data[info.header_offset + 30 + lengths + info.compress_size // 2] ^= 1
    path.write_bytes(data)


def encrypt(path: Path, member: str) -> None:
    """Mark a member as encrypted."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo(member).header_offset
        index = archive.infolist().index(archive.getinfo(member))
    data[offset + 6] |= 1
    entry = -1
    for _ in range(index + 1):
        entry = data.index(b"PK\1\2", entry + 1)
    data[entry + 8] |= 1
    path.write_bytes(data)


def lead_elsewhere(path: Path, member: str) -> None:
    """Give a member an offset at which no member begins."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        index = archive.infolist().index(archive.getinfo(member))
    entry = -1
    for _ in range(index + 1):
        entry = data.index(b"PK\1\2", entry + 1)
    nowhere = len(data) - 22
    data[entry + 42 : entry + 46] = nowhere.to_bytes(4, "little")
    path.write_bytes(data)


@pytest.mark.parametrize("generation", [ANKI2, ANKI21B])
@pytest.mark.parametrize("damage", [flip_a_bit, encrypt, lead_elsewhere])
def test_only_a_damaged_picture_is_left_out_of_a_package(
    collection: Collection,
    tmp_path: Path,
    damage: Callable[[Path, str], None],
    generation: int,
) -> None:
    package = Package()
    package.basic('<img src="bad.png"> Which?', "This.")
    package.basic('<img src="bad.png"> Again?', "That.")
    package.basic('<img src="good.png"> And?', "These.")
    package.media = {"bad.png": PICTURE, "good.png": PICTURE + b"!"}
    path = package.write(tmp_path / "a.apkg", generation)
    damage(path, "0")

    result = collection.importing.import_files([path])

    assert result.counts.added == 3
    (problem,) = result.problems
    assert problem.rule == "media-unreadable"
    assert problem.severity == "warning"
    assert "bad.png" in problem.message
    assert [file.name for file in collection.directories.media.iterdir()] == [
        "good.png"
    ]


def test_only_a_picture_that_unpacks_to_too_much_is_left_out(
    collection: Collection, tmp_path: Path
) -> None:
    package = Package()
    package.basic('<img src="bomb.png"> Which?', "This.")
    package.basic('<img src="good.png"> And?', "These.")
    package.media = {"bomb.png": bytes(40 * 2**20), "good.png": PICTURE}

    result = collection.importing.import_files(
        [package.write(tmp_path / "a.apkg", ANKI21B)]
    )

    assert result.counts.added == 2
    assert [problem.rule for problem in result.problems] == ["media-unreadable"]
    assert [file.name for file in collection.directories.media.iterdir()] == [
        "good.png"
    ]


@pytest.mark.parametrize("suffix", ["hashcards", "obsidian"])
def test_a_picture_that_is_not_next_to_its_text_is_reported_once(
    collection: Collection, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / "cards.md"
    path.write_text(
        "Q: What shows ![](gone.png)?\nA: A curve ![](gone.png).\n"
        if suffix == "hashcards"
        else "#flashcards\n\nWhat shows ![](gone.png)? :: A curve ![](gone.png).\n"
    )

    result = collection.importing.import_files([path])

    assert result.counts.added == 1
    (problem,) = result.problems
    assert problem.rule == "media-missing"
    assert "1 (gone.png)" in problem.message
