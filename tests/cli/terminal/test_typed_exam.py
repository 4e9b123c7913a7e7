"""Half-typed exam answers survive signals, a lost terminal and a kill."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import time
from pathlib import Path

import pytest

from flashcards.store.reader import Reader
from tests.cli.program import Program
from tests.cli.terminal.test_terminals import (
    in_terminal,
    read_terminal,
    terminal_environment,
    wait_for_output,
)

DECK = """
deck: recalls
title: Recalls
notes:
  - {id: r-1, kind: recall, question: What makes an outage worse?, points: [Retries, Load]}
"""
WORDS = "retriesmakeitworseQ"
PATIENCE_SECONDS = 60
RETRY_SECONDS = 0.2
TRIED = "~"


@pytest.fixture
def program_with_recall_notes(filled: Program, tmp_path: Path) -> Program:
    path = tmp_path / "recalls.yaml"
    path.write_text(DECK, encoding="utf-8")
    assert filled("import", str(path)).status == 0
    return filled


def exam(program: Program) -> list[str]:
    return program.command("quiz", "recalls", "--exam", "--count", "1")


class Typist:
    """An exam on a new terminal, with somebody typing."""

    def __init__(self, program: Program) -> None:
        self._home = program.home
        command = exam(program)
        self.child, self._terminal = pty.fork()
        if self.child == 0:
            os.execve(command[0], command, terminal_environment("xterm-256color"))  # noqa: S606
        self._shown = b""
        self._wait_for(b"outage worse")
        self._wait_until_keys_count()

    def type_words(self) -> None:
        """Type the words and wait until they are on the screen."""
        os.write(self._terminal, WORDS.encode())
        self._wait_for(WORDS[-1:].encode())

    def quit(self) -> None:
        """Press ctrl+q."""
        os.write(self._terminal, b"\x11")

    def wait_until_saved(self) -> None:
        """Wait until the words are saved in the store."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while saved_words(self._home) != WORDS:
            assert time.monotonic() < deadline, "what was typed is never saved"
            time.sleep(0.05)

    def end(self) -> int:
        """Wait until the program exits and return its status."""
        while read_terminal(self._terminal):
            pass
        _, status = os.waitpid(self.child, 0)
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(status)

    def lose_terminal(self) -> None:
        """Close the terminal, as a lost connection does, and wait for the exit."""
        os.close(self._terminal)
        os.waitpid(self.child, 0)

    def _wait_until_keys_count(self) -> None:
        """Type a sign until it is shown, because keys right after a new card are ignored."""
        before = len(self._shown)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while TRIED.encode() not in self._shown[before:]:
            assert time.monotonic() < deadline, self._shown[-500:]
            os.write(self._terminal, TRIED.encode())
            if select.select([self._terminal], [], [], RETRY_SECONDS)[0]:
                self._shown += wait_for_output(self._terminal, self._shown)

    def _wait_for(self, words: bytes) -> None:
        before = len(self._shown)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self._shown[before:]:
            assert time.monotonic() < deadline, self._shown[-500:]
            self._shown += wait_for_output(self._terminal, self._shown)


def saved_words(home: Path) -> str:
    """Return the part of the words that the store has saved, without what was tried first."""
    with Reader(home / "flashcards.db") as reader:
        session_records = reader.log.unfinished_session_records("exam")
    drafts = session_records[0].drafts if session_records else None
    typed: str = json.loads(drafts)["items"][0]["typed"] if drafts else ""
    return typed.lstrip(TRIED)


def assert_resumed_with_words(program: Program) -> None:
    status, screen = in_terminal(
        exam(program),
        [(WORDS.encode(), b"\x11")],
        terminal_environment("xterm-256color"),
    )
    assert status == 0
    assert WORDS in screen


def test_a_kill_loses_no_text_saved_during_a_pause(
    program_with_recall_notes: Program,
) -> None:
    typist = Typist(program_with_recall_notes)
    typist.type_words()
    typist.wait_until_saved()
    os.kill(typist.child, signal.SIGKILL)

    assert typist.end() == -signal.SIGKILL
    assert saved_words(program_with_recall_notes.home) == WORDS
    assert_resumed_with_words(program_with_recall_notes)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_termination_signal_saves_the_typed_text(
    program_with_recall_notes: Program, number: signal.Signals
) -> None:
    typist = Typist(program_with_recall_notes)
    typist.type_words()
    os.kill(typist.child, number)

    assert typist.end() == 128 + number
    assert saved_words(program_with_recall_notes.home) == WORDS
    assert_resumed_with_words(program_with_recall_notes)


def test_losing_the_terminal_saves_the_typed_text(
    program_with_recall_notes: Program,
) -> None:
    typist = Typist(program_with_recall_notes)
    typist.type_words()
    typist.lose_terminal()

    assert saved_words(program_with_recall_notes.home) == WORDS


def test_quitting_the_program_saves_the_typed_text(
    program_with_recall_notes: Program,
) -> None:
    typist = Typist(program_with_recall_notes)
    typist.type_words()
    typist.quit()

    assert typist.end() == 0
    assert saved_words(program_with_recall_notes.home) == WORDS
