"""Killed at any step, no command locks the store, loses an answer or leaves half a change."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import AppDirectories
from flashcards.store.maintenance import backups
from flashcards.store.maintenance.restore import restore
from tests.helpers import deck
from tests.kill.killed_command import (
    Walk,
    count_system_calls,
    has_strace,
    kill_at_system_call,
    run_in_order,
    run_with_steps,
)
from tests.kill.killed_review import check_integrity, command

ONE = deck("""
    deck: one
    title: One
    notes:
      - {id: a, front: What is a?, back: The first.}
      - {id: b, front: What is b?, back: The second.}
""")
TWO = deck("""
    deck: two
    title: Two
    notes:
      - {id: c, front: What is c?, back: The third.}
""")

PICTURE = bytes(range(256)) * 1024
FEW = 3
Step = TypeVar("Step")
CARD = b"Q: What does ![the curve](roc.png) show?\nA: The trade-off.\n"


class Case(NamedTuple):
    """What is killed, and the home it works on."""

    base: Path | None
    arguments: tuple[str, ...]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two answers, and a backup from before the second one."""
    home = tmp_path_factory.mktemp("kills") / "base"
    home.mkdir()
    (home / "one.yaml").write_bytes(ONE)
    (home / "two.yaml").write_bytes(TWO)
    (home / "three.md").write_bytes(CARD)
    (home / "roc.png").write_bytes(PICTURE)
    collection = Collection(AppDirectories(home))
    collection.store()
    collection.importing.import_files([home / "one.yaml"])
    collection.close()
    answer(home)
    backups.back_up(home / "flashcards.db", reason="manual", at=0)
    answer(home)
    return home


def answer(home: Path) -> None:
    subprocess.run(
        command(home, "review", "--plain", "--limit", "1"),
        input=b"\n4\n",
        capture_output=True,
        check=True,
    )


@pytest.fixture(
    params=[
        "first",
        "import",
        "import-media",
        "restore",
        "after-restore",
        "backup",
        "repair",
        "migrate",
        "undo",
        "export",
    ]
)
def case(request: pytest.FixtureRequest, base: Path, tmp_path: Path) -> Case:
    """Every command that writes in more than one step."""
    base = Path(shutil.copytree(base, tmp_path / "base"))
    made = backups.find_backups(base / "flashcards.db")
    manual = next(backup.path for backup in made if backup.reason == "manual")
    cases: dict[str, tuple[Path | None, *tuple[str, ...]]] = {
        "first": (None, "due"),
        "import": (base, "import", "{home}/two.yaml"),
        "import-media": (base, "import", "{home}/three.md"),
        "restore": (base, "restore", str(manual)),
        "after-restore": (base, "import", "{home}/two.yaml"),
        "backup": (base, "backup"),
        "repair": (base, "doctor", "--repair"),
        "migrate": (base, "due"),
        "undo": (base, "undo"),
        "export": (base, "export", "-o", "{home}/out.json"),
    }
    if request.param == "after-restore":
        restore(base / "flashcards.db", manual, at=0)
    if request.param == "repair":
        change(base, "UPDATE cards SET lapses = 7", "DROP INDEX cards_due")
    if request.param == "migrate":
        # As the last step finds it.
        change(base, "DROP TABLE origins", "DROP TABLE note_types")
        change(base, "DROP TABLE plan_notes")
        change(base, "PRAGMA user_version = 7")
    start, *arguments = cases[request.param]
    return Case(start, tuple(map(str, arguments)))


def change(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "flashcards.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def contents(home: Path) -> object:
    with closing(sqlite3.connect(home / "flashcards.db")) as connection:
        decks = connection.execute("SELECT key FROM decks ORDER BY key").fetchall()
        log = connection.execute("SELECT uid FROM reviews ORDER BY id").fetchall()
        back = connection.execute("SELECT count(*) FROM retractions").fetchall()
    return decks, log, back


def build_arguments(case: Case, home: Path) -> tuple[str, ...]:
    if case.base:
        shutil.copytree(case.base, home)
    return tuple(argument.format(home=home) for argument in case.arguments)


def assert_homes_work(case: Case, homes: Sequence[Path], allowed: list[object]) -> None:
    commands = (["due"], ["review", "--plain"], ["doctor"])
    for home, statuses in zip(homes, run_in_order(homes, *commands), strict=True):
        *usual, examined = statuses
        assert usual == [0, 0]
        assert examined == 0 or case.arguments[0] == "doctor"
        assert check_integrity(home) == "ok"
        assert contents(home) in allowed
        pictures = [file.read_bytes() for file in home.glob("media/[!.]*")]
        assert pictures in ([], [PICTURE])
        shutil.rmtree(home)


def test_a_kill_before_any_step_leaves_the_state_before_or_after(
    case: Case, tmp_path: Path, *, is_every_step: bool
) -> None:
    whole = tmp_path / "whole"
    arguments = build_arguments(case, whole)
    before = [contents(whole)] if case.base else []
    (steps,) = run_with_steps(Walk(whole, 0, arguments))
    assert steps > FEW
    allowed = [*before, contents(whole)]

    for some in chosen(range(1, steps + 1), every=is_every_step):
        homes = [tmp_path / f"killed-{number}" for number in some]
        walks = [
            Walk(home, number, build_arguments(case, home))
            for home, number in zip(homes, some, strict=True)
        ]
        run_with_steps(*walks)
        assert_homes_work(case, homes, allowed)


@pytest.mark.skipif(not has_strace(), reason="strace is not installed, or not allowed")
def test_a_kill_at_any_system_call_leaves_the_state_before_or_after(
    case: Case, tmp_path: Path, *, is_every_step: bool
) -> None:
    whole = tmp_path / "whole"
    arguments = build_arguments(case, whole)
    before = [contents(whole)] if case.base else []
    calls = count_system_calls(whole, *arguments)
    assert len(calls) > FEW
    allowed = [*before, contents(whole)]

    for some in chosen(calls, every=is_every_step):
        homes = [tmp_path / f"killed-{at}" for at in range(len(some))]
        for home, (call, number) in zip(homes, some, strict=True):
            kill_at_system_call(home, call, number, *build_arguments(case, home))
        assert_homes_work(case, homes, allowed)


def chosen(steps: Sequence[Step], *, every: bool) -> list[Sequence[Step]]:
    """Return all steps by tens, or the first one, the one in the middle and the last one."""
    if not every:
        return [[steps[0], steps[len(steps) // 2], steps[-1]]]
    return [steps[at : at + 10] for at in range(0, len(steps), 10)]
