"""`search` and `card`."""

from contextlib import closing
from pathlib import Path

import pytest

from flashcards.store.store import Store
from tests.cli.program import Program, document
from tests.helpers import FixedClock

MOMENT = FixedClock().moment()


def test_search_finds_cards_by_words_and_deck(filled: Program) -> None:
    assert document(filled, "search", "what", "deck:small", "tag:first") == [
        {
            "card": "one",
            "note": "one",
            "deck": "small/things",
            "kind": "basic",
            "front": "What is **one**?",
            "state": "new",
            "due": None,
            "suspended": False,
        }
    ]


def test_search_prints_readable_text(filled: Program) -> None:
    outcome = filled("search", "tag:first")

    assert outcome.out == "one  small/things\n  What is one?\n"
    assert outcome.err == "1 card found.\n"


def test_a_search_without_results_prints_an_empty_list(filled: Program) -> None:
    assert document(filled, "search", "unheard") == []


def test_a_card_shows_its_memory_and_reviews(filled: Program) -> None:
    filled("review", "--plain", "--tag", "first", stdin="\n4\n")

    card = document(filled, "card", "one")

    assert (card["card"], card["note"], card["deck"]) == ("one", "one", "small/things")
    assert card["state"] == "review"
    assert card["reps"] == 1
    assert card["lapses"] == 0
    assert card["stability"] > 1
    assert 1 <= card["difficulty"] <= 10
    assert card["retrievability"] == 1.0
    (review,) = card["reviews"]
    assert set(review) == {"at", "rating", "interval", "seconds"}
    assert review["rating"] == 4
    assert review["interval"] >= 1
    assert review["at"].endswith("Z")


def test_card_prints_readable_text(filled: Program) -> None:
    filled("review", "--plain", "--tag", "first", stdin="\n4\n")

    card = filled("card", "one").out

    assert card.startswith(
        "# one · small/things · basic\nWhat is one?\n1, the first.\n"
    )
    assert "1 review, 0 lapses." in card
    assert "Easy" in card


def test_an_unknown_card_is_reported(filled: Program) -> None:
    outcome = filled("card", "nothing")

    assert outcome.status == 1
    assert outcome.err.endswith(".\n") or outcome.err.endswith("?\n")


def test_a_minus_excludes_cards(filled: Program) -> None:
    without = [row["card"] for row in document(filled, "search", "-deck:small")]
    assert without == ["other-1"]
    assert document(filled, "search", "--", "-is:new", "one") == []
    assert document(filled, "search", "what", "-is:new", "--limit", "5") == []
    assert "usage:" in filled("search", "-h").out
    assert filled("search", "one", "--nothing").status == 2


def test_is_due_finds_cards_due_today(filled: Program) -> None:
    assert document(filled, "search", "is:due") == []
    filled("review", "--plain", "other", stdin="\n4\n")

    assert document(filled, "search", "is:due") == []
    assert [row["card"] for row in document(filled, "search", "is:review")] == [
        "other-1"
    ]


def test_a_reported_card_is_found_and_shows_its_report(filled: Program) -> None:
    with Store.open(filled.home / "flashcards.db") as store:
        assert document(filled, "card", "one")["reports"] == []
        with closing(filled.reader()) as reader:
            row = reader.cards.find("one")
        store.report(row.note_id, row.card_id, "Not so.", label="x", moment=MOMENT)

    assert [row["card"] for row in document(filled, "search", "is:reported")] == ["one"]
    (report,) = document(filled, "card", "one")["reports"]
    assert report == {"at": "2026-03-02T09:00:00Z", "text": "Not so."}
    assert "Reported on 2026-03-02: Not so.\n" in filled("card", "one").out


@pytest.mark.parametrize(
    "arguments", [("search", "\udcff"), ("import", "a\udcff.yaml")]
)
def test_an_argument_that_is_not_utf_8_is_reported(
    filled: Program, arguments: tuple[str, ...]
) -> None:
    outcome = filled(*arguments)

    shown = arguments[1].replace("\udcff", "\N{REPLACEMENT CHARACTER}")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"The argument {shown} is not UTF-8.\n"


def test_a_file_name_that_is_not_utf_8_is_reported(
    filled: Program, tmp_path: Path
) -> None:
    try:
        (tmp_path / "a\udcff.yaml").touch()
    except OSError:
        pytest.skip("this file system wants UTF-8")

    for command in ("import", "check"):
        outcome = filled(command, str(tmp_path))
        assert outcome.status == 2
        assert outcome.err == (
            f"The file name {tmp_path}/a\N{REPLACEMENT CHARACTER}.yaml is not UTF-8. "
            "Rename the file.\n"
        )
