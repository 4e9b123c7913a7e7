"""Plans over made cards, without a store."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.progress.forecast.simulation_types import InitialState
from flashcards.progress.plan.state import PlanState
from flashcards.scheduling.date_policy import Costs
from flashcards.scheduling.vectors import VectorFormulas
from flashcards.store.rows import FigureCard

TODAY = 740_000

MakeState = Callable[..., PlanState]


@pytest.fixture
def make_state() -> MakeState:
    """Makes a plan over cards of two areas, some of them seen yesterday."""

    def make(
        cards: int = 60,
        *,
        seen: int = 0,
        days: int = 10,
        minutes: int = 10,
        target: float = 0.85,
        stability: float = 3.0,
        heavy: float = 1.0,
        **plan: object,
    ) -> PlanState:
        deck = np.arange(cards) % 2
        weight = np.where(deck == 0, heavy, 1.0)
        known = np.arange(cards) < seen
        rows = [
            FigureCard(n, n, 1 + n % 2, "", n, 0, None, None, None, None, 0, 0, 0, 0, 0)
            for n in range(cards)
        ]
        return PlanState(
            StudyPlan(
                TODAY,
                (Interview(TODAY + days),),
                minutes=minutes,
                target=target,
                **plan,  # type: ignore[arg-type]
            ),
            Interview(TODAY + days),
            TODAY,
            rows,
            ("alpha/one", "beta/two"),
            ("One", "Two"),
            deck,
            InitialState(
                known,
                np.where(known, stability, 1.0),
                np.full(cards, 5.0),
                np.where(known, -1, 0),
                weight / weight.sum(),
            ),
            0.0,
            VectorFormulas(DEFAULT_WEIGHTS),
            Costs(),
        )

    return make
