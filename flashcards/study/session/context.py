"""Everything a session works with: reader, store, settings, time and pace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashcards.scheduling.scheduler import Scheduler
from flashcards.study.queue.card_seconds import estimate_card_seconds
from flashcards.study.queue.daily_load import DailyLoad, load_seconds_by_day
from flashcards.study.queue.day_budget import has_day_budget, load_day_budget

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.cards import Answer, CardRow, Memory, Rating
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.store.reader import Reader
    from flashcards.store.store import Store
    from flashcards.study.queue.day_budget import DayBudget
    from flashcards.study.queue.pace import Pace


@dataclass
class SessionContext:
    """Everything a session works with."""

    reader: Reader
    store: Callable[[], Store]
    """Returns the store; the first call may have to load it."""
    settings: Settings
    moment: Callable[[], Moment]
    load_pace: Callable[[], Pace]
    may_resume: Callable[[], bool] = lambda: True
    """Whether this window may resume a session that was interrupted."""
    recorded_operations: list[int] = field(default_factory=list)
    """The operations of the answers that were recorded in this run, oldest first."""
    _schedulers: dict[str, Scheduler] = field(default_factory=dict)
    _load: tuple[int, DailyLoad] | None = None
    _plan: tuple[int, StudyPlan | None] | None = None

    @property
    def pace(self) -> Pace:
        """How long this learner takes per card, from the answers before today."""
        return self.load_pace()

    def scheduler(self, deck: str) -> Scheduler:
        """Return the scheduler with the options of a deck."""
        if deck not in self._schedulers:
            self._schedulers[deck] = Scheduler(self.settings.options(deck))
        return self._schedulers[deck]

    def record_answer(
        self,
        answer: Answer,
        *,
        record_id: int | None,
        next_card_id: int | None,
        label: str,
    ) -> None:
        """Record an answer in the store, and note its operation.

        Args:
            answer: The rating, with the memory before and after it.
            record_id: The session record it belongs to.
            next_card_id: The card that this session asks next.
            label: What undo calls it.

        Raises:
            CardChangedError: another window answered the card first.
            StoreError: it could not be recorded; nothing changed.
        """
        operation_id = self.store().record(
            answer, record_id=record_id, next_card_id=next_card_id, label=label
        )
        self.recorded_operations.append(operation_id)

    def study_plan(self, day: int) -> StudyPlan | None:
        """Return the study plan, read once a study day and again for each session."""
        if self._plan is None or self._plan[0] != day:
            self._plan = (day, self.reader.plan.load())
        return self._plan[1]

    def reload_study_plan(self) -> None:
        """Read the study plan again when it is needed next: it may have changed."""
        self._plan = None

    def day_budget(self, day: int) -> DayBudget | None:
        """Return how much of the plan's day is used; None where the plan is over."""
        plan = self.study_plan(day)
        if plan is None or not has_day_budget(plan, day):
            return None
        return load_day_budget(self.reader, plan, day, self.pace)

    def daily_load(self, day: int) -> DailyLoad:
        """Return the predicted seconds of reviews of the days after a study day.

        Cards are counted on the first call of the day; days off are those of the study plan.
        """
        if self._load is None or self._load[0] != day:
            times = self.reader.figures.review_times()
            seconds = estimate_card_seconds(times, self.pace.review)
            due = load_seconds_by_day(self.reader, seconds, day)
            self._load = (day, DailyLoad(due, seconds))
        plan = self.study_plan(day)
        load = self._load[1]
        load.is_off = plan.is_off if plan else None
        return load

    def preview_memories(
        self, row: CardRow, moment: Moment | None = None
    ) -> dict[Rating, Memory]:
        """Return the memory of a card after each rating, given now or at a moment."""
        now = moment or self.moment()
        return self.scheduler(row.deck).preview(
            row.memory, now, row.key, self.daily_load(now.day).without(row.card_id)
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits at which a session ends by itself; 0 for no limit."""

    minutes: float = 0
    cards: int = 0
    is_day: bool = False
    """Whether the session is today's cards, and the minutes are those of the plan's day."""


@dataclass(slots=True)
class DeferredRecord:
    """The row of a session in the store, created with the first change that is recorded.

    Loading the store takes longer than showing the first card, and the card must not wait.
    """

    create: Callable[[], int] | None = None
    """Creates the row and returns its id; None for a session without a row."""
    record_id: int | None = None
    """The id of the row, None before it was created."""

    def ensure_id(self) -> int | None:
        """Return the id of the row, creating it if necessary; None for a session without one."""
        if self.record_id is None and self.create is not None:
            self.record_id = self.create()
        return self.record_id
