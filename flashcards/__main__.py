"""The entry point of `flashcards` and `python -m flashcards`."""

# Collecting garbage while modules load costs more time than it frees memory.
import gc

gc.disable()

import os  # noqa: E402
import sys  # noqa: E402
from contextlib import suppress  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

from flashcards.cli.console import output  # noqa: E402
from flashcards.errors import FlashcardsError  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

INTERRUPTED = 130
"""Exit status after Ctrl+C, as shells report it."""
TRACEBACK = "FLASHCARDS_TRACEBACK"
"""The environment variable that makes unexpected errors print a traceback."""

_MAX_REASON_LENGTH = 300


def main() -> None:
    """Run the command line and exit with its status."""
    if not os.environ.get(TRACEBACK):
        sys.excepthook = _print_bug
    sys.exit(run(sys.argv[1:]))


def run(arguments: "Sequence[str]") -> int:
    """Run the command line and return its exit status.

    This is the only place that prints errors.
    """
    output.configure_streams()
    try:
        status = _dispatch(arguments)
        output.flush()
    except FlashcardsError as error:
        return _fail(str(error), error.exit_status)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe, such as `head`, stopped reading.
        output.discard_stdout()
        return 0
    except OSError as error:
        output.discard_stdout()
        return _fail(f"{error.strerror or error}: {_error_location(error)}.", 1)
    return status


def _dispatch(arguments: "Sequence[str]") -> int:
    from flashcards.cli.main import dispatch

    return dispatch(arguments)


def _fail(message: str, status: int) -> int:
    try:
        output.flush()
    except OSError:
        output.discard_stdout()
    with suppress(OSError):
        output.print_notice(message)
    return status


def _print_bug(
    kind: type[BaseException],
    error: BaseException,
    trace: "TracebackType | None",
) -> None:
    """Report an unexpected error as a bug; Python then exits with status 1."""
    from flashcards.cli.main import STORE_IS_SOUND
    from flashcards.text.safe_text import one_line

    reason = one_line(f"{kind.__name__}: {error}", _MAX_REASON_LENGTH)
    is_sound = STORE_IS_SOUND in getattr(error, "__notes__", ())
    saved = "Every confirmed answer is saved. " if is_sound else ""
    output.print_notice(
        f"This is a bug in flashcards: {reason}. {saved}"
        f"Run the command again with {TRACEBACK}=1 for a traceback, and report it."
    )


def _error_location(error: OSError) -> str:
    return str(error.filename or "could not write the output")


if __name__ == "__main__":
    main()
