"""A home of its own for each test, with a clock that stands still.

Property tests judge results, never the speed of the machine they run on: they have no
deadline, and examples may take long to make. They try half of the examples that they ask
for; `HYPOTHESIS_PROFILE=thorough` tries ten times as many.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import AppDirectories, DeckOptions, Settings
from tests.helpers import FixedClock, deck
from tests.homes import HomeTemplates

_ANY_SPEED = hypothesis.settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("any speed", _ANY_SPEED)
hypothesis.settings.register_profile("thorough", _ANY_SPEED, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "any speed"))

# Tests make few cycles and many objects: the collector would take a tenth of the time.
gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are cores: many tests wait for the disk or a process."""
    return (os.cpu_count() or 1) + 1


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


@pytest.fixture(scope="session")
def home_templates(tmp_path_factory: pytest.TempPathFactory) -> HomeTemplates:
    """Homes that are made once and copied for each test."""
    return HomeTemplates(tmp_path_factory.mktemp("homes"))


OpenCollection = Callable[..., Collection]
OpenHomeWith = Callable[[str, bytes], Collection]


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
def open_home_with(
    open_collection: OpenCollection,
    home_templates: HomeTemplates,
    settings: Settings,
    clock: FixedClock,
    tmp_path: Path,
) -> OpenHomeWith:
    """Opens a home with one deck file, which lies beside the home."""

    def write_deck(directory: Path, name: str, text: bytes) -> Path:
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
        return path

    def open_home(name: str, text: bytes) -> Collection:
        def make(home: Path) -> None:
            made = Collection(AppDirectories(home), settings, FixedClock(clock.at))
            made.store()
            path = write_deck(home.parent, name, text)
            assert not made.importing.import_files([path]).has_errors
            made.close()

        contents = (name, text, repr(settings), clock.at)
        home_templates.copy(contents, tmp_path / "home", make)
        write_deck(tmp_path, name, text)
        opened = open_collection()
        opened.store()
        return opened

    return open_home


@pytest.fixture
def collection(open_home_with: OpenHomeWith) -> Collection:
    """A home that holds the deck `metrics/tiny`: four notes, six cards."""
    return open_home_with("metrics/tiny.yaml", FOUR_NOTES)
