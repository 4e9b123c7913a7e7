"""What is half typed in an exam survives signals, a lost terminal and a kill."""

from __future__ import annotations

import json
import os
import pty
import signal
import time
from pathlib import Path

import pytest

from flashcards.store.reader import Reader
from flashcards.tui.screens.common.answer_input import GUARD_SECONDS
from tests.cli.program import Program
from tests.cli.terminal.test_terminals import (
    awaited_output,
    in_terminal,
    read_terminal,
    terminal_environment,
)

DECK = """
deck: recalls
title: Recalls
notes:
  - {id: r-1, kind: recall, question: What makes an outage worse?, points: [Retries, Load]}
"""
WORDS = "retriesmakeitworseQ"
PATIENCE_SECONDS = 60
AFTER_GUARD_SECONDS = 3 * GUARD_SECONDS


@pytest.fixture
def recalls(filled: Program, tmp_path: Path) -> Program:
    path = tmp_path / "recalls.yaml"
    path.write_text(DECK, encoding="utf-8")
    assert filled("import", str(path)).status == 0
    return filled


def exam(program: Program) -> list[str]:
    return program.command("quiz", "recalls", "--exam", "--count", "1")


class Typist:
    """An exam on a terminal of its own, in which somebody types."""

    def __init__(self, program: Program) -> None:
        self._home = program.home
        command = exam(program)
        self.child, self._terminal = pty.fork()
        if self.child == 0:
            os.execve(command[0], command, terminal_environment("xterm-256color"))  # noqa: S606
        self._shown = b""
        self._wait_for(b"outage worse")
        # A key that follows a new card at once counts as one that is held down.
        time.sleep(AFTER_GUARD_SECONDS)

    def type_words(self) -> None:
        """Type and wait until the words are on the screen."""
        os.write(self._terminal, WORDS.encode())
        self._wait_for(WORDS[-1:].encode())

    def quit(self) -> None:
        """Press ctrl+q."""
        os.write(self._terminal, b"\x11")

    def wait_until_saved(self) -> None:
        """Wait until the store has the words."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while typed(self._home) != WORDS:
            assert time.monotonic() < deadline, "what was typed is never saved"
            time.sleep(0.05)

    def end(self) -> int:
        """Wait for the end of the program and return its status."""
        while read_terminal(self._terminal):
            pass
        _, status = os.waitpid(self.child, 0)
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(status)

    def lose_terminal(self) -> None:
        """Close the terminal, as a lost connection does, and wait for the end."""
        os.close(self._terminal)
        os.waitpid(self.child, 0)

    def _wait_for(self, words: bytes) -> None:
        before = len(self._shown)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self._shown[before:]:
            assert time.monotonic() < deadline, self._shown[-500:]
            self._shown += awaited_output(self._terminal, self._shown)


def typed(home: Path) -> str:
    """Return what the store has of the words."""
    with Reader(home / "flashcards.db") as reader:
        found = reader.log.unfinished_session_records("exam")
    drafts = found[0].drafts if found else None
    return json.loads(drafts)["items"][0]["typed"] if drafts else ""


def assert_resumed_with_words(program: Program) -> None:
    status, shown = in_terminal(
        exam(program),
        [(WORDS.encode(), b"\x11")],
        terminal_environment("xterm-256color"),
    )
    assert status == 0
    assert WORDS in shown


def test_a_kill_loses_nothing_that_was_saved_at_a_pause(recalls: Program) -> None:
    typist = Typist(recalls)
    typist.type_words()
    typist.wait_until_saved()
    os.kill(typist.child, signal.SIGKILL)

    assert typist.end() == -signal.SIGKILL
    assert typed(recalls.home) == WORDS
    assert_resumed_with_words(recalls)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_saves_what_is_typed_at_once(
    recalls: Program, number: signal.Signals
) -> None:
    typist = Typist(recalls)
    typist.type_words()
    os.kill(typist.child, number)

    assert typist.end() == 128 + number
    assert typed(recalls.home) == WORDS
    assert_resumed_with_words(recalls)


def test_a_lost_terminal_loses_nothing_that_is_typed(recalls: Program) -> None:
    typist = Typist(recalls)
    typist.type_words()
    typist.lose_terminal()

    assert typed(recalls.home) == WORDS


def test_quitting_everything_saves_what_is_typed(recalls: Program) -> None:
    typist = Typist(recalls)
    typist.type_words()
    typist.quit()

    assert typist.end() == 0
    assert typed(recalls.home) == WORDS
