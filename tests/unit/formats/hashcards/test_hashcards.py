"""Markdown of hashcards: cards are read, problems have their lines, and losses are reported."""

from __future__ import annotations

import io
from pathlib import Path
from textwrap import dedent

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    Note,
    NumericNote,
    Option,
    OrderNote,
    Source,
)
from flashcards.errors import UsageError
from flashcards.formats.formats import ReadContext, WriteContext
from flashcards.formats.hashcards.hashcards_format import looks_like, read, write


def read_bundle(
    text: str, tmp_path: Path, reading: ReadContext, name: str = "Drift.md"
) -> Bundle:
    path = tmp_path / name
    path.write_bytes(dedent(text).encode())
    return read(path, reading)


def write_hashcards(
    writing: WriteContext, *notes: Note, title: str = "Drift"
) -> tuple[str, str]:
    file = io.BytesIO()
    deck = DeckContent(key="drift", title=title, notes=notes)
    remarks = write(Bundle(decks=(deck,)), file, writing)
    return file.getvalue().decode(), "\n".join(remarks)


def list_problems(bundle: Bundle) -> list[str]:
    return [f"{problem.line} {problem.rule}" for problem in bundle.problems]


def test_questions_and_clozes_are_read_with_their_lines(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(
        """\
        Q: What drifts
           under covariate shift?
        A:

        - P(x)
        - not P(y | x)

        ---
        C: Recall is [TP / (TP + FN)], precision is [TP / (TP + FP)].
        C: [Bayes] and \\[not this\\] and ![](p.png).
        """,
        tmp_path,
        reading,
    )

    (deck,) = bundle.decks
    assert (deck.key, deck.title, deck.is_partial) == ("drift", "Drift", False)
    first, second, third = deck.notes
    assert isinstance(first, BasicNote)
    assert isinstance(second, ClozeNote)
    assert isinstance(third, ClozeNote)
    assert first.front == "What drifts\n   under covariate shift?"
    assert first.back == "- P(x)\n- not P(y | x)"
    assert (
        second.text
        == "Recall is {{c1::TP / (TP + FN)}}, precision is {{c2::TP / (TP + FP)}}."
    )
    assert third.text == "{{c1::Bayes}} and [not this] and [image: p.png]."
    assert [note.line for note in deck.notes] == [1, 9, 10]
    assert deck.derived_ids == {note.id for note in deck.notes}
    assert list_problems(bundle) == ["0 media-missing"]


def test_the_front_matter_names_the_deck(tmp_path: Path, reading: ReadContext) -> None:
    head = '---\nname = "Cell Biology"\n---\nQ: a\nA: b\n'
    ours = '---\nname = "Cells"\ndeck = "bio/cells"\n---\nQ: a\nA: b\n'
    broken = "---\nname: Cells\n---\nQ: a\nA: b\n"

    assert read_bundle(head, tmp_path, reading).decks[0].key == "cell-biology"
    exported = read_bundle(ours, tmp_path, reading).decks[0]
    assert (exported.key, exported.is_partial) == ("bio/cells", True)
    bundle = read_bundle(broken, tmp_path, reading)
    assert (bundle.decks[0].key, list_problems(bundle)) == ("drift", ["1 front-matter"])
    assert list_problems(read_bundle("---\nQ: a\nA: b", tmp_path, reading)) == [
        "1 front-matter"
    ]


@pytest.mark.parametrize(
    ("text", "rules", "note_count"),
    [
        ("Q: a\nA: b\nQ: c\n", ["3 question-without-answer"], 1),
        ("A: b\nmore\n\nQ: a\nA: b\n", ["1 answer-without-question"], 1),
        ("Q: a\nA: b\nA: c\n", ["3 answer-without-question"], 1),
        ("Q: a\n---\nQ: a\nA: b\n", ["1 question-without-answer"], 1),
        ("C: nothing\nC: [x]\n", ["1 cloze-without-brackets"], 1),
        ("C: [a [b] c]\nC: [x]\n", ["1 cloze-brackets"], 1),
        ("C: [a\nC: [x]\n", ["1 cloze-brackets"], 1),
        ("# Title\n\nQ: a\nA: b\n---\nnotes\nmore\n", ["1 stray-text", "6 stray-text"], 1),
        ("Q: a\nA: b\n\nQ: a\nA: b\n", ["4 same-wording"], 1),
        ("Q: a\x1b[2J\nA: b\u202e\n", ["1 characters-removed"], 1),
        ("Q:\nA: b\nC: [x]\n", ["1 blank-text"], 1),
        ("C: []\nC: [x]\n", ["1 cloze-empty-gap"], 1),
    ],
)  # fmt: skip
def test_a_problem_is_reported_with_its_line_and_the_other_cards_are_read(
    text: str, rules: list[str], note_count: int, tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(text, tmp_path, reading)

    assert list_problems(bundle) == rules
    assert len(bundle.decks[0].notes) == note_count
    faulty = any(problem.severity == "error" for problem in bundle.problems)
    assert bool(bundle.decks[0].digest) is not faulty


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "not-this-format"),
        (b"# Read me\n\nWords.\n", "not-this-format"),
        ("Q: a\nA: b".encode("utf-16"), "wrong-encoding"),
        ("Q: é\nA: b".encode("cp1252"), "not-utf-8"),
    ],
)
def test_a_file_without_cards_is_refused_with_one_error(
    data: bytes, rule: str, tmp_path: Path, reading: ReadContext
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)

    bundle = read(path, reading)

    assert bundle.decks == ()
    assert [problem.rule for problem in bundle.problems] == [rule]


def test_characters_that_would_end_a_gap_are_separated(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle("C: [a::b] [\\frac{a}{b}] [:x:] [x}]\n", tmp_path, reading)

    (note,) = bundle.decks[0].notes
    assert isinstance(note, ClozeNote)
    assert note.text == "{{c1::a: :b}} {{c2::\\frac{a}{b}}} {{c3:::x:}} {{c4::x} }}"


def test_only_embedded_files_next_to_the_deck_are_imported(
    tmp_path: Path, reading: ReadContext
) -> None:
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "pic one.png").write_bytes(b"png")
    (tmp_path / "secret.png").write_bytes(b"no")
    (tmp_path / "deck" / "link.png").symlink_to(tmp_path / "secret.png")
    text = "Q: ![](<pic one.png>) ![](../secret.png) ![](link.png)\nA: ![x](s.mp3)\n"

    bundle = read_bundle(text, tmp_path, reading, "deck/a.md")

    (note,) = bundle.decks[0].notes
    assert isinstance(note, BasicNote)
    assert note.front == "[image: pic one.png] [image: secret.png] [image: link.png]"
    assert note.back == "[sound: s.mp3]"
    assert [(file.name, file.read()) for file in bundle.media] == [
        ("pic one.png", b"png")
    ]


def test_brackets_tags_and_rules_in_texts_stay_text(
    writing: WriteContext,
) -> None:
    text, _ = write_hashcards(
        writing,
        BasicNote(
            id="a", front="See [this](link)\nA: no\n---", back="[image: a b.png]"
        ),
        ClozeNote(id="b", text="An [array] {{c1::a[0]}} wow!{{c2::x}} [sound: s.mp3]"),
    )

    assert text == (
        '---\nname = "Drift"\ndeck = "drift"\n---\n\n'
        "Q: See [this](link)\n A: no\n----\nA: ![](<a b.png>)\n\n"
        "C: An \\[array\\] [a\\[0\\]] wow! [x] ![](s.mp3)\n"
    )


def test_what_the_format_cannot_hold_is_reported(writing: WriteContext) -> None:
    options = (Option("Drift", correct=True), Option("Noise"))
    text, losses = write_hashcards(
        writing,
        BasicNote(id="a", front="f", back="b", reverse=True, why="w", tags=("t",)),
        BasicNote(id="b", front="b\n\nw", back="f\n\nw", hint="h"),
        ChoiceNote(id="c", question="Which?", options=options, source=Source("s")),
        OrderNote(id="d", question="Order?", items=("b", "a")),
        NumericNote(
            id="e", question="{n} + 1?", answer="n + 1", variables=(("n", (2, 3)),)
        ),
        ClozeNote(id="f", text="{{c1::x::hint}} {{c1::y}}"),
        title="Drift: all",
    )

    assert 'name = "Drift: all"\ndeck = "drift"\n' in text
    assert "Q: Which?\n\n- Drift\n- Noise\nA: - Drift\n" in text
    assert "Q: Order?\n\n- a\n- b\nA: 1. b\n2. a\n" in text
    assert "Q: 2 + 1?\nA: 3\n" in text
    assert losses.split("\n") == [
        "3 notes were written as question and answer, since there is no such kind.",
        "1 note was written as 2 cards, one for each direction.",
        "1 cloze was written with a card for each gap, since gaps have no numbers.",
        "1 gap hint was left out.",
        "1 why was put behind the answer.",
        (
            "A file of hashcards Markdown cannot hold some fields. Left out: "
            "tags of 1 note, hint of 1 note, source of 1 note."
        ),
    ]


def test_a_file_holds_one_deck(writing: WriteContext) -> None:
    with pytest.raises(UsageError, match="holds one deck"):
        write(Bundle(), io.BytesIO(), writing)


@pytest.mark.parametrize(
    ("head", "is_deck"),
    [
        (b"Q: a\nA: b\n", True),
        (b'---\nname = "x"\n---\n\nC: a\nb [c]\n', True),
        (b"# Title\n\nQ: a\n\nb\n\nA: c", True),
        (b"# Read me\n\n```\nQ: a\nA: b\n```\n", False),
        (b"C: no gap\n\n[link](x)\n", False),
        (b"A :: B\n", False),
        (b"", False),
        (b"\xff\x00Q:", False),
    ],
)
def test_a_readme_is_not_a_deck(head: bytes, is_deck: bool) -> None:
    assert looks_like(head) is is_deck


def test_a_cloze_can_have_gaps_in_any_paragraph_and_line() -> None:
    assert looks_like(b"C:\nA scene.\n\nThe second hides [a word].\n")
    assert looks_like(b"C: A scene that hides [two\nlines].\n")
    assert not looks_like(b"C: is a drive.\n\nSee [the manual](a.md), [ ] to do.\n")
    assert not looks_like(b"C: is a drive.\n\n---\n\nA list [a, b].\n")
