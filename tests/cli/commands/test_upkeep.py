"""`undo`, `backup` and `doctor`."""

import sqlite3
from contextlib import closing
from pathlib import Path

from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from tests.cli.program import Program, document


def test_undo_can_be_repeated_back_to_the_beginning(filled: Program) -> None:
    filled("review", "--plain", "small", stdin="\n4\n\n4\nq\n")

    undone = [filled("undo").out for _ in range(3)]
    at_the_end = filled("undo")

    assert [line.partition(" on ")[0] for line in undone[:2]] == ["Undid: Easy"] * 2
    assert undone[2].startswith("Undid: import of ")
    assert (at_the_end.status, at_the_end.err) == (1, "Nothing to undo.\n")
    assert document(filled, "decks") == []


def test_listing_operations_undoes_nothing(filled: Program) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")

    first = filled("undo", "--list").out
    second = filled("undo", "--list").out

    assert first == second
    heading, review, import_line = first.splitlines()
    assert heading.split() == ["when", "kind", "undone", "operation"]
    assert review.endswith("Easy on other-1")
    assert "import of" in import_line
    assert len(filled("undo", "--list", "1").out.splitlines()) == 2


def test_undo_and_its_list_in_json(filled: Program) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")

    newest = document(filled, "undo", "--list")[0]
    undone = document(filled, "undo")

    assert (newest["kind"], newest["operation"]) == ("review", "Easy on other-1")
    assert newest["at"].endswith("Z")
    assert undone == {**newest, "undone": True}
    assert document(filled, "undo", "--list", "1") == [undone]


def test_restoring_a_backup_brings_back_the_earlier_state(
    filled: Program, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    assert filled("backup", str(copy)).out == f"{copy}\n"
    before = document(filled, "card", "other-1")
    filled("review", "--plain", "other", stdin="\n4\n")

    restored = filled("restore", str(copy))

    assert restored.status == 0
    assert restored.out.startswith(
        f"Restored {copy}.\nThe previous state was saved. To get it back: `flashcards --home {filled.home} "
    )
    assert document(filled, "card", "other-1") == before
    saved_copy = tmp_path / "kept.db"
    saved_copy.write_bytes(Path(restored.out.split()[-1].strip("`")).read_bytes())
    assert filled("restore", str(saved_copy)).status == 0
    assert document(filled, "card", "other-1")["reps"] == 1


def test_a_backup_without_a_name_is_saved_with_the_others(filled: Program) -> None:
    path = Path(filled("backup").out.strip())

    assert path.parent == filled.home / "backups"
    assert path.is_file()


def test_a_backup_in_a_directory_is_named_after_its_time(
    filled: Program, tmp_path: Path
) -> None:
    path = Path(filled("backup", str(tmp_path)).out.strip())
    assert path.parent == tmp_path
    assert path.name.endswith("-manual.db")
    assert list((filled.home / "backups").glob("*-manual*")) == []


def test_backup_without_a_store_is_an_error(flashcards: Program) -> None:
    for command in ("backup", "doctor"):
        outcome = flashcards(command)
        assert outcome.status == 1
        assert outcome.err == f"There is no store in {flashcards.home} yet.\n"


def test_doctor_reports_a_sound_store(filled: Program) -> None:
    filled("review", "--plain", "small", stdin="\n1\n\n2\n\n3\n\n4\n" * 4)
    filled("backup")

    report = document(filled, "doctor")
    assert (report["sound"], report["findings"]) == (True, [])
    assert set(report["backups"][0]) == {"path", "at", "size"}
    verdict, empty, *table = filled("doctor").out.splitlines()
    assert verdict == f"The store {filled.home / 'flashcards.db'} is sound."
    assert empty == ""
    assert table[0].split() == ["made", "size", "backup"]


def test_doctor_finds_a_memory_that_does_not_match_its_reviews(filled: Program) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")
    filled("backup")
    with closing(filled.reader()) as reader:
        path = reader.path
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE cards SET reps = 9 WHERE key = 'other-1'")
        connection.commit()

    report = document(filled, "doctor", status=1)

    assert report["sound"] is False
    (finding,) = report["findings"]
    assert set(finding) == {"severity", "check", "message", "remedy"}


def test_memories_of_other_weights_are_a_warning_until_a_repair(
    filled: Program,
) -> None:
    filled("review", "--plain", "other", stdin="\n4\n")
    filled("backup")
    weights = [*DEFAULT_WEIGHTS[:3], 9.5, *DEFAULT_WEIGHTS[4:]]
    (filled.home / "config.toml").write_text(
        f"[scheduling]\nweights = {weights}\n", encoding="utf-8"
    )

    (warning,) = document(filled, "doctor")["findings"]
    assert warning["severity"] == "warning"
    assert "under the current settings" in warning["message"]
    assert document(filled, "doctor", "--repair")["findings"] == []
