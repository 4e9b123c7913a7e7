"""Anki's own backend on packages, run by a Python that has the package `anki`.

    PYTHON anki_backend.py version
    PYTHON anki_backend.py make DIRECTORY
    PYTHON anki_backend.py load DIRECTORY PACKAGE
    PYTHON anki_backend.py collect DIRECTORY
    PYTHON anki_backend.py update DIRECTORY PACKAGE
    PYTHON anki_backend.py replace DIRECTORY PACKAGE

Each stage prints one JSON object. Nothing of ours may be imported here: that Python has none
of our packages, and ours has none of Anki's.
"""

from __future__ import annotations

import importlib
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

HISTORIES = 60
DAY = 86_400
NIGHT = range(2, 7)
"""Hours in which no answers are made up: at some of them, a change of the clock moves the day."""


def make(directory: Path) -> dict[str, Any]:
    """Make a collection with a past, export it in both containers, and print its states."""
    collection = _collection(directory)
    deck = collection.decks.id("Machine Learning::Drift")
    cards = [
        *_add(collection, deck, "Basic", HISTORIES, lambda n: {"Front": f"Front <b>{n}</b> &amp; more", "Back": f"Back<br>{n}"}),
        *_add(collection, deck, "Basic (and reversed card)", 5, lambda n: {"Front": f"RF {n}", "Back": f"RB {n}"}),
        *_add(collection, collection.decks.id("Cloze"), "Cloze", 5,
              lambda n: {"Text": f"{{{{c1::one {n}::a hint}}}} and {{{{c2::two}}}}", "Back Extra": "why"}),
    ]  # fmt: skip
    _write_past(collection, cards[:HISTORIES])
    _switch_fsrs_on(collection, deck)
    collection.sched.suspend_cards(cards[:3])
    collection.sched.bury_cards(cards[3:5])
    report = _report(collection)
    _export(collection, directory)
    collection.export_collection_package(str(directory / "whole.colpkg"), include_media=True, legacy=False)  # fmt: skip
    return report


def load(directory: Path, package: str) -> dict[str, Any]:
    """Import a package into an empty collection; print what arrived, and its FSRS states."""
    collection = _collection(directory)
    module = importlib.import_module("anki.collection")
    options = module.ImportAnkiPackageOptions(with_scheduling=True)
    request = module.ImportAnkiPackageRequest(package_path=package, options=options)
    log = collection.import_anki_package(request).log
    report = _report(collection)
    report["log"] = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}  # fmt: skip
    again = collection.import_anki_package(request).log
    report["again"] = {name: len(getattr(again, name)) for name in ("new", "updated", "duplicate", "conflicting")}  # fmt: skip
    report["integrity"] = collection.fix_integrity()
    _switch_fsrs_on(collection, collection.decks.id("Default"))
    report["recomputed"] = _states(collection)
    report["media"] = {path.name: path.read_bytes().decode() for path in Path(collection.media.dir()).iterdir()}  # fmt: skip
    return report


def collect(directory: Path) -> dict[str, Any]:
    """Make a collection with notetypes, custom tags, flags and ease; export all of it."""
    collection = _collection(directory)
    kind = collection.models.copy(collection.models.by_name("Basic"))
    kind["name"] = "Paper"
    kind["css"] = ".card { color: teal; }"
    for name in ("Venue", "Comment"):
        collection.models.add_field(kind, collection.models.new_field(name))
    kind["tmpls"][0]["qfmt"] = "<b>Asked:</b> {{Front}}"
    kind["tmpls"][0]["afmt"] = "{{FrontSide}}<hr id=answer>{{Back}}"
    collection.models.update_dict(kind)
    deck = collection.decks.id("AI-Systems 101::L.1::Part (a)")
    cards = [
        *_add(collection, deck, "Paper", 3, lambda n: {"Front": f"Q <i>{n}</i>", "Back": f"A<br>{n}", "Venue": "<u>x</u>&nbsp;y", "Comment": "<span style='color: red'>kept</span>"}),
        *_add(collection, deck, "Basic (and reversed card)", 1, lambda n: {"Front": f"left {n}", "Back": f"right {n}"}),
        *_add(collection, collection.decks.id("C++"), "Cloze", 2,
              lambda n: {"Text": f"{{{{c1::one {n}::a hint}}}} and <b>{{{{c2::two}}}}</b>", "Back Extra": "why &lt;b&gt;"}),
    ]  # fmt: skip
    for index, card in enumerate(cards):
        collection.set_user_flag_for_cards(index % 8, [card])
    _write_past(collection, cards)
    collection.db.execute("UPDATE cards SET factor = 1300 + id % 7 * 100")
    collection.db.execute(
        "UPDATE notes SET tags = ' a,b area::part plain ', mod = mod - 100000"
    )
    _export(collection, directory)
    return _whole(collection)


def update(directory: Path, package: str) -> dict[str, Any]:
    """Import a package into the collection of the directory."""
    collection = _collection(directory)
    module = importlib.import_module("anki.collection")
    options = module.ImportAnkiPackageOptions(with_scheduling=True)
    request = module.ImportAnkiPackageRequest(package_path=package, options=options)
    log = collection.import_anki_package(request).log
    report = _whole(collection)
    report["log"] = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}  # fmt: skip
    report["integrity"] = collection.fix_integrity()
    return report


def replace(directory: Path, package: str) -> dict[str, Any]:
    """Delete every note of the collection, then import a package."""
    collection = _collection(directory)
    collection.remove_notes(collection.find_notes(""))
    collection.close()
    return update(directory, package)


def _export(collection: Any, directory: Path) -> None:
    options_of = importlib.import_module("anki.collection").ExportAnkiPackageOptions
    for name, is_legacy in (("legacy", True), ("latest", False)):
        options = options_of(
            with_scheduling=True, with_media=True, with_deck_configs=False, legacy=is_legacy
        )  # fmt: skip
        collection.export_anki_package(
            out_path=str(directory / f"{name}.apkg"), options=options, limit=None
        )


def _whole(collection: Any) -> dict[str, Any]:
    report = _report(collection)
    report["kinds"] = {
        guid: [
            mid,
            collection.models.get(mid)["name"],
            collection.models.get(mid)["css"],
        ]
        for guid, mid in collection.db.all("SELECT guid, mid FROM notes")
    }
    report["flags"] = collection.db.all("SELECT guid, ord, c.flags, factor FROM cards c JOIN notes n ON n.id = nid ORDER BY guid, ord")  # fmt: skip
    report["notetypes"] = sorted(notetype.name for notetype in collection.models.all_names_and_ids())  # fmt: skip
    return report


def _collection(directory: Path) -> Any:
    module = importlib.import_module("anki.collection")
    return module.Collection(str(directory / "collection.anki2"))


def _add(collection: Any, deck: int, kind: str, count: int, fields: Any) -> list[int]:
    cards: list[int] = []
    for number in range(count):
        note = collection.new_note(collection.models.by_name(kind))
        for name, value in fields(number).items():
            note[name] = value
        note.tags = ["plain", "area::part", *(["marked"] if number == 1 else [])]
        collection.add_note(note, deck)
        cards += collection.find_cards(f"nid:{note.id}")
    return cards


def _write_past(collection: Any, cards: list[int]) -> None:
    """Give the cards reviews of the last 200 days, with lapses, resets and cramming."""
    chance = random.Random(1)  # noqa: S311 - the same past each time
    used: set[int] = set()
    rows = []
    today = int(time.time())
    for card in cards:
        days_ago, kind, wait = chance.randint(60, 200), 0, 0
        for _ in range(chance.randint(1, 9)):
            at = _awake(today - days_ago * DAY + chance.randint(0, DAY))
            milliseconds = at * 1000 + chance.randint(0, 999)
            while milliseconds in used:
                milliseconds += 1
            used.add(milliseconds)
            roll = chance.random()
            if roll < 0.05 and kind:
                rows.append((milliseconds, card, -1, 0, 0, wait, 0, 0, 4))
                kind, wait = 0, 0
            elif roll < 0.1 and kind:
                rows.append((milliseconds, card, -1, 3, wait, wait, 0, 3000, 3))
            else:
                ease = chance.choice((1, 2, 3, 3, 3, 4))
                last, wait = wait, chance.randint(1, 30)
                rows.append(
                    (milliseconds, card, -1, ease, wait, last, 2500, 5000, kind)
                )
                kind = 2 if ease == 1 and kind else 1
            days_ago = max(1, days_ago - chance.choice((0, 1, 3, 9, 20)))
    collection.db.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", sorted(rows))  # fmt: skip
    elapsed = collection.sched.today
    for index, card in enumerate(cards):
        collection.db.execute(
            "UPDATE cards SET type = 2, queue = 2, due = ?, ivl = ?, factor = 2500, reps = 3, lapses = ? WHERE id = ?",
            elapsed + index - 20, index + 1, index % 3, card,
        )  # fmt: skip


def _awake(at: int) -> int:
    local = time.localtime(at)
    return at + (8 - local.tm_hour) * 3600 if local.tm_hour in NIGHT else at


def _switch_fsrs_on(collection: Any, deck: int) -> None:
    request_of = importlib.import_module(
        "anki.deck_config_pb2"
    ).UpdateDeckConfigsRequest
    current = collection.decks.get_deck_configs_for_update(deck)
    config = next(
        preset.config for preset in current.all_config if preset.config.id == current.current_deck.config_id
    )  # fmt: skip
    collection.decks.update_deck_configs(
        request_of(
            target_deck_id=deck, configs=[config], mode=0, limits=current.current_deck.limits, fsrs=True,
            new_cards_ignore_review_limit=current.new_cards_ignore_review_limit, fsrs_reschedule=False,
            apply_all_parent_limits=current.apply_all_parent_limits,
        )
    )  # fmt: skip


def _report(collection: Any) -> dict[str, Any]:
    today = collection.sched.today
    rows = collection.db.all(
        "SELECT guid, ord, did, odid, type, queue, due, ivl, factor, reps, lapses, c.data, c.id FROM cards c"
        " JOIN notes n ON n.id = nid ORDER BY guid, ord"
    )
    names = {deck.id: deck.name for deck in collection.decks.all_names_and_ids()}
    return {
        "notes": collection.db.all("SELECT guid, tags, flds FROM notes ORDER BY guid"),
        "decks": sorted(names.values()),
        "cards": [
            {
                "guid": guid, "ord": ord_, "deck": names[odid or did], "type": kind, "queue": queue,
                "due": due, "due_in": due - today, "ivl": ivl, "factor": factor, "reps": reps, "lapses": lapses,
                "data": json.loads(data or "{}"),
                "reviews": collection.db.all(
                    "SELECT id, ease, ivl, time, type FROM revlog WHERE cid = ? ORDER BY id", number),
                "question": collection.get_card(number).question(),
                "answer": collection.get_card(number).answer(),
            }
            for guid, ord_, did, odid, kind, queue, due, ivl, factor, reps, lapses, data, number in rows
        ],
    }  # fmt: skip


def _states(collection: Any) -> dict[str, list[float]]:
    rows = collection.db.all("SELECT guid, ord, c.data FROM cards c JOIN notes n ON n.id = nid")  # fmt: skip
    states = {}
    for guid, ord_, text in rows:
        data = json.loads(text or "{}")
        if "s" in data:
            states[f"{guid}/{ord_}"] = [data["s"], data["d"]]
    return states


def main() -> None:
    """Run the stage that the command line names and print its result."""
    stage, *arguments = sys.argv[1:]
    if stage == "version":
        report: dict[str, Any] = {"version": importlib.import_module("anki.buildinfo").version}  # fmt: skip
    elif stage == "make":
        report = make(Path(arguments[0]))
    elif stage == "collect":
        report = collect(Path(arguments[0]))
    elif stage in ("update", "replace"):
        report = {"update": update, "replace": replace}[stage](
            Path(arguments[0]), arguments[1]
        )
    else:
        report = load(Path(arguments[0]), arguments[1])
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
