"""GIFT: every type of question is read and written, and what is left out is reported."""

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
from flashcards.formats.formats import ReadContext, WriteContext
from flashcards.formats.moodle.gift_format import looks_like, read, write


def read_bundle(text: str, tmp_path: Path, reading: ReadContext) -> Bundle:
    path = tmp_path / "Quiz one.gift"
    path.write_text(text)
    return read(path, reading)


def read_note(text: str, tmp_path: Path, reading: ReadContext) -> Note:
    bundle = read_bundle(text, tmp_path, reading)
    assert bundle.problems == ()
    return bundle.decks[0].notes[0]


def write_gift(writing: WriteContext, *notes: Note) -> tuple[str, str]:
    file = io.BytesIO()
    deck = DeckContent(key="a/b", title="A", notes=notes)
    remarks = write(Bundle(decks=(deck,)), file, writing)
    return file.getvalue().decode(), "\n".join(remarks)


def test_a_choice_has_one_right_option_with_feedback(
    tmp_path: Path, reading: ReadContext
) -> None:
    note = read_note(
        "// [id:q 7] [tag:f1] [tag:two words]\n"
        "::Title\\: one::[markdown]Which average\\: first? {\n"
        "  =Macro #counts classes\n  ~Micro \\~ other #counts examples\n  ~Weighted\n"
        "  #### Because.\n}\n",
        tmp_path,
        reading,
    )

    assert note == ChoiceNote(
        id="anki.q.207",
        question="Which average: first?",
        options=(
            Option("Macro", correct=True, why="counts classes"),
            Option("Micro ~ other", why="counts examples"),
            Option("Weighted"),
        ),
        why="Because.",
        tags=("f1", "two-words"),
    )
    assert note.line == 2


def test_weights_make_several_options_right(
    tmp_path: Path, reading: ReadContext
) -> None:
    note = read_note("Which?{~%50%a ~%50%b#w ~%-100%c ~d}", tmp_path, reading)

    assert isinstance(note, ChoiceNote)
    assert [option.correct for option in note.options] == [True, True, False, False]
    assert note.options[1] == Option("b", correct=True, why="w")


def test_true_and_false_become_two_options(
    tmp_path: Path, reading: ReadContext
) -> None:
    note = read_note("It drifts.{FALSE#no, it stays#right####w}", tmp_path, reading)

    assert isinstance(note, ChoiceNote)
    assert note.options == (
        Option("True", why="no, it stays"),
        Option("False", correct=True, why="right"),
    )
    assert note.why == "w"
    short = read_note("It drifts.{T}", tmp_path, reading)
    assert isinstance(short, ChoiceNote)
    assert short.options[0].correct


def test_a_missing_word_is_a_gap_or_a_blank(
    tmp_path: Path, reading: ReadContext
) -> None:
    cloze = read_note("The _____ index is {=PSI} of old.", tmp_path, reading)
    typed = read_note("Two plus two is {=four =4}.", tmp_path, reading)
    choice = read_note("Grant is {~buried =entombed} there.", tmp_path, reading)

    assert isinstance(cloze, ClozeNote)
    assert isinstance(typed, TypedNote)
    assert isinstance(choice, ChoiceNote)
    assert cloze.text == "The _____ index is {{c1::PSI}} of old."
    assert typed.question == "Two plus two is _____."
    assert choice.question == "Grant is _____ there."


@pytest.mark.parametrize(
    ("answers", "answer", "tolerance"),
    [
        ("#3.14", 3.14, 0.0),
        ("#3.14:0.01", 3.14, 0.01),
        ("#1..5", 3.0, 2.0),
        ("#0.1..0.2", 0.15, 0.05),
        ("# =1822:0 =%50%1822:2 ~#no", 1822, 0),
        ("#-1e3:5", -1000.0, 5),
        ("#\n\t=%100%7\\:1#seven\n", 7, 1),
    ],
)
def test_numbers_have_tolerances_and_ranges(
    answers: str, answer: float, tolerance: float, tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(f"How many?{{{answers}}}", tmp_path, reading)

    (note,) = bundle.decks[0].notes
    assert isinstance(note, NumericNote)
    assert (note.answer, note.tolerance) == (answer, tolerance)
    rules = [problem.rule for problem in bundle.problems]
    assert rules == (["gift-partial"] if "50" in answers else [])


def test_pairs_are_matched_and_lures_have_no_left_side(
    tmp_path: Path, reading: ReadContext
) -> None:
    note = read_note("Match. {=a -> 1 =b -> 2 -> 3 = -> 9}", tmp_path, reading)

    assert isinstance(note, MatchNote)
    assert note.pairs == (Pair("a", "1"), Pair("b", "2 -> 3"))
    assert note.lures == ("9",)


def test_an_essay_with_an_answer_becomes_a_basic_note(
    tmp_path: Path, reading: ReadContext
) -> None:
    basic = read_note("Why?{####Since it drifts.}", tmp_path, reading)
    recall = read_note(r"What?{####- one\n- two\n  more\n\nWhy.}", tmp_path, reading)

    assert isinstance(basic, BasicNote)
    assert isinstance(recall, RecallNote)
    assert basic.back == "Since it drifts."
    assert recall.points == (Point("one"), Point("two\nmore"))
    assert recall.why == "Why."


def test_categories_are_decks(tmp_path: Path, reading: ReadContext) -> None:
    bundle = read_bundle(
        "First?{=a}\n\n$CATEGORY: $course$/top/Machine Learning/Drift//shift\n\n"
        "Second?{=a}\n\n$CATEGORY: metrics/a--b\nThird?{=a}\n",
        tmp_path,
        reading,
    )

    assert [(deck.key, deck.title) for deck in bundle.decks] == [
        ("quiz-one", "Quiz one"),
        ("machine-learning/drift-shift", "Machine Learning/Drift/shift"),
        ("metrics/a--b", "metrics/a--b"),
    ]
    assert [deck.notes[0].line for deck in bundle.decks] == [1, 5, 8]
    assert all(deck.is_partial for deck in bundle.decks)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Just words.", "gift-description"),
        ("Why? {}", "gift-no-answer"),
        ("Why? {=a", "gift-braces"),
        ("Why? } {", "gift-braces"),
        ("Q {{{=a}", "gift-braces"),
        ("Q {=a{}", "gift-braces"),
        ("Q {=a}}", "gift-braces"),
        ("Q {=a} {", "gift-braces"),
        ("Why? {~a ~b}", "choice-without-answer"),
        ("Why? {=a ~}", "too-few"),
        ("Why? {#abc}", "gift-number"),
        ("Why? {#1..x}", "gift-number"),
        ("Why? {#}", "gift-number"),
        ("Why? {=%50%a}", "gift-partial"),
        ("Why? {=a -> b =c}", "gift-pair"),
        ("{=a}", "blank-text"),
        ("Good? {=a}", "same-wording"),
    ],
)
def test_a_question_without_a_note_is_reported_and_the_others_are_read(
    text: str, rule: str, tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(f"Good? {{=a}}\n\n{text}\n\nFine? {{=b}}\n", tmp_path, reading)

    assert bundle.problems[0].rule == rule
    assert bundle.problems[0].line == 3
    assert len(bundle.decks[0].notes) == 2


def test_an_option_with_partial_credit_is_wrong_if_another_is_right(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle("From? {~%25%Bethlehem =Nazareth}", tmp_path, reading)

    assert [problem.rule for problem in bundle.problems] == ["gift-partial-option"]
    (note,) = bundle.decks[0].notes
    assert isinstance(note, ChoiceNote)
    assert [option.correct for option in note.options] == [False, True]


def test_the_first_of_several_right_numbers_is_used(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle("When?{#=1822:1 =1830:1}", tmp_path, reading)

    assert [problem.rule for problem in bundle.problems] == ["gift-several-numbers"]
    assert "1830:1" in bundle.problems[0].message


def test_the_second_question_with_an_id_is_left_out(
    tmp_path: Path, reading: ReadContext
) -> None:
    text = "// [id:x]\na?{=a}\n\n// [id:x]\nb?{=a}\n"

    bundle = read_bundle(text, tmp_path, reading)

    assert [(problem.rule, problem.line) for problem in bundle.problems] == [
        ("repeated-id", 5)
    ]
    assert [note.id for note in bundle.decks[0].notes] == ["x"]
    assert bundle.decks[0].derived_ids == frozenset()


def test_a_text_without_questions_is_refused(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle("Words.\n\n// nothing\n", tmp_path, reading)

    assert bundle.decks == ()
    assert [problem.rule for problem in bundle.problems] == ["not-this-format"]


def test_every_kind_with_a_question_type_is_written_as_that_type(
    writing: WriteContext,
) -> None:
    text, losses = write_gift(
        writing,
        ChoiceNote(
            id="c",
            question="Which: a?",
            options=(Option("50%", why="no"), Option("[html] =x", correct=True)),
            why="Line\nline",
            tags=("t]",),
        ),
        ChoiceNote(
            id="m",
            question="Which two?",
            options=(Option("a", True), Option("b", True), Option("c")),
        ),
        ChoiceNote(id="t", question="So?", options=(Option("True", True), Option("False"))),
        TypedNote(id="y", question="Index?", accept=("%5% {a}", "b")),
        NumericNote(id="n", question="How?", answer=0.083, tolerance="50%", unit="ms"),
        MatchNote(id="p", question="Match", pairs=(Pair("a", "1"), Pair("b", "2")), lures=("3",)),
        RecallNote(id="r", question="What?", points=(Point("one\nmore"), Point("two"))),
        ClozeNote(id="g", text="It is {{c1::PSI}} here."),
        ClozeNote(id="e", text="It is {{c1::PSI}}"),
        BasicNote(id="b", front="Why?", back="So."),
    )  # fmt: skip

    assert losses == ""
    assert text == (
        "$CATEGORY: a/b\n\n"
        "// [id:c] [tag:t\\]]\n[markdown]Which\\: a? {\n\t~50%#no\n\t=[markdown][html] \\=x\n"
        "\t####Line\\nline\n}\n\n"
        "// [id:m]\n[markdown]Which two? {\n\t~%50%a\n\t~%50%b\n\t~%-100%c\n}\n\n"
        "// [id:t]\n[markdown]So? {TRUE}\n\n"
        "// [id:y]\n[markdown]Index? {\n\t=%100%%5% \\{a\\}\n\t=b\n}\n\n"
        "// [id:n]\n[markdown]How? (ms) {#\n\t=0.083:0.0415\n}\n\n"
        "// [id:p]\n[markdown]Match {\n\t=a -> 1\n\t=b -> 2\n\t= -> 3\n}\n\n"
        "// [id:r]\n[markdown]What? {####- one\\n  more\\n- two}\n\n"
        "// [id:g]\n[markdown]It is {=PSI} here.\n\n"
        "// [id:e]\n[markdown]It is _____ {\n\t=PSI\n}\n\n"
        "// [id:b]\n[markdown]Why? {####So.}\n"
    )


def test_what_the_format_cannot_hold_is_reported(writing: WriteContext) -> None:
    _, losses = write_gift(
        writing,
        BasicNote(id="a", front="f", back="b", reverse=True, why="w", hint="h"),
        OrderNote(id="o", question="Order?", items=("b", "a")),
        TypedNote(id="t", question="Arrow?", accept=("a -> b",)),
        ClozeNote(id="c", text="{{c1::a::h}} {{c2::b}}"),
        ClozeNote(id="d", text="{{c1::a::h}} end"),
        ChoiceNote(
            id="e",
            question="q",
            options=(Option("a", True), Option("b", misconception="m")),
        ),
        RecallNote(id="r", question="q", points=(Point("p", required=True),)),
    )

    assert losses.split("\n") == [
        "3 notes were written as 4 essay questions, since no type holds more.",
        "1 note was written as 2 questions, one for each direction.",
        "1 why was put behind the answer.",
        "1 gap hint was left out.",
        "1 misconception was left out.",
        "1 key point was written without weights and keywords.",
        "A file of GIFT cannot hold some fields. Left out: hint of 1 note.",
    ]


def test_the_reported_number_of_questions_matches_the_file(
    writing: WriteContext,
) -> None:
    text, losses = write_gift(
        writing,
        BasicNote(id="a", front="f", back="b", reverse=True),
        BasicNote(id="b", front="g", back="h", reverse=True),
        ClozeNote(id="c", text="{{c1::a}} {{c2::b}} {{c3::c}}"),
    )

    assert losses.split("\n") == [
        "1 note was written as 3 essay questions, since no type holds more.",
        "2 notes were written as 4 questions, one for each direction.",
    ]
    assert text.count("[markdown]") == 3 + 4


@pytest.mark.parametrize(
    ("head", "is_quiz"),
    [
        (b"What? {=a ~b}\n", True),
        (b"// c\n\n::T::Words\n", True),
        (b"$CATEGORY: a\n", True),
        (b"\xef\xbb\xbf::T:: q {T}", True),
        (b"Pi? {#3.14:0.1}", True),
        (b"#separator:tab\n#html:true\na\t{=b}\n", False),
        (b"front\tback {}\nx\ty\n", False),
        (b"a;b\nf(x) = \\frac{a}{b};c\n", False),
        (b"", False),
    ],
)
def test_other_text_files_are_not_quizzes(head: bytes, is_quiz: bool) -> None:
    assert looks_like(head) is is_quiz


def test_texts_are_read_in_the_format_they_name(
    tmp_path: Path, reading: ReadContext
) -> None:
    html = read_note(
        "[html]<p>What is <b>drift</b>\\=1?</p>{~[plain]*a* =b<br>c}", tmp_path, reading
    )
    plain = read_note("[plain]Is 1 < 2 *so* {=x} ok?", tmp_path, reading)
    default = read_note("Which\nis &alpha;? {=a}", tmp_path, reading)

    assert isinstance(html, ChoiceNote)
    assert isinstance(plain, ClozeNote)
    assert isinstance(default, TypedNote)
    assert html.question == "What is **drift**=1?"
    assert [option.text for option in html.options] == ["\\*a\\*", "b\\\nc"]
    assert plain.text == "Is 1 < 2 \\*so\\* {{c1::x}} ok?"
    assert default.question == "Which\\\nis α?"


def test_words_that_look_like_a_format_stay_text(
    writing: WriteContext, tmp_path: Path, reading: ReadContext
) -> None:
    cloze = ClozeNote(id="a", text="[html] is {{c1::x}} [plain] y")
    typed = TypedNote(id="b", question="[plain] what?", accept=("a",))

    text, _ = write_gift(writing, cloze, typed)

    bundle = read_bundle(text, tmp_path, reading)
    assert bundle.decks[0].notes == (cloze, typed)
