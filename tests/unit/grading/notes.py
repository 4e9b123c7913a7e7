"""One note of each graded kind, and how it is asked."""

from __future__ import annotations

from flashcards.domain.content import (
    ChoiceNote,
    MatchNote,
    Note,
    NumericNote,
    Option,
    OrderNote,
    Pair,
    Point,
    RecallNote,
    TypedNote,
)
from flashcards.grading.grade import grade
from flashcards.grading.lines import parse_line
from flashcards.grading.presentation import Presentation, label_of, present
from flashcards.grading.result import Result

CHOICE = ChoiceNote(
    id="choice",
    question="Which score drops most when a rare class fails?",
    options=(
        Option("Micro F1", why="Examples count.", misconception="micro-for-macro"),
        Option("Macro F1", correct=True, why="Classes count."),
        Option("Weighted F1", why="Support counts.", misconception="weighted-is-fair"),
        Option("Accuracy", misconception="accuracy-sees-all"),
    ),
)
SEVERAL = ChoiceNote(
    id="several",
    question="Which are ranking metrics?",
    options=(
        Option("NDCG", correct=True),
        Option("MRR", correct=True),
        Option("MAP", correct=True),
        Option("Accuracy", misconception="accuracy-ranks"),
        Option("Recall", misconception="recall-ranks"),
    ),
)
NUMERIC = NumericNote(
    id="numeric",
    question="How many requests a second are 86.4 M a day?",
    answer=1000.0,
    tolerance="5%",
    unit="requests/s",
    working="86.4e6 / 86,400",
)
TEMPLATE = NumericNote(
    id="template",
    question="At {qps} requests a second for {ms} ms each, how many run at once?",
    answer="qps * ms / 1000",
    tolerance="5%",
    variables=(("qps", (500.0, 1000.0, 2000.0)), ("ms", (20.0, 50.0, 125.0))),
    working="{qps} x {ms} ms / 1000 = {answer}, as {qps / 1000} a ms.",
)
TYPED = TypedNote(
    id="typed",
    question="Which average counts classes alike?",
    accept=("macro average", "macro"),
)
ORDER = OrderNote(
    id="order",
    question="From fast to slow?",
    items=("L1 cache", "memory", "SSD", "disk"),
)
MATCH = MatchNote(
    id="match",
    question="What is what?",
    pairs=(
        Pair("precision", "TP / (TP + FP)"),
        Pair("recall", "TP / (TP + FN)"),
        Pair("FPR", "FP / (FP + TN)"),
    ),
    lures=("TN / N",),
)
RECALL = RecallNote(
    id="recall",
    question="What delays fraud labels?",
    points=(
        Point("Chargebacks", required=True, weight=2, keywords=("chargeback",)),
        Point("Review queues", keywords=("manual review", "queue")),
        Point("Disputes", keywords=("dispute",)),
    ),
)
NOTES: tuple[Note, ...] = (
    CHOICE,
    SEVERAL,
    NUMERIC,
    TEMPLATE,
    TYPED,
    ORDER,
    MATCH,
    RECALL,
)


def asked(note: Note, reps: int = 0) -> Presentation:
    return present(note, "", note.id, reps)


def letter(note: Note, index: int, reps: int = 0) -> str:
    """Return the letter under which an option or item of the note is shown."""
    return label_of(asked(note, reps).place_of(index))


def result_of(
    note: Note, line: str, *, seconds: float = 5, unsure: bool = False
) -> Result:
    """Return the result of a typed line."""
    given = parse_line(note, asked(note), line)
    assert given is not None
    assert not isinstance(given, str), given
    return grade(note, asked(note), given, seconds=seconds, unsure=unsure)
