"""Temporary files of a killed program are removed by the next one."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flashcards.disk import temporary
from flashcards.disk.temporary import temporary_directory, temporary_file

HOLD_FILE = """
import sys, time
from pathlib import Path
from flashcards.disk.temporary import temporary_file
with temporary_file(Path(sys.argv[1])) as (_, path):
    print(path, flush=True)
    sys.stdin.read()
"""
HOLD_DIRECTORY = """
import sys
from flashcards.disk.temporary import temporary_directory
with temporary_directory() as path:
    (path / "collection").write_bytes(b"x")
    print(path, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def forget_what_was_cleared() -> Iterator[None]:
    temporary._remove_abandoned_files.cache_clear()
    temporary._remove_abandoned_directories.cache_clear()
    yield
    temporary._remove_abandoned_directories.cache_clear()


def hold(
    program: str, *arguments: str, environment: dict[str, str] | None = None
) -> tuple[subprocess.Popen[str], Path]:
    """Start a program with a temporary file or directory; return it and the path."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_the_file_of_a_killed_program_is_removed_by_the_next(tmp_path: Path) -> None:
    process, left = hold(HOLD_FILE, str(tmp_path))
    end(process)
    assert left.exists()

    with temporary_file(tmp_path):
        assert not left.exists()

    assert list(tmp_path.iterdir()) == []


def test_the_file_of_a_running_program_stays(tmp_path: Path) -> None:
    process, held = hold(HOLD_FILE, str(tmp_path))
    try:
        with temporary_file(tmp_path) as (_, path):
            assert held.exists()
            assert path != held
    finally:
        end(process)


def test_the_directory_of_a_killed_program_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    place = {"TMPDIR": str(tmp_path)}
    killed, left = hold(HOLD_DIRECTORY, environment=place)
    living, held = hold(HOLD_DIRECTORY, environment=place)
    end(killed)
    try:
        with temporary_directory() as path:
            assert path.stat().st_mode & 0o777 == 0o700
            assert not left.exists()
            assert (held / "collection").read_bytes() == b"x"
        assert not path.exists()
    finally:
        end(living)


def test_similar_files_of_others_stay(tmp_path: Path) -> None:
    outside = tmp_path / "precious"
    outside.write_text("x")
    directory = tmp_path / "directory"
    directory.mkdir()
    (directory / f".flashcards-{'0' * 32}.tmp").symlink_to(outside)
    (directory / ".flashcards-notes.tmp").write_text("mine")

    with temporary_file(directory):
        pass

    assert outside.read_text() == "x"
    assert (directory / ".flashcards-notes.tmp").read_text() == "mine"
