"""What home says before the first review: what is ready, and how to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, minutes_long
from flashcards.progress.figure_text import join_words

if TYPE_CHECKING:
    from flashcards.study.today.welcome import Welcome
    from flashcards.tui.keys.keymap import Hint

_MOST_TITLES = 8
"""More decks than this are only counted."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """The words of the welcome panel, and the keys that begin."""

    title: str
    subtitle: str
    """Below the title; empty for nothing."""
    invitation: str
    explanation: str
    """A last sentence, left out where the screen is too small for it; may be empty."""
    start: Hint
    others: tuple[Hint, ...]


def first_day_greeting(
    welcome: Welcome, start: Hint, others: tuple[Hint, ...]
) -> Greeting:
    """Return what is said to a learner who has not answered a card yet."""
    notes, decks = count(welcome.notes, "note"), count(len(welcome.titles), "deck")
    is_are = "is" if welcome.notes == 1 else "are"
    about = f"about {welcome.questions} questions, {minutes_long(welcome.seconds)}"
    has_few = len(welcome.titles) <= _MOST_TITLES
    return Greeting(
        title=f"Welcome. {notes} in {decks} {is_are} ready.",
        subtitle=join_words(list(welcome.titles)) if has_few else "",
        invitation=(
            f"Start with the diagnostic: {about}. It finds out what you already know, so "
            "that the rest comes first. It is not a test, and you cannot fail it. Your "
            "answers count as reviews."
        ),
        explanation=(
            "You see one card at a time. Answer it aloud, then rate yourself from 1 "
            "(forgot it) to 4 (easy)."
        ),
        start=start,
        others=others,
    )


def empty_store_greeting(start: Hint, others: tuple[Hint, ...]) -> Greeting:
    """Return what is said where there is no deck."""
    return Greeting(
        title="No decks yet.",
        subtitle="",
        invitation=(
            "flashcards comes with decks for ML system design interviews. Import them "
            "now, or import your own: deck files, Anki packages, CSV and more."
        ),
        explanation="",
        start=start,
        others=others,
    )
