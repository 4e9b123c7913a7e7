"""Finding deck files, detecting changes, and writing them safely."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.decks.files import (
    digest,
    find_deck_files,
    find_sources,
    own_copy,
    shipped_decks,
)
from flashcards.disk.replacing import save_text
from flashcards.errors import FlashcardsError
from tests.helpers import nested_directories
from tests.unit.decks.conftest import Write

_DEEP = 1500


def test_directories_are_searched_and_named_files_are_always_returned(
    write: Write, tmp_path: Path
) -> None:
    for name in ("z/b.yaml", "z/a.yml", "a.yaml", "sources.yaml", "interviews/c.yaml", ".git/d.yaml",
                 "z/.e.yaml", "readme.md"):  # fmt: skip
        write(name, "x")
    assert find_deck_files([tmp_path]) == [
        tmp_path / "a.yaml", tmp_path / "z/a.yml", tmp_path / "z/b.yaml",
    ]  # fmt: skip
    named = [
        tmp_path / "none.txt",
        tmp_path / "z",
        tmp_path / "z/b.yaml",
        tmp_path / "sources.yaml",
    ]
    assert find_deck_files(named) == [
        tmp_path / "none.txt", tmp_path / "z/a.yml", tmp_path / "z/b.yaml",
    ]  # fmt: skip


def test_circular_links_between_directories_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").touch()
    (tmp_path / "ring").symlink_to(tmp_path)
    assert find_deck_files([tmp_path]) == [tmp_path / "a.yaml"]


# A path that is too long to follow is given itself, so that reading it tells why.
@pytest.mark.parametrize(
    ("name", "last"),
    [("d", "deck.yaml"), ("a-name-of-24-characters.", "a-name-of-24-characters.")],
)
def test_deeply_nested_directories_are_searched(name: str, last: str) -> None:
    with nested_directories(name, _DEEP) as top:
        (found,) = find_deck_files([top])

    assert found.name == last


def test_the_nearest_bibliography_up_to_three_directories_above_is_found(
    write: Write, tmp_path: Path
) -> None:
    top = write("sources.yaml", "x")
    near = write("a/sources.yaml", "x")
    assert find_sources(write("a/b/c.yaml", "x")) == near
    assert find_sources(tmp_path / "a") == near
    assert find_sources(write("1/2/3/d.yaml", "x")) == top
    assert find_sources(write("1/2/3/4/e.yaml", "x")) is None


def test_the_digest_depends_on_the_content(write: Write, tmp_path: Path) -> None:
    first = digest(write("a.yaml", "one"))
    assert first == digest(write("b.yaml", "one")) != digest(write("c.yaml", "two"))
    assert digest(tmp_path / "none.yaml") == ""


def test_the_decks_of_a_checkout_are_found() -> None:
    assert shipped_decks().name in {"decks", "shipped_decks"}


def test_saving_replaces_the_file_and_keeps_its_permissions(
    write: Write, tmp_path: Path
) -> None:
    path = write("a.yaml", "old")
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    save_text(link, "new\n")
    assert path.read_text() == "new\n"
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    save_text(tmp_path / "fresh.yaml", "é\n")
    assert (tmp_path / "fresh.yaml").read_bytes() == b"\xc3\xa9\n"
    assert len(list(tmp_path.iterdir())) == 3


def test_a_failed_save_is_reported_and_does_not_change_the_file(tmp_path: Path) -> None:
    with pytest.raises(
        FlashcardsError, match="cannot be written: No such file or directory"
    ):
        save_text(tmp_path / "none" / "a.yaml", "x")
    (tmp_path / "directory").mkdir()
    with pytest.raises(FlashcardsError, match="cannot be written"):
        save_text(tmp_path / "directory", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["directory"]


def test_an_installed_deck_is_copied_once_for_editing(
    tmp_path: Path,
) -> None:
    installed, own = tmp_path / "installed", tmp_path / "own"
    (installed / "metrics").mkdir(parents=True)
    (installed / "sources.yaml").write_text("sources: {}\n")
    shipped = installed / "metrics" / "a.yaml"
    shipped.write_text("deck: metrics/a\n")

    copy = own_copy(shipped, own, installed)
    copy.write_text("edited\n")

    assert copy == own / "metrics" / "a.yaml"
    assert (own / "sources.yaml").read_text() == "sources: {}\n"
    assert own_copy(shipped, own, installed).read_text() == "edited\n"
    assert shipped.read_text() == "deck: metrics/a\n"
    assert own_copy(copy, own, installed) == copy
