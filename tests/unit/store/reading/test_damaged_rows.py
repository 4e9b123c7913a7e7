"""A row with an impossible value is left out, reported, and repaired or set aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from flashcards.domain.cards import Scope
from flashcards.errors import NoteDamagedError
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.maintenance.doctor import examine
from flashcards.store.reader import Reader
from flashcards.store.tables.ranges import RULES
from flashcards.store.tables.schema import expected_structure
from tests.unit.store.building import DAY, MOMENT, answer, basic, deck, sync

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.store.store import Store

NOTES = deck("a", basic("n1"), basic("n2"), basic("n3"))
BAD = ["'x'", "x'00ff'", "-1", "9e999", "9223372036854775807", "1e300"]
CARD_COLUMNS = [
    "position",
    "state",
    "step",
    "stability",
    "difficulty",
    "due_day",
    "due_at",
    "last_day",
    "interval_seconds",
    "reps",
    "lapses",
    "suspended",
    "retired",
    "leech",
    "buried_until",
]


@pytest.fixture(autouse=True)
def _filled(store: Store, reader: Reader) -> None:
    sync(store, NOTES)
    for key in ("n1", "n2"):
        store.record(answer(reader, key), record_id=None, next_card_id=None, label="x")


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def errors(path: Path) -> list[str]:
    found = examine(path, at=MOMENT.at)
    return [each.message for each in found if each.severity == "error"]


@pytest.mark.parametrize("column", CARD_COLUMNS)
@pytest.mark.parametrize("value", BAD)
def test_a_damaged_card_is_left_out_reported_and_repaired(
    store: Store, column: str, value: str
) -> None:
    if (column, value) == ("position", "-1"):
        pytest.skip("nothing keeps a position from being below 0")
    damage(store.path, f"UPDATE cards SET {column} = {value} WHERE key = 'n2'")  # noqa: S608
    with Reader(store.path) as reader:
        assert [(row.table, row.label) for row in reader.damaged_rows] == [
            ("cards", "n2")
        ]
        shown = {card.card_id for card in reader.queue.all(DAY, Scope())}
        assert shown == {1, 3}
        figures = reader.figures.load()
        assert figures is not None
        assert {row[0] for row in figures.cards} == {1, 3}
        assert [card.key for card in reader.learning.learned_cards([1])] == ["n1"]
        with pytest.raises(NoteDamagedError, match="The card `n2` is damaged"):
            reader.cards.find("n2")
    assert any(
        message.startswith("The card `n2` has impossible")
        for message in errors(store.path)
    )
    (sentence,) = store.repairs.repair_values(at=MOMENT.at)
    assert sentence.startswith(f"The card `n2` has impossible values: {column} ")
    assert errors(store.path) == []
    with Reader(store.path) as reader:
        assert reader.damaged_rows == []
        assert len(reader.queue.all(DAY, Scope())) == 3


def add_review(values: str) -> str:
    columns = "uid, card_id, reviewed_at, study_day, rating, duration_ms, state, interval_seconds"
    return f"INSERT INTO reviews ({columns}) VALUES ('u', 1, {values})"  # noqa: S608


@pytest.mark.parametrize(
    "values",
    [
        "'x', 1, 3, 1, 2, 1",
        "1, 'x', 3, 1, 2, 1",
        "1, 9223372036854775807, 3, 1, 2, 1",
        "1, -5, 3, 1, 2, 1",
        "1, 1, 7, 1, 2, 1",
        "1, 1, 3, 1e300, 2, 1",
        "1, 1, 3, -1, 2, 1",
        "1, 1, 3, 1, 9, 1",
        "1, 1, 3, 1, 2, 9e999",
        "1, 1, 3, 1, 2, 9223372036854775807",
    ],
)
def test_a_damaged_review_is_left_out_and_then_retracted(
    store: Store, values: str
) -> None:
    damage(store.path, add_review(values))
    with Reader(store.path) as reader:
        (row,) = reader.damaged_rows
        assert (row.noun, row.label) == ("review", "number 3")
        assert len(reader.log.reviews(1)) == 1
        figures = reader.figures.load()
        assert figures is not None
        assert sum(map(len, figures.log)) == 2 * 24
    assert errors(store.path)
    (sentence,) = store.repairs.repair_values(at=MOMENT.at)
    assert sentence.startswith("The review `number 3` has impossible values")
    assert errors(store.path) == []
    assert store.repairs.repair_values(at=MOMENT.at) == []
    with Reader(store.path) as reader:
        assert reader.damaged_rows == []
        assert len(reader.log.reviews(1)) == 1
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM reviews").fetchone() == (3,)


@pytest.mark.parametrize("column", ["position", "line", "retired", "tags"])
@pytest.mark.parametrize("value", ["x'00'", "9e999"])
def test_a_note_with_a_damaged_value_is_repaired_by_an_import_of_its_file(
    store: Store, column: str, value: str
) -> None:
    if (column, value) == ("tags", "9e999"):
        pytest.skip("a column for text turns numbers into text")
    damage(store.path, f"UPDATE notes SET {column} = {value} WHERE key = 'n2'")  # noqa: S608
    with Reader(store.path) as reader:
        assert reader.damaged_notes == ["n2"]
        assert {card.card_id for card in reader.queue.all(DAY, Scope())} == {1, 3}
        plan = compare_bundle(reader.content.stored_state([NOTES]), [NOTES])
        assert plan.counts.added == 0
    sync(store, NOTES)
    with Reader(store.path) as reader:
        assert reader.damaged_notes == []
        assert reader.cards.find("n2").memory.reps == 1
    assert errors(store.path) == []


def test_an_invalid_mark_is_removed(store: Store) -> None:
    damage(store.path, "UPDATE notes SET marked = 'x' WHERE key = 'n2'")
    assert len(store.repairs.repair_values(at=MOMENT.at)) == 1
    assert errors(store.path) == []


@pytest.mark.parametrize(
    "drafts",
    ["5", "{", "[]", "{}", '{"index": 0, "handed_in": false, "items": [5]}'],
)
@pytest.mark.parametrize("column", ["drafts", "items", "scope"])
def test_an_unreadable_unfinished_session_is_not_changed(
    store: Store, column: str, drafts: str
) -> None:
    if (column, drafts) in (("items", "[]"), ("scope", "{}")):
        pytest.skip("that is written so")
    number = store.start_session_record(
        kind="exam", scope=Scope(), minutes=5, card_limit=None, moment=MOMENT
    )
    damage(store.path, f"UPDATE sittings SET {column} = '{drafts}'")  # noqa: S608
    with Reader(store.path) as reader:
        (row,) = reader.damaged_rows
        assert (row.noun, row.label) == ("session", f"number {number}")
        assert reader.log.unfinished_session_record(DAY, "exam") is None
        assert reader.log.unfinished_session_records("exam") == []
    assert any(f"{column} is " in message for message in errors(store.path))
    store.repairs.repair_values(at=MOMENT.at)
    assert errors(store.path) == []


@pytest.mark.parametrize("topics", ["{", "5", "[5]", '["a"]', '[["a", 5]]'])
def test_unreadable_topics_lose_only_their_titles(store: Store, topics: str) -> None:
    damage(store.path, f"UPDATE decks SET topics = '{topics}'")  # noqa: S608
    with Reader(store.path) as reader:
        assert [row.noun for row in reader.damaged_rows] == ["deck"]
        assert list(reader.cards.topics().values()) == [[]]
        assert reader.cards.find("n1").topic_title == ""
    store.repairs.repair_values(at=MOMENT.at)
    assert errors(store.path) == []


def test_the_damaged_rows_of_large_tables_are_found_by_an_index(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        for table, rules in RULES.items():
            query = f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {rules.damaged}"  # noqa: S608
            plan = connection.execute(query).fetchone()[3]
            assert (f"{table}_damaged" in plan) == rules.is_large


def test_every_rule_is_about_an_existing_column() -> None:
    tables = expected_structure().tables
    for table, rules in RULES.items():
        assert {rule.column for rule in rules.rules} <= tables[table].keys()
