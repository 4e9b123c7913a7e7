"""A damaged store: every command prints a readable error, and sound parts still work."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random

import pytest

from tests.cli.program import Program, document

COMMANDS = (
    ("due",),
    ("decks",),
    ("review", "--plain"),
    ("quiz", "--plain"),
    ("card", "one"),
    ("search", "what"),
    ("stats",),
    ("plan",),
    ("undo",),
    ("export", "-o", "{home}/out.json"),
    ("import", "{home}/decks"),
    ("backup",),
    ("doctor",),
    ("doctor", "--repair"),
)


def change(program: Program, *statements: str) -> None:
    with closing(sqlite3.connect(program.home / "flashcards.db")) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.fixture
def damaged(filled: Program) -> Program:
    """A store in which the note `one` is damaged."""
    change(filled, "UPDATE notes SET content = '{' WHERE key = 'one'")
    return filled


LEFT_OUT = (
    "Left out 1 damaged note: one. Import the file again to repair them. "
    "See `flashcards doctor`.\n"
)


def test_a_session_skips_a_damaged_note_and_reports_it(damaged: Program) -> None:
    outcome = damaged("review", "--plain", stdin="\n4\n" * 9)
    assert outcome.status == 0
    card_keys = [
        line.split()[1] for line in outcome.out.splitlines() if line[:2] == "# "
    ]
    assert "one" not in card_keys
    assert "two" in card_keys
    assert outcome.err == LEFT_OUT


def test_an_export_skips_a_damaged_note_and_reports_it(damaged: Program) -> None:
    outcome = damaged("export", "-o", str(damaged.home / "out.json"))
    assert outcome.status == 0
    assert outcome.err.endswith(LEFT_OUT)


def test_a_damaged_card_can_be_suspended_but_not_shown(damaged: Program) -> None:
    for arguments in (("card", "one"), ("card", "one", "--suspend")):
        outcome = damaged(*arguments)
        assert outcome.status == 3
        assert "The note `one` is damaged in the store. Import " in outcome.err
    assert "one" in damaged("search", "is:suspended").out


def test_an_import_of_the_same_files_repairs_a_damaged_note(damaged: Program) -> None:
    assert damaged("doctor").status == 1
    assert "1 changed" in damaged("import", str(damaged.home / "decks")).out
    assert damaged("card", "one").status == 0
    assert damaged("doctor").status == 0


def test_repair_restores_the_triggers_that_protect_the_log(filled: Program) -> None:
    change(filled, "DROP TRIGGER reviews_refuse_update")
    report = document(filled, "doctor", status=1)
    assert [finding["check"] for finding in report["findings"]] == ["schema"]
    assert filled("doctor", "--repair").status == 0


def test_a_locked_store_is_not_reported_as_damaged(filled: Program) -> None:
    with closing(sqlite3.connect(filled.home / "flashcards.db")) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        outcome = filled("doctor")
    assert (outcome.status, outcome.out) == (3, "")
    assert "is in use by another program" in outcome.err


def test_an_error_caused_by_a_damaged_store_is_reported_as_damage(
    filled: Program,
) -> None:
    filled("review", "--plain", stdin="\n4\n" * 9)
    change(filled, "UPDATE cards SET last_day = 'x', stability = 'y' WHERE state = 2")
    for command in COMMANDS:
        assert_readable_outcome(filled, command)


@pytest.mark.parametrize("seed", range(12))
def test_any_changed_byte_ends_in_a_readable_error(filled: Program, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - places, not secrets
    filled("review", "--plain", stdin="\n4\n\n1\nq\n")
    copy = filled("backup").out.strip()
    path = filled.home / "flashcards.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    places = [number for number, byte in enumerate(content) if byte]
    for _ in range(random.choice((1, 1, 5, 50))):
        content[random.choice(places)] ^= 1 << random.randrange(8)
    path.write_bytes(content)
    for command in random.sample(COMMANDS, 5):
        assert_readable_outcome(filled, command)
    assert filled("restore", copy).status == 0
    assert filled("doctor").status == 0


@pytest.mark.parametrize("value", [0x80, 0xE9, 0xFF])
@pytest.mark.parametrize("text", [b"CREATE TABLE decks", b"CREATE INDEX"])
def test_a_schema_that_is_not_text_ends_in_a_readable_error(
    filled: Program, text: bytes, value: int
) -> None:
    copy = filled("backup").out.strip()
    path = filled.home / "flashcards.db"
    content = bytearray(path.read_bytes())
    content[content.index(text) + 7] = value
    path.write_bytes(content)
    for command in COMMANDS:
        assert_readable_outcome(filled, command)
    assert filled("restore", copy).status == 0
    assert filled("doctor").status == 0


def assert_readable_outcome(program: Program, command: tuple[str, ...]) -> None:
    arguments = [argument.format(home=program.home) for argument in command]
    outcome = program(*arguments, stdin="\n4\nq\n")
    assert outcome.status in (0, 1, 3), (command, outcome)
    assert "Traceback" not in outcome.err
    if outcome.status:
        assert (outcome.out + outcome.err).strip().endswith((".", "db")), outcome


def test_doctor_names_the_damage_of_a_store_of_an_older_version(
    filled: Program,
) -> None:
    change(filled, "PRAGMA user_version = 8", "DROP TABLE reviews")

    outcome = filled("doctor")

    assert outcome.status == 1
    assert "The table reviews is missing." in outcome.out
    assert "flashcards restore" in outcome.out
