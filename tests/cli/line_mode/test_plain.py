"""Reviews in plain lines, and what they save in the store."""

import json
import re
from contextlib import closing

import pytest

from flashcards.domain.cards import Rating
from tests.cli.program import Program


def ratings(program: Program) -> dict[str, list[Rating]]:
    """Return the ratings of each reviewed card, oldest first."""
    with closing(program.reader()) as reader:
        rows = reader.search.find("", 1000, 0)
        by_card = {
            row.card: [review.rating for review in reader.log.reviews(row.card_id)]
            for row in rows
        }
    return {
        card: card_ratings for card, card_ratings in by_card.items() if card_ratings
    }


def card_ids(out: str) -> list[str]:
    """Return the ids of the cards in the order they were asked."""
    return re.findall(r"^# (\S+) · \S+ · \S+$", out, re.MULTILINE)


@pytest.mark.parametrize(
    "arguments", [("--tag", "first"), ("--minutes", "1"), ("small",)]
)
def test_the_closing_line_agrees_with_due(
    filled: Program, arguments: tuple[str, ...]
) -> None:
    outcome = filled("review", "--plain", *arguments, stdin="\n\n")

    due = json.loads(filled("due", "--json").out)
    count = due["new"] + due["learning"] + due["review"]
    assert f" {count} cards left today, about {due['minutes']} min." in outcome.out


def test_a_card_shows_question_answer_explanation_and_rating_intervals(
    filled: Program,
) -> None:
    outcome = filled("review", "--plain", "--tag", "first", stdin="\n\n")

    assert outcome.status == 0
    shown, _, closing_line = outcome.out.rstrip().rpartition("\n")
    assert re.fullmatch(
        r"1 answer in [01] min\. \d cards? left today, about \d min\.", closing_line
    )
    assert shown == (
        "# one · small/things · basic\n"
        "What is one?\n"
        "Empty line: show the answer. u: undo. q: quit.\n"
        "1, the first.\n"
        "Why: Counting starts there.\n"
        "1 Again 1 min, 2 Hard 6 min, 3 Good 10 min, 4 Easy 7 d; "
        "empty line: Good. u: undo. q: quit.\n"
        "Good on one: next in 10 min.\n"
        "\n"
        "# one · small/things · basic\n"
        "What is one?\n"
        "Empty line: show the answer. u: undo. q: quit."
    )


@pytest.mark.parametrize(
    ("line", "rating"),
    [
        ("", Rating.GOOD),
        ("1", Rating.AGAIN),
        ("2", Rating.HARD),
        ("3", Rating.GOOD),
        ("4", Rating.EASY),
        (" 4 ", Rating.EASY),
    ],
)
def test_each_digit_gives_its_rating(
    filled: Program, line: str, rating: Rating
) -> None:
    filled("review", "--plain", "--tag", "first", stdin=f"\n{line}\nq\n")

    assert ratings(filled) == {"one": [rating]}


def test_the_answer_is_not_shown_before_an_empty_line(filled: Program) -> None:
    outcome = filled("review", "--plain", "--tag", "first", stdin="q\n")

    assert "the first" not in outcome.out
    assert ratings(filled) == {}


def test_a_cloze_shows_its_hint_and_then_the_word(filled: Program) -> None:
    outcome = filled("review", "--plain", "small", stdin="\n4\n" * 8)

    question, _, answer = outcome.out.partition("# gap:c1 ")[2].partition("Empty line")
    assert "A [hole] is a hole." in question
    assert "A gap is a hole." in answer


def test_siblings_are_not_asked_on_the_same_day(filled: Program) -> None:
    outcome = filled("review", "--plain", "small", stdin="\n4\n" * 8)

    notes = [card.partition(":")[0] for card in card_ids(outcome.out)]
    assert len(notes) == len(set(notes)) == 4


def test_a_saved_rating_prints_the_card_and_its_next_interval(filled: Program) -> None:
    outcome = filled("review", "--plain", "other", stdin="\n1\nq\n")

    assert "Again on other-1: next in 1 min.\n" in outcome.out


def test_undo_removes_the_rating_and_asks_the_card_again(filled: Program) -> None:
    outcome = filled("review", "--plain", "small", stdin="\n4\nu\n\n1\nq\n")

    first, second, third, *_ = card_ids(outcome.out)
    assert first == third != second
    assert f"Undid: Easy on {first}.\n" in outcome.out
    assert ratings(filled) == {first: [Rating.AGAIN]}


def test_undo_before_any_answer_has_nothing_to_undo(filled: Program) -> None:
    outcome = filled("review", "--plain", "small", stdin="u\nq\n")

    assert "Nothing to undo.\n" in outcome.out
    assert outcome.status == 0


def test_an_unknown_line_prints_help_and_asks_again(filled: Program) -> None:
    outcome = filled("review", "--plain", "other", stdin="7\n\nwhat?\n4\n")

    assert "'7' is not a command here. Empty line: show the answer." in outcome.out
    assert (
        "'what?' is not a command here. 1 Again, 2 Hard, 3 Good, 4 Easy;" in outcome.out
    )
    assert ratings(filled) == {"other-1": [Rating.EASY]}


def test_a_digit_before_the_answer_does_not_rate(filled: Program) -> None:
    filled("review", "--plain", "other", stdin="3\nq\n")

    assert ratings(filled) == {}


@pytest.mark.parametrize("stdin", ["", "\n", "\n4\n", "\n4\n\n4"])
def test_the_end_of_input_quits_and_saves_earlier_answers(
    filled: Program, stdin: str
) -> None:
    outcome = filled("review", "--plain", "small", stdin=stdin)

    assert outcome.status == 0
    assert sum(map(len, ratings(filled).values())) == stdin.count("4")
    assert re.search(r"^\d answers? in \d+ min\.", outcome.out.splitlines()[-1])


def test_a_limit_ends_the_session(filled: Program) -> None:
    outcome = filled("review", "--plain", "--limit", "2", stdin="\n4\n" * 9)

    assert len(card_ids(outcome.out)) == 2
    assert outcome.out.splitlines()[-1].startswith("2 answers in ")


def test_cram_does_not_change_the_schedule(filled: Program) -> None:
    outcome = filled("review", "--plain", "--cram", "small", stdin="\n1\n\n3\n" * 2)

    assert outcome.status == 0
    assert "next in" not in outcome.out
    assert outcome.out.endswith("The schedule did not change.\n")
    assert ratings(filled) == {}


def test_nothing_due_prints_one_sentence(flashcards: Program) -> None:
    flashcards.make_store()

    outcome = flashcards("review", "--plain")

    assert (outcome.status, outcome.out) == (0, "Nothing is due.\n")


def test_a_review_resumes_where_the_last_one_ended(filled: Program) -> None:
    first = filled("review", "--plain", "small", stdin="\n4\n")
    second = filled("review", "--plain", "small", stdin="\n4\n" * 9)

    first_ids = card_ids(first.out)
    assert card_ids(second.out)[0] == first_ids[-1]
    assert set(card_ids(second.out)).isdisjoint(first_ids[:-1])


def test_twenty_undos_return_to_the_beginning(filled: Program) -> None:
    with closing(filled.reader()) as reader:
        before = [reader.cards.find(row.card) for row in reader.search.find("", 99, 0)]

    filled("review", "--plain", stdin="\n1\n" * 20 + "u\n" * 20)

    with closing(filled.reader()) as reader:
        after = [reader.cards.find(row.card) for row in reader.search.find("", 99, 0)]
    assert after == before
    assert ratings(filled) == {}


def test_control_characters_in_cards_are_not_printed(filled: Program) -> None:
    outcome = filled("review", "--plain", "small", stdin="\x1b]0;x\x07\nq\n")

    assert "\x1b" not in outcome.out + outcome.err
    assert "\x07" not in outcome.out + outcome.err


def test_the_diagnostic_asks_new_notes_and_saves_its_answers(filled: Program) -> None:
    outcome = filled("review", "--plain", "--diagnostic", stdin="\n3\n\n3\nq\n")

    assert outcome.status == 0
    assert outcome.out.count("\n# ") + outcome.out.startswith("# ") >= 2
    assert "2 questions in 1 minute. You already know about" in outcome.out
    assert "Other: 74%, probably 28-99%, 1 of 1 right" in outcome.out
    with closing(filled.reader()) as reader:
        assert sum(row.reviews for row in reader.log.review_days()) == 2
