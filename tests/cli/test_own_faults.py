"""A fault of our own while the screens are open."""

import pytest

from tests.cli.program import Program
from tests.cli.terminal.test_terminals import in_terminal, terminal_environment

FAULTS = {
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

{fault}
entry.main()
"""


@pytest.mark.parametrize(
    ("fault", "status", "last"),
    [
        *(
            (name, 1, "for a traceback, and report it.")
            for name in ("key", "mount", "paint")
        ),
        ("store", 3, "The store is damaged."),
    ],
)
def test_a_fault_on_a_screen_is_one_sentence(
    flashcards: Program, fault: str, status: int, last: str
) -> None:
    flashcards.fill()

    outcome = ended_by(flashcards, fault)

    assert outcome[0] == status
    lines = outcome[1].rpartition("\x1b")[2].splitlines()
    assert lines[-1].endswith(last)
    assert "learner knows" not in outcome[1]
    assert "Traceback" not in outcome[1]
    if status == 1:
        assert "bug in flashcards: ZeroDivisionError: no screen for that." in outcome[1]


def test_a_developer_is_shown_where_a_fault_on_a_screen_was(
    flashcards: Program,
) -> None:
    flashcards.fill()

    status, shown = ended_by(flashcards, "key", FLASHCARDS_TRACEBACK="1")

    assert status == 1
    assert "in fail" in shown
    assert "learner knows" not in shown


def ended_by(flashcards: Program, fault: str, **environment: str) -> tuple[int, str]:
    """Return the status and the output of the screens that a fault ends."""
    program = PROGRAM.format(fault=FAULTS[fault])
    command = [flashcards.command()[0], "-c", program, "--home", str(flashcards.home)]
    script = [(b"Welcome", b"?")] if fault in ("key", "store") else []
    return in_terminal(
        command, script, {**terminal_environment("xterm-256color"), **environment}
    )
