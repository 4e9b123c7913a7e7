"""`backup` and `restore`, and the requests they refuse."""

import json
import shlex
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.program import Program, plain_environment
from tests.cli.terminal.test_terminals import in_terminal, terminal_environment
from tests.helpers import PROJECT


@pytest.fixture
def filled(flashcards: Program) -> Program:
    flashcards.fill()
    return flashcards


def test_a_backup_overwrites_a_file_only_with_force(
    filled: Program, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"dear")

    refused = filled("backup", str(copy))
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == (
        f"{copy} already exists. Choose another name, or overwrite it with `--force`.\n"
    )
    assert copy.read_bytes() == b"dear"
    assert filled("backup", "--force", str(copy)).out == f"{copy}\n"
    assert copy.read_bytes().startswith(b"SQLite format 3")


def test_a_backup_in_json_has_path_time_and_size(
    filled: Program, tmp_path: Path
) -> None:
    for arguments in ((), (str(tmp_path),), (str(tmp_path / "copy.db"),)):
        backup = json.loads(filled("backup", *arguments, "--json").out)

        assert set(backup) == {"path", "at", "size"}
        assert Path(backup["path"]).stat().st_size == backup["size"]
        assert datetime.fromisoformat(backup["at"]).utcoffset() == timedelta(0)


def test_a_backup_never_overwrites_the_store(filled: Program) -> None:
    store = filled.home / "flashcards.db"

    outcome = filled("backup", "--force", str(store))

    assert outcome.status == 2
    assert outcome.err == (
        f"{store} is the store, or belongs to it, which this would overwrite. "
        "Choose another name.\n"
    )


def test_a_device_is_not_replaced_by_a_backup(filled: Program, tmp_path: Path) -> None:
    link = tmp_path / "device"
    link.symlink_to("/dev/null")

    outcome = filled("backup", "--force", str(link))

    assert outcome.status == 2
    assert outcome.err == f"{link} is not a file. Choose another name.\n"
    assert link.is_symlink()


def test_a_backup_to_another_disk_needs_no_space_in_the_home(
    filled: Program, tmp_path: Path
) -> None:
    directory = filled.home / "backups"
    for file in directory.iterdir():
        file.unlink()
    directory.rmdir()
    directory.touch()

    assert filled("backup", str(tmp_path / "copy.db")).status == 0
    assert filled("backup", "/nowhere/copy.db").err == (
        "There is no directory /nowhere.\n"
    )


def test_restore_without_a_file_lists_the_backups(filled: Program) -> None:
    created = filled("backup").out.strip()

    heading, *rows = filled("restore").out.splitlines()

    assert heading.split() == ["made", "size", "backup"]
    assert any(row.endswith(f" MB  {created}") for row in rows)


def test_restore_reports_that_there_are_no_backups(flashcards: Program) -> None:
    outcome = flashcards("restore")

    assert outcome.status == 1
    assert outcome.err == f"There are no backups in {flashcards.home}/backups yet.\n"


def test_nothing_is_restored_while_a_window_is_open(filled: Program) -> None:
    created = filled("backup").out.strip()
    with closing(filled.reader()):
        refused = filled.process("restore", created)

    assert (refused.status, refused.out) == (3, "")
    assert refused.err == (
        f"Another window or command of flashcards has the store {filled.home}/flashcards.db "
        "open. Close it first.\n"
    )
    assert filled("restore", created).status == 0


@pytest.mark.parametrize(
    "command", ["due", "decks", "review --plain", "backup", "doctor", "undo", ""]
)
def test_a_missing_store_is_reported_by_every_command(
    filled: Program, command: str
) -> None:
    created = filled("backup").out.strip()
    (filled.home / "flashcards.db").unlink()

    outcome = filled(*command.split())

    home = filled.home
    assert (outcome.status, outcome.out) == (3, "")
    assert outcome.err == (
        f"The store {home}/flashcards.db is missing or empty, though there are backups in "
        f"{home}/backups. Nothing was changed. `flashcards --home {home} restore {created}` "
        f"brings back the newest backup; `flashcards --home {home} restore --new` starts a "
        "new, empty store.\n"
    )
    assert not (home / "flashcards.db").exists()


def test_a_store_lost_right_after_the_first_start_is_reported(
    flashcards: Program,
) -> None:
    assert flashcards("due").status == 0
    (flashcards.home / "flashcards.db").unlink()
    assert flashcards("due").status == 3


def test_restore_new_creates_a_store(filled: Program) -> None:
    there = filled("restore", "--new")
    assert (there.status, there.out) == (3, "")
    (filled.home / "flashcards.db").unlink()

    created = filled("restore", "--new")

    assert created.status == 0
    assert created.out.startswith("Created a new store: ")
    assert filled("due").err == "First start: 4 decks imported.\n"
    assert filled("restore", "--new", "x.db").status == 2


def test_the_printed_restore_command_can_be_pasted(
    flashcards: Program, tmp_path: Path
) -> None:
    flashcards.home = tmp_path / "a home; of $mine"
    flashcards.fill()
    created = flashcards("backup").out.strip()
    _, restore_command = flashcards("restore", created).out.splitlines()
    _, option, home, command, file = shlex.split(
        restore_command.partition(": ")[2].strip("`")
    )
    assert (option, home, command) == ("--home", str(flashcards.home), "restore")
    assert flashcards(command, file).status == 0


@pytest.mark.parametrize(
    ("typed", "decks"), [(b"r\r", b"small/things"), (b"n\r", b"drift/types")]
)
def test_on_a_terminal_a_missing_store_can_be_restored(
    filled: Program, typed: bytes, decks: bytes
) -> None:
    filled("backup")
    (filled.home / "flashcards.db").unlink()

    status, screen = in_terminal(
        filled.command("decks"), [(b"q: quit > ", typed)], terminal_environment("xterm")
    )

    assert status == 0
    assert "is missing or empty, though there are backups" in screen
    assert decks.decode() in screen


def test_quitting_the_question_about_a_missing_store_does_not_repeat_it(
    filled: Program,
) -> None:
    filled("backup")
    (filled.home / "flashcards.db").unlink()

    status, screen = in_terminal(
        filled.command("decks"),
        [(b"q: quit > ", b"q\r")],
        terminal_environment("xterm"),
    )

    assert status == 3
    assert screen.count("is missing or empty") == 1
    assert screen.rstrip().endswith("Nothing was changed.")


def test_a_new_store_without_backups_does_not_mention_backups(
    flashcards: Program,
) -> None:
    created = flashcards("restore", "--new")
    assert created.status == 0
    assert created.out == f"Created a new store: {flashcards.home}/flashcards.db.\n"


def test_a_full_disk_leaves_no_settings_behind(flashcards: Program) -> None:
    flashcards.home.mkdir()
    command = shlex.join(flashcards.command("config", "init"))

    done = subprocess.run(
        ["sh", "-c", f"ulimit -f 0; exec {command}"],
        capture_output=True,
        env={**plain_environment(), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=PROJECT,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(f"{flashcards.home}/config.toml cannot be written: ")
    assert list(flashcards.home.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: path.write_bytes(b"\xff\xfe"), "it is not text in UTF-8"),
    ],
)
def test_unreadable_settings_are_reported(
    flashcards: Program, make: Callable[[Path], object], sentence: str
) -> None:
    flashcards.home.mkdir()
    make(flashcards.home / "config.toml")

    outcome = flashcards("due")

    assert outcome.status == 2
    assert outcome.err == (
        f"{flashcards.home}/config.toml cannot be read: {sentence}.\n"
    )


def test_a_backup_can_be_restored_by_its_name(
    filled: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(filled("backup").out.strip())
    assert path.name in filled("restore").out
    filled("undo")

    outcome = filled("restore", path.name)

    assert outcome.status == 0
    assert outcome.out.startswith(f"Restored {path}.\n")
    assert filled("search", "other").status == 0


def test_a_file_at_the_path_is_restored_before_a_backup_with_that_name(
    filled: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = Path(filled("backup").out.strip()).name
    (tmp_path / name).write_text("no database")

    outcome = filled("restore", name)

    assert outcome.status == 3
    assert outcome.err.startswith(name)


@pytest.mark.parametrize("name", ["no.db", "backups/no.db", "../no.db", "/nowhere.db"])
def test_restoring_a_missing_backup_is_reported(filled: Program, name: str) -> None:
    outcome = filled("restore", name)

    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err == (
        f"There is no file {name}, and no backup with that name in "
        f"{filled.home / 'backups'}. List the newest backups with `flashcards restore`.\n"
    )
