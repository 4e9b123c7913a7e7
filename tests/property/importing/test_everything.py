"""A full JSON export imported into an empty home gives the same store, to the byte."""

# ruff: noqa: S608 - the tables are named here

from __future__ import annotations

import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.cards import CardRow, Memory, Rating, Scope
from flashcards.domain.clock import study_day
from flashcards.domain.content import ReadOptions
from flashcards.domain.settings.settings import AppDirectories, DeckOptions, Settings
from flashcards.domain.study_plan import Interview, SavedForecast, StudyPlan, Task
from flashcards.formats.formats import ReadContext, WriteContext
from flashcards.formats.json import json_format
from flashcards.importing.histories.merge import reset_histories, soften_histories
from flashcards.importing.preview.summary import ImportResult
from flashcards.store.comparison.compare import compare_bundle
from tests.conftest import FOUR_NOTES
from tests.examples import scale_examples
from tests.helpers import FixedClock
from tests.unit.store.building import answer, every_card

SETTINGS = Settings(timezone="UTC", scheduling=replace(DeckOptions(), new_per_day=100))
OF_THE_FILE = {"path", "digest", "is_partial", *ReadOptions._fields}
OF_THE_MACHINE = {"id", "line", "operation_id", "sitting_id", *OF_THE_FILE}
"""Columns that say where a row came from, or number it."""
NUMBERED = {
    "note_id": "notes",
    "card_id": "cards",
    "deck_id": "decks",
}


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what every table holds, rows named by keys in place of numbers."""
    with closing(sqlite3.connect(path)) as store:
        keys = {
            table: dict(store.execute(f"SELECT id, key FROM {table}"))
            for table in set(NUMBERED.values())
        }
        by_table = {}
        for table in (
            "decks",
            "notes",
            "cards",
            "requirements",
            "links",
            "sources",
            "reviews",
            "anchors",
            "reports",
            "plans",
            "plan_interviews",
            "plan_notes",
            "plan_days_off",
            "plan_weights",
            "plan_tasks",
            "forecasts",
        ):
            cursor = store.execute(f"SELECT * FROM {table} {IN_FORCE.get(table, '')}")
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor]
            if table == "anchors":
                for row in rows:
                    row["after_review"] = reviews_before(store, row)
            by_table[table] = sorted(
                (
                    tuple(
                        keys[NUMBERED[name]].get(value) if name in NUMBERED else value
                        for name, value in row.items()
                        if name not in OF_THE_MACHINE and name != "position"
                    )
                    for row in rows
                ),
                key=repr,
            )
        by_table["order"] = store.execute(
            "SELECT decks.key, notes.key FROM notes JOIN decks ON decks.id = deck_id "
            "WHERE notes.retired = 0 ORDER BY decks.key, position"
        ).fetchall()
        return by_table


IN_FORCE = {
    "reviews": "WHERE id NOT IN (SELECT review_id FROM retractions)",
    "anchors": "WHERE withdrawn = 0",
    "reports": "WHERE withdrawn = 0",
}


def reviews_before(store: sqlite3.Connection, anchor: dict[str, Any]) -> int:
    (count,) = store.execute(
        "SELECT count(*) FROM reviews WHERE card_id = ? AND id <= ? "
        "AND id NOT IN (SELECT review_id FROM retractions)",
        (anchor["card_id"], anchor["after_review"]),
    ).fetchone()
    return int(count)


def nameless(written: bytes) -> bytes:
    """Return an export without the name of its store, which is different for every store."""
    return re.sub(rb', "store": "[0-9a-f]+"', b"", written, count=1)


def export(collection: Collection) -> bytes:
    bundle = collection.exporting.bundle(collection.reader.cards.deck_keys().values())
    file = io.BytesIO()
    json_format.write(bundle, file, WriteContext(collection.moment(), 4, 0))
    return file.getvalue()


def import_everything(collection: Collection, path: Path) -> ImportResult:
    result = collection.importing.import_files([path])
    assert result.problems == []
    return result


def deck_file(path: Path, text: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)


def foreign_files(directory: Path) -> list[Path]:
    """Write decks that are called after their files, or as another program calls them."""
    texts = {
        "a/geo.csv": "front,back\nWhich capital has Italy?,Rome\n",
        "b/geo.csv": "front,back\nWhich river is in Rome?,The Tiber\n",
        "c/cities.txt": "#separator:tab\n#deck:Cities: old::C++\nWhat is old?\tRome\n",
        "d/page.md": "- What is a canary? #card\n  - A release to a few\n",
    }
    for name, text in texts.items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8")
    return [directory / name for name in texts]


def review(collection: Collection, number: int) -> None:
    session = collection.sessions.start_review(Scope())
    if session.current:
        session.reveal()
        session.rate(Rating(number % 4 + 1))
    session.leave()


def answered(collection: Collection, number: int) -> None:
    """Record what no session would: a memory that the settings do not explain."""
    given_answer = ['{"text":"x","score":1.0}', '{"text": "y"}', "no JSON"][number % 3]
    made = answer(collection.reader, row_of(collection, number).key, given=given_answer)
    collection.store().record(made, record_id=None, next_card_id=None, label="x")


def undo(collection: Collection, _: int) -> None:
    newest = collection.reader.log.undoable(None)
    if newest and newest.operation_id > 1:
        collection.store().undo(None, collection.moment())


def flag(collection: Collection, number: int) -> None:
    store, moment = collection.store(), collection.moment()
    row = row_of(collection, number // 4)
    match number % 4:
        case 0:
            store.suspend([row.card_id], not row.suspended, label="x", moment=moment)
        case 1:
            store.bury([row.card_id], moment.day + number, label="x", moment=moment)
        case 2:
            store.mark(row.note_id, not row.marked, label="x", moment=moment)
        case _:
            store.report(row.note_id, row.card_id, "no", label="x", moment=moment)


def due(collection: Collection, number: int) -> None:
    card_id = row_of(collection, number).card_id
    collection.store().make_due([card_id], label="x", moment=collection.moment())


def decide(collection: Collection, number: int) -> None:
    reader, moment = collection.reader, collection.moment()
    decision = (soften_histories, reset_histories)[number % 2]
    plans = decision([row_of(collection, number // 2).key], reader, moment)
    made = replace(compare_bundle(reader.content.stored_state(()), ()), histories=plans)
    collection.store().apply(made, moment)


def plan(collection: Collection, number: int) -> None:
    store, moment = collection.store(), collection.moment()
    made = SavedForecast(moment.day, moment.day + number, 0.5, 0.1 * 3, 0.7, 9, 5, True)
    store.save_plan(a_plan(moment.day, number), label="x", moment=moment)
    store.save_forecasts([made])


def rewrite(collection: Collection, number: int) -> None:
    """Reword the notes of the deck file, retire one, or bring all back."""
    (path,) = collection.directories.path.parent.glob("metrics/*.yaml")
    text = path.read_bytes()
    lines = text.splitlines(keepends=True)
    if number % 3 == 0:
        text = text.replace(b"front: What", b"front: Tell me what")
    elif number % 3 == 1 and len(lines) > 6:
        text = b"".join(lines[:-1])
    else:
        text = FOUR_NOTES
    path.write_bytes(text)
    collection.importing.import_files([path])


def row_of(collection: Collection, number: int) -> CardRow:
    rows = [row for row in every_card(collection.reader) if not row.retired]
    return rows[number % len(rows)]


def a_plan(day: int, number: int) -> StudyPlan:
    return StudyPlan(
        day,
        (Interview(day + 9 + number, "bank"),),
        minutes=number + 1,
        weekdays_off=(5, 6),
        dates_off=(day + 1,),
        scope=("metrics",),
        weights=(("metrics/tiny", 2.0),),
        tasks=(
            Task("a", "read", "Read it", 5, day + 2, None),
            Task("b", "mock", "Do it", 0, None, day),
        ),
    )


Step = tuple[Callable[[Collection, int], object], int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from([review, answered, undo, flag, due, decide, plan, rewrite]),
        st.integers(0, 15),
    ),
    max_size=14,
)


@settings(max_examples=scale_examples(12))
@given(steps=STEPS, days=st.integers(0, 2))
@example(steps=[(flag, 14), (rewrite, 1), (rewrite, 1)], days=0)
def test_importing_an_export_into_an_empty_home_gives_the_same_store(
    steps: list[Step], days: int
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        clock = FixedClock()
        path = place / "metrics" / "tiny.yaml"
        deck_file(path, FOUR_NOTES)
        first = Collection(AppDirectories(place / "first"), SETTINGS, clock)
        first.store()
        others = foreign_files(place)
        first.importing.import_files([path, *others])
        for play, number in steps:
            play(first, number)
            clock.forward(days=days)
        written = export(first)
        (place / "all.json").write_bytes(written)

        second = Collection(AppDirectories(place / "second"), SETTINGS, clock)
        second.store()
        import_everything(second, place / "all.json")
        assert contents(second.directories.database) == contents(
            first.directories.database
        )
        assert nameless(export(second)) == nameless(written)

        (place / "again.json").write_bytes(written)
        import_everything(second, place / "again.json")
        assert contents(second.directories.database) == contents(
            first.directories.database
        )
        assert import_everything(second, place / "again.json").operation_id is None

        # The files that the decks came from go on as those decks, under every key.
        decks = set(second.reader.cards.deck_keys().values())
        again = second.importing.import_files(others)
        assert set(second.reader.cards.deck_keys().values()) == decks
        assert again.counts.added == 0
        first.close()
        second.close()


SAMPLE = b"""{"format": "flashcards", "version": 1,
"decks": [{"deck": "a/b", "title": "A", "notes": [
{"id": "n1", "kind": "basic", "front": "What?", "back": "That."},
{"id": "n2", "kind": "choice", "question": "Which?", "options": [{"text": "x", "correct": true}, {"text": "y"}]}
]}],
"sources": [{"key": "opitz2019", "authors": "Opitz", "year": 2019, "title": "F1"}],
"marked": ["n1"],
"cards": [
{"card": "n1", "state": "review", "stability": 3.5, "difficulty": 5.0, "due_day": 739680,
"last_day": 739677, "interval_seconds": 259200, "reps": 1, "lapses": 0,
"reviews": [[1772442000000, 739677, 3, 900, 0, 259200, "019cadc69a8074148d56e07af5e35848", null]],
"anchors": [{"reason": "reset", "after": 1, "at": 1772442000000, "day": 739677, "uid": "", "state": "new"}]}
],
"forecasts": [{"made_day": 739677, "target_day": 739678, "readiness": 0.5, "low": 0.4, "high": 0.6,
"minutes": 9, "cards": 2, "is_full": true}],
"reports": [{"note": "n1", "card": "n1", "text": "no", "at": 1772442000000}],
"retired": [{"deck": "a/c", "title": "C", "notes": [{"id": "n3", "front": "x", "back": "y"}]}],
"plan": {"started_day": 739677, "interviews": [{"day": 739690, "title": "bank"}], "minutes": 9, "target": 0.8,
"weekdays_off": [6], "dates_off": [], "scope": [], "weights": [["a", 1.5]],
"tasks": [{"name": "t", "kind": "read", "title": "T", "minutes": 5, "day": null, "done_day": null}]}
}
"""

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["deck", "notes", "id", "card", "x"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=scale_examples(60))
@given(data=st.data())
def test_any_content_of_a_file_is_read_or_reported(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        document = json.loads(SAMPLE)
        parents: list[tuple[Any, Any]] = []

        def walk(value: Any) -> None:
            keys = value if isinstance(value, dict) else range(len(value))
            for key in keys:
                parents.append((value, key))
                if isinstance(value[key], dict | list):
                    walk(value[key])

        walk(document)
        parent, key = parents[data.draw(st.integers(0, len(parents) - 1))]
        parent[key] = data.draw(VALUES)
        text = json.dumps(document).encode()
        if data.draw(st.booleans()):
            cut = data.draw(st.integers(0, len(text)))
            text = text[:cut] + data.draw(st.binary(max_size=3)) + text[cut + 1 :]
        path = place / "all.json"
        path.write_bytes(text)
        clock = FixedClock()
        reading = ReadContext(lambda at: study_day(at, UTC, 4), clock.moment())
        bundle = json_format.read(path, reading)
        collection = Collection(AppDirectories(place / "home"), SETTINGS, clock)
        collection.store()
        for history in bundle.histories:
            assert isinstance(history.memory, Memory)
        if not bundle.problems:
            import_everything(collection, path)
        collection.close()
