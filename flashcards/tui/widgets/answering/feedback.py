"""The feedback on an answer as rows: signs, colors and remarks for each mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.content import ChoiceNote, MatchNote
from flashcards.grading.answers import ChoiceAnswer, MatchAnswer
from flashcards.grading.lines import has_several
from flashcards.grading.presentation import label_of
from flashcards.tui.widgets.answering.rows import TICKED, UNTICKED, AnswerRow

if TYPE_CHECKING:
    from flashcards.grading.result import Mark, Result
    from flashcards.study.session.current_card import CurrentCard

_SEVERAL_REMARKS = {"right": "chosen", "wrong": "not this one", "missed": "missed"}
_REMARKS = {"right": "right answer", "wrong": "your answer", "missed": "right answer"}


def feedback_rows(current: CurrentCard, result: Result) -> tuple[AnswerRow, ...]:
    """Return the marks of a result as rows."""
    match current.note:
        case ChoiceNote():
            return _choice(current, current.note, result)
        case MatchNote():
            return _match(current, current.note, result)
        case _ if current.note.KIND == "order":
            return tuple(_order(index, mark) for index, mark in enumerate(result.marks))
        case _ if current.note.KIND == "recall":
            return tuple(_point(mark) for mark in result.marks)
        case _:
            return tuple(_phrase(mark, result) for mark in result.marks)


def result_text(current: CurrentCard, result: Result) -> str:
    """Return the result line of a card: the misconception's name, or the summary."""
    if not current.confused_with:
        return result.summary
    misconceptions = f"Misconception: {', '.join(current.confused_with)}"
    is_single = isinstance(current.note, ChoiceNote) and not has_several(current.note)
    return misconceptions if is_single else f"{result.summary} {misconceptions}"


def result_role(result: Result) -> str:
    """Return the color role of the result line."""
    if result.is_right:
        return "good"
    return "hard" if result.is_partly or result.misconceptions else "again"


def _choice(
    current: CurrentCard, note: ChoiceNote, result: Result
) -> tuple[AnswerRow, ...]:
    several = has_several(note)
    chosen = (
        current.given_answer.chosen
        if isinstance(current.given_answer, ChoiceAnswer)
        else ()
    )
    rows = []
    for index, mark in enumerate(result.marks):
        is_chosen = current.presentation.shown[index] in chosen
        # The right answer of a single choice is shown as right even if it was missed.
        sign = "right" if mark.sign == "missed" and not several else mark.sign
        remark = (_SEVERAL_REMARKS if several else _REMARKS).get(mark.sign, "")
        if is_chosen and mark.sign == "right" and not several:
            remark = "your answer, right"
        rows.append(
            AnswerRow(
                mark.text,
                label=str(index + 1),
                box=(TICKED if is_chosen else UNTICKED) if several else "",
                sign=sign,
                remark=remark,
                below=mark.why,
                is_muted=mark.sign == "neutral",
                is_aside=mark.sign == "neutral",
            )
        )
    return tuple(rows)


def _match(
    current: CurrentCard, note: MatchNote, result: Result
) -> tuple[AnswerRow, ...]:
    rights = (
        current.given_answer.rights
        if isinstance(current.given_answer, MatchAnswer)
        else ()
    )
    texts = current.presentation.texts
    rows = []
    for index, (pair, mark) in enumerate(zip(note.pairs, result.marks, strict=True)):
        letter = label_of(texts.index(pair.right))
        right = rights[index] if index < len(rights) else None
        remark = letter
        if right is None:
            remark = f"no answer, should be {letter}"
        elif mark.sign != "right":
            remark = f"{label_of(current.presentation.place_of(right))} → {letter}"
        rows.append(
            AnswerRow(
                pair.left,
                label=str(index + 1),
                sign=mark.sign,
                remark=remark,
                below=pair.right,
            )
        )
    return tuple(rows)


def _order(index: int, mark: Mark) -> AnswerRow:
    return AnswerRow(mark.text, label=str(index + 1), sign=mark.sign, remark=mark.why)


def _point(mark: Mark) -> AnswerRow:
    words_found, _, required = (
        mark.why.rpartition(", ")
        if ", req" in mark.why
        else (("", "", mark.why) if mark.why == "required" else (mark.why, "", ""))
    )
    return AnswerRow(
        mark.text,
        box=TICKED if mark.sign == "right" else UNTICKED,
        sign=mark.sign,
        remark=required,
        remark_role="hard",
        below=words_found,
    )


def _phrase(mark: Mark, result: Result) -> AnswerRow:
    is_missed = mark.sign == "missed"
    remark = _REMARKS[mark.sign] if mark.sign != "neutral" else ""
    below = ""
    if mark.sign == "right":
        remark = "your answer, right"
        below = mark.why if mark.why != mark.text else ""
    return AnswerRow(
        mark.text,
        sign="right" if is_missed else mark.sign,
        remark=remark,
        below=below,
        starts_block=is_missed and len(result.marks) > 1,
    )
