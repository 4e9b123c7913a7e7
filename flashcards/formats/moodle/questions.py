"""Make a note from a question of Moodle XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flashcards.decks.yaml.nodes import number
from flashcards.domain import formatting
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    MatchNote,
    Note,
    NumericNote,
    Option,
    Pair,
    RecallNote,
    TypedNote,
)
from flashcards.formats.common.naming import to_note_id, to_tag
from flashcards.formats.moodle.gift_escapes import unescape_asterisks
from flashcards.formats.moodle.key_points import parse_key_points
from flashcards.formats.moodle.texts import to_markdown
from flashcards.text.markdown.gaps import WrittenGap, write_cloze, write_gap

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.moodle.xml_tree import XmlElement

_FORMATS = {"html": "html", "plain_text": "plain", "markdown": "markdown"}  # fmt: skip
_FULL_FRACTION = 100.0
_PLUGIN_FILE = re.compile(r"@@PLUGINFILE@@/", re.IGNORECASE)
_EMBEDDED = re.compile(r"\{[0-9]{0,3}:([A-Za-z_]{1,30}):((?:[^{}\\]|\\.)*)\}", re.DOTALL)  # fmt: skip
_ALTERNATIVE = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<!\\)#")
_WEIGHT = re.compile(r"%(-?[0-9.]{1,8})%|=")
_ESCAPED = re.compile(r"\\([}#~/\"\\=])")
_NUMBERED_PLACE = re.compile(r"\[\[([0-9]{1,3})\]\]")
_NUMERIC_TYPES = frozenset(("NUMERICAL", "NM"))
_TRUTH = ("True", "False")


def to_note(question: XmlElement, collector: ProblemCollector) -> Note | None:
    """Make an unchecked note of a question, or return None and report its problem."""
    kind = question.get("type")
    make_note = _TO_NOTE.get(kind)
    if make_note is None:
        rule = "moodle-description" if kind == "description" else "moodle-type"
        collector.add_at(rule, question.line, 1, value=kind or "none")
        return None
    return make_note(question, collector)


def read_text(element: XmlElement | None) -> str:
    """Convert the text of an element to Markdown, by the format that the element names."""
    if element is None:
        return ""
    raw = element.get_text("text") or element.text
    text_format = _FORMATS.get(element.get("format"), "")
    return to_markdown(_PLUGIN_FILE.sub("", raw), text_format)


def _common_fields(question: XmlElement) -> dict[str, Any]:
    id_number = question.get_text("idnumber").strip()
    tags_element = question.find_first("tags")
    tags = (
        (
            to_tag(tag_element.get_text("text"))
            for tag_element in tags_element.find_all("tag")
        )
        if tags_element
        else ()
    )
    return {
        "id": to_note_id(id_number) if id_number else "",
        "tags": tuple(dict.fromkeys(filter(None, tags))),
        "line": question.line,
    }


def _read_question_text(question: XmlElement) -> str:
    return read_text(question.find_first("questiontext"))


def _build_why(question: XmlElement, *answer_feedback: str) -> str:
    general = read_text(question.find_first("generalfeedback"))
    return "\n\n".join(dict.fromkeys(filter(None, (general, *answer_feedback))))


def _parse_fraction(answer: XmlElement) -> float:
    fraction = number(answer.get("fraction").strip())
    return float(fraction) if fraction is not None else 0.0


def _find_full_answers(
    question: XmlElement, collector: ProblemCollector
) -> list[XmlElement]:
    """Find the answers with full credit, and report those with partial credit."""
    answers = [answer for answer in question.find_all("answer") if answer.get_text("text").strip() != "*"]  # fmt: skip
    partly_right = [answer.get_text("text").strip() for answer in answers if 0 < _parse_fraction(answer) < _FULL_FRACTION]  # fmt: skip
    if partly_right:
        collector.add_at(
            "gift-partial", question.line, 1, value=", ".join(partly_right)
        )
    full_answers = [
        answer for answer in answers if _parse_fraction(answer) >= _FULL_FRACTION
    ]
    if not full_answers:
        collector.add_at("moodle-answers", question.line, 1)
    return full_answers


def _to_choice_note(question: XmlElement, collector: ProblemCollector) -> Note:
    answers = list(question.find_all("answer"))
    is_single = question.get_text("single").strip() not in ("false", "0")
    best = max(map(_parse_fraction, answers), default=0.0)
    partly_right = [
        answer for answer in answers if is_single and 0 < _parse_fraction(answer) < best
    ]
    if partly_right:
        value = ", ".join(map(read_text, partly_right))
        collector.add_at("gift-partial-option", question.line, 1, value=value)
    least_fraction = best if is_single else 0.0
    options = tuple(
        Option(
            read_text(answer),
            correct=_parse_fraction(answer) > 0
            and _parse_fraction(answer) >= least_fraction,
            why=read_text(answer.find_first("feedback")),
        )
        for answer in answers
    )
    return ChoiceNote(
        **_common_fields(question),
        question=_read_question_text(question),
        options=options,
        why=_build_why(question),
    )


def _to_truth_note(question: XmlElement, collector: ProblemCollector) -> Note | None:
    answers = {answer.get_text("text").strip().casefold(): answer for answer in question.find_all("answer")}  # fmt: skip
    if not {"true", "false"} <= answers.keys():
        collector.add_at("moodle-answers", question.line, 1)
        return None
    options = tuple(
        Option(
            name,
            correct=_parse_fraction(answers[name.casefold()]) > 0,
            why=read_text(answers[name.casefold()].find_first("feedback")),
        )
        for name in _TRUTH
    )
    return ChoiceNote(
        **_common_fields(question),
        question=_read_question_text(question),
        options=options,
        why=_build_why(question),
    )


def _to_typed_note(question: XmlElement, collector: ProblemCollector) -> Note | None:
    answers = _find_full_answers(question, collector)
    if not answers:
        return None
    texts = (answer.get_text("text").strip() for answer in answers)
    accept = tuple(dict.fromkeys(map(unescape_asterisks, texts)))
    feedback = (read_text(answer.find_first("feedback")) for answer in answers)
    return TypedNote(
        **_common_fields(question),
        question=_read_question_text(question),
        accept=accept,
        why=_build_why(question, *feedback),
    )


def _to_numeric_note(question: XmlElement, collector: ProblemCollector) -> Note | None:
    full_answers = _find_full_answers(question, collector)
    if not full_answers:
        return None
    value = full_answers[0].get_text("text").strip()
    answer = number(value)
    allowed = number(full_answers[0].get_text("tolerance").strip() or "0")
    if answer is None or allowed is None:
        collector.add_at("gift-number", question.line, 1, value=value)
        return None
    if len(full_answers) > 1:
        others = ", ".join(
            answer.get_text("text").strip() for answer in full_answers[1:]
        )
        collector.add_at("gift-several-numbers", question.line, 1, value=others)
    return NumericNote(
        **_common_fields(question),
        question=_read_question_text(question),
        answer=answer,
        tolerance=allowed,
        unit=question.get_text("units", "unit", "unit_name").strip(),
        why=_build_why(question, read_text(full_answers[0].find_first("feedback"))),
    )


def _to_match_note(question: XmlElement, collector: ProblemCollector) -> Note:
    del collector
    pairs, lures = [], []
    for pair in question.find_all("subquestion"):
        left, right = read_text(pair), pair.get_text("answer", "text").strip()
        if left:
            pairs.append(Pair(left, right))
        elif right:
            lures.append(right)
    return MatchNote(
        **_common_fields(question),
        question=_read_question_text(question),
        pairs=tuple(pairs),
        lures=tuple(dict.fromkeys(lures)),
        why=_build_why(question),
    )


def _to_essay_note(question: XmlElement, collector: ProblemCollector) -> Note | None:
    answer = read_text(question.find_first("graderinfo")) or _build_why(question)
    if not answer:
        collector.add_at("gift-no-answer", question.line, 1)
        return None
    points, why = parse_key_points(answer)
    if points:
        return RecallNote(
            **_common_fields(question),
            question=_read_question_text(question),
            points=points,
            why=why,
        )
    return BasicNote(
        **_common_fields(question), front=_read_question_text(question), back=answer
    )


def _to_cloze_note(question: XmlElement, collector: ProblemCollector) -> Note | None:
    """Make a cloze of a text with embedded answers; each gap hides its first right answer."""
    text = _read_question_text(question)
    gaps: list[WrittenGap] = []
    left_out_count = 0
    for match in _EMBEDDED.finditer(text):
        hidden = _find_right_answer(
            match[2], is_number=match[1].upper() in _NUMERIC_TYPES
        )
        if not hidden:
            collector.add_at("moodle-answers", question.line, 1)
            return None
        left_out_count += _count_texts(match[2]) - 1
        gaps.append(WrittenGap(*match.span(), write_gap(len(gaps) + 1, hidden)))
    return _to_cloze_of_gaps(question, text, gaps, left_out_count, collector)


def _count_texts(answers: str) -> int:
    """Count the answers of a gap and the feedback on them."""
    alternatives = _ALTERNATIVE.split(answers)
    texts = [
        text
        for alternative in alternatives
        for text in _FEEDBACK.split(alternative, maxsplit=1)
    ]
    return sum(bool(_WEIGHT.sub("", text, count=1).strip()) for text in texts)


def _find_right_answer(answers: str, *, is_number: bool) -> str:
    for alternative in _ALTERNATIVE.split(answers):
        weight = _WEIGHT.match(alternative)
        if weight and (weight[1] is None or weight[1].rstrip("0").rstrip(".") in ("1", "100")):  # fmt: skip
            answer = _FEEDBACK.split(alternative[weight.end() :], maxsplit=1)[0]
            # The tolerance of a number is not part of the answer.
            answer = answer.partition(":")[0] if is_number else answer
            return _ESCAPED.sub(r"\1", answer).strip()
    return ""


def _to_missing_words_note(
    question: XmlElement, collector: ProblemCollector
) -> Note | None:
    """Make a cloze of a text with numbered places for words to choose or drag."""
    choices = [
        choice.get_text("text").strip()
        for name in ("selectoption", "dragbox")
        for choice in question.find_all(name)
    ]
    text = _read_question_text(question)
    used_numbers: set[int] = set()
    gaps: list[WrittenGap] = []
    for match in _NUMBERED_PLACE.finditer(text):
        number = int(match[1])
        if not 0 < number <= len(choices):
            collector.add_at("moodle-answers", question.line, 1)
            return None
        used_numbers.add(number)
        gap = write_gap(len(gaps) + 1, choices[number - 1])
        gaps.append(WrittenGap(*match.span(), gap))
    left_out_count = len(choices) - len(used_numbers)
    return _to_cloze_of_gaps(question, text, gaps, left_out_count, collector)


def _to_cloze_of_gaps(
    question: XmlElement,
    text: str,
    gaps: list[WrittenGap],
    left_out_count: int,
    collector: ProblemCollector,
) -> Note | None:
    if not gaps:
        collector.add_at("moodle-answers", question.line, 1)
        return None
    if left_out_count:
        count = formatting.count(left_out_count, "text")
        collector.add_at("moodle-gap-answers", question.line, 1, count=count)
    return ClozeNote(
        **_common_fields(question),
        text=write_cloze(text, gaps),
        why=_build_why(question),
    )


_TO_NOTE: dict[str, Callable[[XmlElement, ProblemCollector], Note | None]] = {
    "multichoice": _to_choice_note,
    "truefalse": _to_truth_note,
    "shortanswer": _to_typed_note,
    "numerical": _to_numeric_note,
    "matching": _to_match_note,
    "essay": _to_essay_note,
    "cloze": _to_cloze_note,
    "gapselect": _to_missing_words_note,
    "ddwtos": _to_missing_words_note,
}
