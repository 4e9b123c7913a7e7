"""Sentences about the day before an interview, its day, and the days after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, short_date, whole_minutes

if TYPE_CHECKING:
    from flashcards.study.today.overview import Overview

GOOD_LUCK = "Good luck today."
TOMORROW = "Your interview is tomorrow."
HOW_DID_IT_GO = "How did it go?"


def interview_day_text(today: Overview) -> str:
    """Return what the day before an interview, or its day, is about.

    Such as `Your interview is tomorrow. 10 minutes on your 30 weakest cards, then rest.`;
    empty on other days.
    """
    if today.interviews.today is not None:
        return GOOD_LUCK
    if today.interviews.tomorrow is None:
        return ""
    return f"{TOMORROW} {last_day_text(today)}".rstrip()


def last_day_text(today: Overview) -> str:
    """Return what is left to do on the day before an interview, then rest.

    Empty while cards come back later.
    """
    counts = today.counts
    if not counts.total:
        if today.is_off:
            return "Today is a day off: rest."
        return "" if today.left.waiting_until else "Now rest."
    minutes = count(whole_minutes(today.seconds), "minute")
    if not counts.new:
        cards = (
            f"{counts.total:,} weakest cards" if counts.total > 1 else "weakest card"
        )
        return f"{minutes} on your {cards}, then rest."
    if counts.new == counts.total:
        return f"{minutes} on {count(counts.total, 'new card')}, then rest."
    return f"{minutes} on {count(counts.total, 'card')}, the weakest first, then rest."


def available_text(today: Overview) -> str:
    """Return how many cards can be reviewed on the day of an interview; empty for none."""
    if not today.available:
        return ""
    verb = "is" if today.available == 1 else "are"
    return f"{count(today.available, 'card')} {verb} available if you want to review."


def follow_up_text(today: Overview) -> str:
    """Return the question about an interview that is over: `How did it go on Fri, Mar 13?`.

    Empty where there is none, or something is noted about it.
    """
    interview = today.interviews.without_note
    if interview is None:
        return ""
    when = (
        "yesterday"
        if interview.day == today.day - 1
        else f"on {short_date(interview.day)}"
    )
    return f"How did it go {when}?"
