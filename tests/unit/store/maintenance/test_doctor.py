"""Looking for damage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from flashcards.domain.cards import Memory, ReviewHistory
from flashcards.store.maintenance.doctor import DoctorFinding, examine
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import MOMENT, answer, basic, deck, learned, sync

WEEK = 7 * 86_400_000


@pytest.fixture(autouse=True)
def _filled(store: Store, reader: Reader) -> None:
    sync(store, deck("a", basic("n1"), basic("n2")))
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")


def replay(past: ReviewHistory) -> Memory:
    memory = past.anchored.start
    for _ in past.reviews:
        memory = learned(memory)
    made_due = past.anchored.made_due
    return replace(memory, due_day=made_due.due_day) if made_due else memory


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_sound_store_has_no_findings(store: Store) -> None:
    assert examine(store.path, at=MOMENT.at, replay=replay) == []
    assert examine(store.path, at=MOMENT.at, thorough=False) == []


@pytest.mark.parametrize(
    "damage",
    [
        "reps = 7",
        "last_day = 7",
        "state = 0, due_day = NULL, reps = 0, last_day = NULL",
    ],
)
def test_a_memory_that_is_not_the_fold_of_its_reviews_is_found(
    store: Store, damage: str
) -> None:
    change(store.path, f"UPDATE cards SET {damage} WHERE id = 1")  # noqa: S608
    assert examine(store.path, at=MOMENT.at, replay=replay) == [
        DoctorFinding(
            "error",
            "memory",
            "The memory of the card `n1` differs from the replay of its reviews.",
            "`flashcards doctor --repair` computes every card from its reviews again.",
        )
    ]
    assert examine(store.path, at=MOMENT.at) == []


@pytest.mark.parametrize(
    "difference",
    [
        "stability = stability * 2",
        "step = 1",
        "lapses = 2",
        "due_day = due_day + 1",
        "due_day = due_day - 1",
        "interval_seconds = 5",
    ],
)
def test_a_memory_under_other_settings_is_a_warning(
    store: Store, difference: str
) -> None:
    change(store.path, f"UPDATE cards SET {difference} WHERE id = 1")  # noqa: S608
    assert examine(store.path, at=MOMENT.at, replay=replay) == [
        DoctorFinding(
            "warning",
            "memory",
            "The memory of the card `n1` differs from the replay of its reviews under the "
            "current settings.",
            "`flashcards doctor --repair` computes every card from its reviews again.",
        )
    ]


def test_a_card_that_was_made_due_by_hand_is_sound(store: Store) -> None:
    store.make_due([1], label="x", moment=MOMENT)
    assert examine(store.path, at=MOMENT.at, replay=replay) == []


def test_rows_that_point_to_nothing_are_found(store: Store) -> None:
    change(store.path, "DELETE FROM decks")
    findings = examine(store.path, at=MOMENT.at)
    assert {finding.check for finding in findings} == {"tables"}
    assert "points to a row of decks that is missing." in findings[0].message


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "UPDATE notes SET retired = 1",
            "The card `n1` is in use though its note is retired.",
        ),
        (
            "UPDATE decks SET retired = 1",
            "The deck `a` is retired though it has notes in use.",
        ),
        ("DELETE FROM cards WHERE id = 2", "The note `n2` has no card."),
    ],
)
def test_stray_rows_are_found(store: Store, statement: str, message: str) -> None:
    change(store.path, statement)
    assert message in [finding.message for finding in examine(store.path, at=MOMENT.at)]


def test_old_backups_are_a_warning(store: Store) -> None:
    assert examine(store.path, at=MOMENT.at + WEEK) == []
    (finding,) = examine(store.path, at=MOMENT.at + WEEK + 86_400_000)
    assert finding == DoctorFinding(
        "warning",
        "backups",
        "The newest backup is of 2026-03-02.",
        "Make one with `flashcards backup`.",
    )


def test_a_file_that_cannot_be_read_is_a_finding(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"no database" * 999)
    (finding,) = examine(other, at=MOMENT.at)
    assert finding == DoctorFinding(
        "error",
        "file",
        "The file is damaged: file is not a database.",
        "Bring back a backup with `flashcards restore`.",
    )


def test_damaged_pages_are_found(path: Path, store: Store, reader: Reader) -> None:
    sync(store, deck("b", *(basic(f"m{number}") for number in range(300))))
    reader.close()
    store.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 9000] = b"\xaa" * 9000
    path.write_bytes(content)
    findings = examine(path, at=MOMENT.at)
    assert findings
    assert findings[0].remedy == "Bring back a backup with `flashcards restore`."


def test_learning_steps_do_not_matter_for_agreement(store: Store) -> None:
    def later(past: ReviewHistory) -> Memory:
        return replace(replay(past), due_at=5)

    assert examine(store.path, at=MOMENT.at, replay=later) == []


def test_a_table_that_an_older_store_lacks_is_an_error(store: Store) -> None:
    store.leave()
    change(store.path, "PRAGMA user_version = 8")
    change(store.path, "DROP TABLE reviews")

    (finding,) = examine(store.path, at=MOMENT.at)

    assert (finding.severity, finding.message) == (
        "error",
        "The table reviews is missing.",
    )
