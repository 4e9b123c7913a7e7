"""Runs the program in a new process or in this one."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flashcards.__main__ import run
from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import AppDirectories
from flashcards.store.reader import Reader
from tests.helpers import PROJECT, deck

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.homes import HomeTemplates

SMALL = deck("""
    deck: small/things
    title: Small things
    notes:
      - id: one
        front: What is **one**?
        back: "`1`, the first."
        why: Counting starts there.
        tags: [first]
      - id: two
        front: What is two?
        back: 2
      - id: both
        front: What is there?
        back: What is here?
        reverse: true
      - id: gap
        kind: cloze
        text: "A {{c1::gap::hole}} is a {{c2::hole}}."
    """)
"""Four notes that make six cards."""

OTHER = deck("""
    deck: other
    title: Other
    notes:
      - id: other-1
        front: Which other?
        back: This one.
    """)

GONE = deck("""
    deck: gone
    title: Gone
    notes:
      - {id: gone-1, front: Who goes?, back: This one.}
    """)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exit status and output of a run of the program."""

    status: int
    out: str
    err: str


class Program:
    """Runs the program on one home directory."""

    def __init__(
        self,
        home: Path,
        capture: pytest.CaptureFixture[str],
        templates: HomeTemplates,
    ) -> None:
        self.home = home
        self._capture = capture
        self._templates = templates

    def of(self, home: Path) -> Program:
        """Return the program on another home directory."""
        return Program(home, self._capture, self._templates)

    def __call__(self, *arguments: str, stdin: str = "") -> Outcome:
        """Run in this process, which is faster than a new process."""
        self._capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.StringIO(stdin))
            status = run(["--home", str(self.home), *arguments])
        printed = self._capture.readouterr()
        return Outcome(status, printed.out, printed.err)

    def make_store(self) -> None:
        """Make a store without decks; an import that was undone keeps the shipped decks out."""
        self._templates.copy("undone import", self.home, self._undo_import)

    def _undo_import(self, home: Path) -> None:
        _import(home, home / "gone.yaml", GONE)
        assert self.of(home)("undo").status == 0

    def fill(self) -> None:
        """Make a store with two small decks from one import."""
        self._templates.copy("two small decks", self.home, _import_small_decks)

    def reader(self) -> Reader:
        """Return a reader of the store; the test closes it."""
        return Reader(self.home / "flashcards.db")

    def command(self, *arguments: str) -> list[str]:
        """Return the command line that starts a real process."""
        return [
            sys.executable, "-m", "flashcards", "--home", str(self.home), *arguments
        ]  # fmt: skip

    def process(
        self,
        *arguments: str,
        stdin: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Run in a new process, with pipes for all three streams."""
        process = subprocess.run(
            self.command(*arguments),
            input=stdin.encode(),
            capture_output=True,
            env={**plain_environment(), **(environment or {})},
            cwd=PROJECT,
            check=False,
            timeout=120,
        )
        return Outcome(
            process.returncode,
            process.stdout.decode(errors="replace"),
            process.stderr.decode(errors="replace"),
        )


def _import_small_decks(home: Path) -> None:
    decks = home / "decks"
    (decks / "small").mkdir(parents=True)
    (decks / "small" / "things.yaml").write_bytes(SMALL)
    _import(home, decks / "other.yaml", OTHER, decks)


def _import(
    home: Path, path: Path, text: bytes, imported_path: Path | None = None
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    collection = Collection(AppDirectories(home))
    collection.store()
    assert not collection.importing.import_files([imported_path or path]).has_errors
    collection.close()


def plain_environment() -> dict[str, str]:
    """Return our environment without variables that change the output."""
    removed = ("COLUMNS", "FLASHCARDS_HOME", "NO_COLOR", "EDITOR", "VISUAL")
    inherited = {
        name: value for name, value in os.environ.items() if name not in removed
    }
    return {**inherited, "PYTHONIOENCODING": "utf-8"}


def document(program: Program, *arguments: str, status: int = 0) -> Any:
    """Return the JSON document that a command prints on stdout."""
    outcome = program(*arguments, "--json")
    assert outcome.status == status
    return json.loads(outcome.out)
