from __future__ import annotations

from typing import NamedTuple

from flashcards.study.queue.limits import Gate, cap_counts, compute_allowance

DECKS = {1: "metrics/classification", 2: "metrics/ranking", 3: "serving"}


class Done(NamedTuple):
    new: int
    reviews: int


NOTHING_DONE: dict[int, Done] = {}


def passing(gate: Gate, *deck_ids: int) -> list[int]:
    """Return the decks whose cards pass, one after the other."""
    passed = []
    for deck_id in deck_ids:
        if gate.has_room(deck_id):
            gate.admit(deck_id)
            passed.append(deck_id)
    return passed


def test_a_limit_caps_the_sum_of_the_decks_below_it() -> None:
    allowance = compute_allowance(DECKS, {"": (9, 9), "metrics": (2, 9)}, NOTHING_DONE)

    assert passing(allowance.new_gate(), 1, 2, 1, 2, 3) == [1, 2, 3]


def test_the_limit_of_the_whole_caps_every_deck() -> None:
    allowance = compute_allowance(DECKS, {"": (2, 9), "metrics": (9, 9)}, NOTHING_DONE)
    gate = allowance.new_gate()

    assert passing(gate, 3, 1, 2) == [3, 1]
    assert gate.is_closed


def test_work_done_today_reduces_every_limit_above_its_deck() -> None:
    limits = {"": (5, 10), "metrics": (3, 10), "metrics/ranking": (3, 10)}

    allowance = compute_allowance(DECKS, limits, {1: Done(new=2, reviews=4)})

    assert allowance.new == {"": 3, "metrics": 1, "metrics/ranking": 3}
    assert allowance.reviews == {"": 6, "metrics": 6, "metrics/ranking": 10}


def test_an_exceeded_limit_leaves_zero() -> None:
    allowance = compute_allowance(DECKS, {"": (5, 5)}, {3: Done(new=9, reviews=9)})

    assert allowance.new_gate().is_closed
    assert allowance.review_gate().is_closed


def test_work_in_a_removed_deck_counts_for_the_whole() -> None:
    allowance = compute_allowance(DECKS, {"": (5, 5)}, {99: Done(new=2, reviews=1)})

    assert (allowance.new, allowance.reviews) == ({"": 3}, {"": 4})


def test_new_cards_do_not_count_against_reviews() -> None:
    allowance = compute_allowance(DECKS, {"": (1, 1)}, {1: Done(new=1, reviews=0)})

    assert passing(allowance.new_gate(), 1) == []
    assert passing(allowance.review_gate(), 1) == [1]


def test_counts_are_capped_at_every_level() -> None:
    counts = {"metrics/classification": 10, "metrics/ranking": 4, "serving": 7}

    shown = cap_counts(counts, {"": 12, "metrics": 8, "metrics/classification": 5})

    assert shown == {
        "metrics/classification": 5,
        "metrics/ranking": 4,
        "metrics": 8,
        "serving": 7,
        "": 12,
    }


def test_no_cards_give_zero_counts() -> None:
    assert cap_counts({}, {"": 12}) == {"": 0}
