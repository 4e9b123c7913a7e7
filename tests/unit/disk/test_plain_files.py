"""Reading any path ends, whatever kind of file it is."""

import os
from pathlib import Path

import pytest

from flashcards.disk.plain_files import open_plain, read_plain


def test_no_more_than_one_byte_beyond_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")

    assert read_plain(file, 5) == b"12345"
    assert read_plain(file, 3) == b"1234"
    assert read_plain(file, 0) == b"1"


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(tmp_path: Path, target: str) -> None:
    link = tmp_path / "link"
    link.symlink_to(target)

    with pytest.raises(OSError, match="pipe or a device"):
        read_plain(link, 10)


def test_a_pipe_without_a_writer_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(OSError, match="pipe or a device"):
        open_plain(tmp_path / "pipe")


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        open_plain(tmp_path)


@pytest.mark.skipif(
    not os.access("/proc/kmsg", os.R_OK), reason="only Linux has it, for root"
)
def test_an_endless_file_of_the_kernel_is_refused() -> None:
    try:
        read_plain(Path("/proc/kmsg"), 10_000_000)
    except OSError as error:
        assert error.strerror == "it has no end"  # noqa: PT017 - or it had news
