"""The limits of a note are the same for all formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flashcards.decks.fields.limits import (
    MOST_SHORT_TEXT,
    MOST_TAG,
    MOST_TAGS,
    MOST_TEXT,
)
from flashcards.domain.content import BasicNote, ChoiceNote
from flashcards.formats.common.naming import to_tag
from flashcards.formats.formats import ReadContext, format_to_read
from tests.unit.formats.anki.test_crowdanki import note, root

_LONG = ("word " * (MOST_TEXT // 5)).strip()
_ONE_MORE = _LONG + " and more"


def _format_card(name: str, back: str) -> str:
    return {
        "deck.yaml": f"deck: deck\ntitle: A\nnotes: [{{id: a, front: Q?, back: {back}}}]\n",
        "table.csv": f"front,back\nQ?,{back}\n",
        "table.tsv": f"front\tback\nQ?\t{back}\n",
        "anki.txt": f"#separator:tab\nQ?\t{back}\n",
        "set.txt": f"Q?\t{back}\nterm\tdefinition\n",
        "cards.md": f"Q: Q?\nA: {back}\n",
        "notes.md": f"#flashcards\n\nQ? :: {back}\n",
        "quiz.gift": f"Q? {{####{back}}}\n",
        "deck.json": json.dumps(root(note("a1b2c3d4e5x", "Q?", back))),
    }[name]


@pytest.mark.parametrize(
    "name",
    ["deck.yaml", "table.csv", "table.tsv", "anki.txt", "set.txt", "cards.md", "notes.md", "quiz.gift", "deck.json"],
)  # fmt: skip
def test_an_answer_in_any_format_can_be_as_long_as_in_a_deck_file(
    name: str, tmp_path: Path, reading: ReadContext
) -> None:
    path = tmp_path / name
    path.write_text(_format_card(name, _LONG))
    bundle = format_to_read(path).module.read(path, reading)
    assert bundle.problems == ()
    first = bundle.decks[0].notes[0]
    assert isinstance(first, BasicNote)
    assert first.back == _LONG

    path.write_text(_format_card(name, _ONE_MORE))
    bundle = format_to_read(path).module.read(path, reading)
    assert [problem.rule for problem in bundle.problems if problem.severity == "error"] == ["too-long"]  # fmt: skip


_SEVEN = """\
deck: a
title: A
notes:
- id: a
  kind: choice
  question: Q?
  options: [{text: a}, {text: b}, {text: c, correct: true}, {text: d}, {text: e}, {text: f}, {text: g}]
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.gift", "Which letter begins cache? {~a ~b =c ~d ~e ~f ~g}"),
        ("a.csv", "question,a,b,c,d,e,f,g,correct\nWhich?,a,b,c,d,e,f,g,c\n"),
        ("a.yaml", _SEVEN),
    ],
)
def test_a_choice_in_any_format_can_have_seven_options(
    name: str, text: str, tmp_path: Path, reading: ReadContext
) -> None:
    path = tmp_path / name
    path.write_text(text)

    bundle = format_to_read(path).module.read(path, reading)

    assert bundle.problems == ()
    (choice,) = bundle.decks[0].notes
    assert isinstance(choice, ChoiceNote)
    assert [option.text for option in choice.options] == list("abcdefg")
    assert choice.options[2].correct


def test_long_tags_of_nested_decks_stay_whole() -> None:
    assert to_tag("#AK_Step::" + "a" * (MOST_TAG - 10)) == "#AK_Step::" + "a" * (MOST_TAG - 10)  # fmt: skip
    assert MOST_TAGS >= 100
    assert MOST_SHORT_TEXT < MOST_TEXT
