"""Reading deck files: the format by example, and how problems are reported."""

from __future__ import annotations

from textwrap import dedent

import pytest

from flashcards.decks.files import digest
from flashcards.decks.reader import read_deck, read_deck_text
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    MatchNote,
    Note,
    NumericNote,
    Option,
    OrderNote,
    Pair,
    Point,
    Problem,
    RecallNote,
    Source,
    TypedNote,
)
from tests.unit.decks.conftest import Write

HEAD = "deck: a/b\ntitle: T\nnotes:\n"


def read(text: str) -> tuple[DeckContent | None, list[Problem]]:
    return read_deck_text(text.encode(), "a/b.yaml")


def test_every_field_of_the_example_is_read() -> None:
    deck, problems = read(
        dedent("""\
            deck: metrics/classification
            title: Classification metrics
            description: Thresholded and ranking metrics of classifiers.
            version: 1.0.0
            license: CC-BY-4.0
            topics: {averaging: Averaging over classes}      # in teaching order
            notes:
              - id: mcl-012
                kind: basic
                style: contrast
                tier: core
                topic: averaging
                front: Which average of F1 counts a class of 10 examples as much as one of 10,000?
                back: Macro-averaged F1, the unweighted mean over classes.
                why: Macro weights classes, micro weights examples.
                source: {key: opitz2019, at: sec. 2}
                tags: [f1]
                seeds: [B10, C07]
                links: [mcl-013]
                requires: [mcl-003]
                as_of: null
            """).replace("metrics/classification", "a/b")
    )
    assert problems == []
    assert deck is not None
    assert deck.title == "Classification metrics"
    assert deck.topics == (("averaging", "Averaging over classes"),)
    assert deck.version == "1.0.0"
    assert deck.notes == (
        BasicNote(
            id="mcl-012",
            style="contrast",
            topic="averaging",
            front="Which average of F1 counts a class of 10 examples as much as one of 10,000?",
            back="Macro-averaged F1, the unweighted mean over classes.",
            why="Macro weights classes, micro weights examples.",
            source=Source("opitz2019", "sec. 2"),
            tags=("f1",),
            seeds=("B10", "C07"),
            links=("mcl-013",),
            requires=("mcl-003",),
        ),
    )
    assert deck.notes[0].line == 8
    assert len(deck.digest) == 64


def test_a_syntax_error_in_one_note_does_not_affect_the_others() -> None:
    deck, problems = read(
        HEAD
        + "  - id: n1\n    front: One?\n    back: a\n"
        + "  - id: n2\n    front: what is p99: latency\n    back: b\n"
        + "  - id: n3\n    front: Three?\n    back: 'open\n"
        + "  - id: n4\n    front: Four?\n    back: d\n"
    )
    assert deck is not None
    assert [note.id for note in deck.notes] == ["n1", "n4"]
    assert [note.line for note in deck.notes] == [4, 13]
    assert [(problem.line, problem.column, problem.rule) for problem in problems] == [
        (8, 23, "syntax"),
        (12, 11, "syntax"),
    ]
    assert problems[0].message == (
        'The YAML cannot be read: a value contains ": ", which starts a new value in YAML. '
        "Put the whole value in quotes."
    )
    assert problems[1].message == (
        "The YAML cannot be read: the quotes opened here are never closed. "
        "Close them, and write a quote within single quotes twice."
    )
    assert deck.digest == ""


def note_of(text: str) -> Note:
    deck, problems = read(HEAD + dedent(text))
    assert problems == []
    assert deck is not None
    return deck.notes[0]


def test_every_kind_of_note_is_read() -> None:
    assert note_of("""\
        - id: n
          kind: cloze
          text: "Recall is {{c1::TP / (TP + FN)::a ratio}}."
        """) == ClozeNote(id="n", text="Recall is {{c1::TP / (TP + FN)::a ratio}}.")
    assert note_of("""\
        - id: n
          kind: choice
          question: Which one?
          options:
            - {text: This, correct: true, why: Because.}
            - text: That
              misconception: that-is-this
        """) == ChoiceNote(
        id="n",
        question="Which one?",
        options=(Option("This", correct=True, why="Because."), Option("That", misconception="that-is-this")),
    )  # fmt: skip
    assert note_of("""\
        - {id: n, kind: numeric, question: "How long?", answer: 0.083, tolerance: 5 %, unit: ms, working: 1/12}
        """) == NumericNote(
        id="n",
        question="How long?",
        answer=0.083,
        tolerance="5%",
        unit="ms",
        working="1/12",
    )
    assert note_of("""\
        - {id: n, kind: typed, question: "What is it?", accept: PSI}
        """) == TypedNote(id="n", question="What is it?", accept=("PSI",))
    assert note_of("""\
        - {id: n, kind: order, question: "In which order?", items: [collect, 1, "null"]}
        """) == OrderNote(
        id="n", question="In which order?", items=("collect", "1", "null")
    )
    assert note_of("""\
        - id: n
          kind: match
          question: What belongs together?
          pairs: [{left: a, right: one}, {left: b, right: one}]
          lures: two
        """) == MatchNote(
        id="n",
        question="What belongs together?",
        pairs=(Pair("a", "one"), Pair("b", "one")),
        lures=("two",),
    )
    assert note_of("""\
        - id: n
          kind: recall
          question: What do you check?
          points:
            - The labels
            - {text: The splits, required: true, weight: 2, keywords: leakage}
        """) == RecallNote(
        id="n",
        question="What do you check?",
        points=(Point("The labels"), Point("The splits", required=True, weight=2, keywords=("leakage",))),
    )  # fmt: skip


def test_variables_are_read_as_lists_of_values() -> None:
    note = note_of("""\
        - id: n
          kind: numeric
          question: How many at {qps} a second for {ms} ms at {share}?
          variables: {qps: [500, 1e3], ms: {from: 20, to: 60, step: 20}, share: {from: 0.1, to: 0.3, step: 0.1}}
          answer: qps * ms / 1000 * share
        """)
    assert isinstance(note, NumericNote)
    assert note.answer == "qps * ms / 1000 * share"
    assert note.variables == (
        ("qps", (500, 1000.0)),
        ("ms", (20, 40, 60)),
        ("share", (0.1, 0.2, 0.3)),
    )


def test_words_are_text_under_the_core_schema_of_yaml_1_2() -> None:
    for word in (
        "no",
        "on",
        "off",
        "yes",
        "1:30",
        "2026-11-02",
        "010",
        "1e3",
        "0x1F",
        "true",
        ".inf",
        "Null?",
    ):
        note = note_of(
            f"- {{id: n, front: {word}, back: '{word}'}}\n".replace("Null?", '"null"')
        )
        assert isinstance(note, BasicNote)
        assert note.front == word.replace("Null?", "null")
    for nothing in ("null", "~", "", "NULL"):
        assert note_of(f"- {{id: n, front: a, back: b, why: {nothing} }}\n").why == ""


def test_numbers_are_those_of_yaml_1_2() -> None:
    for text, value in (
        ("010", 10), ("1e3", 1000.0), ("-.5", -0.5), ("0x1F", 31), ("0o17", 15), ("+12", 12), ('"0.5"', 0.5),
    ):  # fmt: skip
        note = note_of(f"- {{id: n, kind: numeric, question: a, answer: {text}}}\n")
        assert isinstance(note, NumericNote)
        assert note.answer == value
        assert type(note.answer) is type(value)
    for text in ("1:30", ".inf", ".nan", "1_000", '"1,000"', "٣", "0b1", "true"):
        deck, problems = read(
            f"{HEAD}- {{id: n, kind: numeric, question: a, answer: {text}}}\n"
        )
        assert deck is not None
        assert [problem.rule for problem in problems] == ["not-a-number"], text


def test_only_true_and_false_are_flags() -> None:
    for text, value in (("true", True), ("False", False), ("null", False)):
        note = note_of(f"- {{id: n, front: a, back: b, reverse: {text}}}\n")
        assert isinstance(note, BasicNote)
        assert note.reverse is value
    for text in ("yes", "1", '"true"', "[true]"):
        _, problems = read(f"{HEAD}- {{id: n, front: a, back: b, reverse: {text}}}\n")
        assert [problem.rule for problem in problems] == ["not-a-flag"], text


def test_notes_are_found_below_a_broken_head() -> None:
    deck, problems = read(
        "deck: a/b\ntitle: T: U\ndescription: x\nnotes:\n- {id: n, front: a, back: b}\n"
    )
    assert deck is not None
    assert [note.id for note in deck.notes] == ["n"]
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "syntax")]


def test_keys_below_the_notes_are_read_after_an_error() -> None:
    deck, problems = read(
        "deck: a/b\ntitle: T\nnotes:\n- {id: n, front: a, back: b}\n- id: m\n  front: a: b\n"
        "- {id: o, front: a, back: b}\nversion: 1.2.3\nnotes: []\n"
    )
    assert deck is not None
    assert [note.id for note in deck.notes] == ["n", "o"]
    assert deck.version == "1.2.3"
    assert [(problem.line, problem.rule) for problem in problems] == [
        (6, "syntax"),
        (9, "duplicate-key"),
    ]


def test_notes_in_brackets_are_read_up_to_an_error() -> None:
    deck, problems = read(
        "deck: a/b\ntitle: T\nnotes: [{id: n, front: a, back: b}, {id: m, front: a: b}]\n"
    )
    assert deck is not None
    assert [note.id for note in deck.notes] == ["n"]
    assert [problem.rule for problem in problems] == ["syntax"]


@pytest.mark.parametrize(
    ("path", "is_reported"),
    [
        ("a/b.yaml", False),
        ("decks/a/b.yml", False),
        ("b.yaml", False),
        ("c.yaml", True),
        ("c/b.yaml", True),
        ("<stdin>", False),
    ],
)
def test_a_file_name_must_match_the_key_of_the_deck(
    path: str, *, is_reported: bool
) -> None:
    text = b"deck: a/b\ntitle: T\nnotes: [{id: n, front: a, back: b}]\n"
    _, problems = read_deck_text(text, path)
    assert [problem.rule for problem in problems] == [
        "key-differs-from-path"
    ] * is_reported


def test_a_deck_has_the_path_and_digest_of_its_file(write: Write) -> None:
    path = write(
        "a/b.yaml", "deck: a/b\ntitle: T\nnotes: [{id: n, front: a, back: b}]\n"
    )
    deck, problems = read_deck(path)
    assert problems == []
    assert deck is not None
    assert deck.path == str(path)
    assert deck.digest == digest(path)
