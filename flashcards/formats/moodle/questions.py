"""From a question of Moodle's XML to a note of ours."""

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
from flashcards.formats.moodle.gift_escapes import with_asterisks
from flashcards.formats.moodle.key_points import points_of
from flashcards.formats.moodle.texts import as_text
from flashcards.text.markdown.gaps import write_between_gaps, write_gap

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.moodle.xml_tree import XmlElement

_FORMATS = {"html": "html", "plain_text": "plain", "markdown": "markdown"}  # fmt: skip
_FULL = 100.0
_PLUGIN_FILE = re.compile(r"@@PLUGINFILE@@/", re.IGNORECASE)
_EMBEDDED = re.compile(r"\{[0-9]{0,3}:([A-Za-z_]{1,30}):((?:[^{}\\]|\\.)*)\}", re.DOTALL)  # fmt: skip
_ALTERNATIVE = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<!\\)#")
_WEIGHT = re.compile(r"%(-?[0-9.]{1,8})%|=")
_ESCAPED = re.compile(r"\\([}#~/\"\\=])")
_PLACE = re.compile(r"\[\[([0-9]{1,3})\]\]")
_NUMBERS = frozenset(("NUMERICAL", "NM"))
_TRUTH = ("True", "False")


def note_of(question: XmlElement, collector: ProblemCollector) -> Note | None:
    """Return the note of a question, not yet checked; None with a problem where there is none."""
    kind = question.get("type")
    make = _KINDS.get(kind)
    if make is None:
        rule = "moodle-description" if kind == "description" else "moodle-type"
        collector.add_at(rule, question.line, 1, value=kind or "none")
        return None
    return make(question, collector)


def text_at(element: XmlElement | None) -> str:
    """Return a text of Moodle as ours: the element has a format, and its text within."""
    if element is None:
        return ""
    raw = element.text_of("text") or element.text
    text_format = _FORMATS.get(element.get("format"), "")
    return as_text(_PLUGIN_FILE.sub("", raw), text_format)


def _common(question: XmlElement) -> dict[str, Any]:
    own = question.text_of("idnumber").strip()
    found = question.first("tags")
    tags = (to_tag(each.text_of("text")) for each in found.all("tag")) if found else ()
    return {
        "id": to_note_id(own) if own else "",
        "tags": tuple(dict.fromkeys(filter(None, tags))),
        "line": question.line,
    }


def _asked(question: XmlElement) -> str:
    return text_at(question.first("questiontext"))


def _why(question: XmlElement, *more: str) -> str:
    general = text_at(question.first("generalfeedback"))
    return "\n\n".join(dict.fromkeys(filter(None, (general, *more))))


def _share(answer: XmlElement) -> float:
    found = number(answer.get("fraction").strip())
    return float(found) if found is not None else 0.0


def _answers(question: XmlElement, collector: ProblemCollector) -> list[XmlElement]:
    """Return the answers that are wholly right; those worth a part are reported."""
    answers = [each for each in question.all("answer") if each.text_of("text").strip() != "*"]  # fmt: skip
    partly = [each.text_of("text").strip() for each in answers if 0 < _share(each) < _FULL]  # fmt: skip
    if partly:
        collector.add_at("gift-partial", question.line, 1, value=", ".join(partly))
    right = [each for each in answers if _share(each) >= _FULL]
    if not right:
        collector.add_at("moodle-answers", question.line, 1)
    return right


def _choice(question: XmlElement, collector: ProblemCollector) -> Note:
    answers = list(question.all("answer"))
    is_single = question.text_of("single").strip() not in ("false", "0")
    best = max(map(_share, answers), default=0.0)
    partly = [each for each in answers if is_single and 0 < _share(each) < best]
    if partly:
        value = ", ".join(map(text_at, partly))
        collector.add_at("gift-partial-option", question.line, 1, value=value)
    least = best if is_single else 0.0
    options = tuple(
        Option(
            text_at(each),
            correct=_share(each) > 0 and _share(each) >= least,
            why=text_at(each.first("feedback")),
        )
        for each in answers
    )
    return ChoiceNote(
        **_common(question),
        question=_asked(question),
        options=options,
        why=_why(question),
    )


def _truth(question: XmlElement, collector: ProblemCollector) -> Note | None:
    found = {each.text_of("text").strip().casefold(): each for each in question.all("answer")}  # fmt: skip
    if not {"true", "false"} <= found.keys():
        collector.add_at("moodle-answers", question.line, 1)
        return None
    options = tuple(
        Option(
            name,
            correct=_share(found[name.casefold()]) > 0,
            why=text_at(found[name.casefold()].first("feedback")),
        )
        for name in _TRUTH
    )
    return ChoiceNote(
        **_common(question),
        question=_asked(question),
        options=options,
        why=_why(question),
    )


def _typed(question: XmlElement, collector: ProblemCollector) -> Note | None:
    right = _answers(question, collector)
    if not right:
        return None
    texts = (each.text_of("text").strip() for each in right)
    accept = tuple(dict.fromkeys(map(with_asterisks, texts)))
    feedback = (text_at(each.first("feedback")) for each in right)
    return TypedNote(
        **_common(question),
        question=_asked(question),
        accept=accept,
        why=_why(question, *feedback),
    )


def _numeric(question: XmlElement, collector: ProblemCollector) -> Note | None:
    right = _answers(question, collector)
    if not right:
        return None
    value = right[0].text_of("text").strip()
    answer = number(value)
    allowed = number(right[0].text_of("tolerance").strip() or "0")
    if answer is None or allowed is None:
        collector.add_at("gift-number", question.line, 1, value=value)
        return None
    if len(right) > 1:
        others = ", ".join(each.text_of("text").strip() for each in right[1:])
        collector.add_at("gift-several-numbers", question.line, 1, value=others)
    return NumericNote(
        **_common(question),
        question=_asked(question),
        answer=answer,
        tolerance=allowed,
        unit=question.text_of("units", "unit", "unit_name").strip(),
        why=_why(question, text_at(right[0].first("feedback"))),
    )


def _match(question: XmlElement, collector: ProblemCollector) -> Note:
    del collector
    pairs, lures = [], []
    for each in question.all("subquestion"):
        left, right = text_at(each), each.text_of("answer", "text").strip()
        if left:
            pairs.append(Pair(left, right))
        elif right:
            lures.append(right)
    return MatchNote(
        **_common(question),
        question=_asked(question),
        pairs=tuple(pairs),
        lures=tuple(dict.fromkeys(lures)),
        why=_why(question),
    )


def _essay(question: XmlElement, collector: ProblemCollector) -> Note | None:
    answer = text_at(question.first("graderinfo")) or _why(question)
    if not answer:
        collector.add_at("gift-no-answer", question.line, 1)
        return None
    points, why = points_of(answer)
    if points:
        return RecallNote(
            **_common(question), question=_asked(question), points=points, why=why
        )
    return BasicNote(**_common(question), front=_asked(question), back=answer)


def _cloze(question: XmlElement, collector: ProblemCollector) -> Note | None:
    """Return a text with embedded answers as a cloze: each gap hides the first right one."""
    text = _asked(question)
    parts, last, gaps, lost = [], 0, 0, 0
    for found in _EMBEDDED.finditer(text):
        hidden = _right_one(found[2], is_number=found[1].upper() in _NUMBERS)
        if not hidden:
            collector.add_at("moodle-answers", question.line, 1)
            return None
        gaps += 1
        lost += _texts_in(found[2]) - 1
        parts.append(write_between_gaps(text[last : found.start()]))
        parts.append(write_gap(gaps, hidden))
        last = found.end()
    parts.append(write_between_gaps(text[last:]))
    return _filled(question, parts, gaps, lost, collector)


def _texts_in(answers: str) -> int:
    """Return the number of answers of a gap and of the feedback on them."""
    parts = _ALTERNATIVE.split(answers)
    texts = [text for each in parts for text in _FEEDBACK.split(each, maxsplit=1)]
    return sum(bool(_WEIGHT.sub("", text, count=1).strip()) for text in texts)


def _right_one(answers: str, *, is_number: bool) -> str:
    for each in _ALTERNATIVE.split(answers):
        weight = _WEIGHT.match(each)
        if weight and (weight[1] is None or weight[1].rstrip("0").rstrip(".") in ("1", "100")):  # fmt: skip
            bare = _FEEDBACK.split(each[weight.end() :], maxsplit=1)[0]
            # The tolerance of a number is no part of the answer.
            bare = bare.partition(":")[0] if is_number else bare
            return _ESCAPED.sub(r"\1", bare).strip()
    return ""


def _places(question: XmlElement, collector: ProblemCollector) -> Note | None:
    """Return a text with numbered places for words to choose or drag as a cloze."""
    choices = [
        each.text_of("text").strip()
        for name in ("selectoption", "dragbox")
        for each in question.all(name)
    ]
    text = _asked(question)
    used: set[int] = set()
    parts, last, gaps = [], 0, 0
    for found in _PLACE.finditer(text):
        place = int(found[1])
        if not 0 < place <= len(choices):
            collector.add_at("moodle-answers", question.line, 1)
            return None
        gaps += 1
        used.add(place)
        parts.append(write_between_gaps(text[last : found.start()]))
        parts.append(write_gap(gaps, choices[place - 1]))
        last = found.end()
    parts.append(write_between_gaps(text[last:]))
    return _filled(question, parts, gaps, len(choices) - len(used), collector)


def _filled(
    question: XmlElement,
    parts: list[str],
    gaps: int,
    lost: int,
    collector: ProblemCollector,
) -> Note | None:
    if not gaps:
        collector.add_at("moodle-answers", question.line, 1)
        return None
    if lost:
        count = formatting.count(lost, "text")
        collector.add_at("moodle-gap-answers", question.line, 1, count=count)
    return ClozeNote(**_common(question), text="".join(parts), why=_why(question))


_KINDS: dict[str, Callable[[XmlElement, ProblemCollector], Note | None]] = {
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _typed,
    "numerical": _numeric,
    "matching": _match,
    "essay": _essay,
    "cloze": _cloze,
    "gapselect": _places,
    "ddwtos": _places,
}
