"""The study plan and the forecasts made under it."""

# ruff: noqa: S608 - queries are put together from the constants of this module alone

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flashcards.store.reading.base import COUNTS, Facet

# What is due is read without a plan's values, in a shell prompt.
if TYPE_CHECKING:
    from flashcards.domain.study_plan import SavedForecast, StudyPlan, Task

_INTERVIEWS = """
    SELECT day, title, coalesce(note, '')
    FROM plan_interviews LEFT JOIN plan_notes USING (day) ORDER BY day
"""
_TASKS = (
    "SELECT name, kind, title, minutes, day, done_day FROM plan_tasks ORDER BY place"
)
_DIFFICULTIES = "SELECT id, difficulty FROM cards WHERE difficulty IS NOT NULL"
_FORECASTS = """
    SELECT made_day, target_day, readiness, low, high, minutes, cards, is_full
    FROM forecasts ORDER BY made_day, target_day
"""
_FIRST_ANSWERS = f"""
    SELECT cards.deck_id, sum(rating > 1), count(*)
    FROM reviews JOIN cards ON cards.id = reviews.card_id
    WHERE sitting_id = ? AND reviews.state = 0
      AND {COUNTS}
    GROUP BY cards.deck_id
"""
# A deck may have fewer questions than the quiz was to have.
_QUIZ_DAYS = f"""
    SELECT study_day FROM sittings
    WHERE kind IN ('quiz', 'exam') AND study_day >= ? AND card_limit >= ?
      AND CASE WHEN json_valid(items) THEN (
        SELECT count(DISTINCT card_id) FROM reviews
        WHERE sitting_id = sittings.id AND {COUNTS}
      ) >= min(?, max(1, json_array_length(items))) ELSE 0 END
    ORDER BY study_day, id
"""


class PlanReader(Facet):
    """What plans and forecasts are made of."""

    def load(self) -> StudyPlan | None:
        """Return the plan; None where there is none."""
        with self._connection.snapshot():
            row = self._connection.row(
                "SELECT started_day, minutes, target, weekdays_off, scope FROM plans"
            )
            if row is None:
                return None
            interviews = self._connection.rows(_INTERVIEWS)
            dates = self._connection.rows("SELECT day FROM plan_days_off ORDER BY day")
            weights = self._connection.rows(
                "SELECT deck, weight FROM plan_weights ORDER BY deck"
            )
            tasks = self._connection.rows(_TASKS)
        from flashcards.domain.study_plan import Interview, StudyPlan, Task

        started, minutes, target, weekdays, scope = row
        return StudyPlan(
            started_day=started,
            interviews=tuple(Interview(*one) for one in interviews),
            minutes=minutes,
            target=target,
            weekdays_off=tuple(json.loads(weekdays)),
            dates_off=tuple(day for (day,) in dates),
            scope=tuple(json.loads(scope)),
            weights=tuple((deck, weight) for deck, weight in weights),
            tasks=tuple(Task(*task) for task in tasks),
        )

    def tasks(self, plan: StudyPlan, today: int) -> tuple[Task, ...]:
        """Return the tasks of a plan as they are on a study day, with quizzes counted.

        A quiz or exam of at least ten questions counts once as many were answered, or all
        that its decks have; undoing an answer takes that back.
        """
        if all(task.kind != "quiz" or task.done_day is not None for task in plan.tasks):
            return plan.tasks_on(today)
        from flashcards.domain.study_plan import QUIZ_QUESTIONS

        values = (plan.started_day, QUIZ_QUESTIONS, QUIZ_QUESTIONS)
        rows = self._connection.rows(_QUIZ_DAYS, values)
        return plan.tasks_on(today, [day for (day,) in rows])

    def forecasts(self) -> list[SavedForecast]:
        """Return every saved forecast, in the order of the days they were made."""
        from flashcards.domain.study_plan import SavedForecast

        return [
            SavedForecast._make([*row[:-1], bool(row[-1])])
            for row in self._connection.rows(_FORECASTS)
        ]

    def difficulties(self) -> dict[int, float]:
        """Return the difficulty of every card seen so far."""
        return dict(self._connection.rows(_DIFFICULTIES))

    def kinds_of_notes(self) -> dict[int, str]:
        """Return the kind of every note by its number."""
        return dict(self._connection.rows("SELECT id, kind FROM notes"))

    def first_answers(self, kind: str) -> dict[int, tuple[int, int]]:
        """Return right and all first answers by deck of the newest session of a kind."""
        number = self._connection.value(
            "SELECT max(id) FROM sittings WHERE kind = ?", (kind,)
        )
        rows = (
            self._connection.rows(_FIRST_ANSWERS, (number,))
            if number is not None
            else []
        )
        return {deck: (right, asked) for deck, right, asked in rows}
