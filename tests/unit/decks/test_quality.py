"""The authoring rules: notes that follow them, and each way to break one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flashcards.decks.quality.quality import QUALITY_RULES, quality_problems
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    Note,
    Option,
    Source,
    TypedNote,
)

TODAY = date(2026, 11, 20)
WHY = "Macro weights classes alike, micro weights examples alike, so a rare class shows only in macro."
GOOD = BasicNote(
    id="n1",
    front="Which average of F1 counts a rare class as much as a common one?",
    back="Macro-averaged F1, the unweighted mean over classes.",
    why=WHY,
    source=Source("opitz2019", "sec. 2"),
)
TEMPTING = "It tempts because the words sound alike, but it fails here."
CHOICE = ChoiceNote(
    id="c1",
    style="scenario",
    question="A rare class fails but accuracy hardly moves; which figure shows it?",
    options=(
        Option("Macro-averaged F1", correct=True, why=TEMPTING),
        Option(
            "Micro-averaged F1 here", why=TEMPTING, misconception="micro equals macro"
        ),
        Option("Overall accuracy", why=TEMPTING, misconception="accuracy suffices"),
    ),
    source=Source("opitz2019", "sec. 2"),
)


def rules(*notes: Note) -> list[tuple[str, str]]:
    deck = DeckContent(key="a/b", title="B", notes=notes, path="a/b.yaml")
    return [
        (problem.rule, problem.severity) for problem in quality_problems([deck], TODAY)
    ]


def test_good_notes_have_no_findings() -> None:
    cloze = ClozeNote(
        id="n2", text="Recall is {{c1::TP / (TP + FN)}} of one class.", why=WHY,
        source=Source("x", "sec. 1"),
    )  # fmt: skip
    assert rules(GOOD, CHOICE, cloze) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"back": "word " * 41}, ("R1", "warning")),
        ({"back": "word " * 61}, ("R1", "error")),
        (
            {"front": "Which average counts a rare class? And which one counts none?"},
            ("R1", "warning"),
        ),
        (
            {"front": "Does the macro average of F1 count a rare class fully?"},
            ("R3", "warning"),
        ),
        ({"back": "- one\n- two\n- three"}, ("R4", "error")),
        ({"back": "1) one 2) two 3) three"}, ("R4", "error")),
        (
            {"style": "steps", "back": "\n".join(f"{n}. step" for n in range(1, 7))},
            ("R4", "error"),
        ),
        ({"front": "Which average of F1?"}, ("R5", "warning")),
        ({"back": "Average over classes"}, ("R6", "warning")),
        ({"why": ""}, ("R7", "warning")),
        ({"why": "Too short."}, ("R7", "warning")),
        ({"source": None}, ("R8", "warning")),
        ({"source": Source("x"), "back": "It is 0.5 here"}, ("R8", "warning")),
        ({"as_of": "2025-10"}, ("R9", "warning")),
        ({"as_of": "2026-03", "tags": ("law",)}, ("R9", "warning")),
        ({"back": "2019."}, ("R10", "warning")),
        ({"style": "contrast"}, ("R11", "warning")),
        ({"why": rf"{WHY} \frac{{a}}{{b}}"}, ("R12", "warning")),
        ({"why": f"{WHY}\n```\n{'x' * 73}\n```"}, ("R12", "warning")),
    ],
)
def test_each_rule_for_notes_finds_its_violation(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert rules(replace(GOOD, **changes)) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"style": "steps", "back": "1. one\n2. two\n3. three"},
        {"source": Source("x"), "back": "It is 0.5 here", "derived": "1 / 2"},
        {"as_of": "2025-11"},
        {"why": f"{WHY} `\\frac` is LaTeX."},
    ],
)
def test_exceptions_to_the_rules_are_not_reported(changes: dict[str, Any]) -> None:
    assert rules(replace(GOOD, **changes)) == []


def test_one_way_links_and_similar_questions_are_reported() -> None:
    other = replace(
        GOOD, id="n2", front="Which average of F1 weights every single example alike?"
    )
    assert rules(replace(GOOD, links=("n2",)), replace(other, links=("n1",))) == []
    assert rules(replace(GOOD, links=("n2",)), other) == [("R11", "warning")]
    question = TypedNote(
        id="q1", question="What is it called, in one word?", accept=("x",)
    )
    assert ("R11", "warning") not in rules(replace(question, links=("n2",)), other)
    assert rules(GOOD, replace(GOOD, id="n2")) == [("R11", "warning")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"question": "Which figure shows that?"}, "Q1"),
        ({"question": "Name the figure that shows a failing rare class."}, "Q1"),
        (
            {
                "question": "Accuracy hardly moves. Which figure does not show a failing class?"
            },
            "Q7",
        ),
        ({"source": None}, "Q12"),
    ],
)
def test_each_rule_for_questions_of_choices_finds_its_violation(
    changes: dict[str, Any], expected: str
) -> None:
    assert rules(replace(CHOICE, **changes)) == [(expected, "warning")]


def option(text: str, *, correct: bool = False) -> Option:
    return Option(
        text, correct=correct, why=TEMPTING, misconception="" if correct else "a slip"
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            [
                option("Macro F1", correct=True),
                option("Micro F1", correct=True),
                option("Recall"),
            ],
            "Q2",
        ),
        ([option("Macro F1", correct=True), option("Micro F1")], "Q3"),
        (
            [
                option("Macro F1", correct=True),
                option("Micro F1"),
                Option("Recall", why=TEMPTING),
            ],
            "Q4",
        ),
        (
            [
                option("Macro F1", correct=True),
                option("Micro F1"),
                replace(option("Recall"), why="No."),
            ],
            "Q5",
        ),
        (
            [
                option("Macro F1", correct=True),
                option("Micro F1"),
                option("Recall of the " + "very " * 9),
            ],
            "Q6",
        ),
        (
            [
                option("Macro F1", correct=True),
                option("Micro F1"),
                option("None of these"),
            ],
            "Q7",
        ),
        (
            [
                option("Macro F1", correct=True),
                option("Micro F1"),
                option("Always recall"),
            ],
            "Q8",
        ),
        ([option("10", correct=True), option("5"), option("20")], "Q9"),
    ],
)
def test_each_rule_for_options_finds_its_violation(
    options: list[Option], expected: str
) -> None:
    found = rules(replace(CHOICE, options=tuple(options)))
    assert expected in {rule for rule, _ in found}
    assert {rule for rule, _ in found} <= {expected, "Q8"}


def many_choices(make: Any) -> list[tuple[str, str]]:
    subjects = [
        "ranking",
        "drift",
        "caching",
        "sharding",
        "batching",
        "pruning",
        "hashing",
        "pooling",
    ]
    stems = [
        f"{word} {word}s {word}ed {word}er breaks {word}ly; which {word}ness helps most {word}?"
        for word in subjects
    ]
    return rules(
        *(
            replace(make(CHOICE), id=f"c{n}", question=stem)
            for n, stem in enumerate(stems)
        )
    )


def test_the_choices_of_a_deck_are_checked_together() -> None:
    assert many_choices(lambda choice: choice) == []
    longest = (option("Macro-averaged F1 of all", correct=True), *CHOICE.options[1:])
    assert many_choices(lambda choice: replace(choice, options=longest)) == [
        ("Q6", "warning"),
        ("Q6", "warning"),
    ]
    assert many_choices(lambda choice: replace(choice, style="definition")) == [
        ("Q10", "warning")
    ]


def test_similar_choices_are_reported() -> None:
    assert rules(CHOICE, replace(CHOICE, id="c2")) == [("Q11", "warning")]


def test_the_age_of_facts_is_not_checked_without_a_date() -> None:
    deck = DeckContent(key="a", title="A", notes=(replace(GOOD, as_of="1999-01"),))
    assert quality_problems([deck], None) == []


def test_every_rule_that_is_applied_is_described() -> None:
    assert list(QUALITY_RULES) == [
        *(f"R{n}" for n in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)),
        *(f"Q{n}" for n in range(1, 13)),
    ]
