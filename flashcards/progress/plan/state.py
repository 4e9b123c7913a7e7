"""Where a plan stands today: its cards, their weights, and the days that are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flashcards.domain.cards import tier_of
from flashcards.domain.study_plan import MOST_DAYS_AHEAD
from flashcards.progress.forecast.simulation_types import InitialState, StudySchedule
from flashcards.scheduling.date_policy import Costs, estimate_costs
from flashcards.scheduling.vectors import VectorFormulas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import Interview, StudyPlan
    from flashcards.progress.log.review_log import Floats, Integers
    from flashcards.store.reader import Reader
    from flashcards.store.rows import FigureCard


@dataclass(frozen=True)
class PlanState:
    """A plan with an interview ahead, and the cards it counts, in teaching order."""

    plan: StudyPlan
    interview: Interview
    today: int
    cards: Sequence[FigureCard]
    """Cards of the plan that are neither suspended nor retired."""
    decks: tuple[str, ...]
    """Keys of the decks that have such cards, in order."""
    titles: tuple[str, ...]
    deck: Integers
    """For each card the place of its deck in `decks`."""
    start: InitialState
    spent_today: float
    """Seconds studied today."""
    formulas: VectorFormulas
    costs: Costs

    @property
    def left(self) -> int:
        """Days to the interview: 1 on the last day of study."""
        return self.interview.day - self.today

    def course(self, minutes: float | None = None) -> StudySchedule:
        """Return the days ahead with the plan's minutes a day, or with others."""
        chosen = self.plan.minutes if minutes is None else minutes
        left = min(self.left, MOST_DAYS_AHEAD)
        days = range(self.today, self.today + left)
        budgets = np.array(
            [0.0 if self.plan.is_off(day) else chosen * 60.0 for day in days]
        )
        # Today's minutes may be studied on a day off too, but none are counted on.
        budgets[0] = max(0.0, budgets[0] - self.spent_today)
        return StudySchedule(
            budgets, max(chosen, 1e-6), self.plan.length(self.interview.day)
        )

    def notes(self) -> tuple[Integers, Integers]:
        """Return for each deck the notes seen, by any of their cards, and all notes."""
        _, first, place = np.unique(
            [card.note_id for card in self.cards],
            return_index=True,
            return_inverse=True,
        )
        size, deck = len(self.decks), self.deck[first]
        seen = np.bincount(place, weights=self.start.seen) > 0
        return (
            np.bincount(deck[seen], minlength=size),
            np.bincount(deck, minlength=size),
        )

    @property
    def seen(self) -> int:
        """Cards seen so far."""
        return int(self.start.seen.sum())

    def recall_now(self, ahead: int = 0) -> Floats:
        """Return the recall of each card some days ahead if nothing more is done."""
        elapsed = np.maximum(ahead - self.start.last, 0)
        recall = self.formulas.retrievability(self.start.stability, elapsed)
        return np.where(self.start.seen, recall, 0.0)


def plan_state(
    reader: Reader, settings: Settings, plan: StudyPlan, moment: Moment
) -> PlanState | None:
    """Return where the plan stands; None where no interview is ahead or no card counts."""
    interview = plan.next_interview(moment.day)
    if interview is None:
        return None
    with reader.snapshot():
        cards = reader.figures.cards()
        decks = reader.figures.deck_titles()
        done = reader.queue.done_today(moment.day).values()
        costs = estimate_costs(
            reader.log.answer_times(), reader.figures.review_ratings()
        )
    weigh = {deck: plan.weight_of(row[0]) for deck, row in decks.items()}
    wanted = [
        card
        for card in cards
        if weigh[card.deck_id] > 0 and not card.suspended and not card.retired
    ]
    if not wanted:
        return None
    order = sorted({card.deck_id for card in wanted}, key=lambda deck: decks[deck][0])
    place = {deck: number for number, deck in enumerate(order)}
    return PlanState(
        plan=plan,
        interview=interview,
        today=moment.day,
        cards=wanted,
        decks=tuple(decks[deck][0] for deck in order),
        titles=tuple(decks[deck][1] for deck in order),
        deck=np.array([place[card.deck_id] for card in wanted]),
        start=_start(wanted, plan, moment.day, {d: row[0] for d, row in decks.items()}),
        spent_today=sum(one.milliseconds for one in done) / 1000,
        formulas=_formulas(wanted, settings, {d: decks[d][0] for d in order}),
        costs=costs,
    )


def _start(
    cards: Sequence[FigureCard], plan: StudyPlan, today: int, decks: dict[int, str]
) -> InitialState:
    weight = np.array(
        [plan.card_weight(decks[c.deck_id], tier_of(c.position)) for c in cards]
    )
    return InitialState(
        seen=np.array([card.stability is not None for card in cards]),
        stability=np.array([card.stability or 1.0 for card in cards]),
        difficulty=np.array([card.difficulty or 5.0 for card in cards]),
        last=np.array(
            [min(0, (card.last_day or today) - today) for card in cards],
            dtype=np.int64,
        ),
        weight=weight / weight.sum(),
    )


def _formulas(
    cards: Sequence[FigureCard], settings: Settings, decks: dict[int, str]
) -> VectorFormulas:
    """Return one set of weights, or one for each card where decks differ."""
    sets = {deck: settings.options(key).weights for deck, key in decks.items()}
    if len(set(sets.values())) == 1:
        return VectorFormulas(next(iter(sets.values())))
    return VectorFormulas(np.array([sets[card.deck_id] for card in cards]))
