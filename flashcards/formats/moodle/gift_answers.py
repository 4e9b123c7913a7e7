"""Make a note from a GIFT question and the answers in its braces."""

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
    read_short_answer,
    split_format,
    split_weight,
    to_plain,
)
from flashcards.formats.moodle.key_points import parse_key_points
from flashcards.formats.moodle.texts import to_markdown
from flashcards.text.markdown.gaps import write_between_gaps, write_gap

if TYPE_CHECKING:
    from flashcards.decks.problem_collector import ProblemCollector

BLANK = "_____"
ARROW = "->"
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")
_FULL_WEIGHT = 100.0
_ROUNDED_DIGITS = 12


@dataclass(frozen=True, slots=True)
class GiftQuestion:
    """A GIFT question without its answers."""

    before: str
    """The text before the braces, with its signs marked."""
    after: str
    """The text after the braces; blank if they end the question."""
    general_feedback: str
    """The general feedback, with its signs marked."""
    text_format: str
    """The format of its texts; empty if none is named."""
    line: int
    id: str
    tags: tuple[str, ...]

    @property
    def full_text(self) -> str:
        """The whole text, with a blank in place of the answer."""
        return (
            BLANK.join(self.around_answer)
            if self.after.strip()
            else self._to_markdown(self.before)
        )

    @property
    def around_answer(self) -> tuple[str, str]:
        """The texts before and after the answer, with the spaces around it."""
        space = " " if self.before[-1:].isspace() else ""
        behind = " " if self.after[:1].isspace() else ""
        return self._to_markdown(self.before) + space, behind + self._to_markdown(
            self.after
        )

    def read_text(self, marked: str) -> str:
        """Convert a marked text of this question to Markdown."""
        own_format, marked_text = split_format(marked)
        return to_markdown(to_plain(marked_text), own_format or self.text_format)

    def _to_markdown(self, marked: str) -> str:
        return to_markdown(to_plain(marked), self.text_format)

    def build_why(self, *feedback: str) -> str:
        """Join the general feedback and that of some answers, each in a paragraph."""
        texts = dict.fromkeys(
            self.read_text(feedback_text)
            for feedback_text in (self.general_feedback, *feedback)
        )
        return "\n\n".join(text for text in texts if text)


class _Answer(NamedTuple):
    text: str
    """With its signs marked."""
    feedback: str
    weight: float | None
    is_right: bool
    """Whether it was written with an equals sign."""

    @property
    def is_full(self) -> bool:
        return self.weight == _FULL_WEIGHT or (self.weight is None and self.is_right)


def to_note(
    question: GiftQuestion, answers: str, collector: ProblemCollector
) -> Note | None:
    """Make an unchecked note of a question, or return None and report its problem.

    Args:
        question: The question.
        answers: The content of the braces, marked, without general feedback.
        collector: Gets what is wrong or left out.
    """
    if not answers:
        return _to_essay_note(question, collector)
    if answers.startswith(FEEDBACK):
        return _to_numeric_note(question, answers[1:], collector)
    if WRONG in answers:
        return _to_choice_note(question, answers, collector)
    if RIGHT in answers and ARROW in answers:
        return _to_match_note(question, answers, collector)
    truth = answers.split(FEEDBACK, 1)[0].strip()
    if truth in _TRUE + _FALSE:
        return _to_truth_note(question, answers, is_true=truth in _TRUE)
    return _to_short_answer_note(question, answers, collector)


def _to_essay_note(question: GiftQuestion, collector: ProblemCollector) -> Note | None:
    answer = question.read_text(question.general_feedback)
    if not answer:
        collector.add_at("gift-no-answer", question.line, 1)
        return None
    points, why = parse_key_points(answer)
    if points:
        return RecallNote(
            **_common_fields(question),
            question=question.full_text,
            points=points,
            why=why,
        )
    return BasicNote(**_common_fields(question), front=question.full_text, back=answer)


def _to_choice_note(
    question: GiftQuestion, answers: str, collector: ProblemCollector
) -> Note:
    parsed_answers = _split_answers(answers)
    has_one_right = RIGHT in answers
    partly_right = [
        answer
        for answer in parsed_answers
        if has_one_right
        and not answer.is_full
        and answer.weight is not None
        and answer.weight > 0
    ]
    _report_partial(question, partly_right, collector, "gift-partial-option")
    options = tuple(
        Option(
            question.read_text(answer.text),
            correct=answer.is_full if has_one_right else (answer.weight or 0) > 0,
            why=question.read_text(answer.feedback),
        )
        for answer in parsed_answers
    )
    return ChoiceNote(
        **_common_fields(question),
        question=question.full_text,
        options=options,
        why=question.build_why(),
    )


def _to_truth_note(question: GiftQuestion, answers: str, *, is_true: bool) -> Note:
    _, wrong_feedback, right_feedback, *_ = (*answers.split(FEEDBACK, 2), "", "")
    options = tuple(
        Option(
            name,
            correct=name_is_true is is_true,
            why=question.read_text(
                right_feedback if name_is_true is is_true else wrong_feedback
            ),
        )
        for name, name_is_true in (("True", True), ("False", False))
    )
    return ChoiceNote(
        **_common_fields(question),
        question=question.full_text,
        options=options,
        why=question.build_why(),
    )


def _to_short_answer_note(
    question: GiftQuestion, answers: str, collector: ProblemCollector
) -> Note | None:
    full_answers = [
        answer
        for answer in _find_full_answers(question, answers, collector)
        if to_plain(answer.text) != ANY
    ]
    accept = tuple(
        dict.fromkeys(read_short_answer(answer.text) for answer in full_answers)
    )
    if not accept:
        collector.add_at("gift-answers", question.line, 1, value=to_plain(answers))
        return None
    why = question.build_why(*(answer.feedback for answer in full_answers))
    if len(accept) == 1 and question.after.strip():
        return ClozeNote(
            **_common_fields(question),
            text=_to_cloze_text(question, accept[0]),
            why=why,
        )
    return TypedNote(
        **_common_fields(question), question=question.full_text, accept=accept, why=why
    )


def _to_cloze_text(question: GiftQuestion, answer: str) -> str:
    before, after = question.around_answer
    return (
        f"{write_between_gaps(before)}{write_gap(1, answer)}{write_between_gaps(after)}"
    )


def _to_match_note(
    question: GiftQuestion, answers: str, collector: ProblemCollector
) -> Note | None:
    pairs: list[Pair] = []
    lures: dict[str, None] = {}
    for pair_text in answers.split(RIGHT):
        if not pair_text.strip():
            continue
        left, arrow, right = pair_text.partition(ARROW)
        if not arrow:
            collector.add_at("gift-pair", question.line, 1, value=to_plain(pair_text))
            return None
        if left.strip():
            pairs.append(Pair(question.read_text(left), to_plain(right)))
        else:
            lures[to_plain(right)] = None
    return MatchNote(
        **_common_fields(question),
        question=question.full_text,
        pairs=tuple(pairs),
        lures=tuple(lures),
        why=question.build_why(),
    )


def _to_numeric_note(
    question: GiftQuestion, answers: str, collector: ProblemCollector
) -> Note | None:
    # After a tilde comes the feedback for every other number.
    answers = answers.split(WRONG, 1)[0]
    full_answers = [
        answer
        for answer in _find_full_answers(question, answers, collector)
        if to_plain(answer.text) != ANY
    ]
    ranges = [_parse_range(to_plain(answer.text)) for answer in full_answers]
    if not ranges or None in ranges:
        collector.add_at("gift-number", question.line, 1, value=to_plain(answers))
        return None
    valid_ranges = [bounds for bounds in ranges if bounds is not None]
    if len(valid_ranges) > 1:
        value = ", ".join(to_plain(answer.text) for answer in full_answers[1:])
        collector.add_at("gift-several-numbers", question.line, 1, value=value)
    answer, tolerance = valid_ranges[0]
    return NumericNote(
        **_common_fields(question),
        question=question.full_text,
        answer=answer,
        tolerance=tolerance,
        why=question.build_why(full_answers[0].feedback),
    )


def _parse_range(text: str) -> tuple[float, float] | None:
    """Parse `3`, `3:0.1` or `2.9..3.1` into a number and its tolerance."""
    low, separator, high = text.partition("..")
    if separator:
        bounds = number(low.strip()), number(high.strip())
        if bounds[0] is None or bounds[1] is None:
            return None
        # Round, so that the middle of 0.1 and 0.2 is 0.15 instead of 0.15000000000000002.
        middle = round((bounds[0] + bounds[1]) / 2, _ROUNDED_DIGITS)
        return middle, round(abs(bounds[1] - bounds[0]) / 2, _ROUNDED_DIGITS)
    value, separator, allowed = text.partition(":")
    answer = number(value.strip())
    tolerance = number(allowed.strip()) if separator else 0.0
    return None if answer is None or tolerance is None else (answer, tolerance)


def _find_full_answers(
    question: GiftQuestion, answers: str, collector: ProblemCollector
) -> list[_Answer]:
    """Find the answers with full credit, and report those with partial credit."""
    parsed_answers = _split_answers(answers, is_right=True)
    partly_right = [answer for answer in parsed_answers if not answer.is_full]
    _report_partial(question, partly_right, collector, "gift-partial")
    return [answer for answer in parsed_answers if answer.is_full]


def _report_partial(
    question: GiftQuestion,
    answers: list[_Answer],
    collector: ProblemCollector,
    rule: str,
) -> None:
    if answers:
        value = ", ".join(to_plain(answer.text) for answer in answers)
        collector.add_at(rule, question.line, 1, value=value)


def _split_answers(answers: str, *, is_right: bool = False) -> list[_Answer]:
    """Split the content of the braces into answers; the first one may lack its sign."""
    parsed_answers = []
    for piece in answers.replace(RIGHT, WRONG + RIGHT).split(WRONG):
        text = piece.removeprefix(RIGHT)
        weight, answer_text = split_weight(text)
        answer_text, _, feedback = answer_text.partition(FEEDBACK)
        if answer_text.strip():
            parsed_answers.append(
                _Answer(answer_text, feedback, weight, is_right or text != piece)
            )
    return parsed_answers


def _common_fields(question: GiftQuestion) -> dict[str, Any]:
    return {"id": question.id, "tags": question.tags, "line": question.line}
