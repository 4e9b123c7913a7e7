"""Write notes as GIFT questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.decks.fields.limits import MOST_ANSWER
from flashcards.domain import formatting
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    MatchNote,
    Note,
    NumericNote,
    Option,
    RecallNote,
    TypedNote,
)
from flashcards.domain.faces import card_key
from flashcards.formats.common.flatten import to_questions
from flashcards.formats.common.losses import (
    describe_count,
    describe_lost_deck_fields,
    describe_lost_fields,
)
from flashcards.formats.common.naming import to_foreign_id
from flashcards.formats.moodle.gift_answers import ARROW, BLANK
from flashcards.formats.moodle.gift_escapes import (
    escape,
    starts_with_weight,
    write_answer,
    write_short_answer,
)
from flashcards.formats.moodle.key_points import format_key_points
from flashcards.grading.numbers import tolerance_of
from flashcards.text.markdown.gaps import find_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.domain.content import DeckContent

_NAME = "GIFT"
_NO_COMMENT = re.compile(r"[\x00-\x1f]")
_BRACKET = re.compile(r"[\\\[\]]")
_TRUTH = ("True", "False")


def to_gift_questions(note: Note) -> list[str]:
    """Write a note as one question, or as one question per card; each is a block of lines."""
    gift_question = _to_gift_question(note)
    if gift_question is not None:
        return [_write_comment(note, note.id) + gift_question]
    return [
        _write_comment(note, card_key(note.id, question.face))
        + _write_essay(question.question, question.answer)
        for question in to_questions(note)
    ]


def describe_gift_losses(decks: Sequence[DeckContent]) -> list[str]:
    """Return sentences on what GIFT cannot hold of some decks."""
    notes = [note for deck in decks for note in deck.notes]
    essay_notes = [note for note in notes if _to_gift_question(note) is None]
    graded_notes = [note for note in notes if _to_gift_question(note) is not None]
    clozes = [note for note in graded_notes if isinstance(note, ClozeNote)]
    choices = [note for note in graded_notes if isinstance(note, ChoiceNote)]
    recalls = [note for note in graded_notes if isinstance(note, RecallNote)]
    return [
        *_describe_essays(
            [note for note in essay_notes if not isinstance(note, BasicNote)]
        ),
        *describe_count(
            both_ways := sum(
                isinstance(note, BasicNote) and note.reverse for note in essay_notes
            ),
            "note",
            f"written as {2 * both_ways} questions, one for each direction",
        ),
        *describe_count(
            sum(bool(note.why) for note in essay_notes), "why", "put behind the answer"
        ),
        *describe_count(
            sum(
                gap.hint is not None for note in clozes for gap in find_gaps(note.text)
            ),
            "gap hint",
            "left out",
        ),
        *describe_count(
            sum(
                bool(option.misconception)
                for note in choices
                for option in note.options
            ),
            "misconception",
            "left out",
        ),
        *describe_count(
            sum(
                point.required or point.weight != 1 or bool(point.keywords)
                for note in recalls
                for point in note.points
            ),
            "key point",
            "written without weights and keywords",
        ),
        *describe_lost_fields(_NAME, notes, held=("why", "tags")),
        *describe_lost_deck_fields(_NAME, decks),
    ]


def _describe_essays(notes: Sequence[Note]) -> list[str]:
    """Describe how many notes become essay questions because no other type can hold them."""
    number = sum(len(to_questions(note)) for note in notes)
    essay_count = formatting.count(number, "essay question")
    return describe_count(
        len(notes), "note", f"written as {essay_count}, since no type holds more"
    )


def _write_comment(note: Note, key: str) -> str:
    foreign_id = to_foreign_id(key)
    parts = [
        f"[id:{_escape_brackets(key if _NO_COMMENT.search(foreign_id) else foreign_id)}]"
    ]
    parts += [f"[tag:{_escape_brackets(tag)}]" for tag in note.tags]
    return f"// {' '.join(parts)}\n"


def _escape_brackets(text: str) -> str:
    return _BRACKET.sub(lambda match: f"\\{match[0]}", text)


def _to_gift_question(note: Note) -> str | None:
    """Write the question of a note, or return None if no type of question can hold it."""
    match note:
        case ChoiceNote():
            return _write_choice(note)
        case TypedNote() if not any(ARROW in answer for answer in note.accept):
            return _write_answers(
                note.question, map(_write_right_answer, note.accept), note.why
            )
        case MatchNote() if not any(ARROW in pair.left for pair in note.pairs):
            pair_answers = [
                f"={write_answer(pair.left)} {ARROW} {escape(pair.right)}"
                for pair in note.pairs
            ]
            lure_answers = [f"= {ARROW} {escape(lure)}" for lure in note.lures]
            return _write_answers(
                note.question, (*pair_answers, *lure_answers), note.why
            )
        case RecallNote():
            return _write_essay(note.question, format_key_points(note.points, note.why))
        case NumericNote(variables=(), answer=(int() | float()) as answer):
            return _write_numeric(note, answer)
        case ClozeNote():
            return _write_cloze(note)
        case _:
            return None


def _write_choice(note: ChoiceNote) -> str:
    if tuple(option.text for option in note.options) == _TRUTH:
        return _write_truth(note)
    right_count = sum(option.correct for option in note.options)
    return _write_answers(
        note.question,
        (_write_option(option, right_count) for option in note.options),
        note.why,
    )


def _write_option(option: Option, right_count: int) -> str:
    text = write_answer(option.text)
    if option.correct:
        sign = "=" if right_count == 1 else f"~%{round(100 / right_count, 5):g}%"
    elif right_count > 1:
        # Without a penalty, choosing every option would earn full credit.
        sign = "~%-100%"
    else:
        sign = "~%0%" if starts_with_weight(option.text) else "~"
    return sign + text + _write_feedback(option.why)


def _write_truth(note: ChoiceNote) -> str:
    first, second = note.options
    right, wrong = (first, second) if first.correct else (second, first)
    feedback = f"#{escape(wrong.why)}#{escape(right.why)}"
    answer = right.text.upper() + (feedback if right.why or wrong.why else "")
    general = f"####{escape(note.why)}" if note.why else ""
    return f"{_write_question_text(note.question)} {{{answer}{general}}}\n"


def _write_numeric(note: NumericNote, answer: float) -> str:
    unit = f" ({note.unit})" if note.unit else ""
    why = "\n\n".join(text for text in (note.working, note.why) if text)
    tolerance = tolerance_of(answer, note.tolerance)
    return _write_answers(
        f"{note.question.strip()}{unit}", [f"={answer!r}:{tolerance!r}"], why, sign="#"
    )


def _write_cloze(note: ClozeNote) -> str | None:
    """Write a cloze with one gap as a missing word, or as a question ending with a blank."""
    gaps = list(find_gaps(note.text))
    if len(gaps) != 1 or ARROW in gaps[0].hidden:
        return None
    answer = gaps[0].hidden.strip()
    before, after = note.text[: gaps[0].start], note.text[gaps[0].end :]
    if after.strip():
        general = f"####{escape(note.why)}" if note.why else ""
        space_before = " " if before[-1:].isspace() else ""
        space_after = " " if after[:1].isspace() else ""
        return (
            f"{_write_question_text(before)}{space_before}{{{_write_right_answer(answer)}{general}}}"
            f"{space_after}{escape(after)}\n"
        )
    if "\n" in answer or len(answer) > MOST_ANSWER:
        return None
    return _write_answers(
        f"{before.strip()} {BLANK}", [_write_right_answer(answer)], note.why
    )


def _write_essay(question: str, answer: str) -> str:
    return f"{_write_question_text(question)} {{####{escape(answer)}}}\n"


def _write_answers(
    question: str, answers: Iterable[str], why: str, sign: str = ""
) -> str:
    lines = [f"\t{answer}" for answer in answers]
    if why:
        lines.append(f"\t####{escape(why)}")
    return "\n".join([f"{_write_question_text(question)} {{{sign}", *lines, "}"]) + "\n"


def _write_question_text(text: str) -> str:
    return f"[markdown]{escape(text)}"


def _write_right_answer(answer: str) -> str:
    return ("=%100%" if starts_with_weight(answer) else "=") + write_short_answer(
        answer
    )


def _write_feedback(why: str) -> str:
    return f"#{escape(why)}" if why else ""
