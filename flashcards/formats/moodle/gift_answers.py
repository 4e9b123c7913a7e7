"""From a question of GIFT and the answers in its braces to a note of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.decks.yaml.nodes import number
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
from flashcards.formats.moodle.gift_escapes import (
    ANY,
    FEEDBACK,
    RIGHT,
    WRONG,
    format_of,
    literal,
    short_answer_of,
    weight_of,
)
from flashcards.formats.moodle.key_points import points_of
from flashcards.formats.moodle.texts import as_text
from flashcards.text.markdown.gaps import write_between_gaps, write_gap

if TYPE_CHECKING:
    from flashcards.decks.problem_collector import ProblemCollector

BLANK = "_____"
ARROW = "->"
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")
_FULL = 100.0
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without its answers."""

    before: str
    """The text before the braces, with its escapes resolved."""
    after: str
    """The text behind the braces, blank where they end the question."""
    general: str
    """The general feedback, still marked."""
    text_format: str
    """The format of its texts; empty where none is named."""
    line: int
    id: str
    tags: tuple[str, ...]

    @property
    def question(self) -> str:
        """The whole text, with a blank where the answer goes."""
        return (
            BLANK.join(self.around) if self.after.strip() else self._read(self.before)
        )

    @property
    def around(self) -> tuple[str, str]:
        """The texts before and behind the answer, with the spaces around it."""
        space = " " if self.before[-1:].isspace() else ""
        behind = " " if self.after[:1].isspace() else ""
        return self._read(self.before) + space, behind + self._read(self.after)

    def text(self, marked: str) -> str:
        """Return a text of this question as ours."""
        own_format, rest = format_of(marked)
        return as_text(literal(rest), own_format or self.text_format)

    def _read(self, marked: str) -> str:
        return as_text(literal(marked), self.text_format)

    def why(self, *feedback: str) -> str:
        """Return the general feedback and that of some answers, each in a paragraph."""
        texts = dict.fromkeys(self.text(each) for each in (self.general, *feedback))
        return "\n\n".join(text for text in texts if text)


class _Answer(NamedTuple):
    text: str
    """Still marked."""
    feedback: str
    weight: float | None
    is_right: bool
    """Whether it was written with an equals sign."""

    @property
    def is_full(self) -> bool:
        return self.weight == _FULL or (self.weight is None and self.is_right)


def note_of(asked: Asked, answers: str, collector: ProblemCollector) -> Note | None:
    """Return the note, not yet checked; None with a problem where there is none.

    Args:
        asked: The question.
        answers: What stands in the braces, marked and without general feedback.
        collector: Takes what is wrong or left out.
    """
    if not answers:
        return _essay(asked, collector)
    if answers.startswith(FEEDBACK):
        return _numeric(asked, answers[1:], collector)
    if WRONG in answers:
        return _choice(asked, answers, collector)
    if RIGHT in answers and ARROW in answers:
        return _match(asked, answers, collector)
    truth = answers.split(FEEDBACK, 1)[0].strip()
    if truth in _TRUE + _FALSE:
        return _truth(asked, answers, is_true=truth in _TRUE)
    return _short(asked, answers, collector)


def _essay(asked: Asked, collector: ProblemCollector) -> Note | None:
    answer = asked.text(asked.general)
    if not answer:
        collector.add_at("gift-no-answer", asked.line, 1)
        return None
    points, why = points_of(answer)
    if points:
        return RecallNote(
            **_common(asked), question=asked.question, points=points, why=why
        )
    return BasicNote(**_common(asked), front=asked.question, back=answer)


def _choice(asked: Asked, answers: str, collector: ProblemCollector) -> Note:
    found = _split(answers)
    has_one = RIGHT in answers
    partly = [
        each
        for each in found
        if has_one and not each.is_full and each.weight is not None and each.weight > 0
    ]
    _report_partial(asked, partly, collector, "gift-partial-option")
    options = tuple(
        Option(
            asked.text(each.text),
            correct=each.is_full if has_one else (each.weight or 0) > 0,
            why=asked.text(each.feedback),
        )
        for each in found
    )
    return ChoiceNote(
        **_common(asked), question=asked.question, options=options, why=asked.why()
    )


def _truth(asked: Asked, answers: str, *, is_true: bool) -> Note:
    _, wrong, right, *_ = (*answers.split(FEEDBACK, 2), "", "")
    options = tuple(
        Option(
            name,
            correct=name_is_true is is_true,
            why=asked.text(right if name_is_true is is_true else wrong),
        )
        for name, name_is_true in (("True", True), ("False", False))
    )
    return ChoiceNote(
        **_common(asked), question=asked.question, options=options, why=asked.why()
    )


def _short(asked: Asked, answers: str, collector: ProblemCollector) -> Note | None:
    full = [
        each for each in _full(asked, answers, collector) if literal(each.text) != ANY
    ]
    accept = tuple(dict.fromkeys(short_answer_of(each.text) for each in full))
    if not accept:
        collector.add_at("gift-answers", asked.line, 1, value=literal(answers))
        return None
    why = asked.why(*(each.feedback for each in full))
    if len(accept) == 1 and asked.after.strip():
        return ClozeNote(**_common(asked), text=_cloze(asked, accept[0]), why=why)
    return TypedNote(**_common(asked), question=asked.question, accept=accept, why=why)


def _cloze(asked: Asked, answer: str) -> str:
    before, after = asked.around
    return (
        f"{write_between_gaps(before)}{write_gap(1, answer)}{write_between_gaps(after)}"
    )


def _match(asked: Asked, answers: str, collector: ProblemCollector) -> Note | None:
    pairs: list[Pair] = []
    lures: dict[str, None] = {}
    for part in answers.split(RIGHT):
        if not part.strip():
            continue
        left, arrow, right = part.partition(ARROW)
        if not arrow:
            collector.add_at("gift-pair", asked.line, 1, value=literal(part))
            return None
        if left.strip():
            pairs.append(Pair(asked.text(left), literal(right)))
        else:
            lures[literal(right)] = None
    return MatchNote(
        **_common(asked),
        question=asked.question,
        pairs=tuple(pairs),
        lures=tuple(lures),
        why=asked.why(),
    )


def _numeric(asked: Asked, answers: str, collector: ProblemCollector) -> Note | None:
    # What stands behind a tilde is the feedback for every other number.
    answers = answers.split(WRONG, 1)[0]
    full = [
        each for each in _full(asked, answers, collector) if literal(each.text) != ANY
    ]
    found = [_range(literal(each.text)) for each in full]
    if not found or None in found:
        collector.add_at("gift-number", asked.line, 1, value=literal(answers))
        return None
    numbers = [each for each in found if each is not None]
    if len(numbers) > 1:
        value = ", ".join(literal(each.text) for each in full[1:])
        collector.add_at("gift-several-numbers", asked.line, 1, value=value)
    answer, tolerance = numbers[0]
    return NumericNote(
        **_common(asked),
        question=asked.question,
        answer=answer,
        tolerance=tolerance,
        why=asked.why(full[0].feedback),
    )


def _range(text: str) -> tuple[float, float] | None:
    """Return a number and how far off it may be, from `3`, `3:0.1` or `2.9..3.1`."""
    low, dots, high = text.partition("..")
    if dots:
        ends = number(low.strip()), number(high.strip())
        if ends[0] is None or ends[1] is None:
            return None
        # Rounded, so that 0.1 to 0.2 is 0.15 and not 0.15000000000000002.
        middle = round((ends[0] + ends[1]) / 2, _DIGITS)
        return middle, round(abs(ends[1] - ends[0]) / 2, _DIGITS)
    value, colon, allowed = text.partition(":")
    answer = number(value.strip())
    tolerance = number(allowed.strip()) if colon else 0.0
    return None if answer is None or tolerance is None else (answer, tolerance)


def _full(asked: Asked, answers: str, collector: ProblemCollector) -> list[_Answer]:
    """Return the answers that are worth everything; partly right ones are reported."""
    found = _split(answers, is_right=True)
    partly = [each for each in found if not each.is_full]
    _report_partial(asked, partly, collector, "gift-partial")
    return [each for each in found if each.is_full]


def _report_partial(
    asked: Asked, answers: list[_Answer], collector: ProblemCollector, rule: str
) -> None:
    if answers:
        value = ", ".join(literal(each.text) for each in answers)
        collector.add_at(rule, asked.line, 1, value=value)


def _split(answers: str, *, is_right: bool = False) -> list[_Answer]:
    """Return the answers of a question; the first one may lack its sign."""
    found = []
    for part in answers.replace(RIGHT, WRONG + RIGHT).split(WRONG):
        text = part.removeprefix(RIGHT)
        weight, rest = weight_of(text)
        rest, _, feedback = rest.partition(FEEDBACK)
        if rest.strip():
            found.append(_Answer(rest, feedback, weight, is_right or text != part))
    return found


def _common(asked: Asked) -> dict[str, Any]:
    return {"id": asked.id, "tags": asked.tags, "line": asked.line}
