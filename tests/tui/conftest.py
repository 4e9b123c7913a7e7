from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

import pytest
import textual.app
import textual.pilot
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import AppDirectories, Settings
from flashcards.domain.study_plan import Interview, StudyPlan, Task
from flashcards.tui.app import FlashcardsApp
from tests.conftest import OpenCollection
from tests.helpers import FixedClock, deck
from tests.homes import HomeTemplates
from tests.tui.idle import WatchedLoop, wait_for_idle
from tests.tui.studying import study

METRICS = deck("""
    deck: metrics/classification
    title: Classification metrics
    topics: {averaging: Averaging over classes}
    notes:
      - id: mcl-012
        style: contrast
        topic: averaging
        front: Which average of F1 counts a class of 10 examples as much as one of 10,000?
        back: "Macro-averaged F1: the unweighted mean of the per-class F1 scores."
        why: Macro weights classes, micro weights examples, so a rare class that fails shows only in macro.
        hint: Think of what is averaged.
      - id: mcl-013
        kind: cloze
        text: "Precision is {{c1::TP / (TP + FP)::a fraction}}."
      - id: mcl-014
        front: When does accuracy lie?
        back: When one class is rare.
    """)
SCALING = deck("""
    deck: scaling/training
    title: Training at scale
    notes:
      - id: st-001
        front: What crosses the network in tensor parallelism?
        back: Activations, all-reduced twice a layer.
    """)

TERMINAL = {"COLORTERM": "truecolor", "TERM": "xterm-256color", "LANG": "C.UTF-8"}


class Hands:
    """The monotonic clock of a person who never presses two keys too fast."""

    def __init__(self) -> None:
        self.at = 0.0
        self.step = 1.0

    def __call__(self) -> float:
        self.at += self.step
        return self.at


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], WatchedLoop]]:
    return {"watched": WatchedLoop}


@pytest.fixture(autouse=True)
def _waits_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Pilot wait until the loop of the app is idle, not the processor."""
    monkeypatch.setattr(textual.app, "wait_for_idle", wait_for_idle)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", wait_for_idle)


@pytest.fixture(autouse=True)
def _styles_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse each style sheet in the first app only, which is a fifth of the start of an app."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_rules_once)


_parse_rules = Stylesheet._parse_rules
_parsed_rules: dict[Hashable, list[RuleSet]] = {}


def parse_rules_once(
    sheet: Stylesheet, css: str, read_from: CSSLocation, *where: object, **more: object
) -> list[RuleSet]:
    variables = tuple(sheet._variables.items())
    key = (css, read_from, where, tuple(more.items()), variables)
    if key not in _parsed_rules:
        _parsed_rules[key] = _parse_rules(sheet, css, read_from, *where, **more)  # type: ignore[arg-type]
    return _parsed_rules[key]


@pytest.fixture
def settings() -> Settings:
    return Settings(timezone="UTC", glyphs="unicode")


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    """The deck files that the collection holds."""
    return (METRICS, SCALING)


@pytest.fixture
def studied_days(request: pytest.FixtureRequest) -> int:
    """How many days of study the home holds before the test begins."""
    return 3 if "planned" in request.fixturenames else 0


@pytest.fixture
def collection(  # noqa: PLR0917 - each argument is a fixture
    open_collection: OpenCollection,
    home_templates: HomeTemplates,
    decks: tuple[bytes, ...],
    settings: Settings,
    clock: FixedClock,
    studied_days: int,
    tmp_path: Path,
) -> Collection:
    """A home that holds the decks and days of study; its clock is at the day after them."""

    def write_decks(directory: Path) -> list[Path]:
        paths = []
        for number, text in enumerate(decks):
            paths.append(directory / f"deck{number}.yaml")
            paths[-1].write_bytes(text)
        return paths

    def make(home: Path) -> None:
        made_clock = FixedClock(clock.at)
        made = Collection(AppDirectories(home), settings, made_clock)
        made.store()
        if decks:
            made.importing.import_files(write_decks(home.parent))
        study(made, made_clock, studied_days)
        made.close()

    contents = (decks, repr(settings), clock.at, studied_days)
    home_templates.copy(contents, tmp_path / "home", make)
    write_decks(tmp_path)
    clock.forward(days=studied_days)
    opened = open_collection()
    opened.store()
    return opened


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def app(collection: Collection, hands: Hands) -> FlashcardsApp:
    return FlashcardsApp(collection, environment=TERMINAL, monotonic=hands)


@pytest.fixture
def today() -> int:
    """The day after three days of study."""
    return FixedClock().moment().day + 3


@pytest.fixture
def plan(today: int) -> StudyPlan:
    return StudyPlan(
        today - 3,
        (Interview(today + 8, "Bank"),),
        minutes=1,
        weights=(("metrics", 2.0),),
        tasks=(Task("mock-1", "mock", "Mock interview", 40, today + 2),),
    )


@pytest.fixture
def planned(collection: Collection, plan: StudyPlan) -> Collection:
    """A home with three days of study and a plan."""
    collection.plan.save(plan, "Made a plan")
    return collection
