"""The queue before an interview: first the cards that raise recall on its day most per second.

`scheduling.date_policy` ranks the cards. This module loads them and applies the rules of every
day: one card of each note, no card seen today, learning steps first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from flashcards.domain.cards import Scope, SessionKind, tier_of
from flashcards.domain.study_plan import is_within
from flashcards.scheduling.date_policy import (
    Costs,
    DatePolicy,
    PolicyCard,
    Situation,
    Thresholds,
    compute_thresholds,
    estimate_costs,
    order_by_rank,
)
from flashcards.scheduling.formulas import Formulas
from flashcards.study.queue.day_budget import load_day_budget
from flashcards.study.queue.order import group_linked_notes, sort_least_known_first
from flashcards.study.queue.pace import estimate_pace
from flashcards.study.queue.queue import LEARN_AHEAD_MS, Queue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from flashcards.domain.cards import QueueCard
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.store.reader import Reader
    from flashcards.study.queue.day_budget import DayBudget

LEEWAY = 1.5
"""Cards kept in reserve, over those that fit, for a learner who is faster than predicted."""

FIRM_RECALL = 0.9
"""Predicted recall from which a card needs no review on the day before an interview."""


class SeenCard(Protocol):
    """What is needed of a card."""

    @property
    def deck_id(self) -> int:
        """The id of its deck."""

    @property
    def position(self) -> int:
        """Its place in teaching order, which holds the tier of its note."""

    @property
    def last_day(self) -> int | None:
        """The study day of its last review."""

    @property
    def stability(self) -> float | None:
        """Its stability in days; None for a card that was never seen."""


Card = TypeVar("Card", bound=SeenCard)


class DateCards(NamedTuple):
    """The cards of a study day before an interview."""

    learning: Sequence[QueueCard]
    """Cards in learning or relearning, asked first in any case."""
    cards: Sequence[QueueCard]
    """Cards in Review and new cards, in teaching order."""
    difficulties: Mapping[int, float]
    decks: Mapping[int, str]
    seen_notes: Mapping[int, Collection[int]]
    """Cards reviewed today, by note."""
    new_today: int = 0
    """Cards first seen today."""
    studied_before: bool = False
    """Whether there is a review on an earlier day."""

    def without(self, card_ids: Collection[int]) -> DateCards:
        """Return the day without some cards."""
        return self._replace(
            learning=[c for c in self.learning if c.card_id not in card_ids],
            cards=[c for c in self.cards if c.card_id not in card_ids],
        )


def load_date_queue(
    reader: Reader,
    settings: Settings,
    plan: StudyPlan,
    scope: Scope,
    moment: Moment,
    *,
    minutes: float = 0,
    without: Collection[int] = (),
) -> Queue | None:
    """Return today's queue under a plan, or None where it includes none of these decks.

    Args:
        reader: The store.
        settings: The settings; decks may have weights of their own.
        plan: A plan with an interview ahead.
        scope: The decks, topics and tags asked for. Without minutes their queue is their
            part of today's queue for all decks.
        moment: Now.
        minutes: Minutes of this session; 0 for what is left of the plan's day.
        without: Ids of cards that are not asked.
    """
    day = moment.day
    within = scope_in_plan(plan, scope, list(reader.cards.deck_keys().values()))
    if not within.decks:
        return None
    today = load_date_cards(reader, plan, within if minutes else Scope(), day)
    if today is None:
        return None
    if without:
        today = today.without(without)
    times = reader.log.answer_times(day)
    queue = build_date_queue(
        today,
        plan,
        day,
        budget=load_day_budget(reader, plan, day, estimate_pace(times)),
        minutes=minutes,
        costs=estimate_costs(times, reader.figures.review_ratings(day)),
        weights_of=lambda deck: settings.options(deck).weights,
        links=reader.queue.linked_notes,
        learn_ahead_ms=settings.learn_ahead_ms,
    )
    if scope != Scope():
        queue.keep_only(reader.queue.card_ids(day, within))
    return queue


def load_date_cards(
    reader: Reader, plan: StudyPlan, scope: Scope, day: int
) -> DateCards | None:
    """Return the cards of a study day that the plan includes, None where it includes no deck."""
    decks = reader.cards.deck_keys()
    planned = scope_in_plan(plan, scope, list(decks.values()))
    if not planned.decks:
        return None
    return DateCards(
        learning=reader.queue.learning(day, planned),
        cards=sort_least_known_first(
            reader.queue.ranked(day, planned),
            reader.plan.first_answers(SessionKind.DIAGNOSTIC),
        ),
        difficulties=reader.plan.difficulties(),
        decks=decks,
        seen_notes=reader.queue.notes_seen(day),
        new_today=sum(done.new for done in reader.queue.done_today(day).values()),
        studied_before=any(studied < day for studied in reader.log.studied_days()),
    )


def load_ranked_cards(
    reader: Reader, settings: Settings, plan: StudyPlan, scope: Scope, day: int
) -> list[QueueCard] | None:
    """Return the cards not seen today in the order of the policy, however many there are.

    None where the plan includes none of the decks.
    """
    today = load_date_cards(reader, plan, scope, day)
    if today is None:
        return None
    return rank_cards(
        today,
        plan,
        day,
        costs=estimate_costs(
            reader.log.answer_times(day), reader.figures.review_ratings(day)
        ),
        weights_of=lambda deck: settings.options(deck).weights,
    )


def compute_day_thresholds(
    today: DateCards, situation: Situation, costs: Costs
) -> Thresholds:
    """Return the thresholds of the date policy for a day.

    They are those of its beginning, so that the order of its cards does not change while
    it is studied.
    """
    cards = len(today.cards) + len(today.learning)
    unseen = sum(card.stability is None for card in today.cards) + today.new_today
    unseen = min(unseen, cards)
    return compute_thresholds(situation, cards - unseen, unseen, costs)


def build_date_queue(
    today: DateCards,
    plan: StudyPlan,
    day: int,
    *,
    budget: DayBudget,
    minutes: float = 0,
    costs: Costs | None = None,
    weights_of: Callable[[str], tuple[float, ...]],
    links: Callable[[Collection[int]], Mapping[int, Collection[int]]] | None = None,
    learn_ahead_ms: int = LEARN_AHEAD_MS,
) -> Queue:
    """Return the queue of a study day under a plan with an interview ahead.

    It ends where the predicted seconds fill the minutes. With `minutes` of a session it holds
    half as many again in reserve, because the session itself ends on time.
    """
    learning = [c for c in today.learning if c.due_day is None or c.due_day <= day]
    ranked = rank_cards(today, plan, day, costs=costs or Costs(), weights_of=weights_of)
    if not minutes and plan.interview_on(day + 1) is not None:
        ranked = _choose_for_last_day(today, ranked, plan, day, weights_of)
    cards = _keep_one_per_note(ranked, learning, today.seen_notes)
    room = minutes * 60 if minutes else budget.seconds_left
    room -= budget.sum_charges(learning)
    fits = budget.count_fitting(cards, room)
    behind = cards[fits : budget.count_fitting(cards, room * LEEWAY)] if minutes else []
    head = cards[:fits]
    if links is not None:
        head = group_linked_notes(head, links([card.note_id for card in head]))
    return Queue(
        [*head, *behind],
        learning,
        day=day,
        learn_ahead_ms=learn_ahead_ms,
        spare=[card.card_id for card in behind],
    )


def rank_cards(
    today: DateCards,
    plan: StudyPlan,
    day: int,
    *,
    costs: Costs,
    weights_of: Callable[[str], tuple[float, ...]],
) -> list[QueueCard]:
    """Return the cards not seen today, in the order of the policy."""
    situation = build_situation(plan, day)
    limits = compute_day_thresholds(today, situation, costs)
    policies: dict[tuple[float, ...], DatePolicy] = {}
    cards = [c for c in today.cards if c.last_day is None or c.last_day < day]
    ranked = []
    for card in cards:
        deck = today.decks[card.deck_id]
        weights = weights_of(deck)
        if weights not in policies:
            policies[weights] = DatePolicy(Formulas(weights), costs)
        item = PolicyCard(
            card.stability,
            today.difficulties.get(card.card_id),
            day - card.last_day if card.last_day is not None else 0,
            plan.card_weight(deck, tier_of(card.position)),
        )
        ranked.append(policies[weights].rank(item, situation.days_left, limits))
    return [cards[index] for index in order_by_rank(ranked)]


def _choose_for_last_day(
    today: DateCards,
    ranked: Sequence[QueueCard],
    plan: StudyPlan,
    day: int,
    weights_of: Callable[[str], tuple[float, ...]],
) -> list[QueueCard]:
    """Return the cards of the day before an interview: those not firm, the weakest first.

    New cards come after them only in a plan made on this day, and where none was seen before.

    Args:
        today: The cards of the day.
        ranked: Those not seen today, in the order of the policy.
        plan: The plan.
        day: The study day.
        weights_of: Returns the weights of a deck's memory model.
    """
    weakest = sort_weakest_first(ranked, plan, today.decks, day + 1, weights_of)
    weak = [card for card, recall in weakest if recall < FIRM_RECALL]
    seen = [c for c in (*today.learning, *today.cards) if c.last_day is not None]
    is_first_day = not today.studied_before and not any(
        card.last_day < day for card in seen if card.last_day is not None
    )
    if plan.started_day < day and not is_first_day:
        return weak
    return [*weak, *(card for card in ranked if card.stability is None)]


def sort_weakest_first(
    cards: Iterable[Card],
    plan: StudyPlan,
    decks: Mapping[int, str],
    day: int,
    weights_of: Callable[[str], tuple[float, ...]],
) -> list[tuple[Card, float]]:
    """Return the seen cards with their recall on a day if none is reviewed until then.

    The first card is the one with most to lose: the chance that it is forgotten, times its
    weight in the plan, so that core notes come before others that are as weak.

    Args:
        cards: Cards in any order; ties keep it.
        plan: Gives the weights of the cards.
        decks: The key of every deck id.
        day: The study day of the recall.
        weights_of: Returns the weights of a deck's memory model.
    """
    formulas: dict[tuple[float, ...], Formulas] = {}
    scored = []
    for card in cards:
        if card.stability is None or card.last_day is None:
            continue
        deck = decks[card.deck_id]
        weights = weights_of(deck)
        if weights not in formulas:
            formulas[weights] = Formulas(weights)
        elapsed = max(day - card.last_day, 0)
        recall = formulas[weights].retrievability(card.stability, elapsed)
        loss = plan.card_weight(deck, tier_of(card.position)) * (1 - recall)
        scored.append((loss, card, recall))
    scored.sort(key=lambda item: -item[0])
    return [(card, recall) for _, card, recall in scored]


def build_situation(plan: StudyPlan, day: int) -> Situation:
    """Return the days and seconds until the next interview, all of today included.

    Raises:
        ValueError: the plan has no interview ahead.
    """
    interview = plan.next_interview(day)
    if interview is None:
        raise ValueError("the plan has no interview ahead")
    return Situation(
        days_left=interview.day - day,
        seconds=plan.study_days(day, interview.day) * plan.minutes * 60,
        minutes=plan.minutes,
        length=plan.length(interview.day),
    )


def scope_in_plan(plan: StudyPlan, scope: Scope, decks: Sequence[str]) -> Scope:
    """Return the part of a scope that the plan includes."""
    decks_asked = [
        deck
        for deck in decks
        if plan.weight_of(deck) > 0
        and (not scope.decks or any(is_within(deck, prefix) for prefix in scope.decks))
    ]
    return Scope(tuple(decks_asked), scope.tags)


def _keep_one_per_note(
    ranked: Sequence[QueueCard],
    learning: Sequence[QueueCard],
    seen_notes: Mapping[int, Collection[int]],
) -> list[QueueCard]:
    notes = {card.note_id for card in learning} | set(seen_notes)
    line = []
    for card in ranked:
        if card.note_id not in notes:
            notes.add(card.note_id)
            line.append(card)
    return line
