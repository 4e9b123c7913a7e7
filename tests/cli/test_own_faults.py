"""A bug while the screens are open."""

import pytest

from tests.cli.program import Program
from tests.cli.terminal.test_terminals import in_terminal, terminal_environment

BUGS = {
    "key": "FlashcardsApp.action_help = fail",
    "mount": "HomeScreen.on_mount = fail",
    "paint": "HomeScreen.compose = fail",
    "store": "FlashcardsApp.action_help = damaged",
}
PROGRAM = """
import sys
from flashcards import __main__ as entry
from flashcards.errors import StoreDamagedError
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.screen import HomeScreen

def fail(self):
    secret = "what the" + " learner knows"
    raise ZeroDivisionError("no screen\\nfor that")

def damaged(self):
    raise StoreDamagedError("The store is damaged.")

{bug}
entry.main()
"""


@pytest.mark.parametrize(
    ("bug", "status", "last"),
    [
        *(
            (name, 1, "for a traceback, and report it.")
            for name in ("key", "mount", "paint")
        ),
        ("store", 3, "The store is damaged."),
    ],
)
def test_a_bug_on_a_screen_prints_one_sentence(
    flashcards: Program, bug: str, status: int, last: str
) -> None:
    flashcards.fill()

    outcome = run_with_bug(flashcards, bug)

    assert outcome[0] == status
    lines = outcome[1].rpartition("\x1b")[2].splitlines()
    assert lines[-1].endswith(last)
    assert "learner knows" not in outcome[1]
    assert "Traceback" not in outcome[1]
    if status == 1:
        assert "bug in flashcards: ZeroDivisionError: no screen for that." in outcome[1]


def test_a_developer_gets_the_traceback_of_a_bug_on_a_screen(
    flashcards: Program,
) -> None:
    flashcards.fill()

    status, screen = run_with_bug(flashcards, "key", FLASHCARDS_TRACEBACK="1")

    assert status == 1
    assert "in fail" in screen
    assert "learner knows" not in screen


def run_with_bug(flashcards: Program, bug: str, **environment: str) -> tuple[int, str]:
    """Run the screens until a bug ends them; return the status and the output."""
    program = PROGRAM.format(bug=BUGS[bug])
    command = [flashcards.command()[0], "-c", program, "--home", str(flashcards.home)]
    script = [(b"Welcome", b"?")] if bug in ("key", "store") else []
    return in_terminal(
        command, script, {**terminal_environment("xterm-256color"), **environment}
    )
