"""The authoring rules for choices: for each one, and across all choices of a deck."""

from __future__ import annotations

import re
from statistics import mean
from typing import TYPE_CHECKING

from flashcards.decks.quality.wording import words_in
from flashcards.decks.yaml.nodes import number
from flashcards.domain.content import ChoiceNote, DeckContent, Option

if TYPE_CHECKING:
    from collections.abc import Iterator

CHOICE_RULES = {
    "Q1": "The question ends with a question mark and has at least 8 words.",
    "Q2": "One option is correct, or the question says that several are.",
    "Q3": "Three or four options.",
    "Q4": "Every wrong option names its misconception.",
    "Q5": "Every option has a why of 8 to 45 words.",
    "Q6": "Options of similar length: at most 2 to 1 in a note; in a deck of 8 choices or more the "
    "correct one is the longest in at most 35%, and 0.85 to 1.15 times as long on average.",
    "Q7": 'No "all of the above", no "both A and C", no negative question.',
    "Q8": "No always, never or only that marks wrong options.",
    "Q9": "Numbers as options are in ascending order.",
    "Q10": "At most 40% of the choices of a deck (of 8 or more) ask for a definition.",
    "Q11": "No two questions are nearly the same.",
    "Q12": "A source, as for notes.",
}
"""What each rule for choices requires."""

_LEAST_STEM = 8
_LEAST_OPTIONS, _MOST_OPTIONS = 3, 4
_LEAST_WHY, _MOST_WHY = 8, 45
_MOST_RATIO = 2.0
_SHORT_OPTION = 20
_MIN_CHOICES = 8
_MOST_LONGEST, _LEAST_MEAN, _MOST_MEAN = 0.35, 0.85, 1.15
_MOST_DEFINITIONS = 0.4

_SEVERAL = re.compile(
    r"\b(?:all|both|two|three|four|five|several|every|each)\b", re.IGNORECASE
)
_OF_THE_ABOVE = re.compile(
    r"\b(?:all|none|both|neither) of (?:the above|these|them)\b|\bboth [a-f] and [a-f]\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\b(?:not|except)\b|n't\b")
_ABSOLUTE = frozenset(
    {"always", "never", "only", "every", "all", "none", "must", "impossible"}
)

Finding = tuple[str, str]


def check_choice(note: ChoiceNote) -> Iterator[Finding]:
    """Yield the rules that one choice breaks, each with a message."""
    yield from _check_question(note)
    yield from _check_options(note)
    for option in note.options:
        yield from _check_explanations(option)
    if note.source is None:
        yield "Q12", "The note has no source. Name one with its place."


def check_choices_of_deck(deck: DeckContent) -> Iterator[Finding]:
    """Yield the rules that the choices of a deck break together, if there are enough."""
    choices = [note for note in deck.notes if isinstance(note, ChoiceNote)]
    if len(choices) < _MIN_CHOICES:
        return
    longest = mean(_is_correct_longest(note) for note in choices)
    if longest > _MOST_LONGEST:
        finding = f"The correct option is the longest in {longest:.0%} of {len(choices)} choices."
        yield (
            "Q6",
            f"{finding} Lengthen other options until at most {_MOST_LONGEST:.0%} remain.",
        )
    correct = mean(_mean_length(note, correct=True) for note in choices)
    ratio = correct / mean(_mean_length(note, correct=False) for note in choices)
    if not _LEAST_MEAN <= ratio <= _MOST_MEAN:
        finding = f"Correct options are {ratio:.2f} times as long as wrong ones."
        yield "Q6", f"{finding} Bring them within {_LEAST_MEAN} to {_MOST_MEAN}."
    definitions = mean(note.style == "definition" for note in choices)
    if definitions > _MOST_DEFINITIONS:
        finding = f"{definitions:.0%} of {len(choices)} choices ask for a definition."
        yield "Q10", f"{finding} Ask for a diagnosis, a number or a decision instead."


def _check_question(note: ChoiceNote) -> Iterator[Finding]:
    stem = note.question.strip()
    if not stem.endswith("?") or len(words_in(stem)) < _LEAST_STEM:
        yield (
            "Q1",
            f'The question is not a complete problem. Write at least {_LEAST_STEM} words and end with "?".',
        )
    correct = sum(option.correct for option in note.options)
    if correct > 1 and not _SEVERAL.search(stem):
        yield (
            "Q2",
            f"{correct} options are correct, but the question does not say that several are.",
        )
    last_sentence = re.split(r"(?<=[.!;])\s", stem)[-1]
    if _NEGATIVE.search(last_sentence):
        yield (
            "Q7",
            "The question is negative. Ask for what is true, or write NOT in capitals.",
        )


def _check_options(note: ChoiceNote) -> Iterator[Finding]:
    texts = [option.text for option in note.options]
    has_one_answer = sum(option.correct for option in note.options) == 1
    if has_one_answer and not _LEAST_OPTIONS <= len(texts) <= _MOST_OPTIONS:
        yield "Q3", f"There are {len(texts)} options. Offer three or four."
    if any(_OF_THE_ABOVE.search(text) for text in texts):
        yield "Q7", "An option refers to the others. Make each one independent."
    lengths = sorted(map(len, texts))
    if lengths[-1] > _MOST_RATIO * max(lengths[0], _SHORT_OPTION):
        yield (
            "Q6",
            "One option is more than twice as long as another. Make their lengths similar.",
        )
    yield from _check_absolutes(note)
    numbers = [value for value in map(number, texts) if isinstance(value, (int, float))]
    if len(numbers) == len(texts) and numbers != sorted(numbers):
        yield "Q9", "The numbers are not in ascending order. Sort them."


def _check_absolutes(note: ChoiceNote) -> Iterator[Finding]:
    words = [
        (_ABSOLUTE & set(words_in(option.text)), option.correct)
        for option in note.options
    ]
    in_wrong = sorted(
        word for absolutes, is_correct in words if not is_correct for word in absolutes
    )
    in_correct = any(absolutes for absolutes, is_correct in words if is_correct)
    if in_wrong and not in_correct:
        yield "Q8", f'Only wrong options say "{in_wrong[0]}". Reword them.'


def _check_explanations(option: Option) -> Iterator[Finding]:
    count = len(words_in(option.why))
    if not _LEAST_WHY <= count <= _MOST_WHY:
        yield (
            "Q5",
            f'The why of "{option.text[:40]}" has {count} words. Write {_LEAST_WHY} to {_MOST_WHY}.',
        )
    if not option.correct and not option.misconception:
        yield (
            "Q4",
            f'"{option.text[:40]}" names no misconception. Add the one behind it.',
        )


def _is_correct_longest(note: ChoiceNote) -> bool:
    return max(len(o.text) for o in note.options if o.correct) > max(
        len(o.text) for o in note.options if not o.correct
    )


def _mean_length(note: ChoiceNote, *, correct: bool) -> float:
    return mean(
        len(option.text) for option in note.options if option.correct is correct
    )
