"""Output files: pipes, stdout in any locale, and never the store."""

import csv
import io
import json
import os
import pty
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.program import Program, plain_environment
from tests.helpers import PROJECT, deck

FOREIGN = deck("""
    deck: foreign
    title: Foreign
    notes:
      - {id: f-1, front: "什么是漂移？", back: "P(x) ≠ Q(x), 🙂"}
    """)
TEXT_FORMATS = ("csv", "yaml", "json", "anki-text", "hashcards", "gift")


@pytest.fixture
def foreign(flashcards: Program, tmp_path: Path) -> Program:
    flashcards.make_store()
    (tmp_path / "foreign.yaml").write_bytes(FOREIGN)
    assert flashcards("import", str(tmp_path / "foreign.yaml")).status == 0
    return flashcards


def days_from_today(days: int) -> str:
    """Return the ISO date a number of days from today."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def run(
    program: Program, line: str, *, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `flashcards` is the program on its test home."""
    start = " ".join(program.command())
    return subprocess.run(
        ["bash", "-c", f'flashcards() {{ {start} "$@"; }}\n{line}'],
        capture_output=True,
        env={**plain_environment(), **(environment or {})},
        cwd=PROJECT,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_stdout_gets_the_same_bytes_as_a_file_in_every_locale(
    foreign: Program, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "file"
    file.touch()
    line = f'flashcards export foreign --format {name} -o "{file}" >/dev/null 2>&1'
    assert run(foreign, line).returncode == 0
    for encoding in ("cp1252", "ascii", "utf-16"):
        done = run(
            foreign,
            f"flashcards export foreign --format {name} -o -",
            environment={"PYTHONIOENCODING": encoding},
        )
        assert done.returncode == 0
        if name == "json":
            assert "什么是漂移？".encode() in done.stdout
        else:
            assert done.stdout == file.read_bytes()


@pytest.mark.parametrize(
    "command", ["search --json f-1", "card --json f-1", "decks --json"]
)
def test_json_on_stdout_is_utf_8_in_every_locale(
    foreign: Program, command: str
) -> None:
    wide = run(foreign, f"flashcards {command}")
    narrow = run(
        foreign,
        f"flashcards {command}",
        environment={"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"},
    )

    assert narrow.stdout == wide.stdout
    assert json.loads(narrow.stdout.decode())


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_every_name_of_stdout_gets_only_data(
    filled: Program, tmp_path: Path, name: str
) -> None:
    plain = run(filled, "flashcards export other -o - --format csv").stdout
    assert list(csv.reader(io.StringIO(plain.decode())))[1][1] == "other-1"

    done = run(filled, f"flashcards export other -o {name} --format csv | cat")
    assert done.stdout == plain

    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    run(filled, f'flashcards export other -o {name} --format csv >> "{log}"')
    assert log.read_bytes() == b"before\n" + plain


def test_process_substitutions_of_a_shell_get_the_data(
    filled: Program, tmp_path: Path
) -> None:
    got = tmp_path / "got"
    line = (
        f'flashcards export other --format csv -o >(cat > "{got}") 2>/dev/null; wait $!'
    )

    done = run(filled, line)

    assert done.returncode == 0
    assert b"other-1" in got.read_bytes()


@pytest.mark.parametrize(
    "command",
    ["export other --format csv -o", "stats --svg", "stats --html", "plan export"],
)
def test_a_named_pipe_gets_the_data_and_is_not_replaced(
    filled: Program, tmp_path: Path, command: str
) -> None:
    assert filled("plan", "set", "--date", days_from_today(20)).status == 0
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    thread = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    thread.start()

    outcome = filled(*command.split(), str(pipe))

    thread.join()
    assert outcome.status == 0
    assert len(received[0]) > 50
    assert pipe.is_fifo()


def test_a_reader_that_stops_early_is_not_an_error(
    filled: Program, tmp_path: Path
) -> None:
    for line in (
        "flashcards export --format json -o - | head -c 1 >/dev/null",
        "flashcards export --format json -o /dev/stdout | head -c 1 >/dev/null",
        "flashcards export --format json -o >(head -c 1 >/dev/null)",
        "flashcards completion bash | head -c 1 >/dev/null",
    ):
        done = run(filled, f"set -o pipefail; {line}")
        assert (done.returncode, done.stderr) in ((0, b""), (0, done.stderr))
        assert b"rror" not in done.stderr
        assert b"cannot be written" not in done.stderr


def test_writing_data_to_a_closed_stdout_is_an_error(filled: Program) -> None:
    done = run(filled, "flashcards export other --format csv -o - >&-")

    assert done.returncode == 1
    assert done.stderr == b"Stdout is closed. Name a file to write to.\n"


def test_a_terminal_gets_no_control_characters(filled: Program) -> None:
    leader, follower = pty.openpty()
    done = subprocess.run(
        filled.command("export", "other", "--format", "csv", "-o", "-"),
        stdout=follower,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={**plain_environment(), "PYTHONIOENCODING": "ascii"},
        check=False,
        timeout=120,
    )
    os.close(follower)
    shown = os.read(leader, 10_000)
    os.close(leader)

    assert done.returncode == 0
    assert b"Which other?" in shown


@pytest.mark.parametrize("name", ["flashcards.db", "flashcards.db-wal", "media/x.csv"])
@pytest.mark.parametrize(
    "command",
    ["export other --format csv -o", "stats --svg", "stats --html", "plan export",
     "backup --force"],
)  # fmt: skip
def test_no_command_overwrites_the_store(
    filled: Program, command: str, name: str
) -> None:
    assert filled("plan", "set", "--date", days_from_today(20)).status == 0
    before = filled("due").out

    outcome = filled(*command.split(), str(filled.home / name))

    assert outcome.status == 2
    assert outcome.err.endswith("would overwrite. Choose another name.\n")
    assert filled("due").out == before


def test_no_deck_is_exported_outside_the_directory(
    filled: Program, tmp_path: Path
) -> None:
    """A restored store may contain keys that no import would accept."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(filled.home / "flashcards.db")) as connection:
        outside = tmp_path / "abs"
        for number, key in enumerate(("../evil", str(outside)), 1):
            connection.execute("UPDATE decks SET key = ? WHERE id = ?", (key, number))
        connection.commit()
    directory = tmp_path / "exported"

    outcome = filled("export", "-o", str(directory))

    assert outcome.status == 0
    assert not outside.with_suffix(".yaml").exists()
    written = [path.relative_to(directory) for path in directory.rglob("*.yaml")]
    assert Path("evil.yaml") in written
    assert len(written) == 2
    assert "The deck ../evil was written to " in outcome.err


@pytest.mark.parametrize("command", ["plan export", "stats --html", "stats --svg"])
def test_the_root_directory_is_refused_as_a_file(filled: Program, command: str) -> None:
    assert filled("plan", "set", "--date", days_from_today(20)).status == 0

    outcome = filled(*command.split(), "/")

    assert outcome.status == 1
    assert outcome.err == ("/ cannot be written: Is a directory. It is unchanged.\n")


def test_only_one_document_can_go_to_stdout(filled: Program) -> None:
    outcome = filled("stats", "--json", "--html", "-")
    assert outcome.status == 2
    assert outcome.err == (
        "Stdout takes one of --json, --svg and --html. Name a file.\n"
    )

    outcome = filled("stats", "--html", "-")
    assert outcome.out.startswith("<!DOCTYPE html>")
    assert "Wrote" not in outcome.out + outcome.err
