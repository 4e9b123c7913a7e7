"""Packages go both ways between Anki's real backend and us, with the same states on both sides.

    ANKI_PYTHON=anki/bin/python pytest tests/peers

Without that variable, a Python that runs this and has the package `anki` will do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from flashcards.decks.files import find_deck_files, shipped_decks
from flashcards.decks.reader import read_deck
from flashcards.domain.bundle import Bundle, CardHistory, MediaFile
from flashcards.domain.cards import State
from flashcards.domain.clock import SystemClock, moment, study_day
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    NumericNote,
    OrderNote,
    RecallNote,
)
from flashcards.domain.faces import card_key, faces_of
from flashcards.domain.settings.settings import DeckOptions
from flashcards.formats.anki import package_format
from flashcards.formats.common.naming import to_note_id
from flashcards.formats.formats import ReadContext, WriteContext
from flashcards.scheduling.replay import Replayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.bundle import PastReview
    from flashcards.domain.cards import Memory

SCRIPT = Path(__file__).with_name("anki_backend.py")
PYTHON = os.environ.get("ANKI_PYTHON") or sys.executable
ZONES = ("UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Auckland")
DIGITS = 3e-4
"""How far states may differ, relatively: Anki counts in 32 bits and keeps four decimals."""


def backend(zone: str, *arguments: str) -> Any:
    done = subprocess.run(
        [PYTHON, str(SCRIPT), *arguments],
        env={**os.environ, "TZ": zone, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def has_anki() -> bool:
    return not subprocess.run([PYTHON, "-c", "import anki"], capture_output=True, check=False).returncode  # fmt: skip


pytestmark = pytest.mark.skipif(not has_anki(), reason=f"{PYTHON} has no package anki")


def reading(zone: str) -> ReadContext:
    time_zone = ZoneInfo(zone)
    return ReadContext(
        lambda at: study_day(at, time_zone, 4),
        moment(SystemClock().now(), time_zone, 4),
    )


def writing(zone: str) -> WriteContext:
    now = moment(SystemClock().now(), ZoneInfo(zone), 4)
    start = now.day_ends_at // 60_000
    ahead = (now.day + 1 - 719_163) * 1440 + 240 - start
    return WriteContext(now, rollover_hour=4, utc_offset_minutes=ahead)


def replayed(reviews: Sequence[PastReview], zone: str) -> Memory:
    time_zone = ZoneInfo(zone)
    replayer = Replayer(DeckOptions(), lambda at: study_day(at, time_zone, 4))
    return replayer.compute_memory([(r.day, r.rating, r.interval_seconds, r.at) for r in reviews])  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_what_anki_exports_has_the_same_states_here(zone: str, tmp_path: Path) -> None:
    report = backend(zone, "make", str(tmp_path))
    here = reading(zone)
    bundles = [
        package_format.read(tmp_path / name, here)
        for name in ("legacy.apkg", "latest.apkg", "whole.colpkg")
    ]
    faces = ("", "reverse"), ("c1", "c2")
    for bundle in bundles:
        assert {problem.rule for problem in bundle.problems} <= {"anki-old-reviews"}
        assert [deck.key for deck in bundle.decks] == ["cloze", "machine-learning/drift"]  # fmt: skip
        histories = {past.card: past for past in bundle.histories}
        compared = 0
        for card in report["cards"]:
            key = card_key(
                to_note_id(card["guid"]), faces[card["deck"] == "Cloze"][card["ord"]]
            )
            history = histories.pop(key, None)
            if history is None:
                assert card["type"] == card["queue"] == 0
                continue
            assert history.suspended == (card["queue"] == -1)
            assert (history.buried_until is not None) == (card["queue"] in (-2, -3))
            assert (history.memory is None) == (card["type"] == 0)
            if history.memory is None:
                continue
            assert history.memory.due_day == here.moment.day + card["due_in"]
            assert history.memory.interval_days == card["ivl"]
            assert history.memory.lapses == card["lapses"]
            if "s" not in card["data"]:
                continue
            state = card["data"]["s"], card["data"]["d"]
            assert (history.memory.stability, history.memory.difficulty) == state
            if history.reviews and history.reviews[0].state == State.NEW:
                memory = replayed(history.reviews, zone)
                assert memory.stability == pytest.approx(state[0], rel=DIGITS, abs=1e-4)
                assert memory.difficulty == pytest.approx(state[1], rel=DIGITS, abs=1e-3)  # fmt: skip
                compared += 1
        assert compared > 40
        assert not histories
    assert len({tuple(bundle.decks[0].notes) for bundle in bundles}) == 1


def exported(zone: str, tmp_path: Path) -> Bundle:
    """Return a bundle with a past that Anki's own export brought, and our own decks."""
    (tmp_path / "made").mkdir()
    backend(zone, "make", str(tmp_path / "made"))
    theirs = package_format.read(tmp_path / "made" / "latest.apkg", reading(zone))
    ours = [read_deck(path)[0] for path in find_deck_files([shipped_decks()])]
    picture = BasicNote(id="with-picture", front="[image: a b.svg]?", back="That.")
    return Bundle(
        decks=(
            *theirs.decks,
            *(deck for deck in ours if deck),
            DeckContent("deep/er/est", "Deepest", (picture,)),
        ),
        histories=theirs.histories,
        marked=theirs.marked,
        media=(MediaFile("a b.svg", lambda: b"<svg/>"),),
    )


@pytest.mark.parametrize("zone", ZONES)
def test_what_we_write_arrives_in_anki_with_its_states(
    zone: str, tmp_path: Path
) -> None:
    bundle = exported(zone, tmp_path)
    package = tmp_path / "ours.apkg"
    with package.open("w+b") as file:
        package_format.write(bundle, file, writing(zone))
    (tmp_path / "there").mkdir()

    report = backend(zone, "load", str(tmp_path / "there"), str(package))

    notes = [note for deck in bundle.decks for note in deck.notes]
    keys = [card_key(note.id, face) for note in notes for face in faces_of(note)]
    assert report["log"] == {"new": len(notes), "updated": 0, "duplicate": 0, "conflicting": 0}  # fmt: skip
    assert report["again"] == {"new": 0, "updated": 0, "duplicate": len(notes), "conflicting": 0}  # fmt: skip
    assert report["integrity"][1], report["integrity"][0]
    assert len(report["cards"]) == len(keys)
    assert {"Machine Learning::Drift", "Deep::Er::Est"} <= set(report["decks"])
    assert report["media"] == {"a b.svg": "<svg/>"}
    tags = {to_note_id(guid): set(tags.split()) for guid, tags, _ in report["notes"]}
    for note in notes:
        marks = {"marked"} if note.id in bundle.marked else set()
        assert tags[note.id] == {*note.tags, *marks}
    _compare(report, bundle, zone)


def _compare(report: dict[str, Any], bundle: Bundle, zone: str) -> None:
    today = reading(zone).moment.day
    kinds = {note.id: note for deck in bundle.decks for note in deck.notes}
    histories = {card_history.card: card_history for card_history in bundle.histories}
    compared = 0
    for card in report["cards"]:
        note = kinds[to_note_id(card["guid"])]
        known = f"c{card['ord'] + 1}" if isinstance(note, ClozeNote) else ("", "reverse")[card["ord"]]  # fmt: skip
        history = histories.get(card_key(note.id, known), CardHistory(""))
        assert [row[:2] for row in card["reviews"]] == [[r.at, r.rating] for r in history.reviews]  # fmt: skip
        assert card["question"].strip() != card["answer"].strip()
        if history.memory is None:
            assert card["type"] == 0
            continue
        memory = history.memory
        assert card["due_in"] == (memory.due_day or 0) - today
        assert (card["ivl"], card["lapses"]) == (memory.interval_days, memory.lapses)
        assert card["data"].get("s") == pytest.approx(memory.stability, rel=DIGITS)
        assert card["data"].get("d") == pytest.approx(memory.difficulty, rel=DIGITS)
        if history.reviews and history.reviews[0].state == State.NEW:
            again = report["recomputed"][f"{card['guid']}/{card['ord']}"]
            mine = replayed(history.reviews, zone)
            assert again[0] == pytest.approx(mine.stability, rel=DIGITS, abs=1e-4)
            assert again[1] == pytest.approx(mine.difficulty, rel=DIGITS, abs=1e-3)
            compared += 1
    assert compared > 40


def test_graded_notes_can_be_read_in_anki(tmp_path: Path) -> None:
    ours = [read_deck(path)[0] for path in find_deck_files([shipped_decks()])]
    package = tmp_path / "ours.apkg"
    decks = tuple(deck for deck in ours if deck)
    with package.open("w+b") as file:
        package_format.write(Bundle(decks=decks), file, writing("UTC"))

    report = backend("UTC", "load", str(tmp_path), str(package))

    answers = {to_note_id(card["guid"]): card for card in report["cards"]}
    graded = [
        note
        for deck in decks
        for note in deck.notes
        if isinstance(note, ChoiceNote | NumericNote | OrderNote | RecallNote)
    ]
    assert graded
    for note in graded:
        shown = answers[note.id]
        assert "Flashcards data" not in shown["question"]
        assert "<hr id=answer>" in shown["answer"]
        assert len(shown["answer"].partition("<hr id=answer>")[2]) > 1
