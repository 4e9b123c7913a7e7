"""Undo, backups and the doctor."""

import sqlite3
from contextlib import closing
from pathlib import Path

from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from tests.cli.program import Program, document


def test_undo_goes_back_to_the_beginning(filled: Program) -> None:
    filled("review", "--plain", "small", stdin="\n4\n\n4\nq\n")

    taken_back = [filled("undo").out for _ in range(3)]
    over = filled("undo")

    assert [line.partition(" on ")[0] for line in taken_back[:2]] == ["Undid: Easy"] * 2
    assert taken_back[2].startswith("Undid: import of ")
    assert (over.status, over.err) == (1, "Nothing to undo.\n")
    assert document(filled, "decks") == []


def test_the_list_of_operations_takes_none_back(filled: Program) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")

    first = filled("undo", "--list").out
    second = filled("undo", "--list").out

    assert first == second
    heading, review, import_line = first.splitlines()
    assert heading.split() == ["when", "kind", "undone", "operation"]
    assert review.endswith("Easy on other-1")
    assert "import of" in import_line
    assert len(filled("undo", "--list", "1").out.splitlines()) == 2


def test_a_backup_brings_back_what_was(filled: Program, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert filled("backup", str(copy)).out == f"{copy}\n"
    before = document(filled, "card", "other-1")
    filled("review", "--plain", "other", stdin="\n4\n")

    restored = filled("restore", str(copy))

    assert restored.status == 0
    assert restored.out.startswith(
        f"Restored {copy}.\nThe previous state was saved. To get it back: flashcards --home {filled.home} "
    )
    assert document(filled, "card", "other-1") == before
    kept = tmp_path / "kept.db"
    kept.write_bytes(Path(restored.out.split()[-1]).read_bytes())
    assert filled("restore", str(kept)).status == 0
    assert document(filled, "card", "other-1")["reps"] == 1


def test_a_backup_without_a_name_lies_with_the_others(filled: Program) -> None:
    made = Path(filled("backup").out.strip())

    assert made.parent == filled.home / "backups"
    assert made.is_file()


def test_a_backup_into_a_directory_is_named_after_its_time(
    filled: Program, tmp_path: Path
) -> None:
    made = Path(filled("backup", str(tmp_path)).out.strip())
    assert made.parent == tmp_path
    assert made.name.endswith("-manual.db")
    assert list((filled.home / "backups").glob("*-manual*")) == []


def test_there_is_nothing_to_copy_without_a_store(flashcards: Program) -> None:
    for command in ("backup", "doctor"):
        outcome = flashcards(command)
        assert outcome.status == 1
        assert outcome.err == f"There is no store in {flashcards.home} yet.\n"


def test_doctor_finds_a_sound_store_sound(filled: Program) -> None:
    filled("review", "--plain", "small", stdin="\n1\n\n2\n\n3\n\n4\n" * 4)
    filled("backup")

    told = document(filled, "doctor")
    assert (told["sound"], told["findings"]) == (True, [])
    assert set(told["backups"][0]) == {"path", "at", "size"}
    verdict, empty, *table = filled("doctor").out.splitlines()
    assert verdict == f"The store {filled.home / 'flashcards.db'} is sound."
    assert empty == ""
    assert table[0].split() == ["made", "size", "backup"]


def test_doctor_finds_a_forged_memory(filled: Program) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")
    filled("backup")
    with closing(filled.reader()) as reader:
        path = reader.path
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE cards SET reps = 9 WHERE key = 'other-1'")
        connection.commit()

    told = document(filled, "doctor", status=1)

    assert told["sound"] is False
    (finding,) = told["findings"]
    assert set(finding) == {"severity", "check", "message", "remedy"}


def test_other_weights_are_a_warning_that_a_repair_settles(filled: Program) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")
    filled("backup")
    weights = [*DEFAULT_WEIGHTS[:3], 9.5, *DEFAULT_WEIGHTS[4:]]
    (filled.home / "config.toml").write_text(
        f"[scheduling]\nweights = {weights}\n", encoding="utf-8"
    )

    (warning,) = document(filled, "doctor")["findings"]
    assert warning["severity"] == "warning"
    assert "under the settings in force" in warning["message"]
    assert document(filled, "doctor", "--repair")["findings"] == []
