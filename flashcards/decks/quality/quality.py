"""The authoring rules that a program can check: R1 to R12 for notes, Q1 to Q12 for choices.

They are about the quality of a note, not whether it can be read. Most are warnings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.decks.quality.choices import (
    CHOICE_RULES,
    check_choice,
    check_choices_of_deck,
)
from flashcards.decks.quality.wording import (
    count_items,
    has_latex,
    leaked_words,
    similar_pairs,
    widest_code_line,
    words_in,
)
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    Note,
    Problem,
    Severity,
)
from flashcards.domain.faces import answer_text, question_text
from flashcards.text.markdown.gaps import fill_gaps
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

NOTE_RULES = {
    "R1": "One fact per note: an answer of at most 40 words (an error above 60), one question mark.",
    "R3": "No yes-or-no question: it does not begin with is, are, does, do, can, should, will or has.",
    "R4": "No bare list of three or more as the answer, unless the style is steps (at most 5).",
    "R5": "At least 6 words of question, so that the note can be understood by itself.",
    "R6": "The question does not contain the long words with which the answer begins.",
    "R7": "A why of 12 to 70 words.",
    "R8": "A source, with its place (at) or a derivation where the answer contains a number.",
    "R9": "A fact that goes out of date (as_of) was checked in the last 12 months, or 6 where a tag is law.",
    "R10": "The answer is more than a year or an author's name.",
    "R11": "A contrast has links, links go both ways, and no two questions are nearly the same.",
    "R12": "No LaTeX, and no line of code wider than 72 columns.",
}
"""What each rule for notes requires."""

QUALITY_RULES = NOTE_RULES | CHOICE_RULES
"""What each authoring rule requires."""

_MOST_WORDS, _FAR_TOO_MANY_WORDS = 40, 60
_LEAST_QUESTION = 6
_LEAST_WHY, _MOST_WHY = 12, 70
_MIN_LIST, _MOST_STEPS = 3, 5
_CODE_COLUMNS = 72
_FRESH_MONTHS, _FRESH_LAW_MONTHS = 12, 6
_SIMILARITY = 0.8
_CLOSED = frozenset({"is", "are", "does", "do", "can", "should", "will", "has"})


class QualityFinding(NamedTuple):
    """A rule that one note breaks, without its place in a file."""

    rule: str
    message: str
    severity: Severity = "warning"


def quality_problems(decks: Sequence[DeckContent], today: date | None) -> list[Problem]:
    """Return the problems that the authoring rules find; without `today` ages are not checked."""
    problems = []
    for deck in decks:
        linked = {note.id: note.links for note in deck.notes}
        for note in deck.notes:
            problems += [
                _problem_at(deck, note.line, *finding)
                for finding in _check_note(note, linked, today)
            ]
        problems += [
            _problem_at(deck, 1, *finding) for finding in check_choices_of_deck(deck)
        ]
    problems += _find_near_duplicates(decks)
    return problems


def _problem_at(
    deck: DeckContent,
    line: int,
    rule: str,
    message: str,
    severity: Severity = "warning",
) -> Problem:
    return Problem(severity, deck.path, line, 1, rule, message)


def _check_note(
    note: Note, linked: dict[str, tuple[str, ...]], today: date | None
) -> Iterator[QualityFinding]:
    yield from _check_links_and_code(note, linked)
    yield from _check_age(note, today)
    if isinstance(note, ChoiceNote):
        yield from (
            QualityFinding(rule, message) for rule, message in check_choice(note)
        )
        return
    yield from _check_question(note)
    yield from _check_explanation(note)
    if isinstance(note, BasicNote):
        yield from _check_answer(note)


def _check_question(note: Note) -> Iterator[QualityFinding]:
    text = fill_gaps(note.text) if isinstance(note, ClozeNote) else question_text(note)
    words = words_in(text)
    if len(words) < _LEAST_QUESTION:
        yield QualityFinding(
            "R5",
            f"The question has {len(words)} words. Name the field or the situation.",
        )
    if isinstance(note, ClozeNote):
        return
    if text.count("?") > 1:
        yield QualityFinding("R1", "The note asks more than one question. Split it.")
    if words and words[0] in _CLOSED:
        yield QualityFinding(
            "R3",
            f'The question begins with "{words[0]}". Ask what, why or how much instead.',
        )


def _check_answer(note: BasicNote) -> Iterator[QualityFinding]:
    count = len(words_in(note.back))
    if count > _MOST_WORDS:
        severity: Severity = "error" if count > _FAR_TOO_MANY_WORDS else "warning"
        message = (
            f"The answer has {count} words. Cut it to {_MOST_WORDS} or split the note."
        )
        yield QualityFinding("R1", message, severity)
    items = count_items(note.back)
    if note.style == "steps" and items > _MOST_STEPS:
        yield QualityFinding(
            "R4", f"The answer has {items} steps. Use at most {_MOST_STEPS}.", "error"
        )
    elif note.style != "steps" and items >= _MIN_LIST:
        yield QualityFinding(
            "R4",
            f"The answer is a list of {items} items. Make a note of each.",
            "error",
        )
    leaked = leaked_words(note.front, note.back)
    if leaked and note.style != "contrast" and " or " not in note.front:
        yield QualityFinding(
            "R6", f'The question gives away "{leaked[0]}" from its answer. Reword it.'
        )
    if _is_trivia(note.back):
        yield QualityFinding(
            "R10", "The answer is only a year or a name. Ask for something useful."
        )


def _is_trivia(answer: str) -> bool:
    words = answer.strip(" .").split()
    return (
        len(words) == 1 and words[0].isdigit() and len(words[0]) == len("2026")
    ) or (words[-2:] == ["et", "al"])


def _check_explanation(note: Note) -> Iterator[QualityFinding]:
    count = len(words_in(note.why))
    if not count:
        yield QualityFinding(
            "R7", "The note has no why. Add the mechanism, a consequence or an example."
        )
    elif not _LEAST_WHY <= count <= _MOST_WHY:
        yield QualityFinding(
            "R7", f"The why has {count} words. Write {_LEAST_WHY} to {_MOST_WHY}."
        )
    if note.source is None:
        yield QualityFinding("R8", "The note has no source. Name one with its place.")
    elif not note.source.at and not note.derived and _has_number(note):
        yield QualityFinding(
            "R8", "The answer contains a number. Add its place in the source (at)."
        )


def _has_number(note: Note) -> bool:
    answer = fill_gaps(note.text) if isinstance(note, ClozeNote) else answer_text(note)
    return any(word[0].isdigit() for word in words_in(answer))


def _check_links_and_code(
    note: Note, linked: dict[str, tuple[str, ...]]
) -> Iterator[QualityFinding]:
    if note.style == "contrast" and not note.links:
        yield QualityFinding(
            "R11", "A contrast needs links. Add the notes that it contrasts with."
        )
    # A quiz question links to the cards that it practices; they need not link back.
    is_card = isinstance(note, (BasicNote, ClozeNote))
    for other in note.links:
        if is_card and other in linked and note.id not in linked[other]:
            yield QualityFinding(
                "R11", f"`{other}` does not link back. Add the link there."
            )
    texts = [question_text(note), answer_text(note), note.why, note.hint, note.derived]
    if any(map(has_latex, texts)):
        yield QualityFinding(
            "R12", "The text contains LaTeX. Write formulas in Unicode."
        )
    widest = max(map(widest_code_line, texts))
    if widest > _CODE_COLUMNS:
        yield QualityFinding(
            "R12", f"A line of code has {widest} columns. Use at most {_CODE_COLUMNS}."
        )


def _check_age(note: Note, today: date | None) -> Iterator[QualityFinding]:
    if not note.as_of or today is None:
        return
    year, month = map(int, note.as_of.split("-"))
    age = (today.year - year) * 12 + today.month - month
    most = _FRESH_LAW_MONTHS if "law" in note.tags else _FRESH_MONTHS
    if age > most:
        message = (
            f"The fact was checked {age} months ago. Check it again and update as_of."
        )
        yield QualityFinding("R9", message)


def _find_near_duplicates(decks: Sequence[DeckContent]) -> Iterator[Problem]:
    notes = {note.id: (deck, note) for deck in decks for note in deck.notes}
    for rule, least, is_choice in (("R11", _SIMILARITY, False), ("Q11", 0.6, True)):
        texts = {
            key: fill_gaps(note.text)
            if isinstance(note, ClozeNote)
            else question_text(note)
            for key, (_, note) in notes.items()
            if isinstance(note, ChoiceNote) is is_choice
        }
        for key, other in similar_pairs(texts, least):
            deck, note = notes[key]
            message = f"The question is nearly the same as that of `{other}`. Reword or delete one of them."
            yield _problem_at(deck, note.line, rule, one_line(message))
