"""From notes of ours to questions of GIFT."""

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
    answer_out,
    escaped,
    has_weight,
    short_answer_out,
)
from flashcards.formats.moodle.key_points import list_of
from flashcards.grading.numbers import tolerance_of
from flashcards.text.markdown.gaps import find_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.domain.content import DeckContent

_NAME = "GIFT"
_NO_COMMENT = re.compile(r"[\x00-\x1f]")
_BRACKET = re.compile(r"[\\\[\]]")
_TRUTH = ("True", "False")


def question_lines(note: Note) -> list[str]:
    """Return a note as one question, or as one for each card; each a block of lines."""
    block = _block(note)
    if block is not None:
        return [_comment(note, note.id) + block]
    return [
        _comment(note, card_key(note.id, each.face))
        + _essay(each.question, each.answer)
        for each in to_questions(note)
    ]


def remarks_on(decks: Sequence[DeckContent]) -> list[str]:
    """Return sentences on what of some decks the format cannot hold."""
    notes = [note for deck in decks for note in deck.notes]
    plain = [note for note in notes if _block(note) is None]
    graded = [note for note in notes if _block(note) is not None]
    clozes = [note for note in graded if isinstance(note, ClozeNote)]
    choices = [note for note in graded if isinstance(note, ChoiceNote)]
    recalls = [note for note in graded if isinstance(note, RecallNote)]
    return [
        *_essays([note for note in plain if not isinstance(note, BasicNote)]),
        *describe_count(
            both_ways := sum(
                isinstance(note, BasicNote) and note.reverse for note in plain
            ),
            "note",
            f"written as {2 * both_ways} questions, one for each direction",
        ),
        *describe_count(
            sum(bool(note.why) for note in plain), "why", "put behind the answer"
        ),
        *describe_count(
            sum(
                gap.hint is not None for note in clozes for gap in find_gaps(note.text)
            ),
            "gap hint",
            "left out",
        ),
        *describe_count(
            sum(bool(o.misconception) for note in choices for o in note.options),
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


def _essays(notes: Sequence[Note]) -> list[str]:
    """Return a sentence on the notes that only essay questions hold, if there are any."""
    number = sum(len(to_questions(note)) for note in notes)
    many = formatting.count(number, "essay question")
    return describe_count(
        len(notes), "note", f"written as {many}, since no type holds more"
    )


def _comment(note: Note, key: str) -> str:
    raw = to_foreign_id(key)
    parts = [f"[id:{_in_brackets(key if _NO_COMMENT.search(raw) else raw)}]"]
    parts += [f"[tag:{_in_brackets(word)}]" for word in note.tags]
    return f"// {' '.join(parts)}\n"


def _in_brackets(text: str) -> str:
    return _BRACKET.sub(lambda found: f"\\{found[0]}", text)


def _block(note: Note) -> str | None:
    """Return the question of a note, or None where no type of question holds the note."""
    match note:
        case ChoiceNote():
            return _choice(note)
        case TypedNote() if not any(ARROW in answer for answer in note.accept):
            return _answers(note.question, map(_right, note.accept), note.why)
        case MatchNote() if not any(ARROW in pair.left for pair in note.pairs):
            pairs = [
                f"={answer_out(p.left)} {ARROW} {escaped(p.right)}" for p in note.pairs
            ]
            lures = [f"= {ARROW} {escaped(lure)}" for lure in note.lures]
            return _answers(note.question, (*pairs, *lures), note.why)
        case RecallNote():
            return _essay(note.question, list_of(note.points, note.why))
        case NumericNote(variables=(), answer=(int() | float()) as answer):
            return _numeric(note, answer)
        case ClozeNote():
            return _cloze(note)
        case _:
            return None


def _choice(note: ChoiceNote) -> str:
    if tuple(option.text for option in note.options) == _TRUTH:
        return _truth(note)
    right = sum(option.correct for option in note.options)
    return _answers(
        note.question, (_option(option, right) for option in note.options), note.why
    )


def _option(option: Option, right: int) -> str:
    text = answer_out(option.text)
    if option.correct:
        sign = "=" if right == 1 else f"~%{round(100 / right, 5):g}%"
    elif right > 1:
        # Without it ticking every option would earn everything.
        sign = "~%-100%"
    else:
        sign = "~%0%" if has_weight(option.text) else "~"
    return sign + text + _feedback(option.why)


def _truth(note: ChoiceNote) -> str:
    first, second = note.options
    right, wrong = (first, second) if first.correct else (second, first)
    feedback = f"#{escaped(wrong.why)}#{escaped(right.why)}"
    answer = right.text.upper() + (feedback if right.why or wrong.why else "")
    general = f"####{escaped(note.why)}" if note.why else ""
    return f"{_question(note.question)} {{{answer}{general}}}\n"


def _numeric(note: NumericNote, answer: float) -> str:
    unit = f" ({note.unit})" if note.unit else ""
    why = "\n\n".join(text for text in (note.working, note.why) if text)
    tolerance = tolerance_of(answer, note.tolerance)
    return _answers(
        f"{note.question.strip()}{unit}", [f"={answer!r}:{tolerance!r}"], why, sign="#"
    )


def _cloze(note: ClozeNote) -> str | None:
    """Return a cloze of one gap as a missing word, or as a question with a blank at its end."""
    gaps = list(find_gaps(note.text))
    if len(gaps) != 1 or ARROW in gaps[0].hidden:
        return None
    answer = gaps[0].hidden.strip()
    before, after = note.text[: gaps[0].start], note.text[gaps[0].end :]
    if after.strip():
        general = f"####{escaped(note.why)}" if note.why else ""
        space = " " if before[-1:].isspace() else ""
        behind = " " if after[:1].isspace() else ""
        return (
            f"{_question(before)}{space}{{{_right(answer)}{general}}}"
            f"{behind}{escaped(after)}\n"
        )
    if "\n" in answer or len(answer) > MOST_ANSWER:
        return None
    return _answers(f"{before.strip()} {BLANK}", [_right(answer)], note.why)


def _essay(question: str, answer: str) -> str:
    return f"{_question(question)} {{####{escaped(answer)}}}\n"


def _answers(question: str, answers: Iterable[str], why: str, sign: str = "") -> str:
    lines = [f"\t{answer}" for answer in answers]
    if why:
        lines.append(f"\t####{escaped(why)}")
    return "\n".join([f"{_question(question)} {{{sign}", *lines, "}"]) + "\n"


def _question(text: str) -> str:
    return f"[markdown]{escaped(text)}"


def _right(answer: str) -> str:
    return ("=%100%" if has_weight(answer) else "=") + short_answer_out(answer)


def _feedback(why: str) -> str:
    return f"#{escaped(why)}" if why else ""
