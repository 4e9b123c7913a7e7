"""Learners who go through the program's own sessions, day by day, with and without a date."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.domain.clock import moment
from flashcards.domain.settings.settings import (
    DEFAULT_WEIGHTS,
    AppDirectories,
    DeckOptions,
    Settings,
)
from flashcards.domain.study_plan import TIER_WEIGHTS, Interview, StudyPlan
from flashcards.progress.forecast.simulation import simulate
from flashcards.scheduling.date_policy import STEPS_AFTER
from flashcards.scheduling.formulas import Formulas
from tests.benchmarks.learners.made import (
    COSTS,
    FORMULAS,
    TIERS,
    TOPICS,
    blank,
    course,
    say,
    say_head,
    topic_weights,
)

if TYPE_CHECKING:
    from flashcards.progress.log.review_log import Floats
    from flashcards.study.session.session import ReviewSession

DECKS = [f"t/{topic:02}" for topic in range(TOPICS)]
HOUR = 3_600_000
MORNING = 1_790_000_000_000 + 9 * HOUR
SIMULATED_RUNS = 12


class Cell(NamedTuple):
    """A plan from its first day."""

    size: int
    days: int
    minutes: int

    @property
    def name(self) -> str:
        return " / ".join(map(str, self))


DESIGNED = {
    Cell(330, 7, 20): 0.603,
    Cell(330, 7, 40): 0.899,
    Cell(330, 14, 20): 0.868,
    Cell(330, 30, 10): 0.868,
    Cell(330, 30, 20): 0.990,
    Cell(930, 14, 20): 0.525,
    Cell(930, 14, 40): 0.771,
    Cell(930, 30, 20): 0.764,
}
"""Readiness that the policy reached where it was designed."""


@dataclass
class Studied:
    """The outcome of a plan that was studied to its day."""

    readiness: float = 0.0
    seconds: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    """Of answering, by day."""
    new: int = 0
    reviews: int = 0
    """On a later day than the answer before."""
    left_steps: int = 0
    """Reviews of cards whose learning steps were left unfinished the day before."""


def sessions_table(runs: int) -> None:
    """Print the readiness that the program's own sessions reach, cell by cell.

    Each run has topics of other weights and other chances; simulation and due order have
    the same topics.
    """
    say_head(
        "notes / days / min", "designed", "simulated", "own sessions", "minutes a day",
        "by due order", "minutes a day", "lead", "without tiers", "lead",
    )  # fmt: skip
    for cell, designed in DESIGNED.items():
        rows = [_compared(cell, seed) for seed in range(runs)]
        simulated, planned, due, mixed = np.array([row[:4] for row in rows]).T
        own, other = np.array([row[4:] for row in rows]).mean(axis=0)
        say(
            cell.name, f"{designed:.3f}", f"{simulated.mean():.3f}",
            f"{planned.mean():.3f} ± {_interval(planned - simulated):.3f}", f"{own:.1f}",
            f"{due.mean():.3f}", f"{other:.1f}",
            _lead(planned - due), f"{mixed.mean():.3f}", _lead(planned - mixed),
        )  # fmt: skip


def _compared(cell: Cell, seed: int) -> tuple[float, ...]:
    planned = studied(cell, seed, planned=True)
    due = mixed = studied(cell, seed, planned=False)
    if cell.size > TIERS[cell.size][0]:
        mixed = studied(cell, seed, planned=False, has_tiers=False)
    minutes = [
        sum(outcome.seconds.values()) / 60 / cell.days for outcome in (planned, due)
    ]
    readiness = [outcome.readiness for outcome in (planned, due, mixed)]
    return simulated(cell, seed), *readiness, *minutes


def _lead(differences: np.ndarray) -> str:
    """Return a lead in points."""
    return f"{100 * differences.mean():+.1f} ± {100 * _interval(differences):.1f}"


def _interval(differences: np.ndarray) -> float:
    """Return the half width of the 95% interval of a mean of paired differences."""
    return float(1.96 * differences.std(ddof=1) / len(differences) ** 0.5)


def simulated(cell: Cell, seed: int) -> float:
    """Return the readiness that the program predicts on the first day."""
    start, _ = blank(cell.size, seed)
    days = course(cell.days, cell.minutes)
    outcome = simulate(
        start, days, FORMULAS, costs=COSTS, runs=SIMULATED_RUNS, seed=seed
    )
    assert outcome is not None
    return float(outcome.readiness(start.weight).mean())


def studied(cell: Cell, seed: int, *, planned: bool, has_tiers: bool = True) -> Studied:
    """Return the result of studying every day with the program's own sessions.

    Without a plan new cards come evenly over the days, and minutes that are left over are
    spent on more of them. Without tiers the decks do not say what weighs most; readiness
    is weighted all the same.
    """
    directory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a disk of memory
    with tempfile.TemporaryDirectory(dir=directory) as name:
        context = _Desk(Path(name), cell, has_tiers=has_tiers)
        first = context.collection.moment().day
        weights = topic_weights(np.random.default_rng(seed))
        plan = StudyPlan(
            first,
            (Interview(first + cell.days),),
            minutes=cell.minutes,
            weights=tuple(zip(DECKS, map(float, weights), strict=True)),
        )
        if planned:
            context.collection.plan.save(plan, "plan")
        learner = Learner(seed)
        for _ in range(cell.days):
            context.study_day(learner)
        learner.came.readiness = context.readiness(weights, learner, first + cell.days)
        context.collection.close()
    return learner.came


class Learner:
    """Somebody whose memory is that of the model with the scheduler's own weights."""

    def __init__(self, seed: int) -> None:
        self.came = Studied()
        self._chance = random.Random(seed)  # noqa: S311 - the same learner each time
        self._formulas = Formulas(DEFAULT_WEIGHTS)
        self._memory: dict[int, tuple[float, float, int]] = {}
        self._steps: dict[int, int] = {}

    def answer(self, card: int, day: int) -> tuple[Rating, float]:
        """Return rating and seconds, and remember."""
        rating, seconds = self._answer(card, day)
        self.came.seconds[day] += seconds
        return Rating(rating), seconds

    def recall(self, card: int, day: int) -> float:
        """Return the chance of recall on a day, 0 for a card never seen."""
        if card not in self._memory:
            return 0.0
        s, _, last = self._memory[card]
        return self._formulas.retrievability(s, day - last)

    def _answer(self, card: int, day: int) -> tuple[int, float]:
        if card not in self._memory:
            rating = self._drawn((1, 2, 3, 4), COSTS.first_ratings)
            self._memory[card] = (*self._formulas.first(rating), day)
            self._steps[card] = STEPS_AFTER[rating - 1]
            self.came.new += 1
            return rating, COSTS.first_look
        s, d, last = self._memory[card]
        if day == last:
            rating, seconds = 3, COSTS.step
            self._steps[card] -= 1
        else:
            recalled = self._chance.random() < self.recall(card, day)
            rating, seconds = 1, COSTS.forgotten
            if recalled:
                rating, seconds = self._drawn((2, 3, 4), COSTS.success), COSTS.recalled
            self.came.left_steps += self._steps[card] > 0
            self.came.reviews += 1
            self._steps[card] = int(not recalled)
        after = self._formulas.following(s, d, day - last, rating)
        self._memory[card] = (*after, day)
        return rating, seconds

    def _drawn(self, values: tuple[int, ...], shares: tuple[float, ...]) -> int:
        return self._chance.choices(values, shares)[0]


@dataclass
class HandClock:
    """A clock that the learner's own answers move on."""

    at: int

    def now(self) -> int:
        return self.at


class _Desk:
    """A home with decks of 24 topics, studied day by day."""

    def __init__(self, directory: Path, cell: Cell, *, has_tiers: bool) -> None:
        self._directory = directory
        self._cell = cell
        self._clock = HandClock(MORNING)
        self.collection = self._opened(-(-cell.size // cell.days))
        self.collection.store()
        self.collection.importing.import_files(
            [_decks(directory, cell.size, has_tiers)]
        )

    def study_day(self, learner: Learner) -> None:
        """Study for the minutes of a day, and sleep."""
        seconds_left = self._study(learner, self._cell.minutes)
        if seconds_left > 0 and self.collection.reader.plan.load() is None:
            self._reopen(self._cell.size)
            self._study(learner, seconds_left)
            self._reopen(-(-self._cell.size // self._cell.days))
        zone = self.collection.settings.zone
        self._clock.at = moment(self._clock.at, zone, 4).day_ends_at + 5 * HOUR

    def readiness(self, topics: Floats, learner: Learner, day: int) -> float:
        """Return the weighted recall of all cards on a day."""
        recalls, weights = [], []
        tiers = _tiers(self._cell.size)
        for card in self.collection.reader.queue.all(day, Scope()):
            number = int(self.collection.reader.cards.get(card.card_id).note_key[1:])
            recalls.append(learner.recall(card.card_id, day))
            weights.append(topics[number % TOPICS] * TIER_WEIGHTS[tiers[number]])
        return float(np.average(recalls, weights=weights))

    def _study(self, learner: Learner, minutes: float) -> float:
        """Answer everything a session asks, and return the minutes left."""
        session: ReviewSession = self.collection.sessions.start_review(minutes=minutes)
        spent = 0.0
        while session.current is not None:
            day = self.collection.moment().day
            rating, seconds = learner.answer(session.current.row.card_id, day)
            spent += seconds
            self._clock.at += round(seconds * 1000)
            session.reveal()
            session.rate(rating)
        session.leave()
        return minutes - spent / 60 if session.ending == "empty" else 0.0

    def _reopen(self, new_per_day: int) -> None:
        self.collection.close()
        self.collection = self._opened(new_per_day)

    def _opened(self, new_per_day: int) -> Collection:
        options = DeckOptions(new_per_day=new_per_day, reviews_per_day=9999)
        settings = Settings(timezone="UTC", scheduling=options)
        return Collection(
            AppDirectories(self._directory / "home"), settings, self._clock
        )


def _decks(directory: Path, size: int, has_tiers: bool) -> Path:
    names = ("core", "depth", "stretch")
    tiers = _tiers(size) if has_tiers else [0] * size
    order = random.Random(size)  # noqa: S311 - the same decks each time
    for topic, deck in enumerate(DECKS):
        path = directory / "decks" / f"{deck}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        numbers = list(range(topic, size, TOPICS))
        if not has_tiers:
            order.shuffle(numbers)
        notes = "".join(
            f"  - {{id: n{number}, tier: {names[tiers[number]]}, front: Q{number}, back: A}}\n"
            for number in numbers
        )
        path.write_text(
            f"deck: {deck}\ntitle: Topic\nnotes:\n{notes}", encoding="utf-8"
        )
    return directory / "decks"


def _tiers(size: int) -> list[int]:
    """Return the tier of each note by its number."""
    return [tier for tier, notes in enumerate(TIERS[size]) for _ in range(notes)]
