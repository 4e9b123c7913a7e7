"""Anki's plain text is read with all its headers, and written so that Anki updates notes by id."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    Note,
    Option,
    TypedNote,
)
from flashcards.formats.delimited import anki_text_format, quizlet_format
from flashcards.formats.formats import (
    ReadContext,
    WriteContext,
    format_to_read,
    format_to_write,
)


def read(directory: Path, text: str | bytes, reading: ReadContext) -> Bundle:
    path = directory / "notes.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return anki_text_format.read(path, reading)


def list_notes(bundle: Bundle) -> tuple[Note, ...]:
    return tuple(note for deck in bundle.decks for note in deck.notes)


EXPORTED = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
    "#tags column:6\n"
    'Dy|9&k!x\tBasic\tML::Drift\t"What is <b>""drift""</b>?"\tA change<br>of data\ta b::c\n'
    "abc\tCloze\tML\t{{c1::x&lt;y}} holds\tso\t\n"
    "# a comment\n"
    "def\tBasic (and reversed card)\tML\tf\tb\t\n"
)


def test_an_export_from_anki_is_read_without_loss(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read(tmp_path, EXPORTED, reading)

    assert bundle.problems == ()
    assert [(deck.key, deck.title) for deck in bundle.decks] == [
        ("ml/drift", "ML::Drift"),
        ("ml", "ML"),
    ]
    assert list_notes(bundle) == (
        BasicNote(
            id="anki.Dy.7c9.26k.21x",
            front='What is **"drift"**?',
            back="A change\\\nof data",
            tags=("a", "b::c"),
        ),
        ClozeNote(id="abc", text="{{c1::x<y}} holds", why="so"),
        BasicNote(id="def", front="f", back="b", reverse=True),
    )
    assert [note.line for note in list_notes(bundle)] == [7, 8, 10]


@pytest.mark.parametrize(
    ("text", "front", "back"),
    [
        ("#separator:Semicolon\na;b\n", "a", "b"),
        ("#separator:pipe\r\na|b\r\n", "a", "b"),
        ("#SEPARATOR: Comma\na,b\n", "a", "b"),
        ("#separator:;\na;b\n", "a", "b"),
        ("#separator:Comma,,\na,b,\n", "a", "b"),
        ('"#separator:Comma",,\n,,\na,b,\n', "a", "b"),
        ("#separator:,,,\na,b,\n", "a", "b"),
        ('#separator:Comma,,\n"#columns:Back,Front",,\nb,a,\n', "a", "b"),
        ("\ufeff#separator:tab\na\tb\n", "a", "b"),
        ("#html:false\na<b>\tx & y *z*\n", "a<b>", "x & y \\*z\\*"),
        ("#html:false\na\t\"1\n2\"\n", "a", "1\\\n2"),
        ("a <i>b</i>\tc&nbsp;d\n", "a *b*", "c d"),
        ('#separator:tab\n"#a"\tb\n', "#a", "b"),
        ("#separator:tab\na\tb\tc\td\n", "a", "b"),
        ("#columns:Back\tFront\n#separator:tab\nb\ta\n", "a", "b"),
        ("#separator:tab\n#columns:Tags\tFront\tBack\nt\ta\tb\n", "a", "b"),
    ],
)  # fmt: skip
def test_headers_decide_how_rows_are_read(
    text: str, front: str, back: str, tmp_path: Path, reading: ReadContext
) -> None:
    (note,) = list_notes(read(tmp_path, text, reading))

    assert isinstance(note, BasicNote)
    assert (note.front, note.back) == (front, back)


def test_fields_after_the_answer_become_the_why(
    tmp_path: Path, reading: ReadContext
) -> None:
    text = "#separator:tab\n#notetype:Mine\n#tags:all\na\tb\tc\td\n"
    (note,) = list_notes(read(tmp_path, text, reading))
    assert (note.why, note.tags) == ("c\n\nd", ("all",))

    text = "#separator:tab\n#columns:Front\tBack\tPicture\n#notetype:Mine\na\tb\tc\n"
    (note,) = list_notes(read(tmp_path, text, reading))
    assert note.why == "c"

    text = "#separator:tab\n#notetype:Basic (optional reversed card)\na\tb\ty\nc\td\t\n"
    first, second = list_notes(read(tmp_path, text, reading))
    assert isinstance(first, BasicNote)
    assert isinstance(second, BasicNote)
    assert (first.reverse, second.reverse, first.why) == (True, False, "")


def test_the_deck_is_named_by_a_header_an_option_or_the_file(
    tmp_path: Path, reading: ReadContext
) -> None:
    named = read(tmp_path, "#deck:A::B c\n#separator:tab\na\tb\n", reading)
    unnamed = read(tmp_path, "tags: x y\na\tb\n", reading)

    assert (named.decks[0].key, named.decks[0].title) == ("a/b-c", "A::B c")
    assert (unnamed.decks[0].key, unnamed.decks[0].title) == ("notes", "notes")
    assert list_notes(unnamed)[0].tags == ("x", "y")


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("", "not-this-format", 1),
        ("#separator:tab\n", "not-this-format", 1),
        ("#separator:tab\na\n", "row-without-answer", 2),
        ("#separator:tab\n\tb\n", "blank-text", 2),
        ("#separator:tab\n#guid column:1\nx\ta\tb\nx\tc\td\n", "repeated-id", 4),
        ("#separator:tab\na\tb\na\tb\n", "same-wording", 3),
        ("#separator:tab\n{{c1::a {{c2::b}} c}}\tx\n", "cloze-nested-gap", 2),
        ("#guid column:99999\n#separator:tab\na\n", "row-without-answer", 3),
    ],
)
def test_problems_are_reported_with_their_lines(
    text: str, rule: str, line: int, tmp_path: Path, reading: ReadContext
) -> None:
    problem = read(tmp_path, text, reading).problems[0]

    assert (problem.rule, problem.line) == (rule, line)


def write_notes(writing: WriteContext, *notes: Note) -> tuple[list[str], list[str]]:
    file = io.BytesIO()
    deck = DeckContent(key="mlsd/drift", title="Drift", notes=notes)
    losses = anki_text_format.write(Bundle(decks=(deck,)), file, writing)
    return file.getvalue().decode().split("\n"), losses


def test_notes_are_written_so_that_anki_updates_them(writing: WriteContext) -> None:
    lines, losses = write_notes(
        writing,
        BasicNote(id="n1", front="a < b", back="**b**", why="so", tags=("x", "y::z")),
        ClozeNote(id="anki.Dy.7c9", text="{{c1::a}}", why="w"),
        BasicNote(id="anki..23a", front='say "x"', back="1\t2"),
    )

    assert lines[:6] == [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:6",
    ]
    assert lines[6] == (
        "n1\tBasic\tmlsd::drift\ta &lt; b\t<p><b>b</b></p><p>so</p>\tx y::z"
    )
    assert lines[7] == "Dy|9\tCloze\tmlsd::drift\t{{c1::a}}\tw\t"
    assert lines[8].startswith('"#a"\tBasic\tmlsd::drift\t"say ""x"""\t"')
    assert losses == []


def test_what_anki_text_cannot_hold_is_reported(writing: WriteContext) -> None:
    lines, losses = write_notes(
        writing,
        ChoiceNote(
            id="n1", question="q?", options=(Option("x", correct=True), Option("y"))
        ),
        TypedNote(id="n2", question="q", accept=("a",)),
        BasicNote(id="n3", front="[image: a.png]", back="b", reverse=True, hint="h"),
    )

    assert lines[6] == (
        "n1\tBasic\tmlsd::drift\t<p>q?</p><ul><li>x</li><li>y</li></ul>\t"
        "<ul><li>x</li></ul>\t"
    )
    assert losses == [
        (
            "2 notes were written as a plain question with its answer, as Anki text knows "
            "no other kind."
        ),
        "1 note was written without the reverse.",
        "1 picture or sound was left out, as text has no place for files.",
        "A file of Anki text cannot hold some fields. Left out: hint of 1 note.",
    ]


def test_text_files_are_distinguished(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text, name in (
        ("#separator:tab\na\tb\n", "anki-text"),
        ("tags: x\na\tb\n", "anki-text"),
        ("a\tb\nc\td\n", "quizlet"),
        ("a\tb\tc\nc\td\te\n", "anki-text"),
        ("a <b>x</b>\tb\n", "anki-text"),
        ("AUC - area under the curve\n\nTP - true positive\n", "quizlet"),
        ("a – b\nc – d\n", "quizlet"),
        ("a - b\nc\td\n", "anki-text"),
        ("- x - y - z - w - {=a}\n", "gift"),
        ("a,b\nc,d\n", "anki-text"),
        ("::t:: 2 + 2? {=4}\n", "gift"),
    ):
        path.write_text(text, encoding="utf-8")
        assert format_to_read(path).name == name, text
    assert format_to_write(path).name == "anki-text"


PROSE = (
    "Caching pays off when reads repeat, otherwise it only goes stale.\n"
    "Write-back waits less. It may lose data.\n"
    "Events are exact, until one is lost.\n"
)


@pytest.mark.parametrize("text", [PROSE, "One line.\n", "- a\n- b\n- c\n", ""])
def test_a_text_without_cards_is_refused_with_a_list_of_formats(
    text: str, tmp_path: Path, reading: ReadContext
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(text)

    bundle = format_to_read(path).module.read(path, reading)

    assert bundle.decks == ()
    (problem,) = bundle.problems
    assert problem.rule == "not-recognized"
    for form in (
        "Anki text",
        "Quizlet set",
        "GIFT quiz",
        "--format: hascard, anki-text",
    ):
        assert form in problem.message


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.tsv", "a.tab"])
def test_headers_of_anki_also_count_in_table_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("#separator:Comma,,\na,b,c\n")

    assert format_to_read(path).name == "anki-text"


def quizlet(directory: Path, text: str, reading: ReadContext) -> Bundle:
    path = directory / "My set.txt"
    path.write_text(text, encoding="utf-8")
    return quizlet_format.read(path, reading)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a\tb, "c"\nd\te\n', [("a", 'b, "c"'), ("d", "e")]),
        ("a\tb\nmore of b\n\nd\te\n", [("a", "b\\\nmore of b"), ("d", "e")]),
        ("a - b - c\nd - e\n", [("a", "b - c"), ("d", "e")]),
        ("a;b, c\nd;e\n", [("a", "b, c"), ("d", "e")]),
        ("a,b\n", [("a", "b")]),
        ("a\t\nd\te\n", [("d", "e")]),
    ],
)
def test_quotes_mean_nothing_in_a_quizlet_set(
    text: str, expected: list[tuple[str, str]], tmp_path: Path, reading: ReadContext
) -> None:
    bundle = quizlet(tmp_path, text, reading)

    cards = [
        (note.front, note.back)
        for note in list_notes(bundle)
        if isinstance(note, BasicNote)
    ]
    assert cards == expected
    assert bundle.decks[0].key == "my-set"
    assert bundle.decks[0].derived_ids == {note.id for note in list_notes(bundle)}


def test_a_term_without_a_definition_is_reported(
    tmp_path: Path, reading: ReadContext
) -> None:
    (problem,) = quizlet(tmp_path, "a\t\nd\te\n", reading).problems
    assert (problem.line, problem.rule) == (1, "row-without-answer")

    (problem,) = quizlet(tmp_path, "", reading).problems
    assert problem.rule == "not-this-format"
