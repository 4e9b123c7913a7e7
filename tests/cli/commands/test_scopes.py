"""Sentences about a scope name that scope; unknown decks, tags and topics are errors."""

from __future__ import annotations

import re

import pytest

from tests.cli.program import Program, document

EASY = "\n4\n" * 9


def test_a_deck_without_due_cards_shows_what_is_due_elsewhere(filled: Program) -> None:
    first = filled("review", "other", "--plain", stdin=EASY)
    again = filled("review", "other", "--plain")

    assert re.search(
        r"1 answer in [01] min\. 4 cards left today, about 3 min\.\n$", first.out
    )
    assert (again.status, again.out) == (
        0,
        "Nothing due in other. 4 cards due in other decks.\n",
    )


def test_a_tag_without_due_cards_shows_what_is_due_elsewhere(filled: Program) -> None:
    filled("review", "--tag", "first", "--plain", stdin=EASY)

    again = filled("review", "--tag", "first", "--plain")

    assert again.out == "Nothing due with the tag first. 4 cards due elsewhere.\n"


def test_nothing_due_anywhere_mentions_no_other_decks(filled: Program) -> None:
    filled("review", "--plain", stdin=EASY)

    assert filled("review", "--plain").out == "Nothing is due.\n"
    assert filled("review", "other", "--plain").out == "Nothing due in other.\n"


def test_practice_without_cards_does_not_mention_due_cards(
    filled: Program,
) -> None:
    filled("card", "other-1", "--suspend")

    cram = filled("review", "other", "--cram", "--plain")

    assert cram.out == "No cards available in other today.\n"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("review", "othr", "--plain"), "No deck named othr. Did you mean other?"),
        (
            ("review", "--tag", "firts", "--plain"),
            "No card has the tag firts. Did you mean first?",
        ),
        (("quiz", "--tag", "zzz", "--plain"), "No card has the tag zzz."),
        (("quiz", "--topic", "zzz", "--plain"), "No deck has the topic zzz."),
        (("export", "othr", "-o", "-"), "No deck named othr. Did you mean other?"),
        (("stats", "othr"), "No deck named othr. Did you mean other?"),
    ],
)
def test_an_unknown_deck_tag_or_topic_suggests_the_nearest_name(
    filled: Program, command: tuple[str, ...], sentence: str
) -> None:
    if command[0] == "export":
        command = (*command, "--format", "yaml")

    outcome = filled(*command)

    assert (outcome.status, outcome.out, outcome.err) == (1, "", f"{sentence}\n")


def test_tags_ignore_case(filled: Program) -> None:
    outcome = filled("review", "--tag", "First", "--plain", stdin="q\n")

    assert outcome.status == 0
    assert outcome.out.startswith("# one ")


@pytest.mark.parametrize("query", ["kind:basic", "rated:1", "is:done", "tag:firts"])
def test_an_unknown_search_term_is_a_usage_error(filled: Program, query: str) -> None:
    outcome = filled("search", "what", query)

    assert (outcome.status, outcome.out) == (2, "")
    assert "(character 6)" in outcome.err


def test_more_cards_of_a_deck_are_asked_and_the_day_stays_done(
    filled: Program,
) -> None:
    (filled.home / "config.toml").write_text("[scheduling]\nnew_per_day = 1\n")
    filled("review", "--plain", stdin=EASY)

    nothing = filled("review", "small", "--plain")
    more = filled("review", "--more", "2", "small", "--plain", stdin=EASY)
    none = filled("review", "--more", "2", "other", "--plain")

    assert nothing.out == (
        "Nothing due in small. Learn 5 more with `flashcards review --more 5 small`.\n"
    )
    assert "\n2 answers in " in more.out
    assert more.out.endswith(" Nothing left today.\n")
    assert document(filled, "due")["new"] == 0
    assert none.out == "No more cards available in other today.\n"
