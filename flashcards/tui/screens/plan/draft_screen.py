"""A plan that is being changed on the screen, with figures that follow from a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.plan import edits as draft
from flashcards.tui.workers.background import compute
from flashcards.tui.workers.plan_reader import reading

if TYPE_CHECKING:
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.progress.plan.text import PlanView
    from flashcards.tui.screens.plan.page import PlanRow
    from flashcards.tui.workers.forecaster import Forecaster

_PAUSE = 0.03
"""Seconds without a key after which figures are computed."""
_TICK = 0.25
"""Seconds between two looks at how far the exact figures are."""


class PlanDraft(BaseScreen):
    """Holds the plan as it was kept and as it would be, and what that comes to."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: StudyPlan | None = None
        self.plan: StudyPlan | None = None
        self.view: PlanView | None = None
        self.areas: tuple[str, ...] = ()
        self.cursor = 0
        self.waits = True

    def on_mount(self) -> None:
        """Show the frame at once; the figures come from a thread."""
        self.attempt(self._read)
        super().on_mount()
        self.set_interval(_TICK, self._tick)
        self._compute()

    def _read(self) -> None:
        self.kept = self.plan = self.collection.reader.plan.load()
        self.areas = draft.areas_of(d.key for d in self.collection.reader.cards.decks())

    def _found(self, view: PlanView) -> None:
        """Show the estimate, and have what is exact made where it is not known yet."""
        self.view, self.waits = view, False
        if view.readiness is not None:
            self.forecaster.request(self.plan, self._refine)
        self.redraw()

    def _refine(self) -> None:
        """Show the exact figures in the place of the estimate."""
        if self.is_attached:
            self._compute()

    def _compute(self, after: float = 0.0) -> None:
        known = self.forecaster.known(self.plan)
        work = reading(self.collection, self.plan, known)
        compute(self, work, self._found, after=after)

    def change(self, plan: StudyPlan | None) -> None:
        """Show another plan: its heading at once, its figures when they are there."""
        if plan is None or plan == self.plan:
            return
        self.plan, self.waits = plan, True
        self.forecaster.stop()
        self.redraw()
        self._compute(_PAUSE)

    def on_unmount(self) -> None:
        """Give up the figures of a plan that nobody looks at any more."""
        if not self.forecaster.is_making(self.kept):
            self.forecaster.stop()

    @property
    def forecaster(self) -> Forecaster:
        """What makes exact figures."""
        return self.host.forecaster

    @property
    def share_done(self) -> float | None:
        """How much of the exact figures is made; None while none are being made."""
        is_making = self.forecaster.is_making(self.plan)
        return self.forecaster.share if is_making else None

    def _tick(self) -> None:
        """Show how far the exact figures are."""
        if self.app.screen is self and self.share_done is not None:
            self.redraw()

    @property
    def today(self) -> int:
        """The study day."""
        return self.collection.moment().day

    @property
    def rows(self) -> list[PlanRow]:
        """What the cursor can stand on."""
        from flashcards.tui.screens.plan.page import plan_rows

        return plan_rows(self.areas, self.plan, self.today)

    @property
    def chosen(self) -> PlanRow | None:
        """What the cursor stands on."""
        rows = self.rows
        return rows[min(self.cursor, len(rows) - 1)] if rows else None
