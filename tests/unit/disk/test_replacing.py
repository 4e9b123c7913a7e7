"""A regular file is replaced whole; a pipe, a device or a descriptor is written to."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from flashcards.disk import replacing
from flashcards.disk.replacing import save, save_bytes, save_text
from flashcards.errors import FlashcardsError


def leftovers(directory: Path) -> list[str]:
    return [path.name for path in directory.iterdir() if path.name.startswith(".")]


def read_in_a_thread(pipe: Path) -> tuple[threading.Thread, list[bytes]]:
    received: list[bytes] = []
    thread = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    thread.start()
    return thread, received


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    thread, received = read_in_a_thread(pipe)

    save_bytes(pipe, b"x" * 200_000)

    thread.join()
    assert received == [b"x" * 200_000]
    assert pipe.is_fifo()
    assert leftovers(tmp_path) == []


def test_a_pipe_behind_a_link_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    link = tmp_path / "link"
    link.symlink_to("pipe")
    thread, received = read_in_a_thread(tmp_path / "pipe")

    save_text(link, "é")

    thread.join()
    assert received == ["é".encode()]
    assert link.is_symlink()


def test_nothing_reaches_a_pipe_where_writing_fails(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise FlashcardsError("It does not fit.")

    with pytest.raises(FlashcardsError, match="does not fit"):
        save(pipe, fail)
    assert pipe.is_fifo()


def test_a_pipe_that_nobody_reads_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing, "_MOST_SECONDS_UNREAD", 0.0)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(FlashcardsError) as caught:
        save_text(pipe, "x")

    assert str(caught.value) == f"{pipe} cannot be written: No program reads this pipe."
    assert pipe.is_fifo()


def test_a_terminal_is_written_to_and_stays_a_device(tmp_path: Path) -> None:
    leader, follower = os.openpty()
    link = tmp_path / "terminal.csv"
    link.symlink_to(os.ttyname(follower))
    try:
        save_text(link, "front,back\n")
        assert os.read(leader, 100) == b"front,back\r\n"
        assert stat.S_ISCHR(link.stat().st_mode)
    finally:
        os.close(leader)
        os.close(follower)


def test_an_open_descriptor_keeps_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_bytes(b"before\n")
    program = (
        "from pathlib import Path\n"
        "from flashcards.disk.replacing import save_text\n"
        "save_text(Path('/dev/fd/7'), 'after\\n')\n"
    )
    subprocess.run(
        ["bash", "-c", f'exec 7>>"{file}"; "$0" -c "$1"', sys.executable, program],
        check=True,
    )

    assert file.read_bytes() == b"before\nafter\n"


def test_a_directory_and_the_root_are_refused_with_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/"), Path()):
        with pytest.raises(FlashcardsError, match="cannot be written: Is a directory"):
            save_text(path, "x")
    assert leftovers(tmp_path) == []


def test_a_file_is_private_while_it_is_written(tmp_path: Path) -> None:
    """The new file is private until it gets the permissions of the old one."""
    path = tmp_path / "cards.csv"
    path.write_text("old")
    path.chmod(0o640)
    seen: list[tuple[str, int]] = []

    def write(file: BinaryIO) -> None:
        seen.extend(
            (name, stat.S_IMODE((tmp_path / name).stat().st_mode))
            for name in leftovers(tmp_path)
        )
        file.write(b"new")

    save(path, write)

    ((name, mode),) = seen
    assert mode == 0o600
    assert str(os.getpid()) not in name.split("-")[-1].split(".")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)


def test_a_new_file_follows_the_umask(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        save_text(tmp_path / "new", "x")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_a_very_long_name_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)

    save_text(path, "x")

    assert path.read_text() == "x"
