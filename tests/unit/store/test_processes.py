"""Several windows at once, threads, and power cuts."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from flashcards.store.reader import Reader
from flashcards.store.store import Store
from flashcards.store.tables.uid import new_uid
from tests.unit.store.building import (
    DAY,
    MOMENT,
    answer,
    basic,
    deck,
    every_review,
    sync,
)

RECORD = """
import sys
from pathlib import Path
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import answer
path, first = Path(sys.argv[1]), int(sys.argv[2])
with Store.open(path) as store, Reader(path) as reader:
    for number in range(first, first + 40):
        given = answer(reader, f"n{number}")
        store.record(given, record_id=None, next_card_id=None, label=f"n{number}")
"""

IMPORT = """
import sys
from pathlib import Path
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from flashcards.store.comparison.compare import compare_bundle
from tests.unit.store.building import MOMENT, basic, deck
decks = [deck("big", *(basic(f"b{number}") for number in range(9000)))]
with Store.open(Path(sys.argv[1])) as store, Reader(store.path) as reader:
    plan = compare_bundle(reader.content.stored_state(decks), decks)
    def tell(done, total):
        print(done, flush=True)
        if done > 4000:
            sys.stdin.readline()
    store.apply(plan, MOMENT, tell)
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path.cwd(),
    )


def test_two_windows_that_record_at_once_lose_nothing(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", *(basic(f"n{number}") for number in range(80))))
    windows = [start(RECORD, store.path, first) for first in (0, 40)]
    for window in windows:
        window.communicate(timeout=60)
    assert [window.returncode for window in windows] == [0, 0]
    assert len(every_review(reader)) == 80
    assert len(reader.log.operations(1000)) == 81
    assert reader.queue.new(DAY) == []


def test_many_windows_can_create_the_store_at_once(path: Path) -> None:
    opened: list[Store] = []
    threads = [
        threading.Thread(target=lambda: opened.append(Store.open(path)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 6
    for store in opened:
        store.close()


def test_a_killed_import_does_not_change_the_store(path: Path) -> None:
    with Store.open(path) as store:
        sync(store, deck("a", basic("n1")))
    window = start(IMPORT, path)
    assert window.stdout is not None
    for line in window.stdout:
        if int(line) > 4000:
            break
    window.send_signal(signal.SIGKILL)
    window.communicate(timeout=60)
    with Store.open(path) as store, Reader(path) as reader:
        assert [row.key for row in reader.cards.decks()] == ["a"]
        assert len(reader.log.operations(9)) == 1
        assert reader.content.notes(["b0", "b4000"]) == {}
        sync(store, deck("a", basic("n1"), basic("n2")))
        assert len(reader.queue.new(DAY)) == 2


def test_an_answer_survives_a_kill_right_after_it_was_recorded(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", *(basic(f"n{number}") for number in range(40))))
    script = f"{RECORD}        print(number, flush=True)\n"
    window = start(script, store.path, 0)
    assert window.stdout is not None
    last = -1
    for line in window.stdout:
        last = int(line)
        if last == 5:
            break
    window.send_signal(signal.SIGKILL)
    window.communicate(timeout=60)
    assert len(every_review(reader)) >= last + 1


def test_a_store_can_be_used_in_another_thread(path: Path) -> None:
    made: list[tuple[Store, Reader]] = []

    def make() -> None:
        store = Store.open(path)
        made.append((store, Reader(path)))

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    store, reader = made[0]
    sync(store, deck("a", basic("n1")))
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")
    assert len(reader.log.reviews(1)) == 1
    reader.close()
    store.close()


def test_two_threads_of_one_store_wait_for_each_other(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", *(basic(f"n{number}") for number in range(40))))
    answers = [answer(reader, f"n{number}") for number in range(40)]

    def record(part: int) -> None:
        for given in answers[part::4]:
            store.record(given, record_id=None, next_card_id=None, label="x")
            time.sleep(0)

    threads = [threading.Thread(target=record, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(every_review(reader)) == 40


def test_identifiers_sort_by_time_and_differ() -> None:
    first, second = new_uid(MOMENT.at), new_uid(MOMENT.at + 1)
    assert first[:12] == f"{MOMENT.at:012x}"
    assert first < second
    assert (first[12], first[16] in "89ab", len(first)) == ("7", True, 32)
    assert len({new_uid(MOMENT.at) for _ in range(1000)}) == 1000
    assert new_uid(0, bytes) == "00000000000070008000000000000000"
