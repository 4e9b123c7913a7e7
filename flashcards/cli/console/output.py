"""The only place that prints: data and words on stdout, complaints on stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

from flashcards.text.safe_text import UNSAFE, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

STYLES = {"heading": "1", "added": "32", "removed": "31", "changed": "33", "faint": "2"}
"""Styles of words, with what turns them on in a terminal."""

_MOST_DIGITS = 5
WIDTH_UNKNOWN = 0
"""A terminal width that nobody told: nothing is cut."""


def configure_streams() -> None:
    """Let no character of any locale stop the program, coming in or going out."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def print_line(text: str = "") -> None:
    """Print words or data for the person or program that reads stdout."""
    _write(sys.stdout, text)


def print_now(text: str = "") -> None:
    """Print on stdout and push it out at once."""
    _write(sys.stdout, text)
    flush()


def prompt(text: str) -> None:
    """Print on stdout without a line end and push it out at once."""
    if sys.stdout:
        print(clean(text), end="", flush=True)


def print_styled(parts: Iterable[tuple[str, str]]) -> None:
    """Print one line on stdout of texts with their styles, names of `STYLES` or empty.

    Only a terminal gets the styles, and none where `NO_COLOR` is set.
    """
    shown = _shows_styles()
    if sys.stdout:
        line = "".join(
            f"\x1b[{STYLES[style]}m{clean(text)}\x1b[0m"
            if shown and style
            else clean(text)
            for style, text in parts
        )
        print(line)


def print_notice(text: str) -> None:
    """Print a finished sentence on stderr."""
    _write(sys.stderr, text)


def draw_on_stderr(text: str) -> None:
    """Print on stderr without a line end and push it out at once."""
    if sys.stderr:
        print(text, end="", file=sys.stderr, flush=True)


def print_json(document: Any) -> None:
    """Print one JSON document on stdout, in UTF-8 whatever the locale.

    What is not safe to show is escaped, which a reader of JSON does not notice.
    """
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    safe = UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text)
    # What JSON calls a lone surrogate has no form in UTF-8, and the same escape in both.
    _write_bytes(f"{safe}\n".encode(errors="backslashreplace"))


def print_path(path: Path) -> None:
    """Print the name of a file on stdout, byte for byte as the system knows it."""
    print_data(os.fsencode(path) + b"\n")


def print_data(data: bytes) -> bool:
    """Write the bytes of a file on stdout as they are, whatever the locale.

    A terminal gets text alone, without what could steer it; false where the data is no text.
    """
    if is_terminal(sys.stdout):
        try:
            data = clean(data.decode()).encode()
        except UnicodeDecodeError:
            return False
    _write_bytes(data)
    return True


def has_stdout() -> bool:
    """Return whether there is a stdout; a shell closes it with `>&-`."""
    return sys.stdout is not None and not sys.stdout.closed


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    """Print rows under their headings; numbers stand right, words left.

    On a terminal the last column of words is cut so that a row takes one line.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    numeric = [
        bool(rows) and all(isinstance(row[i], int) for row in rows)
        for i in range(len(headings))
    ]
    widths = [
        max([len(heading), *(len(row[i]) for row in cells)])
        for i, heading in enumerate(headings)
    ]
    width = terminal_width()
    for line in [list(headings), *cells]:
        parts = [
            text.rjust(widths[i]) if numeric[i] else text.ljust(widths[i])
            for i, text in enumerate(line)
        ]
        print_line(truncate("  ".join(parts).rstrip(), width))


def truncate(line: str, width: int) -> str:
    """Return a line cut to a width, which is 0 where nothing is cut."""
    if width and len(line) > width:
        return line[: max(width - 1, 1)] + "…"
    return line


def terminal_width() -> int:
    """Return the columns of the terminal on stdout, or 0 where it is none."""
    if not is_terminal(sys.stdout):
        return WIDTH_UNKNOWN
    columns = requested_columns()
    if columns:
        return columns
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return WIDTH_UNKNOWN


def requested_columns() -> int:
    """Return the columns that the environment asks for, 0 where it asks for none."""
    columns = os.environ.get("COLUMNS", "")
    if len(columns) > _MOST_DIGITS or not columns.isdecimal():
        return 0
    return int(columns)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a standard stream is open and a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def _shows_styles() -> bool:
    return (
        is_terminal(sys.stdout)
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def flush() -> None:
    """Push out what was printed on stdout."""
    if sys.stdout:
        sys.stdout.flush()


def discard_stdout() -> None:
    """Send the rest of stdout nowhere: its reader is gone, and exit would complain."""
    if sys.stdout:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _write(stream: TextIO | None, text: str) -> None:
    # A stream closed by the shell (`>&-`) is None, and print would take stdout for it.
    if stream:
        print(clean(text), file=stream)


def _write_bytes(data: bytes) -> None:
    if sys.stdout:
        # What was printed before goes first.
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def _cell(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else " ".join(value.split())
