"""The tree of decks with the cards of today and their predicted seconds, for home and `due`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope, State
from flashcards.domain.study_plan import NearInterviews
from flashcards.study.queue.cards_left import CardsLeft, QueueCounts
from flashcards.study.queue.day_budget import has_day_budget, load_day_budget
from flashcards.study.queue.load import load_queue
from flashcards.text.deck_keys import list_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flashcards.domain.cards import QueueCard
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.store.reader import Reader
    from flashcards.study.queue.day_budget import DayBudget
    from flashcards.study.queue.pace import Pace


NO_INTERVIEW = NearInterviews()


@dataclass(frozen=True, slots=True)
class Branch:
    """A deck, or an area of decks, with the cards that today's limits allow."""

    key: str
    title: str
    """The deck's title; for an area the last part of its key, capitalized."""
    counts: QueueCounts
    seconds: float
    """Predicted seconds of those cards."""
    branches: tuple[Branch, ...] = ()
    is_deck: bool = True


@dataclass(frozen=True, slots=True)
class Overview:
    """What is left to do on a study day. Every place that shows today shows these figures."""

    day: int
    left: CardsLeft
    seconds: float
    """Predicted seconds of the cards to ask now."""
    areas: tuple[Branch, ...]
    """The areas, which are the first parts of deck keys, by title; they add up to the whole."""
    is_off: bool = False
    """Whether the study plan has a day off."""
    interviews: NearInterviews = NO_INTERVIEW
    """The interviews of these days. On the day of one nothing is due."""
    available: int = 0
    """On the day of an interview the cards that can be reviewed all the same."""

    @property
    def counts(self) -> QueueCounts:
        """The cards to ask now, by what they are."""
        return self.left.counts

    @property
    def decks(self) -> tuple[Branch, ...]:
        """All decks, without areas, in the order of the tree."""
        return tuple(deck for area in self.areas for deck in _list_decks(area))


def load_overview(
    reader: Reader,
    settings: Settings,
    pace: Pace,
    moment: Moment,
    draft: StudyPlan | None = None,
) -> Overview:
    """Return what is left of today, for every deck and in all.

    With a study plan these are the cards that fit into the minutes left of its day; without
    one, what is due within today's limits. They are the cards of the session that starts now.

    Args:
        reader: The store.
        settings: The settings.
        pace: Predicted seconds of cards.
        moment: Now.
        draft: A plan that is not saved; None for the saved one.
    """
    plan = draft or reader.plan.load()
    queue = load_queue(reader, settings, Scope(), moment, plan=plan)
    budget = find_day_budget(reader, plan, moment.day, pace)
    near = plan.near_interviews(moment.day) if plan else NO_INTERVIEW
    decks = reader.cards.deck_keys()
    titles = {
        decks[deck_id]: title
        for deck_id, (_, title, _) in reader.figures.deck_titles().items()
        if deck_id in decks
    }
    counts = _count_by_key(queue.list_left(moment.at, budget), decks)
    areas = _Tree(counts, pace, titles).areas()
    if near.today is not None:
        minutes = (plan.minutes if plan else 0) or settings.minutes
        usual = load_queue(
            reader, settings, Scope(), moment, minutes=minutes, plan=plan
        )
        available = usual.count_left(moment.at).total
        nothing = CardsLeft(counts[""])
        return Overview(
            moment.day, nothing, 0, areas, interviews=near, available=available
        )
    return Overview(
        day=moment.day,
        left=queue.count_left(moment.at, budget),
        seconds=pace.seconds(counts[""]),
        areas=areas,
        is_off=budget is not None and budget.seconds == 0,
        interviews=near,
    )


def find_day_budget(
    reader: Reader, plan: StudyPlan | None, day: int, pace: Pace
) -> DayBudget | None:
    """Return how much of a plan's day is used; None without a plan, and after its end."""
    if plan is None or not has_day_budget(plan, day):
        return None
    return load_day_budget(reader, plan, day, pace)


def count_due_elsewhere(
    reader: Reader, settings: Settings, pace: Pace, moment: Moment, scope: Scope
) -> int:
    """Return how many cards are asked today outside of a scope."""
    if scope == Scope():
        return 0
    whole = load_overview(reader, settings, pace, moment).counts.total
    budget = find_day_budget(reader, reader.plan.load(), moment.day, pace)
    queue = load_queue(reader, settings, scope, moment)
    return max(0, whole - queue.count_left(moment.at, budget).total)


def _count_by_key(
    cards: Sequence[QueueCard], decks: Mapping[int, str]
) -> dict[str, QueueCounts]:
    """Return the numbers of some cards, for every deck, every prefix and "" for all."""
    sums: dict[str, list[int]] = {"": [0] * len(State)}
    sums |= {
        prefix: [0] * len(State)
        for key in decks.values()
        for prefix in list_prefixes(key)
    }
    for card in cards:
        for prefix in ("", *list_prefixes(decks[card.deck_id])):
            sums[prefix][card.state] += 1
    return {
        key: QueueCounts(new, learning + relearning, review)
        for key, (new, learning, review, relearning) in sums.items()
    }


@dataclass
class _Tree:
    counts: Mapping[str, QueueCounts]
    pace: Pace
    titles: Mapping[str, str]
    children: dict[str, list[str]] = field(default_factory=dict)

    def areas(self) -> tuple[Branch, ...]:
        for key in sorted(self.counts):
            if key:
                self.children.setdefault(key.rpartition("/")[0], []).append(key)
        return self._branches("")

    def _branches(self, parent: str) -> tuple[Branch, ...]:
        branches = [self._branch(key) for key in self.children.get(parent, ())]
        return tuple(sorted(branches, key=lambda branch: branch.title.casefold()))

    def _branch(self, key: str) -> Branch:
        counts = self.counts[key]
        return Branch(
            key=key,
            title=self.titles.get(key) or title_from_key(key),
            counts=counts,
            seconds=self.pace.seconds(counts),
            branches=self._branches(key),
            is_deck=key in self.titles,
        )


def title_from_key(key: str) -> str:
    """Return the title of an area without a deck of its own, such as `Metrics`."""
    words = key.rpartition("/")[2].replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _list_decks(branch: Branch) -> Sequence[Branch]:
    own = (branch,) if branch.is_deck else ()
    return [*own, *(deck for child in branch.branches for deck in _list_decks(child))]
