"""Long work shows its progress, and `ctrl+c` stops it with a clean terminal."""

import sys
from datetime import date, timedelta

import pytest

from tests.cli.program import Program
from tests.cli.terminal.test_terminals import in_terminal, terminal_environment
from tests.helpers import deck

MANY = deck(
    "deck: many\ntitle: Many\nnotes:\n"
    + "\n".join(f"  - {{id: n-{n}, front: Question {n}?, back: A}}" for n in range(600))
)


@pytest.fixture
def with_plan(flashcards: Program) -> Program:
    """A plan with many cards, whose full forecast takes seconds."""
    path = flashcards.home.parent / "many.yaml"
    path.write_bytes(MANY)
    flashcards("import", str(path))
    day = date.today() + timedelta(days=120)  # noqa: DTZ011 - as the program sees it
    assert (
        flashcards("plan", "set", "--date", day.isoformat(), "--minutes", "20").status
        == 0
    )
    return flashcards


def test_ctrl_c_stops_a_simulation_and_erases_its_progress_bar(
    with_plan: Program,
) -> None:
    command = [sys.executable, "-m", "flashcards", "--home", str(with_plan.home)]

    status, screen = in_terminal(
        [*command, "plan", "--full"],
        [(b"Days [", b"\x03")],
        terminal_environment("xterm-256color"),
    )

    assert status == 130
    assert "Traceback" not in screen
    last_lines = screen.rstrip("\n").split("\r")
    assert [line.strip() for line in last_lines if line.strip()][-1].startswith(
        ("Days [", "^C")
    )
    assert last_lines[-1].strip() in ("", "^C")
