"""Finding cards."""

from __future__ import annotations

import sqlite3

import pytest

from flashcards.domain.content import (
    ChoiceNote,
    MatchNote,
    NumericNote,
    Option,
    Pair,
    Point,
    RecallNote,
)
from flashcards.errors import NothingFoundError, UsageError
from flashcards.store.reader import Reader
from flashcards.store.rows import SearchRow
from flashcards.store.store import Store
from flashcards.store.writing.importing.note_rows import searchable_text
from tests.unit.store.building import DAY, MOMENT, answer, basic, cloze, deck, sync


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    sync(
        store,
        deck(
            "metrics/a",
            basic("n1", front='Say "précis"?', tags=("F1",), why="100% of it_all"),
            cloze("n2", "the {{c1::harmonic mean::which}} of {{c2::two}}"),
            topics=(("rates", "Rates"),),
        ),
        deck("other", basic("n3", topic="rates")),
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["n1", "n2:c1", "n2:c2", "n3"]),
        ("PRÉCIS", ["n1"]),
        ('"say "', ["n1"]),
        ('say "', ["n1"]),
        ("100%", ["n1"]),
        ("1%0", []),
        ("it_all", ["n1"]),
        ("itXall", []),
        ('"harmonic mean of two"', ["n2:c1", "n2:c2"]),
        ("mean harmonic", ["n2:c1", "n2:c2"]),
        ("mean what", []),
        ("n3", ["n3"]),
        ("kind", []),
        ("basic", []),
        ("metrics", ["n1", "n2:c1", "n2:c2"]),
        ("-metrics", ["n3"]),
        ("deck:metrics", ["n1", "n2:c1", "n2:c2"]),
        ("deck:metrics/a", ["n1", "n2:c1", "n2:c2"]),
        ("tag:f1", ["n1"]),
        ("-tag:f1 deck:metrics", ["n2:c1", "n2:c2"]),
        ("-", []),
        ('"x:y"', []),
        ("std::move", []),
        ("https://example.org", []),
        ("12:30", []),
        ("Note:", []),
        ('deck:"metrics/a" -"-x"', ["n1", "n2:c1", "n2:c2"]),
        ("is:new", ["n2:c2", "n3"]),
        ("is:review", ["n2:c1"]),
        ("is:learning", []),
        ("is:due", ["n2:c1"]),
        ("is:suspended", ["n3"]),
        ("is:leech", ["n2:c1"]),
        ("is:marked", ["n1"]),
        ("is:buried", ["n1"]),
        ("is:reported", ["n3"]),
        ("-is:new is:leech", ["n2:c1"]),
        ("'; DROP TABLE notes; --", []),
    ],
)
def test_every_part_of_a_query_must_match(
    store: Store, reader: Reader, query: str, found: list[str]
) -> None:
    if "is:" in query:
        leech = answer(reader, "n2:c1", leech=True)
        store.record(leech, record_id=None, next_card_id=None, label="x")
        store.suspend([4], True, label="x", moment=MOMENT)
        store.mark(1, True, label="x", moment=MOMENT)
        store.report(3, 4, "Wrong.", label="x", moment=MOMENT)
        store.bury([1], DAY + 9, label="x", moment=MOMENT)
        if query == "is:new":
            found = ["n1", *found]
    assert [row.card for row in reader.search.find(query, 10, DAY + 3)] == found


def test_a_result_describes_its_card(reader: Reader) -> None:
    assert reader.search.find("précis", 5, DAY) == [
        SearchRow(
            "n1", "n1", "metrics/a", "basic", 'Say "précis"?', 0, None, False, 1, 1
        )
    ]
    assert len(reader.search.find("", 2, DAY)) == 2


def test_an_unknown_state_is_reported(reader: Reader) -> None:
    with pytest.raises(UsageError) as raised:
        reader.search.find("word is:known", 5, DAY)
    assert str(raised.value) == (
        "There is no `is:known` (character 6). There are: buried, due, learning, leech, "
        "marked, new, reported, review, suspended."
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "kind:basic",
            (
                "There is no search term `kind:` (character 1). There are deck:, tag: and "
                'is:. To find the text itself, put it in double quotes: "kind:basic".'
            ),
        ),
        (
            "précis -prop:s>3",
            (
                "There is no search term `prop:` (character 8). There are deck:, tag: and "
                'is:. To find the text itself, put it in double quotes: "prop:s>3".'
            ),
        ),
        (
            "rated:1",
            (
                "There is no search term `rated:` (character 1). There are deck:, tag: and "
                'is:. To find the text itself, put it in double quotes: "rated:1".'
            ),
        ),
        (
            "deck:metrcs",
            "No deck named metrcs (character 1). Did you mean metrics?",
        ),
        (
            "mean deck:met",
            "No deck named met (character 6). Did you mean metrics or metrics/a?",
        ),
        (
            "deck:zzz",
            "No deck named zzz (character 1). List the decks with `flashcards decks`.",
        ),
        ("-tag:f", "No card has the tag f (character 1). Did you mean F1?"),
        (
            "tag:zzz",
            "No card has the tag zzz (character 1).",
        ),
        ("deck:", "`deck:` (character 1) needs a value, such as deck:metrics."),
        ('is:""', "`is:` (character 1) needs a value, such as is:due."),
    ],
)
def test_an_unknown_deck_or_tag_is_reported_with_its_place(
    reader: Reader, query: str, sentence: str
) -> None:
    with pytest.raises(UsageError) as raised:
        reader.search.find(query, 5, DAY)

    assert str(raised.value) == sentence


def test_due_cards_depend_on_the_day(store: Store, reader: Reader) -> None:
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")
    assert reader.search.find("is:due", 5, DAY) == []
    assert len(reader.search.find("is:due", 5, DAY + 3)) == 1


def test_the_length_of_a_query_is_limited(reader: Reader) -> None:
    assert reader.search.find("what " * 50, 5, DAY)
    with pytest.raises(UsageError) as raised:
        reader.search.find("what " * 51, 5, DAY)
    assert str(raised.value) == "A search takes at most 50 words; this one has 51."


def test_every_text_of_every_kind_is_searchable() -> None:
    choice = ChoiceNote(
        id="c", question="Q", options=(Option("O", why="W", misconception="M"),)
    )
    assert searchable_text(choice).split() == ["c", "q", "o", "w", "m"]
    numeric = NumericNote(
        id="n", question="Q", answer=0.5, tolerance="5%", variables=(("v", (1, 2)),)
    )
    assert searchable_text(numeric).split() == ["n", "q", "0.5", "5%", "v", "1", "2"]
    match = MatchNote(id="m", question="Q", pairs=(Pair("L", "R"),), lures=("X",))
    assert searchable_text(match).split() == ["m", "q", "l", "r", "x"]
    recall = RecallNote(id="r", question="Q", points=(Point("P", keywords=("K",)),))
    assert searchable_text(recall).split() == ["r", "q", "p", "k"]


def test_an_id_is_found_by_its_beginning_only(store: Store, reader: Reader) -> None:
    notes = [basic(key, front="Q", back="B") for key in ("anki.x.3fauc9", "zz-auc")]
    sync(store, deck("z/z", *notes))

    assert [each.card for each in reader.search.find("auc", 5, DAY)] == []
    assert [each.card for each in reader.search.find("zz-a", 5, DAY)] == ["zz-auc"]
    assert len(reader.search.find("anki.x.3fauc9", 5, DAY)) == 1


def test_a_card_is_found_by_its_key_or_that_of_its_note(reader: Reader) -> None:
    assert reader.cards.find("n2:c2").face == "c2"
    assert reader.cards.find("n2").face == "c1"
    assert reader.cards.find("n3").topic_title == "rates"
    with pytest.raises(NothingFoundError) as raised:
        reader.cards.find("n9")
    assert str(raised.value) == (
        "There is no card `n9`. `flashcards search` finds cards by their words."
    )
    with pytest.raises(NothingFoundError) as raised:
        reader.cards.get(99)
    assert str(raised.value) == "There is no card with the number 99 in the store."


def test_a_number_is_found_in_all_its_digits() -> None:
    numeric = NumericNote(id="n", question="q", answer=1234567)

    assert searchable_text(numeric).split() == ["n", "q", "1,234,567", "1234567"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("naive", ["u1", "u2"]),
        ("naïve", ["u1", "u2"]),
        ("nai\u0308ve", ["u1", "u2"]),
        ("NAÏVE bayes", ["u1"]),
        ("tag:resume", ["u1", "u2"]),
        ("tag:RE\u0301SUME\u0301", ["u1", "u2"]),
        ("uber", ["u3"]),
        ("über", ["u3"]),
        ("й", ["u3"]),
        ("и", []),
        ("overfits", ["u4:c1"]),
        (r"\frac", ["u5"]),
        ("pr/(p", ["u5"]),
    ],
)
def test_accents_forms_and_marks_do_not_hide_a_word(
    store: Store, reader: Reader, query: str, found: list[str]
) -> None:
    sync(
        store,
        deck(
            "über/й",
            basic("u3", front="x"),
        ),
        deck(
            "words",
            basic("u1", front="nai\u0308ve Bayes", tags=("re\u0301sume\u0301",)),
            basic("u2", front="a naïve learner", tags=("résumé",)),
            cloze("u4", "it over{{c1::fits}}"),
            basic("u5", front=r"$\frac{PR}{P+R}$"),
        ),
    )

    assert sorted(row.card for row in reader.search.find(query, 10, DAY)) == found


def test_each_card_of_a_note_is_listed_with_what_it_asks(
    store: Store, reader: Reader
) -> None:
    sync(
        store, deck("both", basic("r1", front="HTTP", back="a protocol", reverse=True))
    )

    fronts = {row.card: row.front for row in reader.search.find("", 100, DAY)}

    assert fronts["n2:c1"] == "the [which] of two"
    assert fronts["n2:c2"] == "the harmonic mean of [...]"
    assert fronts["r1"] == "HTTP"
    assert fronts["r1:reverse"] == "a protocol"


def test_leeches_are_listed_with_what_they_ask(store: Store, reader: Reader) -> None:
    card = reader.cards.find("n2:c2")
    with sqlite3.connect(store.path) as raw:
        raw.execute("UPDATE cards SET leech = 1 WHERE id = ?", (card.card_id,))
    raw.close()

    (leech,) = reader.figures.leeches(5)

    assert (leech.card, leech.front) == ("n2:c2", "the harmonic mean of [...]")


def test_sure_answers_are_listed_with_what_was_asked(
    store: Store, reader: Reader
) -> None:
    given = answer(reader, "n2:c2", given='{"confidence": "sure"}')
    store.record(given, record_id=None, next_card_id=None, label="Good")

    (kept,) = reader.log.answers()

    assert kept.front == "the harmonic mean of [...]"
