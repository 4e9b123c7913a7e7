"""Measure one stage in a new process.

    python -m tests.benchmarks.inside STAGE HOME [DECKS]

Prints one JSON object of milliseconds, seconds or MiB, by measure.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Answer, Rating, Scope
from flashcards.domain.settings.settings import AppDirectories
from tests.benchmarks.figures import milliseconds, percentile

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDS = 1000
CYCLES = 500
SESSION_ANSWERS = 100
UNDOS = 100
MILLION = 1_000_000


def empty(home: Path) -> dict[str, float]:
    """Make a store without any deck, but with an operation, so that it does not count as the first start."""
    collection = Collection(AppDirectories(home))
    label = "Nothing suspended"
    collection.store().suspend([], True, label=label, moment=collection.moment())
    collection.close()
    return {}


def cold(home: Path) -> dict[str, float]:
    """Load the first due card; the caller times the process."""
    _like_a_start()
    collection = Collection(AppDirectories(home))
    session = collection.sessions.start_review()
    if session.current is None:
        message = "Nothing is due."
        raise LookupError(message)
    return {}


def queue(home: Path) -> dict[str, float]:
    """Load the queue and its first card, again, and with the usual limits."""
    from flashcards.domain.settings.settings import Settings
    from flashcards.study.queue.load import load_queue
    from flashcards.study.session.current_card import CurrentCard

    _like_a_start()
    collection = Collection(AppDirectories(home))
    reader, moment = collection.reader, collection.moment()
    limits = {
        "queue cold": collection.settings,
        "queue warm": collection.settings,
        "queue usual": Settings(),
    }
    milliseconds = {}
    for name, settings in limits.items():
        started = time.perf_counter()
        card = load_queue(reader, settings, Scope(), moment).pop_next(moment.at)
        if card is not None:
            CurrentCard.from_row(reader.cards.get(card.card_id), moment.at)
        milliseconds[name] = 1000 * (time.perf_counter() - started)
    return milliseconds


def record(home: Path) -> dict[str, float]:
    """Record a thousand reviews, each in its own durable transaction."""
    collection = _warm(home)
    store, moment = collection.store(), collection.moment()
    taken = []
    for card in islice(collection.reader.queue.due(moment.day), RECORDS):
        row = collection.reader.cards.get(card.card_id)
        preview = collection.session_context.scheduler(row.deck).preview(
            row.memory, moment, row.key
        )
        answer = Answer(
            card_id=row.card_id,
            key=row.key,
            rating=Rating.GOOD,
            at=moment.at,
            day=moment.day,
            duration_ms=5000,
            before=row.memory,
            after=preview[Rating.GOOD],
        )
        started = time.perf_counter()
        store.record(
            answer, record_id=None, next_card_id=None, label=f"Good on {row.key}"
        )
        taken.append(time.perf_counter() - started)
    collection.close()
    return _latencies("record", taken)


def cycle(home: Path) -> dict[str, float]:
    """Answer cards in a session, then undo some answers."""
    collection = _warm(home)
    session = collection.sessions.start_review()
    cycles: list[float] = []
    while session.current is not None and len(cycles) < CYCLES:
        started = time.perf_counter()
        session.reveal()
        session.preview_ratings()
        session.rate(Rating.GOOD)
        cycles.append(time.perf_counter() - started)
    undone = []
    for _ in range(min(UNDOS, len(cycles))):
        started = time.perf_counter()
        session.undo()
        undone.append(time.perf_counter() - started)
    session.leave()
    collection.close()
    return _latencies("cycle", cycles) | _latencies("undo", undone)


def session(home: Path) -> dict[str, float]:
    """Answer a hundred cards, in a process that does nothing else."""
    collection = _warm(home)
    sitting = collection.sessions.start_review()
    for _ in range(SESSION_ANSWERS):
        sitting.reveal()
        sitting.preview_ratings()
        sitting.rate(Rating.GOOD)
    sitting.leave()
    collection.close()
    return {"engine memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def phases(home: Path, decks: Path) -> dict[str, float]:
    """Import deck files and measure its phases by the progress it reports."""
    collection = Collection(AppDirectories(home))
    marks = {"start": time.perf_counter()}

    def record_step(what: str, _done: int, _total: int) -> None:
        marks.setdefault(what, time.perf_counter())
        marks[f"{what} last"] = time.perf_counter()

    gc.freeze()
    collection.reader.content.decks()
    collection.importing.import_files([decks], progress=record_step)
    ended = time.perf_counter()
    collection.close()
    return {
        "import read": marks["reading last"] - marks["start"],
        "import plan": marks["importing"] - marks["reading last"],
        "import apply": ended - marks["importing"],
    }


def ahead(home: Path) -> dict[str, float]:
    """Simulate a year of due dates without an interview, from the states of all cards."""
    from flashcards.domain.settings.settings import Settings
    from flashcards.progress.forecast.workload import build_rules, simulate_workload
    from flashcards.progress.log.card_table import CardTable
    from flashcards.scheduling.date_policy import Costs

    collection = Collection(AppDirectories(home))
    reader, today = collection.reader, collection.moment().day
    cards = CardTable.from_rows(reader.figures.card_rows())
    cards = cards.select(cards.is_live)
    decks = {number: row[0] for number, row in reader.figures.deck_titles().items()}
    started = time.perf_counter()
    simulate_workload(cards, build_rules(cards, decks, Settings(), {}), Costs(), today)
    return {"workload": 1000 * (time.perf_counter() - started)}


def replay(home: Path) -> dict[str, float]:
    """Compute the memory of the cards of a million reviews."""
    from flashcards.scheduling.replay import replay_many
    from tests.benchmarks.anki_peer import REVIEWS
    from tests.benchmarks.history import pasts

    collection = Collection(AppDirectories(home))
    moment = collection.moment()
    cards = list(range(1, MILLION // REVIEWS + MILLION // REVIEWS // 40))
    rows = [
        (past.card_id, *review)
        for past in pasts(cards, moment)
        for review in past.reviews
    ][:MILLION]
    gc.freeze()
    started = time.perf_counter()
    for _ in replay_many(rows, collection.settings.options(""), moment.day_of):
        pass
    return {"replay": time.perf_counter() - started}


def _like_a_start() -> None:
    """Pause the garbage collector, as the program does until its first frame is painted."""
    gc.disable()


def _warm(home: Path) -> Collection:
    """Return a collection as it is while a learner answers."""
    collection = Collection(AppDirectories(home))
    collection.warm_up()
    return collection


def _latencies(name: str, seconds: list[float]) -> dict[str, float]:
    taken = milliseconds(seconds)
    return {
        f"{name} p50": percentile(taken, 0.5),
        f"{name} p99": percentile(taken, 0.99),
    }


STAGES: dict[str, Callable[..., dict[str, float]]] = {
    stage.__name__: stage
    for stage in (empty, cold, queue, record, cycle, session, phases, ahead, replay)
}


def main() -> None:
    """Run one stage and print what it measured."""
    stage, *paths = sys.argv[1:]
    sys.stdout.write(json.dumps(STAGES[stage](*map(Path, paths))) + "\n")


if __name__ == "__main__":
    main()
