"""The learner's editor, on a real terminal."""

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.terminal.test_terminals import in_terminal, terminal_environment


@pytest.fixture
def filled(flashcards: Program) -> Program:
    flashcards.fill()
    return flashcards


def editor(directory: Path, lines: str) -> str:
    """Return the path of an editor that runs some lines of shell."""
    path = directory / "editor"
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def environment(chosen: str) -> dict[str, str]:
    return {**terminal_environment("xterm-256color"), "EDITOR": chosen}


def test_a_missing_editor_leaves_the_card_on_the_screen(
    filled: Program,
) -> None:
    status, screen = in_terminal(
        filled.command("review", "small"),
        [
            (b"show the answer", b"e"),
            (b"Set EDITOR to another one.", b"\x11"),
        ],
        environment("/nonexistent"),
    )

    assert status == 0
    assert "Traceback" not in screen


def test_an_editor_that_is_not_executable_leaves_the_card_on_the_screen(
    filled: Program, tmp_path: Path
) -> None:
    path = Path(editor(tmp_path, ""))
    path.write_bytes(b"\x7fELF, almost")

    status, _ = in_terminal(
        filled.command("review", "small"),
        [
            (b"show the answer", b"e"),
            (b"Set EDITOR to another one.", b"\x11"),
        ],
        environment(str(path)),
    )

    assert status == 0


@pytest.mark.parametrize("trap", ["trap '' INT; ", ""], ids=["kept", "obeyed"])
def test_an_interrupt_in_the_editor_returns_to_the_card(
    filled: Program, tmp_path: Path, trap: str
) -> None:
    chosen = editor(tmp_path, f"{trap}echo EDITOR WAITS; read line; exit 0")

    status, screen = in_terminal(
        filled.command("review", "small"),
        [
            (b"show the answer", b"e"),
            (b"EDITOR WAITS", b"\x03\n"),
            (b"show the answer", b"\x11"),
        ],
        environment(chosen),
    )

    assert status == 0
    assert "Traceback" not in screen
    assert ("interrupted." in screen) == (not trap)
