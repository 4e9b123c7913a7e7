"""The words of the home screen: today, tomorrow, the interview, and the study habit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from flashcards.collection.interview_text import interview_day_text
from flashcards.collection.session_text import tomorrow_text
from flashcards.domain.formatting import (
    count,
    minutes,
    month_and_day,
    relative_day,
    short_date,
)
from flashcards.tui.rendering.charts import columns
from flashcards.tui.rendering.lines import span
from flashcards.tui.screens.home.figure_panel import Button, HomeFigure

if TYPE_CHECKING:
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.statistics.habit import Habit
    from flashcards.study.queue.cards_left import QueueCounts
    from flashcards.study.today.backlog import Backlog
    from flashcards.study.today.overview import Overview
    from flashcards.study.today.up_next import UpNext
    from flashcards.tui.screens.home.loader import HomeFigures
    from flashcards.tui.theme.themes import Look


def header_text(day: int, habit: Habit, dot: str) -> str:
    """Return the date, and the streak or the days studied; never a streak of 0."""
    date = short_date(day)
    if habit.is_streak_shown:
        return f"{date} {dot} {habit.streak} days in a row"
    if habit.studied > 1:
        return f"{date} {dot} studied {habit.studied} of {habit.span} days"
    return date


class ButtonKeys(NamedTuple):
    """The keys that the button may name."""

    start: str
    quiz: str


def today_figure(
    figures: HomeFigures,
    budget: int,
    keys: ButtonKeys,
    dot: str,
    waiting: str = "",
    *,
    is_focused: bool,
) -> HomeFigure:
    """Return today's panel.

    Args:
        figures: The figures of the screen.
        budget: Minutes of a session; 0 for no limit.
        keys: The keys that the button may name.
        dot: Separates counts.
        waiting: A sentence about cards that come back later today; empty for none.
        is_focused: Whether `enter` presses the button.
    """
    overview = figures.overview
    counts = overview.counts
    if not counts.total:
        quiz = Button(keys.quiz, "Start a quiz", "app.quiz", is_focused=is_focused)
        captions = [waiting, up_next_text(figures.up_next)]
        if overview.interviews.today is not None:
            captions = ["Nothing is due."]
        elif overview.interviews.tomorrow is not None:
            captions = [waiting if overview.left.waiting_until else ""]
        return HomeFigure(
            "Today",
            "good",
            None,
            _done_text(overview),
            tuple(caption for caption in captions if caption),
            button=quiz,
        )
    is_cut = budget and figures.interview is None and overview.seconds > budget * 60
    start = (
        f"Review for {count(budget, 'minute')}"
        if is_cut
        else f"Review {count(counts.total, 'card')}"
    )
    if overview.interviews.tomorrow is not None:
        return HomeFigure(
            "Today",
            "good",
            None,
            interview_day_text(overview),
            button=Button(keys.start, start, "screen.press", is_focused=is_focused),
        )
    return HomeFigure(
        "Today",
        "good",
        counts.total,
        "card due" if counts.total == 1 else "cards due",
        (f"about {minutes(overview.seconds)}", queue_counts_text(counts, dot)),
        new_cards_text(counts),
        button=Button(keys.start, start, "screen.press", is_focused=is_focused),
    )


def _done_text(overview: Overview) -> str:
    if about_today := interview_day_text(overview):
        return about_today
    if overview.is_off:
        return "A day off."
    return "Done for now." if overview.left.waiting else "Done for today."


def up_next_text(up_next: UpNext | None) -> str:
    """Return what comes after a finished day: `Tomorrow: 31 cards, 12 min.`."""
    return "Nothing is due." if up_next is None else f"{tomorrow_text(up_next)}."


def queue_counts_text(counts: QueueCounts, dot: str) -> str:
    """Return how many cards of each kind there are: `6 new · 28 review`.

    A panel has no room for all three kinds; they become `6 new · 32 seen`.
    """
    by_kind = {"new": counts.new, "learning": counts.learning, "review": counts.review}
    if all(counts):
        by_kind = {"new": counts.new, "seen": counts.learning + counts.review}
    texts = (f"{number:,} {kind}" for kind, number in by_kind.items() if number)
    return f" {dot} ".join(texts)


def new_cards_text(counts: QueueCounts) -> str:
    """Return how many cards are new, for a panel without room for all kinds."""
    return f"{counts.new:,} new" if counts.new else ""


def tomorrow_figure(figures: HomeFigures, plan_key: str, dot: str) -> HomeFigure:
    """Return tomorrow's panel, with a word about the interview date at its foot."""
    foot, short_foot = _foot_without_date(figures, plan_key)
    up_next = figures.up_next
    if up_next is None or not up_next.counts.total:
        return HomeFigure(
            "Tomorrow",
            "accent",
            None,
            "Nothing due tomorrow.",
            foot=foot,
            short_foot=short_foot,
        )
    counts = up_next.counts
    return HomeFigure(
        "Tomorrow",
        "accent",
        counts.total,
        "card due" if counts.total == 1 else "cards due",
        (f"about {minutes(up_next.seconds)}", queue_counts_text(counts, dot)),
        new_cards_text(counts),
        foot=foot,
        short_foot=short_foot,
    )


def _foot_without_date(figures: HomeFigures, plan_key: str) -> tuple[str, str]:
    """Return a sentence for a plan with no interview ahead, in full and in short."""
    last_interview, today = figures.last_interview, figures.overview.day
    if last_interview is None:
        full = f"No interview date. Press {plan_key} to set one."
        return full, f"Press {plan_key} to set a date."
    if last_interview.day == today:
        return "Interview today. Good luck.", ""
    if figures.overview.interviews.without_note is not None:
        return "How did it go? Note what was asked.", "How did it go?"
    return habit_text(figures.habit), ""


def backlog_figure(backlog: Backlog) -> HomeFigure:
    """Return the panel of overdue cards: how many, and when they will be cleared."""
    captions: tuple[str, ...]
    if backlog.clear_day is None:
        captions = ("More cards come due than fit.",)
    elif backlog.minutes:
        day = count(backlog.minutes, "minute")
        date = short_date(backlog.clear_day)
        captions = (f"{day} of reviews a day", f"clear them by {date}.")
    else:
        date = short_date(backlog.clear_day)
        captions = ("Reviewing every day", f"clears them by {date}.")
    return HomeFigure(
        "Backlog",
        "hard",
        None,
        f"{backlog.cards:,} cards are overdue.",
        captions,
        foot="The most useful come first.",
    )


def diagnostic_text(answers: int) -> str:
    """Return how many questions of an unfinished diagnostic are answered."""
    return f"Diagnostic unfinished: {count(answers, 'question')} answered"


def interview_figure(
    view: PlanView | None, day: int, today: int, dot: str
) -> HomeFigure:
    """Return the interview's panel; without its figure until that is computed."""
    aside = f"{month_and_day(day)} {dot} {relative_day(day, today)}"
    if view is None or view.plan is None or view.readiness is None:
        sentence = view.sentence if view else "Computing how ready you will be."
        return HomeFigure("Interview", "accent", None, sentence, aside=aside)
    from flashcards.progress.figure_text import whole_percent

    overall = view.readiness.all
    low, high = whole_percent(overall.low), whole_percent(overall.high)
    foot, short_foot = _target_text(view)
    captions: tuple[str, ...] = (f"target {whole_percent(view.plan.target)}%",)
    if low < high:
        captions = (f"probably {low}-{high}%", *captions)
    return HomeFigure(
        "Interview",
        "accent",
        whole_percent(overall.value),
        f"recall on {month_and_day(day)}",
        captions,
        aside=aside,
        unit="%",
        foot=foot,
        short_foot=short_foot,
    )


def interview_text(view: PlanView | None, day: int, today: int, dot: str) -> str:
    """Return the interview in one line: `Apr 30 · in 14 days · 78%`."""
    words = f"{month_and_day(day)} {dot} {relative_day(day, today)}"
    if view is None or view.readiness is None:
        return words
    from flashcards.progress.figure_text import percent

    return f"{words} {dot} {percent(view.readiness.all.value)}"


def _target_text(view: PlanView) -> tuple[str, str]:
    """Return whether the target is reached, or what would reach it, in full and in short."""
    from flashcards.progress.figure_text import percent

    feasibility = view.feasibility
    if feasibility is None:
        return "", ""
    about = "" if feasibility.is_exact else "about "
    if feasibility.is_feasible:
        on_track = f"On track with {feasibility.minutes} min a day."
        if feasibility.enough is None:
            return on_track, ""
        return f"On track; {about}{feasibility.enough} min a day is enough.", on_track
    target, needed = percent(feasibility.target), feasibility.needed
    if feasibility.is_out_of_reach or needed is None:
        short = f"{target} is out of reach."
        return f"{short} The plan shows what fits.", short
    minutes_a_day = f"{about}{needed} min a day"
    more = needed - feasibility.minutes
    full = f"Reach {target} with {minutes_a_day} (+{more})"
    return full, f"{target} needs {minutes_a_day}"


def habit_text(habit: Habit) -> str:
    """Return the days studied in a sentence."""
    if not habit.studied:
        return "Your first day."
    if habit.studied == habit.span:
        return f"Studied {count(habit.studied, 'day')} in a row."
    return f"Studied on {habit.studied} of {count(habit.span, 'day')}."


def recent_days_line(habit: Habit, look: Look) -> tuple[Content, Content]:
    """Return the reviews of the last days as columns, and their sum in words."""
    chart = columns(habit.recent, look.glyphs)
    left = Content.assemble(
        (f"  Last {len(habit.recent)} days   ", look.style("muted")),
        (chart, look.style("good")),
    )
    return left, span(f"{count(sum(habit.recent), 'review')} ", look.style("muted"))
