"""The only place that prints: results on stdout; errors, notes and progress on stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

from flashcards.text.safe_text import UNSAFE, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

STYLES = {"heading": "1", "added": "32", "removed": "31", "changed": "33", "faint": "2"}
"""ANSI codes of the text styles, by name."""

UNKNOWN_WIDTH = 0
"""Terminal width where none is known; nothing is truncated."""
_MAX_DIGITS = 5


def configure_streams() -> None:
    """Replace characters that the locale cannot encode or decode, instead of failing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def print_line(text: str = "") -> None:
    """Print text on stdout, followed by a newline."""
    _write(sys.stdout, text)


def print_now(text: str = "") -> None:
    """Print text on stdout, followed by a newline, and flush it."""
    _write(sys.stdout, text)
    flush()


def prompt(text: str) -> None:
    """Print text on stdout without a newline, and flush it."""
    if sys.stdout:
        print(clean(text), end="", flush=True)


def print_styled(parts: Iterable[tuple[str, str]]) -> None:
    """Print one line on stdout from pairs of a style and a text.

    A style is a name from `STYLES`, or empty. Styles appear only on a terminal, and only
    if `NO_COLOR` is not set.
    """
    if not sys.stdout:
        return
    has_styles = _supports_styles()
    line = "".join(
        f"\x1b[{STYLES[style]}m{clean(text)}\x1b[0m"
        if has_styles and style
        else clean(text)
        for style, text in parts
    )
    print(line)


def print_notice(text: str) -> None:
    """Print an error or a note on stderr, followed by a newline."""
    _write(sys.stderr, text)


def draw_on_stderr(text: str) -> None:
    """Print text on stderr without a newline, and flush it."""
    if sys.stderr:
        print(text, end="", file=sys.stderr, flush=True)


def print_json(document: Any) -> None:
    """Print one JSON document on stdout, in UTF-8 regardless of the locale.

    Characters that are unsafe in a terminal are escaped; parsed, the document is the same.
    """
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    safe = UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)
    # UTF-8 cannot encode a lone surrogate; its backslash escape is also valid JSON.
    _write_bytes(f"{safe}\n".encode(errors="backslashreplace"))


def print_path(path: Path) -> None:
    """Print the path of a file on stdout with the exact bytes of the file system."""
    print_data(os.fsencode(path) + b"\n")


def print_data(data: bytes) -> bool:
    """Write bytes to stdout unchanged, regardless of the locale.

    On a terminal only text is written, without control characters. Returns False if
    stdout is a terminal and the data is not text.
    """
    if is_terminal(sys.stdout):
        try:
            data = clean(data.decode()).encode()
        except UnicodeDecodeError:
            return False
    _write_bytes(data)
    return True


def has_stdout() -> bool:
    """Return whether stdout exists; a shell closes it with `>&-`."""
    return sys.stdout is not None and not sys.stdout.closed


def print_table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str | int]],
    numeric: Sequence[bool] = (),
) -> None:
    """Print rows under their headings; numbers are right-aligned, text left-aligned.

    On a terminal each row is truncated to one line.

    Args:
        headings: One for each column.
        rows: Their values.
        numeric: Which columns hold numbers; by default those with no other values.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    numeric = numeric or [
        bool(rows) and all(isinstance(row[i], int) for row in rows)
        for i in range(len(headings))
    ]
    widths = [
        max([len(heading), *(len(row[i]) for row in cells)])
        for i, heading in enumerate(headings)
    ]
    width = terminal_width()
    for line in [list(headings), *cells]:
        aligned = [
            text.rjust(widths[i]) if numeric[i] else text.ljust(widths[i])
            for i, text in enumerate(line)
        ]
        print_line(truncate("  ".join(aligned).rstrip(), width))


def truncate(line: str, width: int) -> str:
    """Return a line truncated to a width; a width of 0 leaves it whole."""
    if width and len(line) > width:
        return line[: max(width - 1, 1)] + "…"
    return line


def terminal_width() -> int:
    """Return the columns of the terminal on stdout, or 0 if stdout is not a terminal."""
    if not is_terminal(sys.stdout):
        return UNKNOWN_WIDTH
    columns = requested_columns()
    if columns:
        return columns
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return UNKNOWN_WIDTH


def requested_columns() -> int:
    """Return the value of the environment variable COLUMNS, or 0 if it is not a number."""
    columns = os.environ.get("COLUMNS", "")
    if len(columns) > _MAX_DIGITS or not columns.isdecimal():
        return 0
    return int(columns)


def can_show_screens() -> bool:
    """Return whether stdin and stdout are a terminal that can show screens."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout) and not _is_dumb()


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a standard stream is open and a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def flush() -> None:
    """Flush stdout."""
    if sys.stdout:
        sys.stdout.flush()


def discard_stdout() -> None:
    """Redirect stdout to the null device, so that flushing it at exit cannot fail."""
    if sys.stdout:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())


def _supports_styles() -> bool:
    return is_terminal(sys.stdout) and not os.environ.get("NO_COLOR") and not _is_dumb()


def _is_dumb() -> bool:
    return os.environ.get("TERM") == "dumb"


def _write(stream: TextIO | None, text: str) -> None:
    # A stream that the shell closed (`>&-`) is None, which print() takes for stdout.
    if stream:
        print(clean(text), file=stream)


def _write_bytes(data: bytes) -> None:
    if sys.stdout:
        # Text printed earlier is still buffered and must come first.
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def _cell(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else " ".join(value.split())
