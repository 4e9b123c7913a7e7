"""What the plan screen and home read of a plan, in a thread or at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from flashcards.collection.collection import Collection
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.progress.plan.text import PlanView
    from flashcards.store.reader import Reader


def reading(
    collection: Collection, plan: StudyPlan | None, known: PlanView | None = None
) -> Callable[[Reader, Event], PlanView]:
    """Return what computes the view of a plan, kept or not, with a reader of its own.

    `known` is a full view made before; what it forecasts is shown where it is of this plan.
    """
    moment, settings = collection.moment(), collection.settings

    def work(reader: Reader, _stopped: Event) -> PlanView:
        from flashcards.progress.plan.view import build_plan_view

        found = build_plan_view(reader, settings, moment, draft=plan, known=known)
        if found is None:
            raise AssertionError("nothing stops this view")
        return found

    return work
