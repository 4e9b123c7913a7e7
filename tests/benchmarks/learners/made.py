"""Plans over made cards, with weights of topics and tiers as the policy was designed for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.domain.study_plan import TIER_WEIGHTS, Interview, StudyPlan
from flashcards.progress.forecast.simulation_types import InitialState, StudySchedule
from flashcards.progress.plan.state import PlanState
from flashcards.scheduling.date_policy import Costs
from flashcards.scheduling.vectors import VectorFormulas
from flashcards.store.rows import FigureCard

if TYPE_CHECKING:
    from flashcards.progress.log.review_log import Floats, Integers

FORMULAS = VectorFormulas(DEFAULT_WEIGHTS)
COSTS = Costs()
TOPICS = 24
DAY_ONE = 740_000
TIERS = {330: (330, 0, 0), 930: (330, 370, 230)}
"""Core, depth and stretch cards, by the number of all."""


def topic_weights(chance: np.random.Generator) -> Floats:
    """Return weights of the topics: gamma with a coefficient of variation of a half."""
    return np.asarray(np.round(np.clip(chance.gamma(4, 0.25, TOPICS), 0.05, 10), 3))


def blank(size: int, seed: int) -> tuple[InitialState, Integers]:
    """Return cards never seen, with the topic of each."""
    weights = topic_weights(np.random.default_rng(seed))
    tier = np.repeat([0, 1, 2], TIERS[size])
    topic = np.arange(size) % TOPICS
    weight = np.array(TIER_WEIGHTS)[tier] * weights[topic]
    start = InitialState(
        seen=np.zeros(size, dtype=bool),
        stability=np.ones(size),
        difficulty=np.full(size, 5.0),
        last=np.zeros(size, dtype=np.int64),
        weight=weight / weight.sum(),
    )
    return start, topic


def course(days: int, minutes: float) -> StudySchedule:
    """Return days of equal minutes, from the first to the last."""
    return StudySchedule(np.full(days, minutes * 60.0), minutes, days)


def plan_state(
    start: InitialState, topic: Integers, *, day: int = 0, days: int, minutes: int
) -> PlanState:
    """Return a plan of some days, as of one day."""
    cards = [
        FigureCard(n, n, int(t) + 1, "", n, 0, None, None, None, None, 0, 0, 0, 0, 0)
        for n, t in enumerate(topic)
    ]
    plan = StudyPlan(DAY_ONE, (Interview(DAY_ONE + days),), minutes=minutes)
    names = tuple(f"area/topic-{n:02}" for n in range(TOPICS))
    return PlanState(
        plan, plan.interviews[0], DAY_ONE + day, cards, names, names, topic, start, 0.0,
        FORMULAS, COSTS,
    )  # fmt: skip


def say(*cells: object) -> None:
    """Print a row of a table."""
    sys.stdout.write("| " + " | ".join(map(str, cells)) + " |\n")
    sys.stdout.flush()


def say_head(*names: str) -> None:
    """Print the names of the columns of a table."""
    say(*names)
    say(*["---"] * len(names))
