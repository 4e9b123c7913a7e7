"""A package that cannot be read is refused with one sentence."""

from __future__ import annotations

import gc
import os
import sqlite3
import struct
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flashcards.formats.anki import package_format
from flashcards.formats.anki.package import tables
from tests.unit.formats.anki.anki_building import (
    ANKI2,
    ANKI21,
    ANKI21B,
    Package,
    compressed,
    number_field,
    write_zip,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext


@pytest.fixture
def package() -> Package:
    return Package()


def read(path: Path, reading: ReadContext) -> Bundle:
    return package_format.read(path, reading)


def refusal(path: Path, reading: ReadContext) -> str:
    bundle = read(path, reading)
    assert not bundle.decks
    assert not bundle.histories
    (problem,) = bundle.problems
    assert problem.severity == "error"
    assert problem.line == 0
    return f"{problem.rule}: {problem.message}"


def text(path: Path) -> None:
    path.write_text("Front\tBack\n")


def bare_database(path: Path) -> None:
    path.write_bytes(Package().database(path.with_suffix(".db")))


def cut_off(path: Path) -> None:
    Package().write(path)
    path.write_bytes(path.read_bytes()[:-300])


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("deck.json", "{}")


def too_new(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta", number_field(1, 4))
        archive.writestr("collection.anki21b", b"")


def no_database(path: Path) -> None:
    write_zip(path, b"SQLite format 2", {}, ANKI21B)


def no_zstd(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta", number_field(1, 3))
        archive.writestr("collection.anki21b", b"not zstd at all")


def other_database(path: Path) -> None:
    file = path.with_suffix(".db")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE songs (name)")
    connection.close()
    write_zip(path, file.read_bytes(), {}, ANKI2)


def views_for_tables(path: Path) -> None:
    file = path.with_suffix(".db")
    file.write_bytes(Package().database(path.with_suffix(".inner")))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE revlog")
        connection.execute(
            "CREATE VIEW revlog AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n"
        )
    connection.close()
    write_zip(path, file.read_bytes(), {}, ANKI2)


def computed_columns(path: Path) -> None:
    file = path.with_suffix(".db")
    file.write_bytes(Package().database(path.with_suffix(".inner")))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("ALTER TABLE notes ADD COLUMN more AS (hex(flds))")
    connection.close()
    write_zip(path, file.read_bytes(), {}, ANKI2)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", bytes(40 * 1024 * 1024))


def zstd_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta", number_field(1, 3))
        archive.writestr("collection.anki21b", compressed(bytes(40 * 1024 * 1024)))


def many_members(path: Path) -> None:
    Package().write(path)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\5\6")
    struct.pack_into("<HL", data, at + 10, 65_000, 1 << 30)
    path.write_bytes(data)


def encrypted(path: Path) -> None:
    Package().write(path)
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.find(mark) + flags] |= 1
    path.write_bytes(data)


def damaged_member(path: Path) -> None:
    Package().write(path)
    data = bytearray(path.read_bytes())
    data[100:140] = bytes(40)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (text, "anki-not-a-package: This is not an Anki package: it is not a zip file. Export"),
        (bare_database, "anki-not-a-package: This is not an Anki package: it is a bare database, which --format anki-database reads."),
        (cut_off, "anki-not-a-package: This is not an Anki package: its end is missing."),
        (other_zip, "anki-not-a-package: This is not an Anki package: it holds no collection."),
        (too_new, 'anki-too-new: The package is of version 4, which is newer than this program. In Anki, export it with "Support'),
        (no_database, "anki-database: The collection in the package cannot be read: it is not a SQLite database."),
        (no_zstd, "anki-damaged: The package is damaged: zstd"),
        (other_database, "anki-database: The collection in the package cannot be read: it has no table col."),
        (views_for_tables, "anki-database: The collection in the package cannot be read: it has no table revlog."),
        (computed_columns, "anki-database: The collection in the package cannot be read: it has no table notes."),
        (bomb, "anki-too-large: The package is too large to be read safely: collection.anki2 has 41,943,040 bytes."),
        (zstd_bomb, "anki-too-large: The package is too large to be read safely: collection.anki21b has more than 16,777,216"),
        (many_members, "anki-too-large: The package is too large to be read safely: it holds 65,000 files."),
        (encrypted, "anki-damaged: The package is damaged: it is encrypted. Export"),
        (damaged_member, "anki-damaged: The package is damaged: "),
    ],
    ids=lambda parameter: getattr(parameter, "__name__", ""),
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_one_sentence(
    make: Callable[[Path], None], sentence: str, tmp_path: Path, reading: ReadContext
) -> None:
    path = tmp_path / "a.apkg"
    make(path)

    assert refusal(path, reading).startswith(sentence)


def test_a_missing_file_is_reported(tmp_path: Path, reading: ReadContext) -> None:
    assert refusal(tmp_path / "a.apkg", reading).startswith("file-unreadable: The file")


def test_a_damaged_database_is_refused_completely(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    for number in range(300):
        package.basic(f"front {number}", "back " * 50)
    database = bytearray(package.database(tmp_path / "a.db"))
    database[len(database) // 2 :] = b"\xff" * (len(database) - len(database) // 2)
    write_zip(tmp_path / "a.apkg", bytes(database), {}, ANKI21)

    assert refusal(tmp_path / "a.apkg", reading).startswith("anki-database: ")


def test_a_schema_that_is_not_text_is_reported(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    database = package.database(tmp_path / "a.db")
    database = database.replace(
        b"CREATE TABLE notes (id", b"CREATE TABLE not\xd4s (i\xd4"
    )
    write_zip(tmp_path / "a.apkg", database, {}, ANKI21)

    assert refusal(tmp_path / "a.apkg", reading).startswith("anki-database: ")


def test_a_pipe_is_refused(tmp_path: Path, reading: ReadContext) -> None:
    os.mkfifo(tmp_path / "a.apkg")

    assert "it is a pipe or a device" in refusal(tmp_path / "a.apkg", reading)


def test_rows_without_values_are_skipped(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.config = {}
    card = package.basic(type=2, queue=2, due=9, ivl=3, factor=2500)
    package.review(card, 1)
    package.review(card, 2, type=None)
    package.review(card, 3, ease=None)  # type: ignore[arg-type]
    file = tmp_path / "a.db"
    package.database(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE copy AS SELECT * FROM revlog")
        connection.execute(
            "INSERT INTO copy SELECT NULL, cid, usn, 3, ivl, lastIvl, factor, time, type FROM revlog"
        )
        connection.execute("DROP TABLE revlog")
        connection.execute("ALTER TABLE copy RENAME TO revlog")
    connection.close()
    write_zip(tmp_path / "a.apkg", file.read_bytes(), {}, ANKI2)

    (history,) = read(tmp_path / "a.apkg", reading).histories

    assert [review.rating for review in history.reviews] == [3, 3]


def test_more_notes_than_the_limit_are_refused(
    package: Package,
    tmp_path: Path,
    reading: ReadContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package.basic()
    package.basic()
    monkeypatch.setitem(tables.MOST_ROWS, "notes", 1)

    assert refusal(package.write(tmp_path / "a.apkg"), reading).startswith(
        "anki-too-large: The package is too large to be read safely: it has 2 rows of notes."
    )


def test_the_garbage_collector_is_enabled_again_after_an_error(
    tmp_path: Path, reading: ReadContext
) -> None:
    bare_database(tmp_path / "a.apkg")
    before = gc.isenabled()
    gc.enable()
    try:
        read(tmp_path / "a.apkg", reading)
        assert gc.isenabled()
    finally:
        if not before:
            gc.disable()


def test_an_invalid_list_of_media_loses_only_the_media(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.basic('<img src="p.png"> What?', "b")
    path = package.write(tmp_path / "a.apkg")
    with zipfile.ZipFile(path) as archive:
        database = archive.read("collection.anki2")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("collection.anki2", database)
        archive.writestr("media", b"{")

    bundle = read(path, reading)

    assert [note.id for deck in bundle.decks for note in deck.notes] != []
    assert bundle.media == ()
    assert [problem.rule for problem in bundle.problems] == ["anki-media-list"]
