"""The program's entry: `flashcards` and `python -m flashcards`."""

# A collection while the modules load costs more than the garbage it finds.
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
TRACEBACK = "FLASHCARDS_TRACEBACK"
"""The environment variable that shows a developer where a fault of ours comes from."""

_LONGEST_FAULT = 300


def main() -> None:
    """Run the command line and leave with its exit status."""
    if not os.environ.get(TRACEBACK):
        sys.excepthook = _own_fault
    sys.exit(run(sys.argv[1:]))


def run(arguments: "Sequence[str]") -> int:
    """Run the command line and return its exit status.

    This is the one place where an error becomes a sentence on stderr.
    """
    output.configure_streams()
    try:
        status = _run(arguments)
        output.flush()
    except FlashcardsError as error:
        return _failed(str(error), error.exit_status)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, had enough.
        output.discard_stdout()
        return 0
    except OSError as error:
        output.discard_stdout()
        return _failed(f"{error.strerror or error}: {_place(error)}.", 1)
    return status


def _run(arguments: "Sequence[str]") -> int:
    from flashcards.cli.main import dispatch

    return dispatch(arguments)


def _failed(sentence: str, status: int) -> int:
    try:
        output.flush()
    except OSError:
        output.discard_stdout()
    with suppress(OSError):
        output.print_notice(sentence)
    return status


def _own_fault(
    kind: type[BaseException],
    error: BaseException,
    trace: "TracebackType | None",
) -> None:
    """Tell of an error that nobody expected; Python then leaves with status 1."""
    from flashcards.cli.startup.damage import SOUND
    from flashcards.text.safe_text import one_line

    reason = one_line(f"{kind.__name__}: {error}", _LONGEST_FAULT)
    is_sound = SOUND in getattr(error, "__notes__", ())
    saved = "Every answer that was confirmed is saved. " if is_sound else ""
    output.print_notice(
        f"flashcards met a fault of its own: {reason}. {saved}"
        f"Run it again with {TRACEBACK}=1 to see where, and report it."
    )


def _place(error: OSError) -> str:
    return str(error.filename or "the output could not be written")


if __name__ == "__main__":
    main()
