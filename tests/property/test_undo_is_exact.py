"""Undoing everything restores the first state, and redoing everything the last."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.domain.bundle import CardHistory, PastReview
from flashcards.domain.cards import Memory, Rating, State
from flashcards.domain.clock import DAY_MS
from flashcards.domain.content import BasicNote, ClozeNote, DeckContent, Note
from flashcards.domain.origin import ForeignCard, NoteType, Origin
from flashcards.domain.settings.settings import DeckOptions, Settings
from flashcards.importing.histories.merge import (
    merge_histories,
    reset_histories,
    soften_histories,
)
from flashcards.scheduling.replay import replay
from flashcards.scheduling.scheduler import Scheduler
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.maintenance.doctor import examine
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.examples import scale_examples
from tests.unit.store.building import DAY, MOMENT, answer, deck, every_card, sync

Step = Callable[[Store, Reader], object]

SCHEDULER = Scheduler(DeckOptions())

KEYS = st.sampled_from(["n1", "n2", "n3", "n4"])
WORDS = st.sampled_from(["one", "two"])
ORIGINS = st.none() | st.builds(
    Origin,
    note_type=st.sampled_from([NoteType("anki", 1, "{}"), NoteType("anki", 1, "[]")]),
    guid=st.just("g"),
    fields=st.sampled_from(["a\x1fb", "c\x1fd"]),
    cards=st.sampled_from([(), (ForeignCard(0, "", 1, 2500),)]),
)


@st.composite
def notes(draw: st.DrawFn, key: str) -> Note:
    """Return one of several wordings of a note, of more than one kind."""
    word = draw(WORDS)
    origin = draw(ORIGINS)
    if draw(st.booleans()):
        gaps = draw(
            st.sampled_from(["{{c1::a}}", "{{c1::a}} {{c2::b}}", "{{c2::b}} {{c3::c}}"])
        )
        return ClozeNote(id=key, text=f"{word} {gaps}", links=("n1",), origin=origin)
    return BasicNote(
        id=key,
        front=word,
        back=word,
        reverse=draw(st.booleans()),
        requires=("n2",),
        origin=origin,
    )


@st.composite
def imports(draw: st.DrawFn) -> Step:
    """Return an import of one or two decks that share out some of the notes."""
    homes = draw(st.dictionaries(KEYS, st.sampled_from(["a", "b"])))
    keys = draw(st.sets(st.sampled_from(["a", "b"]), min_size=1))
    has_faults = draw(st.booleans())
    others_are_gone = draw(st.booleans()) and not has_faults
    decks: list[DeckContent] = []
    for key in sorted(keys):
        mine = [draw(notes(note)) for note, home in homes.items() if home == key]
        made = deck(key, *mine)
        decks.append(deck(key, *mine, digest="") if has_faults else made)

    def step(store: Store, reader: Reader) -> None:
        others = {row.key for row in reader.cards.decks()} - keys
        sync(store, *decks, gone=sorted(others) if others_are_gone else ())

    return step


@st.composite
def past_reviews(draw: st.DrawFn) -> tuple[PastReview, ...]:
    """Return reviews of one card around the day of the tests, oldest first."""
    days = sorted(draw(st.lists(st.integers(-40, 3), max_size=4)))
    return tuple(
        PastReview(
            at=MOMENT.at + day * DAY_MS + index,
            day=DAY + day,
            rating=draw(st.integers(1, 4)),
            duration_ms=900,
            state=2,
            interval_seconds=draw(st.sampled_from([0, 600, 86_400 * 3])),
        )
        for index, day in enumerate(days)
    )


STATED = st.builds(
    lambda days, past: Memory(
        State.REVIEW,
        None,
        float(days),
        5.0,
        DAY + days,
        None,
        DAY - past,
        86_400 * days,
        3,
        1,
    ),
    st.integers(1, 30),
    st.integers(0, 9),
)


@st.composite
def histories(draw: st.DrawFn) -> Step:
    """Return an import of a deck with what was learned of its cards, and decisions on others."""
    made = deck(
        "h", *(draw(notes(key)) for key in draw(st.sets(st.sampled_from(["h1", "h2"]))))
    )
    drawn = draw(
        st.dictionaries(
            st.sampled_from(
                ["h1", "h1:c1", "h2:reverse", "n1", "n2", "n4", "s:c1", "x"]
            ),
            st.builds(
                CardHistory,
                card=st.just(""),
                reviews=past_reviews(),
                memory=st.none() | STATED,
                suspended=st.booleans(),
                leech=st.booleans(),
            ),
        )
    )
    marked = draw(st.frozensets(st.sampled_from(["h1", "n1", "s"])))
    decided = draw(st.sampled_from([None, soften_histories, reset_histories]))

    def step(store: Store, reader: Reader) -> None:
        imported = [replace(history, card=card) for card, history in drawn.items()]
        learned = merge_histories(
            imported, {}, reader, Settings(), MOMENT.day_of, MOMENT
        )
        if decided:
            other_cards = set(card_keys(reader)) - drawn.keys()
            learned += decided(sorted(other_cards)[:2], reader, MOMENT)
        plan = compare_bundle(reader.content.stored_state([made]), [made])
        store.apply(replace(plan, histories=learned, marked=marked), MOMENT)

    return step


def record(number: int, leech: bool) -> Step:
    def step(store: Store, reader: Reader) -> None:
        keys = card_keys(reader)
        key = keys[number % len(keys)]
        memory = reader.cards.find(key).memory
        rating = Rating(number % 4 + 1)
        after = SCHEDULER.preview(memory, MOMENT, key)[rating]
        given_answer = answer(reader, key, rating=rating, after=after, leech=leech)
        store.record(given_answer, record_id=None, next_card_id=None, label="record")

    return step


def flag(number: int, name: str) -> Step:
    def step(store: Store, reader: Reader) -> None:
        keys = card_keys(reader)
        row = reader.cards.find(keys[number % len(keys)])
        if name == "bury":
            store.bury([row.card_id], DAY + number, label="x", moment=MOMENT)
        elif name == "suspend":
            store.suspend([row.card_id], not row.suspended, label="x", moment=MOMENT)
        elif name == "due":
            store.make_due([row.card_id], label="x", moment=MOMENT)
        elif name == "mark":
            store.mark(row.note_id, not row.marked, label="x", moment=MOMENT)
        else:
            store.report(
                row.note_id, row.card_id, f"text {number}", label="x", moment=MOMENT
            )

    return step


def undo(kinds: set[str] | None) -> Step:
    def step(store: Store, reader: Reader) -> None:
        newest = reader.log.undoable(kinds)
        if newest and newest.operation_id > BASE:
            store.undo(kinds, MOMENT)

    return step


def redo(kinds: set[str] | None) -> Step:
    return lambda store, _: store.redo(kinds, MOMENT)


BASE = 2
"""The last operation of the state that every example begins with."""

NUMBERS = st.integers(0, 20)
CHANGES = st.one_of(
    imports(),
    histories(),
    st.builds(record, NUMBERS, st.booleans()),
    st.builds(
        flag, NUMBERS, st.sampled_from(["bury", "suspend", "mark", "report", "due"])
    ),
)
EVERY_KIND = st.sampled_from([undo(None), redo(None)])
SOME_KINDS = st.sampled_from(
    [
        step(kinds)
        for step in (undo, redo)
        for kinds in (
            {"import"},
            {"review", "due"},
            {"review", "due", "bury", "suspend", "mark", "report"},
        )
    ]
)


def card_keys(reader: Reader) -> list[str]:
    return [row.key for row in every_card(reader)]


def visible(reader: Reader) -> dict[str, Any]:
    """Return everything that a learner could notice."""
    everything = reader.search.find("", 1000, DAY)
    cards = [reader.cards.find(row.card) for row in everything]
    note_ids = {row.note_id for row in cards}
    return {
        "cards": cards,
        "reviews": [
            (row.card_id, row.at, row.rating, row.state)
            for card in cards
            for row in reader.log.reviews(card.card_id)
        ],
        "days": reader.log.review_days(),
        "decks": reader.cards.decks(),
        # An import that changes nothing else notes the file's digest without a step.
        "contents": [
            deck._replace(digest="")
            for deck in reader.content.decks()
            if not deck.retired
        ],
        "links": {
            note: others & note_ids
            for note, others in reader.queue.linked_notes(note_ids).items()
        },
        "new": reader.queue.new(DAY),
        "due": sorted(reader.queue.due(DAY + 9)),
        "reports": [report.text for report in reader.cards.reports()],
        "origins": {
            key: origin
            for key, origin in reader.origins.of_decks(
                [deck.deck_id for deck in reader.content.decks()]
            ).items()
            if any(row.note_id and row.key.partition(":")[0] == key for row in cards)
        },
    }


def find_wrong_memories(reader: Reader) -> list[str]:
    """Return the cards whose memory does not follow from their review history."""
    return [
        row.key
        for row in every_card(reader)
        if not row.memory.agrees_with(
            replay(reader.history.of_card(row.card_id), DeckOptions(), MOMENT.day_of)
        )
    ]


@contextmanager
def opened_store() -> Iterator[tuple[Store, Reader]]:
    """A store with two decks and one review."""
    with (
        tempfile.TemporaryDirectory() as directory,
        Store.open(Path(directory) / "flashcards.db") as store,
        Reader(store.path) as reader,
    ):
        first = deck(
            "a",
            BasicNote(id="n1", front="x", back="y"),
            ClozeNote(id="s", text="{{c1::a}}"),
        )
        sync(store, first, deck("c", BasicNote(id="n4", front="x", back="y")))
        record(0, leech=False)(store, reader)
        yield store, reader


def undo_all(store: Store, reader: Reader) -> int:
    count = 0
    while (newest := reader.log.undoable(None)) and newest.operation_id > BASE:
        store.undo(None, MOMENT)
        count += 1
    return count


@settings(max_examples=scale_examples(60))
@given(steps=st.lists(CHANGES | EVERY_KIND, max_size=12))
def test_undoing_all_gives_the_first_state_and_redoing_all_the_last(
    steps: list[Step],
) -> None:
    with opened_store() as (store, reader):
        first = visible(reader)
        for step in steps:
            step(store, reader)
        last = visible(reader)
        count = undo_all(store, reader)
        assert visible(reader) == first
        for _ in range(count):
            assert store.redo(None, MOMENT) is not None
        assert visible(reader) == last


@settings(max_examples=scale_examples(60))
@given(steps=st.lists(CHANGES | SOME_KINDS, max_size=15))
def test_undoing_kinds_out_of_order_still_leads_back_to_the_first_state(
    steps: list[Step],
) -> None:
    with opened_store() as (store, reader):
        first = visible(reader)
        for step in steps:
            step(store, reader)
        undo_all(store, reader)
        assert visible(reader) == first
        assert examine(store.path, at=MOMENT.at) == []


@settings(max_examples=scale_examples(60))
@given(steps=st.lists(histories() | CHANGES | EVERY_KIND, max_size=10))
def test_imports_undone_and_redone_agree_with_the_log(
    steps: list[Step],
) -> None:
    with opened_store() as (store, reader):
        for step in steps:
            step(store, reader)
        assert find_wrong_memories(reader) == []
        count = undo_all(store, reader)
        assert find_wrong_memories(reader) == []
        for _ in range(count):
            store.redo(None, MOMENT)
        assert find_wrong_memories(reader) == []


@settings(max_examples=scale_examples(40))
@given(steps=st.lists(imports(), min_size=1, max_size=4))
def test_an_import_repeated_changes_nothing(steps: list[Step]) -> None:
    with opened_store() as (store, reader):
        for step in steps:
            step(store, reader)
        last, count = visible(reader), len(reader.log.operations(100))
        steps[-1](store, reader)
        assert visible(reader) == last
        assert len(reader.log.operations(100)) == count
