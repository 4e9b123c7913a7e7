"""The roles of columns are found by the names in the first row, or guessed from the rows."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

import pytest

from flashcards.decks.fields.limits import MOST_ITEMS
from flashcards.domain.content import BasicNote, ChoiceNote
from flashcards.formats.delimited.columns import is_header, parse_header
from tests.unit.formats.delimited.table_reading import (
    Reader,
    get_only_note,
    list_pairs,
    list_problems,
)


def test_columns_are_known_by_many_names(table: Reader) -> None:
    text = (
        "GUID,Question,Answer,Explanation,Hint,Tags,Deck\nx/1,q,a,e,h,b c;d,ML::Drift\n"
    )

    bundle = table(text)

    assert get_only_note(bundle) == BasicNote(
        id="anki.x.2f1",
        front="q",
        back="a",
        why="e",
        hint="h",
        tags=("b", "c", "d"),
    )
    assert (bundle.decks[0].key, bundle.decks[0].title) == ("ml/drift", "ML::Drift")


def test_a_table_without_names_has_question_answer_and_tags(table: Reader) -> None:
    first, second = table("one,a,x y\ntwo,b,\n").decks[0].notes

    assert (first.tags, second.tags) == (("x", "y"), ())
    why = get_only_note(
        table("one,a,It is so because of many things in this world.\n")
    ).why
    assert why == "It is so because of many things in this world."


def test_unknown_columns_are_reported(table: Reader) -> None:
    bundle = table("front,back,paper_url\nq,a,u\n")

    assert list_pairs(bundle) == [("q", "a")]
    assert bundle.problems[0].message == (
        "The column `paper_url` was left out. Give it one of the names front, back, why, "
        "hint, tags, deck or id to import it."
    )
    assert list_problems(table("q,a,t,x\nr,b,t,y\n")) == [(1, "unnamed-columns")]


@pytest.mark.parametrize(
    "cells", [("Who?", "What?"), ("hint", "note"), ("front",), ("term" * 11, "definition"), ("front", "x", "y")]
)  # fmt: skip
def test_a_row_of_other_words_is_not_a_header(cells: tuple[str, ...]) -> None:
    assert not is_header(cells)


def test_names_for_question_and_answer_make_a_header_with_any_other_names(
    table: Reader,
) -> None:
    bundle = table("Question,Answer,Reviewed on,Author\nq,a,2026-01-01,me\n")

    assert list_pairs(bundle) == [("q", "a")]
    assert list_problems(bundle) == [(1, "unknown-column"), (1, "unknown-column")]


def test_unknown_columns_next_to_known_ones_become_question_and_answer(
    table: Reader,
) -> None:
    bundle = table(
        "guid,abbreviation,expanded,explanation,tags,by\nx1,TTL,time to live,so,c,me\n"
    )

    assert get_only_note(bundle) == BasicNote(
        id="x1", front="TTL", back="time to live", why="so", tags=("c",)
    )
    first, second = bundle.problems
    assert first.message == (
        "The first row does not name columns for question and answer, so they were read "
        "from `abbreviation` and `expanded`. Name the columns front and back if others are "
        "meant."
    )
    assert (second.rule, "`by`" in second.message) == ("unknown-column", True)
    assert list_pairs(table("guid,term,explanation\nx1,TTL,it lives\n")) == [("TTL", "it lives")]  # fmt: skip
    assert list_pairs(table("guid,abbreviation,explanation\nx1,TTL,it lives\n")) == [("TTL", "it lives")]  # fmt: skip


@pytest.mark.parametrize(
    "header", ["Acronym,Meaning", "Question,Lösung", "Name,Description", "Topic,Definition", "Frage,Antwort"]
)  # fmt: skip
def test_a_header_of_two_columns_is_not_a_card(table: Reader, header: str) -> None:
    assert list_pairs(table(f"{header}\nTTL,time to live\n")) == [
        ("TTL", "time to live")
    ]


def test_column_names_can_also_be_the_words_of_a_card(table: Reader) -> None:
    assert list_pairs(table("zurück,back\nvor,forth\n")) == [("zurück", "back"), ("vor", "forth")]  # fmt: skip
    assert list_problems(table("tags,definition,weight\na,b,c\n")) == [(1, "no-question-column")]  # fmt: skip


def test_a_header_without_a_question_is_not_a_card(table: Reader) -> None:
    bundle = table("guid,tags,deck\nx1,a,b\n")

    assert bundle.decks == ()
    assert list_problems(bundle) == [(1, "no-question-column")]


def test_running_text_is_not_a_table(table: Reader) -> None:
    prose = (
        "Caching pays off when reads repeat, otherwise it adds a place to go stale.\n"
        "Write-back waits less. It may lose data.\n"
        "Events are exact, until one is lost.\n"
    )

    assert table(prose).decks == ()
    assert list_problems(table(prose)) == [(1, "running-text")]
    question = (
        "What is a canary?, A small share.\nWhat is a shadow?, Mirrored traffic.\n"
    )
    assert len(list_pairs(table(question))) == 2


@pytest.mark.parametrize(
    ("names", "right"),
    [
        ([f"option {number}" for number in range(1, MOST_ITEMS + 1)], "12"),
        ([f"option_{letter}" for letter in ascii_lowercase], "L"),
        (list(ascii_uppercase[:20]), "l"),
    ],
)
def test_a_choice_has_as_many_options_as_a_deck_file_holds(
    table: Reader, names: list[str], right: str
) -> None:
    texts = [f"text {number}" for number in range(1, len(names) + 1)]
    rows = [["question", *names, "correct"], ["which", *texts, right]]
    note = get_only_note(table("\n".join(",".join(row) for row in rows)))

    assert isinstance(note, ChoiceNote)
    assert [option.text for option in note.options] == texts
    assert [option.text for option in note.options if option.correct] == ["text 12"]


def test_a_row_with_too_many_options_is_refused(table: Reader) -> None:
    names = [f"option {number}" for number in range(1, MOST_ITEMS + 2)]
    bundle = table(",".join(["question", *names, "correct", "\nq", *names, "1"]))

    assert not bundle.decks
    assert list_problems(bundle)


def test_words_that_end_like_an_option_are_not_options() -> None:
    assert parse_header(("q", "a", "b", "c", "correct")).by_role == {
        "front": 0,
        "correct": 4,
    }
    columns = parse_header(("question", "options", "choices", "answers", "a", "b"))
    assert columns.options == (4, 5)


def test_the_number_of_columns_without_names_is_reported(table: Reader) -> None:
    names = [f"paper {number}" for number in range(1, 24)]
    bundle = table(",".join(["front", "back", *names, "\nq", "a", *names]))

    assert list_problems(bundle) == [(1, "unknown-column")] * 20 + [
        (1, "unknown-columns")
    ]
    assert "3 more columns" in bundle.problems[-1].message
