"""The program as a process: exit statuses, streams, odd terminals, loaded modules."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from flashcards.formats.formats import FORMATS, readable_suffixes
from flashcards.store.files import SCHEMA_VERSION
from flashcards.store.store import Store
from tests.cli.program import Program
from tests.helpers import PROJECT

HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "textual",
    "rich",
    "yaml",
    "asyncio",
    "spellchecker",
)
READING_COMMANDS = [
    ("--help",),
    ("--version",),
    ("due",),
    ("due", "--json"),
    ("due", "--short"),
    ("decks",),
    ("search", "one"),
    ("card", "one"),
    ("undo", "--list"),
    ("config",),
    ("completion", "bash"),
]


@pytest.mark.parametrize("arguments", READING_COMMANDS, ids=" ".join)
def test_a_reading_command_loads_no_heavy_module(
    filled: Program, arguments: tuple[str, ...]
) -> None:
    program = (
        "import sys; from flashcards.__main__ import run; "
        f"status = run(['--home', {str(filled.home)!r}, *{arguments!r}]); "
        f"print(sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr); "
        "sys.exit(status)"
    )

    done = subprocess.run(
        [filled.command()[0], "-c", program],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )

    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == "[]"


def test_the_version_is_that_of_the_package(filled: Program) -> None:
    without_traceback = filled.process("--version").out.strip()
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")

    assert f'\nversion = "{without_traceback}"\n' in project


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (
            ["reviw"],
            2,
            "No command named reviw. Did you mean review? See `flashcards --help`.\n",
        ),
        (
            ["due", "--jsno"],
            2,
            "Unrecognized arguments: --jsno. See `flashcards due --help`.\n",
        ),
        (
            ["review", "--minutes", "many"],
            2,
            "--minutes must be a whole number from 0 to 600, not 'many'. See `flashcards review --help`.\n",
        ),
        (
            ["review", "--plain", "smal"],
            1,
            "No deck named smal. Did you mean small or small/things?\n",
        ),
        (
            ["review", "--plain", "thing"],
            1,
            "No deck named thing. Did you mean small/things?\n",
        ),
        (
            ["review", "--plain", "zzz"],
            1,
            "No deck named zzz. List the decks with `flashcards decks`.\n",
        ),
        (["import", "/nowhere"], 1, "No such file or directory: /nowhere.\n"),
        (
            ["import", "pyproject.toml"],
            1,
            (
                "pyproject.toml cannot be imported: the suffix must be one of "
                f"{', '.join(readable_suffixes())}. Or name its format with --format.\n"
            ),
        ),
        (
            ["import", "--format", "doc", "x"],
            2,
            (
                "There is no import format doc. Choose one of: "
                f"{', '.join(format_.name for format_ in FORMATS if format_.reads)}.\n"
            ),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_an_error_prints_one_sentence_and_sets_the_status(
    filled: Program, arguments: list[str], status: int, sentence: str
) -> None:
    outcome = filled(*arguments)

    assert (outcome.status, outcome.out, outcome.err) == (status, "", sentence)


def test_an_invalid_settings_file_is_a_usage_error(filled: Program) -> None:
    (filled.home / "config.toml").write_text("minutes = 'ten'\n", encoding="utf-8")

    outcome = filled.process("due")

    assert outcome.status == 2
    assert outcome.err == (
        f"{filled.home}/config.toml: minutes must be a whole number from 0 to 600.\n"
    )


# The store that cannot be used.


def break_store(home: Path, how: str) -> None:
    path = home / "flashcards.db"
    if how == "damaged":
        path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    elif how == "no database":
        path.write_bytes(b"a poem, perhaps\n" * 100)
    elif how == "too new":
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


@pytest.mark.parametrize("how", ["damaged", "no database", "too new"])
@pytest.mark.parametrize("command", [("due",), ("review", "--plain"), ("decks",)])
def test_an_unusable_store_is_reported(
    filled: Program, how: str, command: tuple[str, ...]
) -> None:
    for side in ("-wal", "-shm"):
        (filled.home / f"flashcards.db{side}").unlink(missing_ok=True)
    break_store(filled.home, how)

    outcome = filled.process(*command)

    assert (outcome.status, outcome.out) == (3, "")
    assert "Traceback" not in outcome.err
    assert outcome.err.endswith(".\n")


def test_a_store_locked_by_another_program_is_reported_after_a_timeout(
    filled: Program,
) -> None:
    with closing(
        sqlite3.connect(filled.home / "flashcards.db", isolation_level=None)
    ) as holder:
        holder.execute("BEGIN IMMEDIATE")
        read, changed = filled.process("due"), filled.process("undo")

    assert read.status == 0
    assert (changed.status, changed.out) == (3, "")
    assert changed.err == (
        f"The store {filled.home / 'flashcards.db'} is in use by another program. "
        "Close the other window, or try again in a moment.\n"
    )


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")
def test_a_home_that_cannot_be_created_is_reported(flashcards: Program) -> None:
    flashcards.home = Path("/proc/flashcards")

    outcome = flashcards.process("due")

    assert (outcome.status, outcome.out) == (3, "")
    assert "Traceback" not in outcome.err
    assert outcome.err.endswith(".\n")


# Streams.


def test_a_reader_that_stops_early_ends_the_program_quietly(filled: Program) -> None:
    line = " ".join(filled.command("search", "--json", "deck:small"))

    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line} | head -c 1 >/dev/null"],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_on_stdout_is_reported(filled: Program) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            filled.command("decks"),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == ("No space left on device: could not write the output.\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", [("due",), ("review", "--plain"), ()])
def test_closed_streams_are_not_an_error(
    filled: Program, closed: str, command: tuple[str, ...]
) -> None:
    line = " ".join(filled.command(*command))

    done = subprocess.run(
        ["bash", "-c", f"{line} {closed}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=str,
)
def test_every_locale_prints_every_line(
    filled: Program, environment: dict[str, str]
) -> None:
    changed_environment = {"PYTHONIOENCODING": "", **environment}
    outcome = filled.process(
        "review",
        "--plain",
        stdin="\n\nü\x00\n\xff\nq\n",
        environment=changed_environment,
    )

    assert (outcome.status, outcome.err) == (0, "")
    assert " left today" in outcome.out


@pytest.mark.parametrize("columns", ["0", "1", "7", "nonsense", "99999"])
def test_any_terminal_width_works(filled: Program, columns: str) -> None:
    environment = {"COLUMNS": columns}

    for arguments in (("--help",), ("review", "--help"), ("due",), ("decks",)):
        assert filled.process(*arguments, environment=environment).status == 0


@pytest.mark.parametrize("environment", [{}, {"TERM": "dumb"}, {"TERM": ""}], ids=str)
def test_without_a_terminal_the_program_prints_what_is_due(
    filled: Program, environment: dict[str, str]
) -> None:
    outcome = filled.process(environment=environment)

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == filled("due").out


def test_only_the_first_start_reports_the_imported_decks(flashcards: Program) -> None:
    first = flashcards.process("due", "--json")
    second = flashcards.process("due", "--json")

    assert first.err.startswith("First start: ")
    assert first.err.endswith(" decks imported.\n")
    assert second.err == ""
    assert json.loads(first.out) == json.loads(second.out)


def test_a_bug_prints_a_sentence_and_a_traceback_only_on_request(
    filled: Program,
) -> None:
    program = (
        "import sys; from flashcards import __main__ as entry; "
        "entry._dispatch = lambda arguments: 1 // 0; entry.main()"
    )
    command = [filled.command()[0], "-c", program]

    without_traceback = subprocess.run(
        command, capture_output=True, text=True, cwd=PROJECT, check=False
    )
    with_traceback = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "FLASHCARDS_TRACEBACK": "1"},
        check=False,
    )

    assert without_traceback.returncode == with_traceback.returncode == 1
    assert without_traceback.stderr.startswith(
        "This is a bug in flashcards: ZeroDivisionError: "
    )
    assert "Traceback" in with_traceback.stderr


@pytest.mark.parametrize("cut_short", ["no bytes", "no decks"])
def test_an_interrupted_first_start_is_completed_by_the_next(
    flashcards: Program, cut_short: str
) -> None:
    path = flashcards.home / "flashcards.db"
    if cut_short == "no bytes":
        flashcards.home.mkdir()
        path.touch()
    else:
        Store.open(path).close()

    outcome = flashcards("due", "--short")

    assert outcome.status == 0
    assert outcome.err.startswith("First start: ")
    assert outcome.out


def test_undoing_the_first_import_keeps_the_shipped_decks_out(
    flashcards: Program,
) -> None:
    flashcards("undo")

    outcome = flashcards("due")

    assert outcome.err == ""
    assert outcome.out.endswith(": nothing due.\n")


def test_the_schema_is_the_same_in_every_process() -> None:
    schemas = {
        subprocess.run(
            [sys.executable, "-m", "flashcards", "schema"],
            capture_output=True,
            cwd=PROJECT,
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            check=True,
        ).stdout
        for seed in range(1, 5)
    }

    assert len(schemas) == 1
