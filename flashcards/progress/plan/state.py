"""The state of a plan today: its cards, their weights, and the days left."""

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
    from collections.abc import Collection, Sequence

    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import Interview, SavedForecast, StudyPlan
    from flashcards.progress.log.review_log import Floats, Integers
    from flashcards.store.reader import Reader
    from flashcards.store.rows import Done, FigureCard


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
    """The index of each card's deck in `decks`."""
    start: InitialState
    spent_today: float
    """Seconds of today's minutes that are used: by the clock or by the predictions of the
    cards asked, whichever is more, as in the queue of the day."""
    formulas: VectorFormulas
    costs: Costs
    saved_forecasts: Sequence[SavedForecast] = ()
    """Of all plans so far, oldest first."""
    is_saved: bool = False
    """Whether the plan is the saved one, not a draft."""

    @property
    def days_left(self) -> int:
        """Days to the interview: 1 on the last day of study."""
        return self.interview.day - self.today

    def schedule(self, minutes: float | None = None) -> StudySchedule:
        """Return the days ahead with the plan's minutes a day, or with other minutes."""
        daily = self.plan.minutes if minutes is None else minutes
        days_left = min(self.days_left, MOST_DAYS_AHEAD)
        days = range(self.today, self.today + days_left)
        budgets = np.array(
            [0.0 if self.plan.is_off(day) else daily * 60.0 for day in days]
        )
        # Studying on a day off is possible, but the forecast does not count on it.
        budgets[0] = max(0.0, budgets[0] - self.spent_today)
        return StudySchedule(
            budgets, max(daily, 1e-6), self.plan.length(self.interview.day)
        )

    def count_notes(self) -> tuple[Integers, Integers]:
        """Return for each deck the notes with a card seen, and all notes."""
        _, first, note = np.unique(
            [card.note_id for card in self.cards],
            return_index=True,
            return_inverse=True,
        )
        size, deck = len(self.decks), self.deck[first]
        seen = np.bincount(note, weights=self.start.seen) > 0
        return (
            np.bincount(deck[seen], minlength=size),
            np.bincount(deck, minlength=size),
        )

    @property
    def seen(self) -> int:
        """Cards seen so far."""
        return int(self.start.seen.sum())

    def recall_now(self, ahead: int = 0) -> Floats:
        """Return the recall of each card some days ahead without any further review.

        0 for cards never seen.
        """
        elapsed = np.maximum(ahead - self.start.last, 0)
        recall = self.formulas.retrievability(self.start.stability, elapsed)
        return np.where(self.start.seen, recall, 0.0)


def load_plan_state(
    reader: Reader, settings: Settings, moment: Moment, draft: StudyPlan | None = None
) -> PlanState | None:
    """Return the state of the saved plan, or of a draft.

    None without a plan, if no interview is ahead, and if no card counts.
    """
    saved_plan = reader.plan.load()
    plan = draft or saved_plan
    interview = plan.next_interview(moment.day) if plan else None
    if plan is None or interview is None:
        return None
    with reader.snapshot():
        cards = reader.figures.cards()
        decks = reader.figures.deck_titles()
        done = reader.queue.done_today(moment.day).values()
        forecasts = reader.plan.forecasts()
        costs = estimate_costs(
            reader.log.answer_times(moment.day),
            reader.figures.review_ratings(moment.day),
        )
    weights = {deck: plan.weight_of(row[0]) for deck, row in decks.items()}
    counted = [
        card
        for card in cards
        if weights[card.deck_id] > 0 and not card.suspended and not card.retired
    ]
    if not counted:
        return None
    order = sorted({card.deck_id for card in counted}, key=lambda deck: decks[deck][0])
    index_of = {deck: index for index, deck in enumerate(order)}
    return PlanState(
        plan=plan,
        interview=interview,
        today=moment.day,
        cards=counted,
        decks=tuple(decks[deck][0] for deck in order),
        titles=tuple(decks[deck][1] for deck in order),
        deck=np.array([index_of[card.deck_id] for card in counted]),
        start=_start(
            counted, plan, moment.day, {d: row[0] for d, row in decks.items()}
        ),
        spent_today=_seconds_used(done, costs),
        formulas=_formulas(counted, settings, {d: decks[d][0] for d in order}),
        costs=costs,
        saved_forecasts=forecasts,
        is_saved=plan == saved_plan,
    )


def _seconds_used(done: Collection[Done], costs: Costs) -> float:
    answered = sum(row.milliseconds for row in done) / 1000
    predicted = sum(
        row.new * costs.new + row.reviews * costs.last_review + row.carried * costs.step
        for row in done
    )
    return max(answered, predicted)


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
    """Return formulas with one set of weights, or one per card if decks differ."""
    sets = {deck: settings.options(key).weights for deck, key in decks.items()}
    if len(set(sets.values())) == 1:
        return VectorFormulas(next(iter(sets.values())))
    return VectorFormulas(np.array([sets[card.deck_id] for card in cards]))
