"""The study plan of a collection: its view, its forecast, and saving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.collection.open_home import OpenHome
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import Interview, StudyPlan
    from flashcards.progress.plan.forecast import PlanForecast
    from flashcards.progress.plan.state import PlanState
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.plan.week import CardsToday
    from flashcards.progress.progress_callback import ProgressCallback
    from flashcards.store.reader import Reader
    from flashcards.study.today.morning_sheet import MorningSheet


class Planning:
    """The study plan and its forecast."""

    def __init__(self, home: OpenHome) -> None:
        """Work on an open home directory."""
        self._home = home

    def state(self) -> PlanState | None:
        """Return the cards and days of the plan; None if no interview is ahead."""
        from flashcards.progress.plan.state import load_plan_state

        return load_plan_state(
            self._home.reader, self._home.settings, self._home.moment()
        )

    def view(
        self, *, full: bool = False, progress: ProgressCallback | None = None
    ) -> PlanView | None:
        """Return the saved plan as shown today.

        Args:
            full: Compute the exact forecast, in seconds, and save it as the day's.
            progress: Called with each simulated day; returns False to stop.

        Returns:
            The view, or None if `progress` stopped it.
        """
        from flashcards.progress.plan.view import refine_plan_view

        reader, settings = self._home.reader, self._home.settings
        moment = self._home.moment()
        if not full:
            return load_view(reader, settings, moment)
        cards = load_cards_today(reader, settings, moment)
        view = refine_plan_view(reader, settings, moment, cards, progress)
        if view is not None and view.forecast is not None:
            self.save_forecast(view.forecast)
        return view

    def forecast_job(
        self, plan: StudyPlan
    ) -> Callable[[ProgressCallback], PlanForecast | None]:
        """Return a function that computes the exact forecast of a plan in its own thread.

        The plan may be a draft. The function opens its own reader and saves nothing; it
        returns None if its callback stopped it or there is nothing to forecast.
        """
        moment, settings = self._home.moment(), self._home.settings
        database = self._home.directories.database

        def compute_forecast(progress: ProgressCallback) -> PlanForecast | None:
            from flashcards.progress.plan.forecast import refine
            from flashcards.progress.plan.state import load_plan_state
            from flashcards.store.reader import Reader

            with Reader(database) as reader:
                state = load_plan_state(reader, settings, moment, plan)
                return refine(state, reader, progress) if state else None

        return compute_forecast

    def save_forecast(self, forecast: PlanForecast) -> None:
        """Save an exact forecast of the saved plan, once for each day and minutes.

        The first one of a day stays: what was learned on the day itself would make the
        forecast look better than it was.
        """
        if forecast.plan != self._home.reader.plan.load():
            return
        rows = forecast.to_saved_forecasts()
        new_keys = {row._replace(readiness=0.0, low=0.0, high=0.0) for row in rows}
        saved_keys = {
            row._replace(readiness=0.0, low=0.0, high=0.0)
            for row in self._home.reader.plan.forecasts()
        }
        if not new_keys <= saved_keys:
            self._home.store().save_forecasts(rows)

    @property
    def usual_minutes(self) -> int:
        """Minutes of a session by default: those of the plan, else of the settings."""
        plan = self._home.reader.plan.load()
        if plan is not None and plan.next_interview(self._home.moment().day):
            return plan.minutes
        return self._home.settings.minutes

    def save(self, plan: StudyPlan | None, label: str) -> None:
        """Save a plan, or clear it for None, as a step that can be undone."""
        self._home.store().save_plan(plan, label=label, moment=self._home.moment())

    def save_edited(self, plan: StudyPlan) -> None:
        """Save an edited plan with its tasks on study days, as a step that can be undone."""
        from flashcards.progress.plan.edits import with_tasks_on_study_days

        is_new = self._home.reader.plan.load() is None
        plan = with_tasks_on_study_days(plan, self._home.moment().day)
        self.save(plan, "Made a plan" if is_new else "Changed the plan")

    def save_note(self, interview: Interview | None, note: str) -> None:
        """Save what the learner noted about an interview, as a step that can be undone.

        Args:
            interview: The interview; None for no interview, which saves nothing.
            note: The note; empty to remove it.

        Raises:
            UsageError: the note is too long.
        """
        from flashcards.progress.plan.edits import with_note

        plan = self._home.reader.plan.load()
        if plan is None or interview is None:
            return
        label = "Added a note" if note else "Removed a note"
        self.save(with_note(plan, interview.day, note), label)

    def toggle_task(self, name: str) -> str:
        """Mark a task as done, or as open again, as a step that can be undone.

        Return what was done, such as `Done: Rules of ML`.

        Raises:
            NothingFoundError: the plan has no such task.
            UsageError: a quiz did the task, so that only undoing its answers reopens it.
        """
        from flashcards.errors import NothingFoundError, UsageError
        from flashcards.progress.plan.edits import with_task_toggled

        plan, today = self._home.reader.plan.load(), self._home.moment().day
        tasks = self._home.reader.plan.tasks(plan, today) if plan else ()
        task = next((task for task in tasks if task.name == name), None)
        if plan is None or task is None:
            open_names = [task.name for task in tasks if task.done_day is None]
            hint = f" Open tasks: {', '.join(open_names)}." if open_names else ""
            raise NothingFoundError(f"The plan has no task {name}.{hint}")
        if task.done_day is not None and task not in plan.tasks:
            raise UsageError(
                f"You did this with a quiz: {task.title}. Undo its answers to reopen it."
            )
        label = f"{'Done' if task.done_day is None else 'Reopened'}: {task.title}"
        self.save(with_task_toggled(plan, name, today), label)
        return label

    def morning_sheet(self, cards: int = 0) -> MorningSheet:
        """Return the weakest cards of the plan for the morning of an interview.

        Args:
            cards: At most so many; 0 for about two printed pages.
        """
        from flashcards.study.today.morning_sheet import (
            USUAL_CARDS,
            load_morning_sheet,
        )

        return load_morning_sheet(
            self._home.reader,
            self._home.settings,
            self._home.moment().day,
            cards=cards or USUAL_CARDS,
        )

    def needs_forecast(self) -> bool:
        """Return whether today's exact forecast of an interview ahead is not saved yet.

        `view(full=True)` computes and saves it, in seconds: off the screen's thread.
        """
        plan, today = self._home.reader.plan.load(), self._home.moment().day
        if plan is None or plan.next_interview(today) is None:
            return False
        return not any(
            row.is_full and row.made_day == today
            for row in self._home.reader.plan.forecasts()
        )


def load_view(
    reader: Reader,
    settings: Settings,
    moment: Moment,
    *,
    draft: StudyPlan | None = None,
    exact: PlanForecast | None = None,
) -> PlanView:
    """Return a plan as shown today, with a forecast that takes no waiting.

    Args:
        reader: Reads the store; that of the calling thread.
        settings: The settings.
        moment: Now.
        draft: A plan that is not saved; None for the saved one.
        exact: A forecast refined before. It is shown if it is of the same plan and day.
    """
    from flashcards.progress.plan.view import load_plan_view

    cards = load_cards_today(reader, settings, moment, draft)
    return load_plan_view(reader, settings, moment, cards, draft=draft, exact=exact)


def load_cards_today(
    reader: Reader,
    settings: Settings,
    moment: Moment,
    draft: StudyPlan | None = None,
) -> CardsToday:
    """Return the cards left today under the saved plan or a draft."""
    from flashcards.collection.interview_text import interview_day_text
    from flashcards.collection.session_text import waiting_text
    from flashcards.progress.plan.week import CardsToday
    from flashcards.study.queue.pace import estimate_pace
    from flashcards.study.today.overview import load_overview

    pace = estimate_pace(reader.log.answer_times(moment.day))
    today = load_overview(reader, settings, pace, moment, draft)
    waiting = waiting_text(today.left, settings.zone)
    return CardsToday(
        *today.counts,
        seconds=today.seconds,
        waiting=waiting,
        sentence=interview_day_text(today),
        is_interview_day=today.interviews.today is not None,
    )
