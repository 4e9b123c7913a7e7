"""JSON exports: problems are reported with their position, and all valid values are read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from flashcards.domain.bundle import Bundle, CardHistory, MediaFile
from flashcards.domain.cards import Memory, State
from flashcards.domain.content import BasicNote, DeckContent
from flashcards.formats.formats import ReadContext, WriteContext, format_to_read
from flashcards.formats.json import json_format

NOTE = BasicNote(id="n1", front="What?", back="That.")
DECK = DeckContent("area/name", "Name", (NOTE,), topics=(("t", "T"),))
HEAD = '{"format": "flashcards", "version": 1'


def read(tmp_path: Path, reading: ReadContext, text: str | bytes) -> Bundle:
    path = tmp_path / "all.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return json_format.read(path, reading)


def list_problems(bundle: Bundle) -> list[str]:
    return [
        f"{problem.line}:{problem.column} {problem.rule}" for problem in bundle.problems
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1 json-syntax"),
        (HEAD + ',\n"decks": [}', "2:11 json-syntax"),
        (HEAD + ', "plan": NaN}', "1:1 json-syntax"),
        (HEAD + f', "plan": {"9" * 5000}}}', "1:1 json-syntax"),
        ("[" * 100_000, "1:1 json-too-deep"),
        ("[]", "1:1 json-not-ours"),
        ('{"decks": []}', "1:1 json-not-ours"),
        ('{"format": "flashcards", "version": 2}', "1:1 json-too-new"),
        (b"\xff\xfe{\0}\0", "1:1 wrong-encoding"),
        (b'{"a":\n "\xe9"}', "2:3 not-utf-8"),
        (b'\xef\xbb\xbf{"a":\n "\xe9"}', "2:3 not-utf-8"),
    ],
)
def test_a_file_that_is_not_our_json_is_one_problem(
    tmp_path: Path, reading: ReadContext, text: str | bytes, problem: str
) -> None:
    bundle = read(tmp_path, reading, text)

    assert list_problems(bundle) == [problem]
    assert bundle.decks == ()


def test_a_bad_note_is_reported_at_its_line_and_the_others_are_read(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read(
        tmp_path,
        reading,
        HEAD + ', "decks": [{"deck": "a", "title": "A", "notes": [\n'
        '{"id": "n1", "front": "x", "back": "y"},\n'
        '{"id": "n2", "front": "x", "bakc": "y"},\n'
        '{"id": "n3", "front": "\\u001b[1m", "back": "y"},\n'
        "5\n]}]}",
    )

    assert list_problems(bundle)[:2] == ["3:8 unknown-key", "3:8 missing-field"]
    assert list_problems(bundle)[2:] == ["4:8 unsafe-character", "0:0 json-value"]
    (deck,) = bundle.decks
    assert [note.id for note in deck.notes] == ["n1"]
    assert deck.digest == ""


def test_a_bad_card_is_reported_at_its_line_and_the_others_are_read(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read(
        tmp_path,
        reading,
        HEAD + ', "cards": [\n'
        '{"card": "n1", "state": "new", "reviews": []},\n'
        '{"card": "n2", "state": "new", "due_day": 5, "reviews": []},\n'
        '{"card": "n3", "state": "new", "reviews": [[1, 2, 5, 0, 0, 0, "", null]]},\n'
        '{"card": "n4", "state": "new", "anchors": [{"reason": []}]},\n'
        '{"card": "../n5", "state": "new"}\n]}',
    )

    assert [history.card for history in bundle.histories] == ["n1"]
    assert list_problems(bundle)[:-1] == [
        f"{line}:10 json-value" for line in (3, 4, 5, 6)
    ]
    assert bundle.problems[0].message.startswith('`n2` in "cards" has an invalid value')


def test_an_export_reads_back_and_exports_to_the_same_bytes(
    tmp_path: Path, reading: ReadContext, writing: WriteContext
) -> None:
    memory = Memory(
        State.REVIEW, None, 1 / 3, 5.0, 739_680, None, 739_677, 259_200, 1, 0
    )
    history = CardHistory("n1", (), memory, is_exact=True, leech=True)
    bundle = Bundle(
        decks=(DECK,),
        histories=(history,),
        marked=frozenset(["n1"]),
        media=(MediaFile("a.png", bytes),),
    )
    file, again = io.BytesIO(), io.BytesIO()
    remarks = json_format.write(bundle, file, writing)
    (tmp_path / "all.json").write_bytes(file.getvalue())
    back = json_format.read(tmp_path / "all.json", reading)
    json_format.write(back, again, writing)

    assert [history.memory for history in back.histories] == [memory]
    assert again.getvalue() == file.getvalue()
    assert json.loads(file.getvalue())["decks"][0]["notes"][0]["id"] == "n1"
    assert remarks == [
        "JSON holds no media: 1 media file stayed in the directory `media` of the home."
    ]
    assert format_to_read(tmp_path / "all.json").name == "json"


def test_json_of_another_program_is_not_recognized_as_ours() -> None:
    assert json_format.looks_like(b'{ "format" : "flashcards", "version": 1}')
    assert not json_format.looks_like(b'{"__type__": "Deck", "name": "flashcards"}')


def test_values_of_notes_that_are_not_in_the_file_are_counted(
    tmp_path: Path, reading: ReadContext
) -> None:
    review = '[1772442000000, 739677, 3, 900, 0, 0, "", null]'
    bundle = read(
        tmp_path,
        reading,
        HEAD
        + f', "cards": [{{"card": "n1:c2", "state": "new", "reviews": [{review}]}},'
        '{"card": "n2", "state": "new"}], "marked": ["n1"],'
        '"reports": [{"note": "n1", "text": "no", "at": 5}]}',
    )

    (problem,) = bundle.problems
    assert problem.rule == "json-left-out"
    assert "not in the file: 2 cards, 1 review, 1 mark, 1 report. " in problem.message


def test_cards_of_current_and_retired_notes_are_accepted(
    tmp_path: Path, reading: ReadContext
) -> None:
    notes = '"notes": [{"id": "%s", "front": "x", "back": "y"}]'
    bundle = read(
        tmp_path,
        reading,
        HEAD + ', "decks": [{"deck": "a", "title": "A", ' + notes % "n1" + "}],"
        '"retired": [{"deck": "b", "title": "B", ' + notes % "n2" + "}],"
        '"cards": [{"card": "n1", "state": "new"}, {"card": "n2", "state": "new"}]}',
    )

    assert not bundle.problems


def test_an_unknown_name_is_reported(tmp_path: Path, reading: ReadContext) -> None:
    bundle = read(tmp_path, reading, HEAD + ', "Decks": []}')

    assert list_problems(bundle) == ["0:0 json-unknown"]
    assert "`Decks`" in bundle.problems[0].message
