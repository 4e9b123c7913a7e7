"""Temporary directories are private, and what a killed program left is cleared away."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from flashcards.exchange.temporary import temporary_directory

LEAVE_ONE = """
import os, signal
from flashcards.exchange.temporary import temporary_directory
with temporary_directory() as path:
    (path / "collection").write_bytes(b"what somebody learned")
    print(path, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory for temporary files, ours alone."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def leave_one() -> Path:
    """Return the directory of a program that was killed."""
    done = subprocess.run(
        [sys.executable, "-c", LEAVE_ONE], capture_output=True, check=False, text=True
    )
    return Path(done.stdout.strip())


def age(path: Path) -> None:
    an_hour_ago = time.time() - 3600
    os.utime(path, (an_hour_ago, an_hour_ago))


def test_nobody_else_may_enter_and_nothing_is_left(place: Path) -> None:
    with temporary_directory() as path:
        assert path.parent == place
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
        (path / "file").write_bytes(b"1")

    assert list(place.iterdir()) == []


def test_what_a_killed_program_left_is_removed_at_the_next_use(place: Path) -> None:
    left = leave_one()
    assert (left / "collection").exists()
    age(left)

    with temporary_directory():
        assert not left.exists()


def test_a_directory_in_use_is_left_alone_however_old(place: Path) -> None:
    with temporary_directory() as used:
        age(used)
        with temporary_directory():
            assert used.exists()


def test_what_belongs_to_nobody_here_is_left_alone(place: Path) -> None:
    file, link = place / "flashcards-notes.txt", place / "flashcards-link"
    file.write_text("mine")
    link.symlink_to(place)
    for path in (file, link):
        os.utime(path, (0, 0), follow_symlinks=False)

    with temporary_directory():
        assert file.exists()
        assert link.is_symlink()
