"""Collections of Anki without a package are read like packages and never changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.formats.formats import ReadContext, format_to_read
from tests.unit.formats.anki.anki_building import Package, compressed


def read(path: Path, reading: ReadContext) -> Bundle:
    file_format = format_to_read(path)
    assert file_format.name == "anki-database"
    return file_format.module.read(path, reading)


@pytest.fixture
def package() -> Package:
    """Give a package of one note with a picture and a review."""
    made = Package()
    card = made.basic(
        "<img src='a.png'> <b>What</b> drifts?",
        "P(x)",
        type=2,
        queue=2,
        due=9,
        ivl=6,
        factor=2500,
        reps=1,
    )
    made.review(card, day=3)
    return made


@pytest.mark.parametrize(
    ("name", "schema", "is_compressed"),
    [
        ("collection.anki2", 11, False),
        ("collection.anki2", 18, False),
        ("collection.anki21", 11, False),
        ("collection.anki21b", 18, True),
    ],
)
def test_a_collection_gives_its_notes_reviews_and_pictures(
    package: Package,
    tmp_path: Path,
    reading: ReadContext,
    name: str,
    schema: int,
    is_compressed: bool,
) -> None:
    data = package.database(tmp_path / "made.db", schema)
    path = tmp_path / name
    path.write_bytes(compressed(data) if is_compressed else data)
    media = tmp_path / "collection.media"
    media.mkdir()
    (media / "a.png").write_bytes(b"picture")
    before = path.read_bytes()

    bundle = read(path, reading)

    assert bundle.problems == ()
    (deck,) = bundle.decks
    assert (deck.key, deck.is_partial) == ("machine-learning/drift", True)
    assert [note.id for note in deck.notes] == ["guid0"]
    assert [len(history.reviews) for history in bundle.histories] == [1]
    assert [(file.name, file.read()) for file in bundle.media] == [
        ("a.png", b"picture")
    ]
    assert path.read_bytes() == before
    names = {entry.name for entry in tmp_path.iterdir()}
    assert names == {"collection.media", name, "made.db"}


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_collection_that_anki_still_writes_is_refused(
    package: Package, tmp_path: Path, reading: ReadContext, ending: str
) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes(package.database(tmp_path / "made.db"))
    path.with_name(path.name + ending).write_bytes(b"x")

    bundle = read(path, reading)

    assert bundle.decks == ()
    assert [problem.rule for problem in bundle.problems] == ["anki-in-use"]


def test_the_placeholder_of_a_newer_package_is_refused(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes(package.database(tmp_path / "made.db"))
    (tmp_path / "collection.anki21b").write_bytes(b"newer")

    (problem,) = read(path, reading).problems

    assert problem.message == (
        "This is only a placeholder for older programs, with no card of yours. Import "
        "`collection.anki21b` instead."
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"no database", b"SQLite format 3\0" + b"\1" * 200, b"\x28\xb5\x2f\xfdx"],
)
def test_a_file_that_is_not_a_collection_is_one_problem(
    tmp_path: Path, reading: ReadContext, data: bytes
) -> None:
    path = tmp_path / "collection.anki2"
    path.write_bytes(data)

    bundle = read(path, reading)

    assert bundle.decks == ()
    (problem,) = bundle.problems
    assert problem.rule in ("anki-database", "anki-damaged")
