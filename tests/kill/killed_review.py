"""A scripted `review --plain` that can be killed at any moment, and what it confirmed."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.domain.settings.settings import AppDirectories
from tests.helpers import PROJECT

if TYPE_CHECKING:
    from random import Random

NOTES = 300

_RATED = re.compile(r"(Again|Hard|Good|Easy) on (\S+): next in .*")
_UNDONE = re.compile(r"Undid: (Again|Hard|Good|Easy) on (\S+)\.")
_ITEM = re.compile(r"# (\S+) · \S+ · \S+")
_LOG = """
    SELECT cards.key, reviews.rating FROM reviews JOIN cards ON cards.id = reviews.card_id
    WHERE NOT EXISTS (SELECT 1 FROM retractions WHERE review_id = reviews.id)
    ORDER BY reviews.id
"""
_TABLE = """
    SELECT cards.key FROM sittings JOIN cards ON cards.id = current_card_id
    WHERE finished_at IS NULL ORDER BY sittings.id DESC LIMIT 1
"""

RatedCard = tuple[str, int]
"""A card's key and its rating."""


def make_home(home: Path) -> None:
    """Make a home with one deck of many cards, all of which may be asked today."""
    home.mkdir()
    (home / "config.toml").write_text(
        "minutes = 0\n[scheduling]\nnew_per_day = 9999\n", encoding="utf-8"
    )
    notes = "".join(
        f"  - {{id: k{number}, front: 'Question {number}?', back: Answer {number}.}}\n"
        for number in range(NOTES)
    )
    deck = home / "kill.yaml"
    deck.write_text(f"deck: kill\ntitle: Kill\nnotes:\n{notes}", encoding="utf-8")
    collection = Collection(AppDirectories(home))
    collection.store()
    collection.importing.import_files([deck])
    collection.close()


def command(home: Path, *arguments: str) -> list[str]:
    """Return the command line of the program on a home directory."""
    return [sys.executable, "-m", "flashcards", "--home", str(home), *arguments]


def start(home: Path) -> subprocess.Popen[bytes]:
    """Start a review in lines, with pipes to both ends."""
    return subprocess.Popen(
        command(home, "review", "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=PROJECT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@dataclass
class Transcript:
    """What a review printed before it ended, and what was typed last."""

    lines: list[str] = field(default_factory=list)
    typed: str = ""

    @property
    def first_item(self) -> str | None:
        """The card asked first."""
        return next(
            (item[1] for item in map(_ITEM.fullmatch, self.lines) if item), None
        )

    @property
    def current_card(self) -> str | None:
        """The card asked last, None if an answer to it was confirmed."""
        for line in reversed(self.lines):
            item = _ITEM.fullmatch(line)
            if item:
                return item[1]
            if _RATED.fullmatch(line):
                return None
        return None

    def list_confirmed(self, before: list[RatedCard]) -> list[RatedCard]:
        """Return the answers that must be in the store, those there before included."""
        log = list(before)
        for line in self.lines:
            rated, undone = _RATED.fullmatch(line), _UNDONE.fullmatch(line)
            if rated:
                log.append((rated[2], Rating[rated[1].upper()]))
            elif undone:
                assert log.pop() == (undone[2], Rating[undone[1].upper()])
        return log


class KilledReview:
    """One review that answers some cards and is killed."""

    def __init__(self, home: Path, random: Random) -> None:
        self._random = random
        self._process = start(home)
        self._transcript = Transcript()

    def run(self) -> Transcript:
        """Review, kill at a random moment, and return what was printed until then."""
        if self._random.random() < 0.2:
            time.sleep(self._random.uniform(0, 1))
        else:
            for _ in range(self._random.randrange(1, 12)):
                self._answer()
            time.sleep(self._random.choice((0, self._random.uniform(0, 0.01))))
        self._process.send_signal(signal.SIGKILL)
        last_output, _ = self._process.communicate()
        self._transcript.lines += last_output.decode().splitlines()
        assert self._process.returncode == -signal.SIGKILL
        return self._transcript

    def _answer(self) -> None:
        self._read_until("Empty line: show the answer.")
        if self._random.random() < 0.1:
            self._type("u")
            return
        self._type("")
        self._read_until("1 Again ")
        self._type(self._random.choice("1234"))

    def _read_until(self, beginning: str) -> None:
        assert self._process.stdout
        for line in iter(self._process.stdout.readline, b""):
            self._transcript.lines.append(line.decode().rstrip("\n"))
            if self._transcript.lines[-1].startswith(beginning):
                return
        message = "\n".join(self._transcript.lines)
        raise AssertionError(message)

    def _type(self, line: str) -> None:
        assert self._process.stdin
        self._transcript.typed = line
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()


def read_answers(home: Path) -> list[RatedCard]:
    """Return the answers that were not undone, in the order of recording."""
    return [(key, rating) for key, rating in _rows(home, _LOG)]


def read_current_card(home: Path) -> str | None:
    """Return the current card of the unfinished session in the store."""
    rows = _rows(home, _TABLE)
    return str(rows[0][0]) if rows else None


def check_integrity(home: Path) -> str:
    """Return `ok`, or what SQLite finds wrong with the file."""
    return str(_rows(home, "PRAGMA integrity_check")[0][0])


def _rows(home: Path, query: str) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(home / "flashcards.db")) as connection:
        return connection.execute(query).fetchall()
