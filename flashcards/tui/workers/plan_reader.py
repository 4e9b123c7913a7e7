"""The view of a plan, computed in a thread for the home, plan and diagnostic screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.collection.collection import Collection
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.progress.plan.forecast import PlanForecast
    from flashcards.progress.plan.view import PlanView
    from flashcards.tui.workers.worker import Job


def plan_view_work(
    collection: Collection, plan: StudyPlan | None, exact: PlanForecast | None = None
) -> Callable[[Job], PlanView]:
    """Return work that computes the view of a plan.

    Args:
        collection: Gives the settings and the moment, read now and not in the thread.
        plan: A draft; None for the saved plan.
        exact: A forecast refined before. It is shown if it is of the same plan.
    """
    moment, settings = collection.moment(), collection.settings

    def work(job: Job) -> PlanView:
        from flashcards.collection.planning import load_view

        return load_view(job.reader, settings, moment, draft=plan, exact=exact)

    return work
