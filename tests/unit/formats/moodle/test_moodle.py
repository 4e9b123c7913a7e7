"""Moodle XML: every type of question, pictures within the file, and malicious files."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.bundle import Bundle
from flashcards.domain.clock import Moment
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    MatchNote,
    Note,
    NumericNote,
    Option,
    Pair,
    TypedNote,
)
from flashcards.formats.formats import ReadContext, format_to_read
from flashcards.formats.moodle.moodle_format import looks_like, read
from tests.unit.formats.conftest import NOW

PICTURE = base64.b64encode(b"picture").decode()
QUIZ = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Metrics/Drift</text></category></question>
<question type="multichoice">
  <name><text>Shift</text></name>
  <questiontext format="html"><text><![CDATA[<p>Which moves? <img src="@@PLUGINFILE@@/a.png"></p>]]></text>
    <file name="a.png" path="/" encoding="base64">{PICTURE}</file></questiontext>
  <generalfeedback format="html"><text>Labels stay.</text></generalfeedback>
  <idnumber>drf-001</idnumber>
  <single>true</single>
  <answer fraction="100" format="html"><text><![CDATA[<p>P(x)</p>]]></text>
    <feedback format="html"><text>The inputs.</text></feedback></answer>
  <answer fraction="0" format="html"><text>P(y)</text></answer>
  <tags><tag><text>shift</text></tag><tag><text>two words</text></tag></tags>
</question>
<question type="multichoice">
  <questiontext format="markdown"><text>Which are **losses**?</text></questiontext>
  <single>false</single>
  <answer fraction="50"><text>hinge</text></answer>
  <answer fraction="50"><text>cross-entropy</text></answer>
  <answer fraction="-100"><text>vector&lt;int&gt;</text></answer>
</question>
<question type="truefalse">
  <questiontext format="plain_text"><text>P(y) moves under *label* shift.</text></questiontext>
  <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
</question>
<question type="shortanswer">
  <questiontext><text>Which index?</text></questiontext>
  <answer fraction="100"><text>PSI</text></answer>
  <answer fraction="100"><text>p \\* q</text></answer>
  <answer fraction="50"><text>index</text></answer>
  <answer fraction="0"><text>*</text></answer>
</question>
<question type="numerical">
  <questiontext><text>How many bins?</text></questiontext>
  <answer fraction="100"><text>10</text><tolerance>2</tolerance></answer>
  <units><unit><multiplier>1</multiplier><unit_name>bins</unit_name></unit></units>
</question>
<question type="matching">
  <questiontext><text>What stays?</text></questiontext>
  <subquestion><text>covariate shift</text><answer><text>P(y given x)</text></answer></subquestion>
  <subquestion><text>label shift</text><answer><text>P(x given y)</text></answer></subquestion>
  <subquestion><text></text><answer><text>nothing</text></answer></subquestion>
</question>
<question type="essay">
  <questiontext><text>Why do labels lag?</text></questiontext>
  <graderinfo format="html"><text>Outcomes take time.</text></graderinfo>
</question>
<question type="cloze">
  <questiontext><text>The {{1:SHORTANSWER:~no~=PSI#right}} has {{2:NM:=10:2}} bins.</text></questiontext>
</question>
<question type="gapselect">
  <questiontext><text>A [[2]] saves a [[1]].</text></questiontext>
  <selectoption><text>trip</text></selectoption><selectoption><text>hit</text></selectoption>
</question>
<question type="description"><questiontext><text>Read this.</text></questiontext></question>
<question type="ddmarker"><questiontext><text>Point.</text></questiontext></question>
</quiz>
"""


def read_bundle(text: str | bytes, tmp_path: Path, reading: ReadContext) -> Bundle:
    path = tmp_path / "bank.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert format_to_read(path).name == "moodle"
    return read(path, reading)


def list_rules(bundle: Bundle) -> list[tuple[int, str]]:
    return [(problem.line, problem.rule) for problem in bundle.problems]


def test_every_type_of_question_becomes_its_kind_of_note(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(QUIZ, tmp_path, reading)

    assert list_rules(bundle) == [
        (27, "gift-partial"),
        (49, "moodle-gap-answers"),
        (56, "moodle-description"),
        (57, "moodle-type"),
    ]
    (deck,) = bundle.decks
    assert (deck.key, deck.title) == ("metrics/drift", "Metrics/Drift")
    assert deck.is_partial
    problem, some, truth, typed, numeric, match, essay, cloze, places = deck.notes
    assert isinstance(problem, ChoiceNote)
    assert problem == ChoiceNote(
        id="drf-001",
        question="Which moves? [image: a.png]",
        options=(Option("P(x)", correct=True, why="The inputs."), Option("P(y)")),
        why="Labels stay.",
        tags=("shift", "two-words"),
    )
    assert isinstance(some, ChoiceNote)
    assert some.question == "Which are **losses**?"
    assert [option.correct for option in some.options] == [True, True, False]
    assert some.options[2].text == "vector<int>"
    assert isinstance(truth, ChoiceNote)
    assert truth.question == "P(y) moves under \\*label\\* shift."
    assert truth.options == (Option("True", correct=True), Option("False"))
    assert isinstance(typed, TypedNote)
    assert typed.accept == ("PSI", "p * q")
    assert isinstance(numeric, NumericNote)
    assert (numeric.answer, numeric.tolerance, numeric.unit) == (10, 2, "bins")
    assert isinstance(match, MatchNote)
    assert match.pairs[0] == Pair("covariate shift", "P(y given x)")
    assert match.lures == ("nothing",)
    assert isinstance(essay, BasicNote)
    assert essay.back == "Outcomes take time."
    assert [note.text for note in (cloze, places) if isinstance(note, ClozeNote)] == [
        "The {{c1::PSI}} has {{c2::10}} bins.",
        "A {{c1::hit}} saves a {{c2::trip}}.",
    ]
    assert [(file.name, file.read()) for file in bundle.media] == [("a.png", b"picture")]  # fmt: skip


def build_quiz(*questions: str) -> str:
    return f"<quiz>{''.join(questions)}</quiz>"


def question(kind: str, answers: str, question_text: str = "Q?") -> str:
    return f'<question type="{kind}"><questiontext><text>{question_text}</text></questiontext>{answers}</question>'


@pytest.mark.parametrize(
    ("kind", "answers", "rule"),
    [
        ("shortanswer", "", "moodle-answers"),
        ("shortanswer", '<answer fraction="50"><text>a</text></answer>', "gift-partial"),
        ("truefalse", '<answer fraction="100"><text>true</text></answer>', "moodle-answers"),
        ("numerical", '<answer fraction="100"><text>ten</text></answer>', "gift-number"),
        ("essay", "", "gift-no-answer"),
        ("cloze", "", "moodle-answers"),
        ("ddwtos", "", "moodle-answers"),
        ("multichoice", "", "too-few"),
        ("matching", "", "too-few"),
        ("calculated", "", "moodle-type"),
    ],
)  # fmt: skip
def test_a_bad_question_is_reported_and_the_others_are_read(
    kind: str, answers: str, rule: str, tmp_path: Path, reading: ReadContext
) -> None:
    good = question("shortanswer", '<answer fraction="100"><text>a</text></answer>')

    bundle = read_bundle(build_quiz(question(kind, answers), good), tmp_path, reading)

    assert rule in [problem.rule for problem in bundle.problems]
    assert [len(deck.notes) for deck in bundle.decks] == [1]


_BOMB = """<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<quiz><question>&b;</question></quiz>
"""
_OUTSIDE = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (_BOMB, "it declares a document type, which is not read"),
        (_OUTSIDE, "it declares a document type, which is not read"),
        ("<quiz>" + "<a>" * 100, "it is nested more than 50 levels deep"),
        ("<quiz><question></quiz>", "mismatched tag"),
        ("<quiz>&nbsp;</quiz>", "undefined entity"),
    ],
)
def test_a_malicious_or_damaged_file_is_refused(
    text: str, reason: str, tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(text, tmp_path, reading)

    assert bundle.decks == ()
    (problem,) = bundle.problems
    assert problem.rule == "broken-xml"
    assert reason in problem.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_declared_encoding_of_a_file_is_used(
    encoding: str, tmp_path: Path, reading: ReadContext
) -> None:
    good = question("shortanswer", '<answer fraction="100"><text>café</text></answer>')
    text = f'<?xml version="1.0" encoding="{encoding}"?>{build_quiz(good)}'

    (deck,) = read_bundle(text.encode(encoding), tmp_path, reading).decks

    (note,) = deck.notes
    assert isinstance(note, TypedNote)
    assert note.accept == ("café",)


def test_unsafe_characters_are_left_out_and_counted(
    tmp_path: Path, reading: ReadContext
) -> None:
    hidden = question(
        "shortanswer", '<answer fraction="100"><text>a&#8238;b</text></answer>'
    )

    bundle = read_bundle(build_quiz(hidden), tmp_path, reading)

    assert list_rules(bundle) == [(1, "characters-removed")]
    assert len(bundle.decks[0].notes) == 1


def test_other_xml_is_not_a_quiz(tmp_path: Path, reading: ReadContext) -> None:
    assert not looks_like(b"<?xml version='1.0'?><rss></rss>")
    path = tmp_path / "feed.xml"
    path.write_text("<rss></rss>")
    assert [problem.rule for problem in read(path, reading).problems] == ["not-this-format"]  # fmt: skip


_PIECES = st.sampled_from(
    ["<quiz>", "</quiz>", question("cloze", "", "{1:SA:=a~%50%b} {2:NM:=3:1}"), question("ddwtos", "", "[[1]]"), "<",
     question("multichoice", '<answer fraction="1e9"><text>\\=a</text></answer>'), "&amp;", "{1:MC:", "~", "}"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=80), st.lists(_PIECES, max_size=12).map(lambda pieces: "".join(pieces).encode())))  # fmt: skip
def test_any_bytes_are_read_or_a_problem_is_reported(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xml"
    path.write_bytes(data)
    reading = ReadContext(lambda at: at // 86_400_000, Moment(NOW, 20_000, NOW + 1))

    bundle = read(path, reading)

    notes: list[Note] = [note for deck in bundle.decks for note in deck.notes]
    assert notes or bundle.problems


@pytest.mark.parametrize(
    ("gap", "count"),
    [
        ("{1:SHORTANSWER:=PSI~%100%population stability index~%50%CSI}", "2 texts"),
        ("{2:MC:=a#right~b#wrong}", "3 texts"),
        ("{1:SA:=PSI}", ""),
    ],
)
def test_answers_that_a_gap_cannot_hold_are_counted(
    tmp_path: Path, reading: ReadContext, gap: str, count: str
) -> None:
    text = f"<questiontext><text>The {gap} moves.</text></questiontext>"
    bundle = read_bundle(
        build_quiz(f'<question type="cloze">{text}</question>'), tmp_path, reading
    )

    problems = [(problem.rule, count in problem.message) for problem in bundle.problems]
    assert problems == ([("moodle-gap-answers", True)] if count else [])


def test_words_that_fill_no_gap_are_counted(
    tmp_path: Path, reading: ReadContext
) -> None:
    words = "".join(
        f"<selectoption><text>{word}</text></selectoption>" for word in ("a", "b", "c")
    )
    text = "<questiontext><text>It is [[2]].</text></questiontext>"
    bundle = read_bundle(
        build_quiz(f'<question type="gapselect">{text}{words}</question>'),
        tmp_path,
        reading,
    )

    assert [problem.rule for problem in bundle.problems] == ["moodle-gap-answers"]
    assert "2 texts" in bundle.problems[0].message
