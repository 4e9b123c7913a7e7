"""Awkward files, variables, numbers and dates give a readable error without a wait."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flashcards.domain.settings.settings import find_home
from flashcards.errors import UsageError
from tests.cli.program import Outcome, Program
from tests.helpers import nested_directories

Maker = Callable[[Path], object]
DEPTH = 2200
SOON = (datetime.now(UTC) + timedelta(days=100)).date().isoformat()


def file_with(data: bytes) -> Maker:
    return lambda path: path.write_bytes(data)


def link_to(target: str) -> Maker:
    return lambda path: path.symlink_to(target)


def circular_link(path: Path) -> None:
    path.symlink_to(path)


SPECIAL: dict[str, Maker] = {
    "pipe": os.mkfifo,
    "endless device": link_to("/dev/zero"),
    "terminal": link_to("/dev/tty"),
    "kernel log": link_to("/proc/kmsg"),
    "circle": circular_link,
    "directory": Path.mkdir,
}
"""What a path may lead to besides a regular file."""


def assert_readable_outcome(outcome: Outcome, *statuses: int) -> None:
    """Assert that a run succeeded or failed with a sentence, and that it did not crash."""
    assert outcome.status in (statuses or (0, 1, 2, 3)), outcome
    assert "bug in flashcards" not in outcome.err
    assert "Traceback" not in outcome.err
    if outcome.status:
        said = (outcome.err or outcome.out).rstrip()
        assert said.endswith((".", "?")), said


# The settings file.

SETTINGS = {
    "deep brackets": b"minutes = " + b"[" * 20_000,
    "deep tables": b"minutes = " + b"{a = " * 5000,
    "long number": b"minutes = " + b"9" * 5000,
    "long hexadecimal number": b"minutes = 0x" + b"f" * 10_000,
    "infinite": b"minutes = inf",
    "no number": b"[scheduling]\ndesired_retention = nan",
    "long wait": b'[scheduling]\nlearning_steps = ["' + b"9" * 5000 + b'm"]',
    "large weight": b"[scheduling]\nweights = [" + b"9" * 400 + b", 1" * 20 + b"]",
    "larger than any": b"#" * 1_100_000,
    "no text": b"\xff\xfe\x00",
    "zone elsewhere": b'timezone = "../../etc/passwd"',
    "zone with a zero": b'timezone = "a\\u0000b"',
    "long zone": b'timezone = "' + b"a" * 5000 + b'"',
}


@pytest.mark.parametrize("name", SETTINGS)
def test_unreadable_settings_are_a_usage_error(filled: Program, name: str) -> None:
    (filled.home / "config.toml").write_bytes(SETTINGS[name])

    for arguments in (["due"], ["config"], ["review", "--plain"]):
        outcome = filled(*arguments)
        assert_readable_outcome(outcome, 2)
        assert "config.toml" in outcome.err


@pytest.mark.parametrize("name", SPECIAL)
def test_settings_that_are_not_a_file_are_a_usage_error(
    filled: Program, name: str
) -> None:
    SPECIAL[name](filled.home / "config.toml")

    outcome = filled.process("due")

    assert_readable_outcome(outcome, 2)
    assert "config.toml cannot be read: " in outcome.err


# The home directory.


@pytest.mark.parametrize("beneath", [True, False])
def test_a_home_that_is_a_file_is_a_store_error(
    tmp_path: Path, flashcards: Program, *, beneath: bool
) -> None:
    (tmp_path / "file").write_text("in the way")
    flashcards.home = tmp_path / "file" / "home" if beneath else tmp_path / "file"

    assert_readable_outcome(flashcards("due"), 3)
    assert_readable_outcome(flashcards("review", "--plain"), 3)


def test_a_home_with_too_long_a_name_is_a_store_error(
    tmp_path: Path, flashcards: Program
) -> None:
    flashcards.home = tmp_path / ("a" * 300)

    assert_readable_outcome(flashcards("due"), 3)


def test_the_home_of_an_unknown_user_is_a_usage_error(flashcards: Program) -> None:
    flashcards.home = Path("~nosuchuser/home")

    outcome = flashcards("due")

    assert_readable_outcome(outcome, 2)
    assert "Could not find a home directory for ~nosuchuser/home." in outcome.err


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root may become a user whom nobody knows",
)
def test_a_user_without_a_home_is_asked_to_choose_a_directory() -> None:
    # This user may be unable to import our modules from a private directory.
    import pwd  # noqa: F401

    child = os.fork()
    if child == 0:
        os.setuid(54_321)
        os.environ.pop("HOME", None)
        try:
            find_home(None, {})
        except UsageError as error:
            os._exit(42 if "Choose a directory with --home DIR" in str(error) else 1)
        os._exit(0)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 42


# Files that are named.

SUFFIXES = (".yaml", ".csv", ".txt", ".json", ".md", ".apkg", ".colpkg", ".gift")


@pytest.mark.parametrize("name", SPECIAL)
def test_a_directory_with_special_files_is_read_completely(
    filled: Program, tmp_path: Path, name: str
) -> None:
    directory = tmp_path / "files"
    directory.mkdir()
    (directory / "good.yaml").write_text(
        "deck: good\ntitle: Good\nnotes:\n  - {id: g-1, front: Which?, back: This.}\n"
    )
    for suffix in SUFFIXES:
        SPECIAL[name](directory / f"odd{suffix}")

    assert_readable_outcome(filled.process("check", str(directory)), 0, 1)
    imported = filled.process("import", str(directory))
    assert_readable_outcome(imported, 0, 1)
    said = [suffix for suffix in SUFFIXES if f"odd{suffix}" in imported.err]
    # Several names of one device are one file, which is reported once.
    assert len(said) == {"pipe": len(SUFFIXES), "circle": len(SUFFIXES)}.get(
        name, 0 if name == "directory" else 1
    )
    assert filled("card", "g-1").status == 0


@pytest.mark.parametrize("name", SPECIAL)
def test_a_path_that_is_not_a_file_is_reported(
    filled: Program, tmp_path: Path, name: str
) -> None:
    paths = [tmp_path / f"odd{suffix}" for suffix in SUFFIXES]
    for path in paths:
        SPECIAL[name](path)

    for path in paths:
        assert_readable_outcome(filled("check", str(path)), 1)
    assert_readable_outcome(filled.process("import", *map(str, paths)), 1)


@pytest.mark.parametrize("name", SPECIAL)
def test_a_bibliography_that_is_not_a_file_excludes_no_note(
    filled: Program, tmp_path: Path, name: str
) -> None:
    directory = tmp_path / "files"
    directory.mkdir()
    (directory / "good.yaml").write_text(
        "deck: good\ntitle: Good\nnotes:\n  - {id: g-1, front: Which?, back: This.}\n"
    )
    SPECIAL[name](directory / "sources.yaml")

    assert_readable_outcome(filled.process("import", str(directory)), 0, 1)
    assert filled("card", "g-1").status == 0


def test_directories_deeper_than_the_longest_path_are_read(filled: Program) -> None:
    with nested_directories("d", DEPTH) as top:
        (top / "good.yaml").write_text(
            "deck: good\ntitle: Good\nnotes:\n  - {id: g-1, front: Which?, back: This.}\n"
        )

        assert_readable_outcome(filled("check", str(top)), 0, 1)
        assert_readable_outcome(filled("import", str(top)), 0, 1)

    assert filled("card", "g-1").status == 0


@pytest.mark.parametrize("name", ["pipe", "endless device", "kernel log", "directory"])
def test_a_plan_that_is_not_a_file_is_reported(
    filled: Program, tmp_path: Path, name: str
) -> None:
    SPECIAL[name](tmp_path / "plan.yaml")

    assert_readable_outcome(
        filled.process("plan", "import", str(tmp_path / "plan.yaml")), 1
    )


@pytest.mark.parametrize("name", SPECIAL)
def test_a_backup_that_is_not_a_file_is_reported_and_changes_nothing(
    filled: Program, tmp_path: Path, name: str
) -> None:
    SPECIAL[name](tmp_path / "backup.db")

    assert_readable_outcome(
        filled.process("restore", str(tmp_path / "backup.db")), 1, 3
    )
    assert filled("card", "one").status == 0


# Numbers and dates on the command line.

NUMBERS = ("-1", "9" * 30, "9" * 5000, "nan", "inf", "-inf", "1e309", "1.5.2", "²", "½", "1_0", "")  # fmt: skip
OPTIONS_WITH_NUMBER = {
    "review --limit": ("review", "--plain", "--limit"),
    "review --minutes": ("review", "--plain", "--minutes"),
    "quiz --count": ("quiz", "--plain", "--count"),
    "plan --minutes": ("plan", "set", "--date", SOON, "--minutes"),
}


@pytest.mark.parametrize("number", NUMBERS, ids=lambda text: f"{text[:8]}x{len(text)}")
@pytest.mark.parametrize("command", OPTIONS_WITH_NUMBER)
def test_a_number_out_of_range_is_a_usage_error(
    filled: Program, command: str, number: str
) -> None:
    *arguments, option = OPTIONS_WITH_NUMBER[command]

    assert_readable_outcome(filled(*arguments, f"{option}={number}"), 2)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda text: f"{text[:8]}x{len(text)}")
def test_any_target_or_weight_is_accepted_or_refused(
    filled: Program, number: str
) -> None:
    for option in ("--target", "--weight=small"):
        arguments = ["plan", "set", "--date", SOON, f"{option}={number}"]
        assert_readable_outcome(filled(*arguments), 0, 2)
        assert_readable_outcome(filled("plan"), 0)


DATES = ("0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "tomorrow", "", "٢٠٢٦-١٢-٠٤", "2026-12-04\n", "-1")  # fmt: skip


@pytest.mark.parametrize("date", DATES)
def test_any_date_is_accepted_or_refused(filled: Program, date: str) -> None:
    assert_readable_outcome(filled("plan", "set", f"--date={date}"), 0, 2)
    arguments = ["plan", "set", f"--date={SOON}", f"--off-date={date}"]
    assert_readable_outcome(filled(*arguments), 0, 2)
    assert_readable_outcome(filled("due"), 0)


# The environment.

ENVIRONMENTS: dict[str, dict[str, str]] = {
    "zone unknown": {"TZ": "Nowhere/None"},
    "zone a file": {"TZ": "/etc/passwd"},
    "zone long": {"TZ": "A" * 5000},
    "language unknown": {"LANG": "xx_YY.bogus", "LC_ALL": "xx_YY.bogus"},
    "plain language": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""},
    "columns long": {"COLUMNS": "9" * 5000},
    "columns negative": {"COLUMNS": "-5"},
    "columns other digits": {"COLUMNS": "²"},
    "columns zero": {"COLUMNS": "0"},
    "lines long": {"LINES": "9" * 5000},
    "zone beyond a day": {"TZ": "UTC+99999"},
    "no temporary directory": {"TMPDIR": "/nonexistent"},
    "no terminal": {"TERM": ""},
    "data directory odd": {"XDG_DATA_HOME": "\n"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_no_environment_stops_a_command(filled: Program, name: str) -> None:
    for arguments in (["due"], ["--help"], ["stats"]):
        outcome = filled.process(*arguments, environment=ENVIRONMENTS[name])
        assert_readable_outcome(outcome, 0, 2 if name == "zone beyond a day" else 0)


EDITORS = ("nosuch", "'", "/dev/null", "/", "false", "a\nb", "x" * 100_000)


@pytest.mark.parametrize(
    "editor", EDITORS, ids=lambda text: f"{text[:8]!r}x{len(text)}"
)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no vi there")
def test_an_editor_that_cannot_be_started_is_reported(
    filled: Program, editor: str
) -> None:
    outcome = filled.process(
        "config", "--edit", environment={"EDITOR": editor, "PATH": "/usr/bin:/bin"}
    )

    assert_readable_outcome(outcome, 0, 1, 2)
