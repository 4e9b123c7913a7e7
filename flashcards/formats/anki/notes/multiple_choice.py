"""Multiple choice from Anki, which has no notetype for it: recognized by field names.

Two forms are common: statements with a row of ones and zeros, from add-ons for multiple
choice and kprim, and options under letters with the letters of the answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.decks.fields.limits import MOST_ITEMS
from flashcards.domain.content import Option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ROW = re.compile(r"q_([0-9]{1,2})")
_LETTER = re.compile(r"[a-z]")
_INCORRECT = re.compile(r"incorrect_([0-9]{1,2})")
_EXPLANATIONS = ("explanation", "extra 1", "extra", "sources", "source")
_FEWEST_OPTIONS = 2


@dataclass(frozen=True, slots=True)
class ChoiceCard:
    """The content of a multiple-choice note."""

    question: str
    options: tuple[Option, ...]
    why: str = ""

    @property
    def is_gradable(self) -> bool:
        """Whether two to six options exist, all different, some correct and some not."""
        texts = {option.text.casefold() for option in self.options}
        return (
            _FEWEST_OPTIONS <= len(self.options) <= MOST_ITEMS
            and len(texts) == len(self.options)
            and len({option.correct for option in self.options}) > 1
        )

    @property
    def front(self) -> str:
        """The question with its options, for a note that is not graded."""
        return "\n\n".join(
            (self.question, "\n".join(f"- {option.text}" for option in self.options))
        )

    @property
    def back(self) -> str:
        """The correct options."""
        correct = [f"- {option.text}" for option in self.options if option.correct]
        return "\n".join(correct) or "None of them."


def is_choice(fields: Sequence[str]) -> bool:
    """Return whether a notetype's fields are named like those of a multiple-choice note."""
    names = {name.strip().casefold() for name in fields}
    if "question" not in names:
        return False
    has_answers = "answers" in names and (
        {"q_1", "q_2"} <= names or {"a", "b"} <= names
    )
    return has_answers or {"correct", "incorrect_1"} <= names


def read_choice(texts: Mapping[str, str]) -> ChoiceCard | None:
    """Return the multiple choice in a note's fields, None without a question or options.

    Args:
        texts: Text by field name.
    """
    fields = {name.strip().casefold(): text for name, text in texts.items()}
    options = _options(fields)
    question = fields.get("question", "")
    if not question or not options:
        return None
    why = [fields[name] for name in _EXPLANATIONS if fields.get(name)]
    title = fields.get("title")
    return ChoiceCard(
        f"**{title}**\n\n{question}" if title else question,
        tuple(options),
        "\n\n".join(why),
    )


def _options(fields: Mapping[str, str]) -> list[Option]:
    if fields.get("correct") and "incorrect_1" in fields:
        wrong = _matching_fields(fields, _INCORRECT)
        return [Option(fields["correct"], correct=True), *map(Option, wrong.values())]
    answers = fields.get("answers", "")
    rows = _matching_fields(fields, _ROW)
    if rows:
        right = {n for n, flag in enumerate(answers.split(), 1) if flag == "1"}
        return [
            Option(text, correct=int(name[2:]) in right) for name, text in rows.items()
        ]
    letters = set(re.findall(r"[a-z]", answers.casefold()))
    return [
        Option(text, correct=letter in letters)
        for letter, text in _matching_fields(fields, _LETTER).items()
    ]


def _matching_fields(
    fields: Mapping[str, str], pattern: re.Pattern[str]
) -> dict[str, str]:
    """Return the filled fields whose name matches a pattern, in order of their names."""
    matching = {
        name: text for name, text in fields.items() if text and pattern.fullmatch(name)
    }
    return dict(sorted(matching.items(), key=lambda item: (len(item[0]), item[0])))
