"""What an answer came to, as rows: signs, colors and words for right, wrong and missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.content import ChoiceNote, MatchNote
from flashcards.grading.answers import ChoiceAnswer, MatchAnswer
from flashcards.grading.lines import has_several
from flashcards.grading.presentation import label_of
from flashcards.tui.widgets.answering.rows import OFF, ON, AnswerRow

if TYPE_CHECKING:
    from flashcards.grading.result import Mark, Result
    from flashcards.study.session.current_card import CurrentCard

_SEVERAL = {"right": "chosen", "wrong": "not this one", "missed": "missed"}
_WORDS = {"right": "right answer", "wrong": "your answer", "missed": "right answer"}


def feedback_rows(shown: CurrentCard, result: Result) -> tuple[AnswerRow, ...]:
    """Return the marks of a result as rows."""
    match shown.note:
        case ChoiceNote():
            return _choice(shown, shown.note, result)
        case MatchNote():
            return _match(shown, shown.note, result)
        case _ if shown.note.KIND == "order":
            return tuple(_order(place, mark) for place, mark in enumerate(result.marks))
        case _ if shown.note.KIND == "recall":
            return tuple(_point(mark) for mark in result.marks)
        case _:
            return tuple(_phrase(mark, result) for mark in result.marks)


def verdict_of(shown: CurrentCard, result: Result) -> str:
    """Return the line at the card's foot: the misconception's name, else the summary."""
    if not shown.mixed_up:
        return result.summary
    mixed = f"Mixed up: {', '.join(shown.mixed_up)}"
    is_single = isinstance(shown.note, ChoiceNote) and not has_several(shown.note)
    return mixed if is_single else f"{result.summary} {mixed}"


def verdict_role(result: Result) -> str:
    """Return the role of the line at the card's foot."""
    if result.is_right:
        return "good"
    return "hard" if result.is_partly or result.misconceptions else "again"


def _choice(
    shown: CurrentCard, note: ChoiceNote, result: Result
) -> tuple[AnswerRow, ...]:
    several = has_several(note)
    chosen = shown.given.chosen if isinstance(shown.given, ChoiceAnswer) else ()
    rows = []
    for place, mark in enumerate(result.marks):
        is_chosen = shown.presentation.shown[place] in chosen
        # Of a single choice the right answer is shown as such, though it was missed.
        sign = "right" if mark.sign == "missed" and not several else mark.sign
        words = (_SEVERAL if several else _WORDS).get(mark.sign, "")
        if is_chosen and mark.sign == "right" and not several:
            words = "your answer, right"
        rows.append(
            AnswerRow(
                mark.text,
                label=str(place + 1),
                box=(ON if is_chosen else OFF) if several else "",
                sign=sign,
                words=words,
                below="" if mark.sign == "neutral" else mark.why,
                quiet=mark.sign == "neutral",
            )
        )
    return tuple(rows)


def _match(
    shown: CurrentCard, note: MatchNote, result: Result
) -> tuple[AnswerRow, ...]:
    rights = shown.given.rights if isinstance(shown.given, MatchAnswer) else ()
    texts = shown.presentation.texts
    rows = []
    for place, (pair, mark) in enumerate(zip(note.pairs, result.marks, strict=True)):
        letter = label_of(texts.index(pair.right))
        given = rights[place] if place < len(rights) else None
        words = letter
        if given is None:
            words = f"open, was {letter}"
        elif mark.sign != "right":
            words = f"{label_of(shown.presentation.place_of(given))}, was {letter}"
        rows.append(
            AnswerRow(
                pair.left,
                label=str(place + 1),
                sign=mark.sign,
                words=words,
                below=pair.right,
            )
        )
    return tuple(rows)


def _order(place: int, mark: Mark) -> AnswerRow:
    return AnswerRow(mark.text, label=str(place + 1), sign=mark.sign, words=mark.why)


def _point(mark: Mark) -> AnswerRow:
    found, _, required = (
        mark.why.rpartition(", ")
        if ", req" in mark.why
        else (("", "", mark.why) if mark.why == "required" else (mark.why, "", ""))
    )
    return AnswerRow(
        mark.text,
        box=ON if mark.sign == "right" else OFF,
        sign=mark.sign,
        words=required,
        words_role="hard",
        below=found,
    )


def _phrase(mark: Mark, result: Result) -> AnswerRow:
    is_wanted = mark.sign == "missed"
    words = _WORDS[mark.sign] if mark.sign != "neutral" else ""
    below = ""
    if mark.sign == "right":
        words = "your answer, right"
        below = mark.why if mark.why != mark.text else ""
    return AnswerRow(
        mark.text,
        sign="right" if is_wanted else mark.sign,
        words=words,
        below=below,
        is_apart=is_wanted and len(result.marks) > 1,
    )
