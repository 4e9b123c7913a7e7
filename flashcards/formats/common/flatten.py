"""Turn notes of any kind into plain questions and answers, for formats without kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import (
    ChoiceNote,
    MatchNote,
    Note,
    NumericNote,
    OrderNote,
)
from flashcards.domain.faces import answer_text, faces_of, question_text
from flashcards.grading.presentation import present_as, rights_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class Question(NamedTuple):
    """A question and its answer."""

    face: str
    """The face of the card."""
    question: str
    answer: str


def to_questions(note: Note) -> list[Question]:
    """Return one question for each card of a note; `why` is appended to the answer."""
    return [_to_question(note, face) for face in faces_of(note)]


def _to_question(note: Note, face: str) -> Question:
    question, answer = question_text(note, face), answer_text(note, face)
    match note:
        case ChoiceNote():
            question = _append_list(question, [option.text for option in note.options])
        case OrderNote():
            question = _append_list(question, sorted(note.items, key=str.casefold))
        case MatchNote():
            question = _append_list(question, [pair.left for pair in note.pairs])
            question = _append_list(question, sorted(rights_of(note), key=str.casefold))
        case NumericNote(variables=(_, *_)):
            presentation = present_as(note, face, (), {})
            question, answer = presentation.question, presentation.answer
        case _:
            pass
    return Question(face, question, f"{answer}\n\n{note.why}" if note.why else answer)


def _append_list(text: str, items: Iterable[str]) -> str:
    return text + "\n\n" + "\n".join(f"- {item}" for item in items)
