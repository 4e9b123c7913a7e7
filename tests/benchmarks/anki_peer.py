"""The same work in Anki's backend, run by a Python that has the package `anki`.

    PYTHON anki_peer.py STAGE COLLECTION [TABLE | PACKAGE]

Each stage is a process of its own and prints one JSON object. Nothing else here may be
imported: that Python has none of our packages.
"""

from __future__ import annotations

import importlib
import json
import math
import random
import resource
import sqlite3
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ANSWERS = 500
SESSION_ANSWERS = 100
UNDOS = 30
LIMIT = 9999
REVIEWS = 8
DUE_SHARE = 0.1
NEW_SHARE = 0.02


def fill(path: Path, table: Path) -> dict[str, float]:
    """Import a CSV of notes into a new collection; the caller times the process."""
    collection_module = importlib.import_module("anki.collection")
    collection = collection_module.Collection(str(path))
    deck = collection.decks.id("Bench")
    metadata = collection.get_csv_metadata(
        str(table), collection_module.CsvMetadata.COMMA
    )
    metadata.deck_id = deck
    metadata.tags_column = 3
    collection.import_csv(
        collection_module.ImportCsvRequest(path=str(table), metadata=metadata)
    )
    collection.close()
    return {}


def history(path: Path) -> dict[str, float]:
    """Remove daily limits and give the cards eight reviews each, a tenth of them due."""
    collection = _open(path)
    deck = collection.decks.id("Bench")
    options = collection.decks.config_dict_for_deck_id(deck)
    options["rev"]["perDay"] = options["new"]["perDay"] = LIMIT
    collection.decks.update_config(options)
    collection.decks.select(deck)
    today = collection.sched.today
    collection.close()
    connection = sqlite3.connect(path)
    chance = random.Random(2)  # noqa: S311 - the same history each time
    now = int(time.time() * 1000)
    cards = [row[0] for row in connection.execute("SELECT id FROM cards ORDER BY id")]
    log, changes = [], []
    for place, card in enumerate(cards):
        if chance.random() < NEW_SHARE:
            continue
        due = (
            today - chance.randint(0, 3)
            if chance.random() < DUE_SHARE
            else today + chance.randint(1, 90)
        )
        interval = max(1, due - today + chance.randint(1, 30))
        for number in range(REVIEWS):
            days = (due - interval - today) - 2 * (REVIEWS - 1 - number) * 10
            rating = 3 if number == 0 else chance.choice((2, 3, 3, 3, 4))
            log.append((now + days * 86_400_000 + place % 1000, card, -1, rating, interval, 1, 2500,
                        chance.randint(3000, 20000), min(number, 1)))  # fmt: skip
        changes.append((interval, due, REVIEWS, card))
    log.sort()
    last = 0
    unique = []
    for row in log:
        last = max(row[0], last + 1)
        unique.append((last, *row[1:]))
    connection.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", unique)
    connection.executemany(
        "UPDATE cards SET type = 2, queue = 2, ivl = ?, due = ?, reps = ?, factor = 2500 WHERE id = ?",
        changes,
    )
    connection.commit()
    connection.close()
    return {}


def give(path: Path, package: Path) -> dict[str, float]:
    """Write a package with scheduling in the current container; the caller times the process."""
    collection_module = importlib.import_module("anki.collection")
    collection = _open(path)
    options = collection_module.ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=False, legacy=False
    )
    limit = collection_module.DeckIdLimit(collection.decks.id("Bench"))
    collection.export_anki_package(out_path=str(package), options=options, limit=limit)
    collection.close()
    return {}


def take(path: Path, package: Path) -> dict[str, float]:
    """Import a package with scheduling into a new collection; the caller times the process."""
    collection_module = importlib.import_module("anki.collection")
    collection = _open(path)
    options = collection_module.ImportAnkiPackageOptions(
        merge_notetypes=True, with_scheduling=True, with_deck_configs=False
    )
    collection.import_anki_package(
        collection_module.ImportAnkiPackageRequest(
            package_path=str(package), options=options
        )
    )
    collection.close()
    return {}


def session(path: Path) -> dict[str, float]:
    """Open the collection and answer 100 cards, in a process that does nothing else."""
    collection = _open(path)
    for _ in range(SESSION_ANSWERS):
        if not _answer_one(collection, []):
            break
    collection.close()
    return {"engine memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def first(path: Path) -> dict[str, float]:
    """Open the collection and take the first card; the caller times the process."""
    collection = _open(path)
    started = time.perf_counter()
    queue = collection.sched.get_queued_cards(fetch_limit=1)
    taken = time.perf_counter() - started
    collection.get_card(queue.cards[0].card.id).question()
    return {"queue cold": 1000 * taken}


def answers(path: Path) -> dict[str, float]:
    """Answer cards, then undo some answers."""
    collection = _open(path)
    collection.sched.get_queued_cards(fetch_limit=1)
    answered: list[float] = []
    cycles: list[float] = []
    for _ in range(ANSWERS):
        started = time.perf_counter()
        if not _answer_one(collection, answered):
            break
        cycles.append(time.perf_counter() - started)
    undone = []
    for _ in range(min(UNDOS, len(cycles))):
        started = time.perf_counter()
        collection.undo()
        undone.append(time.perf_counter() - started)
    collection.close()
    return {
        "answer p50": _percentile(answered, 0.5),
        "answer p99": _percentile(answered, 0.99),
        "cycle p50": _percentile(cycles, 0.5),
        "cycle p99": _percentile(cycles, 0.99),
        "undo p50": _percentile(undone, 0.5),
    }


def version() -> dict[str, str]:
    """Return Anki's version."""
    return {"version": importlib.import_module("anki.buildinfo").version}


def _open(path: Path) -> Any:
    return importlib.import_module("anki.collection").Collection(str(path))


def _answer_one(collection: Any, taken: list[float]) -> bool:
    queue = collection.sched.get_queued_cards(fetch_limit=1)
    if not queue.cards:
        return False
    card = collection.get_card(queue.cards[0].card.id)
    card.start_timer()
    card.question()
    card.answer()
    started = time.perf_counter()
    rating = importlib.import_module("anki.scheduler.v3").CardAnswer.GOOD
    states = queue.cards[0].states
    collection.sched.answer_card(
        collection.sched.build_answer(card=card, states=states, rating=rating)
    )
    taken.append(time.perf_counter() - started)
    return True


def _percentile(seconds: list[float], share: float) -> float:
    ordered = sorted(seconds)
    return 1000 * ordered[max(0, math.ceil(share * len(ordered)) - 1)]


STAGES: dict[str, Callable[..., Mapping[str, object]]] = {
    stage.__name__: stage
    for stage in (fill, history, give, take, first, answers, session, version)
}


def main() -> None:
    """Run one stage and print what it measured."""
    stage, *paths = sys.argv[1:]
    sys.stdout.write(json.dumps(STAGES[stage](*map(Path, paths))) + "\n")


if __name__ == "__main__":
    main()
