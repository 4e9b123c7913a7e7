"""A plan and its forecast in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, short_date
from flashcards.progress.figure_text import join_words, percent, title_of_area
from flashcards.progress.plan.feasibility import MOST_MINUTES, Feasibility

if TYPE_CHECKING:
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.progress.plan.state import PlanState

_MISSED_DAYS = 2
"""Missed days from which the summary mentions them."""


def date_summary(plan: StudyPlan, today: int) -> str:
    """Return date and minutes of the plan; empty if no interview is ahead."""
    interview = plan.next_interview(today)
    if interview is None:
        return ""
    days_left = interview.day - today
    when = "tomorrow" if days_left == 1 else f"in {days_left} days"
    title = f"{interview.title} - " if interview.title else ""
    return f"{title}{short_date(interview.day)} - {when} - {plan.minutes} min a day"


def explain_missing_forecast(plan: StudyPlan | None, today: int) -> str:
    """Return why there is no forecast, and what to do about it."""
    if plan is None:
        return "There is no plan yet. Set the date of an interview to create one."
    if plan.next_interview(today):
        scope = join_words(list(plan.scope)) if plan.scope else "the decks"
        return (
            f"The plan has no cards: none of {scope} counts. "
            "Change its scope or its weights."
        )
    last = plan.last_interview(today)
    if last is None:
        return "The plan has no date yet. Set the date of an interview."
    if plan.near_interviews(today).without_note is not None:
        return "How did it go? Note what you were asked."
    return "The interview is over. Set the date of the next one."


def summarize(
    state: PlanState, feasibility: Feasibility, last_studied: int | None
) -> str:
    """Describe the plan's forecast in one or two sentences.

    Args:
        state: The plan and its cards.
        feasibility: What the plan reaches.
        last_studied: The last study day with a review; None before the first one.
    """
    missed = count_missed_days(state.plan, state.today, last_studied)
    if missed >= _MISSED_DAYS:
        return _describe_after_missed_days(missed, feasibility)
    return _describe_forecast(state, feasibility)


def count_missed_days(plan: StudyPlan, today: int, last_studied: int | None) -> int:
    """Return how many study days before today were missed since the last one studied."""
    first = plan.started_day
    if last_studied is not None:
        first = max(first, last_studied + 1)
    return plan.study_days(first, today) if first < today else 0


def _describe_forecast(state: PlanState, feasibility: Feasibility) -> str:
    day = short_date(state.interview.day)
    reached = percent(feasibility.readiness)
    minutes = count(feasibility.minutes, "minute")
    if not state.plan.study_days(state.today, state.interview.day):
        return f"Every day until {day} is a day off. The plan reaches {reached}."
    if feasibility.is_feasible:
        fewer = describe_fewer_minutes(feasibility)
        return f"On track: {reached} on {day} with {minutes} a day. {fewer}".rstrip()
    target = percent(feasibility.target)
    areas = join_words([title_of_area(area) for area in feasibility.drop])
    if feasibility.is_out_of_reach:
        days_left = count(state.days_left, "day")
        remedy = f"Leave out {areas}." if areas else _describe_new_cards_in_time(state)
        return (
            f"{reached} on {day} with {minutes} a day. {target} is out of reach in "
            f"{days_left}, even with {MOST_MINUTES} minutes a day. {remedy}"
        )
    alternative = f", or leave out {areas}" if areas else ""
    return (
        f"{reached} on the day with {minutes}. "
        f"{target} needs {_minutes_needed(feasibility)}{alternative}."
    )


def describe_fewer_minutes(feasibility: Feasibility) -> str:
    """Return how few minutes a day would be enough; empty if the plan is not well ahead.

    Such as `8 minutes a day would be enough for 85%.`
    """
    if feasibility.enough is None:
        return ""
    about = "" if feasibility.is_exact else "about "
    fewer = f"{about}{count(feasibility.enough, 'minute')}".capitalize()
    return f"{fewer} a day would be enough for {percent(feasibility.target)}."


def _describe_after_missed_days(missed: int, feasibility: Feasibility) -> str:
    missed_days = f"You missed {count(missed, 'day')}."
    reached = percent(feasibility.readiness)
    if feasibility.is_feasible:
        return f"{missed_days} The plan still reaches {reached}."
    if feasibility.is_out_of_reach:
        return f"{missed_days} The plan now reaches {reached}."
    return (
        f"{missed_days} The plan now reaches {reached}; {_minutes_needed(feasibility)} "
        f"a day would bring it back to {percent(feasibility.target)}."
    )


def _describe_new_cards_in_time(state: PlanState) -> str:
    """Return how many new cards there is time for."""
    seconds = float(state.schedule().budgets.sum())
    seconds_per_card = state.costs.new + state.costs.last_review
    unseen = len(state.cards) - state.seen
    seconds_for_new = seconds - state.seen * state.costs.last_review
    in_time = max(0, int(seconds_for_new / seconds_per_card))
    if not unseen:
        return "The most important cards come first."
    new_cards = f"the {unseen:,} new cards" if unseen > 1 else "the one new card"
    if not in_time:
        return f"There is no time for {new_cards}."
    return (
        f"There is time for about {min(in_time, unseen):,} of {new_cards}; "
        "the most important come first."
    )


def _minutes_needed(feasibility: Feasibility) -> str:
    about = "" if feasibility.is_exact else "about "
    return f"{about}{count(feasibility.needed or 0, 'minute')}"
