"""Anything a store may hold: any log, any memories, any plan, any settings.

Everything goes in through the import of JSON of everything, as a file of a stranger would.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.bundle import PastReview
from flashcards.domain.settings.settings import AppDirectories

Plain = dict[str, Any]

LAST_DAY = date.max.toordinal()
LATEST = (1 << 48) - 1
EPOCH_DAY = date(1970, 1, 1).toordinal()

CHOICE = {
    "id": "m-4",
    "kind": "choice",
    "question": "Which one is a rate?",
    "options": [
        {"text": "Recall", "correct": True},
        {"text": "A count"},
        {"text": "A sum"},
    ],
}
DECKS = [
    {
        "deck": "metrics/tiny",
        "title": "Tiny metrics",
        "topics": {"rates": "Rates"},
        "notes": [
            {"id": "m-1", "topic": "rates", "front": "What is it?", "back": "A rate."},
            {"id": "m-2", "kind": "cloze", "text": "{{c1::One}} and {{c2::two}}."},
            {"id": "m-3", "kind": "numeric", "question": "Bits?", "answer": 8},
            CHOICE,
        ],
    },
    {
        "deck": "scaling/tiny",
        "title": "Tiny scaling",
        "notes": [
            {"id": "s-1", "front": "Sharded?", "back": "Weights.", "tags": ["shard"]},
            {"id": "s-2", "front": "Replicated?", "back": "Nothing."},
        ],
    },
]
CARDS = ("m-1", "m-2:c1", "m-2:c2", "m-3", "m-4", "s-1", "s-2")

durations = st.sampled_from(
    [0, 0, 0, 1, 40, 8_000, 59_999, 60_000, 7_200_000, 2**31 - 1]
)
waits = st.sampled_from([0, 60, 600, 86_400, 21 * 86_400, 36_500 * 86_400, 1 << 40])
stabilities = st.sampled_from([1e-6, 0.001, 0.5, 3.0, 400.0, 36_500.0, 1e9])
difficulties = st.sampled_from([1.0, 1.0001, 5.0, 10.0])


def days(today: int) -> st.SearchStrategy[int]:
    """Study days near today, far from it, and at both ends of the calendar."""
    near = st.integers(-40, 40).map(lambda ahead: today + ahead)
    far = st.sampled_from([1, 2, EPOCH_DAY, today - 3650, today + 3650, LAST_DAY])
    return st.one_of(near, near, far)


def instants(now: int) -> st.SearchStrategy[int]:
    """Instants near now, and at both ends of what an identifier holds."""
    near = st.integers(-40 * 86_400_000, 40 * 86_400_000).map(lambda ms: now + ms)
    return st.one_of(near, near, st.sampled_from([0, 1, now, LATEST]))


answers = st.tuples(st.integers(1, 4), durations, st.integers(0, 3), waits)
"""Rating, milliseconds, state before, and seconds of the wait."""


@st.composite
def reviews(draw: st.DrawFn, now: int, today: int) -> list[list[Any]]:
    """A log of one card: a few answers over and over, by a clock that may jump."""
    pattern = draw(st.lists(answers, min_size=1, max_size=3))
    at, day = draw(instants(now)), draw(days(today))
    step = draw(st.sampled_from([0, 1, 60_000, 86_400_000, -86_400_000]))
    days_on = draw(st.sampled_from([0, 1, 1, 30, -1]))
    rows = []
    for number in range(draw(st.sampled_from([0, 1, 2, 7, 150]))):
        rating, duration, state, wait = pattern[number % len(pattern)]
        instant = min(max(at + number * step, 0), LATEST)
        on = min(max(day + number * days_on, 1), LAST_DAY)
        review = PastReview(instant, on, rating, duration, state, wait)
        rows.append([*review])
    return rows


@st.composite
def histories(draw: st.DrawFn, card: str, now: int, today: int) -> Plain:
    """What a file says was learned of a card."""
    state = draw(st.sampled_from(["new", "learning", "review", "review", "relearning"]))
    memory: Plain = {"state": state}
    if state != "new":
        memory |= {
            "stability": draw(stabilities),
            "difficulty": draw(difficulties),
            "due_day": draw(days(today)),
            "last_day": draw(days(today)),
            "interval_seconds": draw(waits),
            "reps": draw(st.sampled_from([0, 1, 2**31 - 1])),
            "lapses": draw(st.sampled_from([0, 8, 2**31 - 1])),
        }
        if state != "review":
            memory |= {"step": draw(st.integers(0, 3)), "due_at": draw(instants(now))}
    flags: Plain = {}
    if draw(st.booleans()):
        flags["suspended"] = draw(st.booleans())
    if draw(st.booleans()):
        flags["leech"] = draw(st.booleans())
    if draw(st.booleans()):
        flags["buried_until"] = draw(days(today))
    return {"card": card, **memory, **flags, "reviews": draw(reviews(now, today))}


@st.composite
def plans(draw: st.DrawFn, today: int) -> Plain:
    """A plan as a file states it: past, near or years ahead, with or without minutes."""
    interviews = draw(
        st.lists(
            st.one_of(
                st.sampled_from([today - 1, today, today + 1, today + 7, today + 3650]),
                days(today),
            ),
            max_size=3,
            unique=True,
        )
    )
    parts = st.sampled_from(["metrics", "metrics/tiny", "scaling", "nowhere"])
    return {
        "started_day": draw(days(today)),
        "interviews": [{"day": day, "title": "Bank"} for day in sorted(interviews)],
        "minutes": draw(st.sampled_from([0, 1, 15, 1440])),
        "target": draw(st.sampled_from([1e-9, 0.5, 0.85, 0.99, 1.0])),
        "weekdays_off": draw(st.sampled_from([[], [5, 6], [0, 1, 2, 3, 4, 5, 6]])),
        "dates_off": draw(st.lists(days(today), max_size=3, unique=True)),
        "scope": draw(st.lists(parts, max_size=2, unique=True)),
        "weights": [
            [part, draw(st.sampled_from([0, 1e-9, 1, 1000]))]
            for part in draw(st.lists(parts, max_size=2, unique=True))
        ],
        "tasks": [
            {
                "name": "read",
                "kind": "read",
                "title": "Read it",
                "day": draw(st.one_of(st.none(), days(today))),
                "done_day": draw(st.one_of(st.none(), days(today))),
            }
        ],
    }


@st.composite
def forecasts(draw: st.DrawFn, today: int) -> Plain:
    """A saved forecast."""
    return {
        "made_day": draw(days(today)),
        "target_day": draw(days(today)),
        "readiness": draw(st.sampled_from([0.0, 0.5, 1.0])),
        "low": 0.0,
        "high": 1.0,
        "minutes": draw(st.sampled_from([0, 15, 1440])),
        "cards": draw(st.integers(0, 7)),
        "is_full": draw(st.booleans()),
    }


@st.composite
def pasts(draw: st.DrawFn, now: int, today: int) -> Plain:
    """A file of everything: two decks, what was learned of them, and what is planned."""
    cards = draw(st.lists(st.sampled_from(CARDS), unique=True))
    file: Plain = {
        "format": "flashcards",
        "version": 1,
        "review_fields": PastReview._fields,
        "decks": DECKS,
        "cards": [draw(histories(card, now, today)) for card in cards],
        "forecasts": draw(
            st.lists(
                forecasts(today),
                max_size=12,
                unique_by=lambda forecast: (
                    forecast["made_day"],
                    forecast["target_day"],
                ),
            )
        ),
    }
    if draw(st.sampled_from([True, True, False])):
        file["plan"] = draw(plans(today))
    return file


configs = st.builds(
    '{}timezone = "{}"\n[scheduling]\ndesired_retention = {}\nmaximum_interval = {}\n'.format,
    st.sampled_from(["", "rollover_hour = 0\n", "rollover_hour = 23\n"]),
    st.sampled_from(["UTC", "Pacific/Kiritimati", "Etc/GMT+12"]),
    st.sampled_from(["0.70", "0.90", "0.99"]),
    st.sampled_from(["1", "36500"]),
)
"""Settings files at both ends of what is allowed."""


def fill(home: Path, past: Plain, config: str) -> None:
    """Make a store of a past, through the import."""
    home.mkdir()
    (home / "config.toml").write_text(config)
    (home / "past.json").write_text(json.dumps(past))
    collection = Collection(AppDirectories(home))
    collection.store()
    try:
        assert collection.importing.import_files([home / "past.json"]).problems == []
    finally:
        collection.close()
