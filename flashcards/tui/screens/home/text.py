"""What the home screen says: today, tomorrow, and how regularly the learner studies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

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
    from flashcards.progress.plan.text import PlanView
    from flashcards.progress.statistics.habit import Habit
    from flashcards.study.queue.queue import QueueCounts
    from flashcards.study.today.backlog import Backlog
    from flashcards.study.today.up_next import UpNext
    from flashcards.tui.screens.home.figures import HomeFigures
    from flashcards.tui.theme.themes import Look

LOOKING_BACK = 7
"""Days after an interview on which home asks how it went."""


def header_words(day: int, habit: Habit, dot: str) -> str:
    """Return the date, and the streak or the days studied; never a streak of 0."""
    words = short_date(day)
    if habit.is_streak_shown:
        return f"{words} {dot} {habit.streak} days in a row"
    if habit.studied > 1:
        return f"{words} {dot} {habit.studied} of {habit.span} days"
    return words


class ButtonKeys(NamedTuple):
    """The keys of what the button may offer."""

    start: str
    quiz: str
    import_decks: str


def today_figure(
    figures: HomeFigures, budget: int, keys: ButtonKeys, dot: str, *, is_focused: bool
) -> HomeFigure:
    """Return today's panel."""
    overview = figures.overview
    counts = overview.counts
    if not overview.areas:
        words = f"{keys.import_decks} imports decks."
        return HomeFigure("Today", "line", None, "No decks yet.", (words,))
    if not counts.total:
        after = next_words(figures.following)
        quiz = Button(keys.quiz, "A quiz", "app.quiz", is_focused=is_focused)
        return HomeFigure(
            "Today", "good", None, "Done for today.", (after,), button=quiz
        )
    words = "card due" if counts.total == 1 else "cards due"
    start = (
        f"Start {count(budget, 'minute')}"
        if budget and overview.seconds > budget * 60
        else f"Start {count(counts.total, 'card')}"
    )
    return HomeFigure(
        "Today",
        "good",
        counts.total,
        words,
        (f"about {minutes(overview.seconds)}", parts(counts, dot)),
        short_parts(counts),
        button=Button(keys.start, start, "screen.press", is_focused=is_focused),
    )


def next_words(after: UpNext | None) -> str:
    """Return what comes after a day that is done: `Tomorrow: 31 cards, 12 min.`."""
    return "Nothing is due." if after is None else f"{tomorrow_text(after)}."


def parts(counts: QueueCounts, dot: str) -> str:
    """Return what cards there are: `6 new · 4 learning · 28 review`.

    All three fill more than a panel has; they are told as `6 new · 32 seen`.
    """
    named = {"new": counts.new, "learning": counts.learning, "review": counts.review}
    if all(counts):
        named = {"new": counts.new, "seen": counts.learning + counts.review}
    found = (f"{number:,} {word}" for word, number in named.items() if number)
    return f" {dot} ".join(found)


def short_parts(counts: QueueCounts) -> str:
    """Return how many of the cards are new, for a panel that has no room for all parts."""
    return f"{counts.new:,} new" if counts.new else ""


def tomorrow_figure(figures: HomeFigures, plan_key: str, dot: str) -> HomeFigure:
    """Return tomorrow's panel, with what there is to say of an interview at its foot."""
    foot, short = _without_date(figures, plan_key)
    after = figures.following
    if after is None or not after.counts.total:
        return HomeFigure(
            "Tomorrow",
            "accent",
            None,
            "Nothing falls due.",
            foot=foot,
            short_foot=short,
        )
    counts = after.counts
    return HomeFigure(
        "Tomorrow",
        "accent",
        counts.total,
        "card due" if counts.total == 1 else "cards due",
        (f"about {minutes(after.seconds)}", parts(counts, dot)),
        short_parts(counts),
        foot=foot,
        short_foot=short,
    )


def _without_date(figures: HomeFigures, plan_key: str) -> tuple[str, str]:
    """Return what to say where no interview is ahead, in full and in short."""
    passed, today = figures.passed, figures.overview.day
    if passed is None:
        full = f"No interview date. Press {plan_key} to set one."
        return full, f"{plan_key} sets an interview date."
    if passed.day == today:
        return "Today is the day. Good luck.", ""
    if passed.day >= today - LOOKING_BACK:
        return "How did it go? Note what was asked.", "How did it go?"
    return habit_words(figures.habit), ""


def backlog_figure(waiting: Backlog) -> HomeFigure:
    """Return the panel of cards that waited: how many, and when they will be cleared."""
    captions: tuple[str, ...]
    if waiting.clear_day is None:
        captions = ("More falls due than a day holds.",)
    elif waiting.minutes:
        day = count(waiting.minutes, "minute")
        captions = (f"{day} of reviews a day", _clear(waiting.clear_day, "clear"))
    else:
        captions = ("Reviewing every day", _clear(waiting.clear_day, "clears"))
    return HomeFigure(
        "Waiting",
        "hard",
        None,
        f"{waiting.cards:,} cards waited for you.",
        captions,
        foot="The most useful come first.",
    )


def _clear(day: int, verb: str) -> str:
    return f"{verb} them by {short_date(day)}."


def diagnostic_words(answered: int) -> str:
    """Return how far a diagnostic came that was left."""
    return f"The diagnostic goes on: {count(answered, 'question')} answered"


def interview_figure(
    view: PlanView | None, day: int, today: int, dot: str
) -> HomeFigure:
    """Return the interview's panel; without its figure while that is being computed."""
    aside = f"{month_and_day(day)} {dot} {relative_day(day, today)}"
    if view is None or view.plan is None or view.readiness is None:
        sentence = view.sentence if view else "How ready you will be comes in a moment."
        return HomeFigure("Interview", "accent", None, sentence, aside=aside)
    from flashcards.progress.figure_text import whole_percent

    whole = view.readiness.all
    low, high = whole_percent(whole.low), whole_percent(whole.high)
    full, short = _way(view)
    captions: tuple[str, ...] = (f"target {whole_percent(view.plan.target)}",)
    if low < high:
        captions = (f"likely {low}-{high}", *captions)
    return HomeFigure(
        "Interview",
        "accent",
        whole_percent(whole.value),
        f"recall on {month_and_day(day)}",
        captions,
        aside=aside,
        unit="%",
        foot=full,
        short_foot=short,
    )


def interview_words(view: PlanView | None, day: int, today: int, dot: str) -> str:
    """Return the interview in one line: `Apr 30 · in 14 days · 78%`."""
    words = f"{month_and_day(day)} {dot} {relative_day(day, today)}"
    if view is None or view.readiness is None:
        return words
    from flashcards.progress.figure_text import percent

    return f"{words} {dot} {percent(view.readiness.all.value)}"


def _way(view: PlanView) -> tuple[str, str]:
    """Return what would reach the target, or that it is reached, in full and in short."""
    from flashcards.progress.figure_text import whole_percent

    found = view.feasibility
    if found is None:
        return "", ""
    if found.is_feasible:
        return f"On track with {found.minutes} min a day.", ""
    target = whole_percent(found.target)
    if found.is_out_of_reach or found.needed is None:
        short = f"{target} is out of reach."
        return f"{short[:-1]}; the plan says what fits.", short
    needed = f"{'' if found.is_exact else 'about '}{found.needed} min a day"
    more = found.needed - found.minutes
    return f"Reach {target} with {needed} (+{more})", f"{target} needs {needed}"


def habit_words(habit: Habit) -> str:
    """Return the days studied in a sentence."""
    if not habit.studied:
        return "Your first day."
    if habit.studied == habit.span:
        return f"{count(habit.studied, 'day')} without a gap."
    return f"Studied on {habit.studied} of {count(habit.span, 'day')}."


def days_line(habit: Habit, look: Look) -> tuple[Content, Content]:
    """Return the reviews of the last days as columns, and their sum in words."""
    chart = columns(habit.recent, look.glyphs)
    left = Content.assemble(
        (f"  Last {len(habit.recent)} days   ", look.style("muted")),
        (chart, look.style("good")),
    )
    return left, span(f"{count(sum(habit.recent), 'review')} ", look.style("muted"))
