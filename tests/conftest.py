"""A home of its own for each test, with a clock that stands still.

Property tests judge results, never the speed of the machine they run on: they have no
deadline, and examples may take long to make. `HYPOTHESIS_PROFILE=thorough` looks at ten
times as many examples.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import AppDirectories, DeckOptions, Settings
from tests.helpers import FixedClock, deck

_ANY_SPEED = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("any speed", _ANY_SPEED)
hypothesis.settings.register_profile("thorough", _ANY_SPEED, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "any speed"))

FOUR_NOTES = deck(
    """
    deck: metrics/tiny
    title: Tiny metrics
    topics: {rates: Rates}
    notes:
      - {id: m-1, topic: rates, front: What is precision?, back: TP / (TP + FP), why: Of what was flagged.}
      - {id: m-2, topic: rates, front: What is recall?, back: TP / (TP + FN)}
      - {id: m-3, kind: cloze, text: "F1 is the {{c1::harmonic::which mean}} mean of {{c2::precision}} and recall."}
      - {id: m-4, front: What is specificity?, back: TN / (TN + FP), reverse: true, tags: [rates]}
    """
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def settings() -> Settings:
    return Settings(timezone="UTC", scheduling=replace(DeckOptions(), new_per_day=100))


OpenCollection = Callable[..., Collection]


@pytest.fixture
def opening(
    tmp_path: Path, clock: FixedClock, settings: Settings
) -> Iterator[tuple[OpenCollection, OpenCollection]]:
    opened: list[Collection] = []

    def open_again(changed: Settings | None = None) -> Collection:
        collection = Collection(
            AppDirectories(tmp_path / "home"), changed or settings, clock
        )
        opened.append(collection)
        return collection

    def after_a_crash(changed: Settings | None = None) -> Collection:
        for collection in opened:
            collection._window.close()
        return open_again(changed)

    yield open_again, after_a_crash
    for collection in opened:
        collection.close()


@pytest.fixture
def open_collection(opening: tuple[OpenCollection, OpenCollection]) -> OpenCollection:
    """Opens the same home once more, as a second window does."""
    return opening[0]


@pytest.fixture
def reopen_after_crash(
    opening: tuple[OpenCollection, OpenCollection],
) -> OpenCollection:
    """Opens the same home again after every window on it was killed."""
    return opening[1]


@pytest.fixture
def collection(open_collection: OpenCollection, tmp_path: Path) -> Collection:
    """A home that holds the deck `metrics/tiny`: four notes, six cards."""
    path = tmp_path / "metrics" / "tiny.yaml"
    path.parent.mkdir()
    path.write_bytes(FOUR_NOTES)
    opened = open_collection()
    opened.store()
    opened.importing.import_files([path])
    return opened
