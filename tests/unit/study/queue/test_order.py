from __future__ import annotations

from flashcards.domain.cards import QueueCard, State
from flashcards.study.queue.order import (
    alternate_decks,
    group_linked_notes,
    mix_in_new_cards,
    shuffle_for_day,
    sort_by_retrievability,
)

TODAY = 739_000


def card(
    card_id: int, *, elapsed: int = 10, stability: float = 10.0, deck: int = 1
) -> QueueCard:
    return QueueCard(
        card_id=card_id,
        note_id=card_id,
        deck_id=deck,
        state=State.REVIEW,
        due_day=TODAY,
        due_at=None,
        last_day=TODAY - elapsed,
        stability=stability,
        position=card_id,
    )


def ids(cards: list[QueueCard]) -> list[int]:
    return [card.card_id for card in cards]


def test_reviews_are_sorted_by_elapsed_days_over_stability() -> None:
    cards = [
        card(1, elapsed=10, stability=10),
        card(2, elapsed=30, stability=100),
        card(3, elapsed=4, stability=1),
    ]

    assert ids(sort_by_retrievability(cards, TODAY)) == [3, 1, 2]


def test_a_due_card_without_a_stability_comes_first() -> None:
    unknown = card(2)._replace(stability=None)

    assert ids(sort_by_retrievability([card(1, elapsed=99), unknown], TODAY)) == [2, 1]


def test_ties_keep_their_order_for_a_day() -> None:
    cards = [card(number) for number in range(1, 21)]

    today = ids(sort_by_retrievability(cards, TODAY))

    assert ids(sort_by_retrievability(cards[::-1], TODAY)) == today
    assert today != ids(cards)
    assert ids(shuffle_for_day(cards, TODAY + 1)) != ids(shuffle_for_day(cards, TODAY))


def test_new_cards_are_spread_evenly_through_reviews() -> None:
    reviews = [card(number) for number in range(1, 7)]
    new = [card(101), card(102)]

    assert ids(mix_in_new_cards(reviews, new)) == [1, 2, 101, 3, 4, 102, 5, 6]
    assert ids(mix_in_new_cards(new, reviews)) == [101, 1, 2, 3, 102, 4, 5, 6]
    assert ids(mix_in_new_cards(reviews, [])) == ids(reviews)
    assert ids(mix_in_new_cards([], new)) == [101, 102]


def test_new_cards_alternate_between_decks() -> None:
    cards = [card(1), card(2), card(3), card(4, deck=2), card(5, deck=2)]

    assert ids(alternate_decks(cards)) == [1, 4, 2, 5, 3]


def test_linked_notes_follow_the_first_of_them() -> None:
    line = [card(number) for number in range(1, 9)]

    assert ids(group_linked_notes(line, {8: {2}})) == [1, 2, 8, 3, 4, 5, 6, 7]


def test_a_chain_of_links_moves_up_as_one_group() -> None:
    line = [card(number) for number in range(1, 8)]

    assert ids(group_linked_notes(line, {1: {7}, 5: {7}})) == [1, 7, 5, 2, 3, 4, 6]


def test_at_most_four_linked_notes_are_asked_in_a_row() -> None:
    line = [card(number) for number in (1, 10, 11, 12, 2, 3, 4, 5, 6)]

    linked = ids(group_linked_notes(line, {1: {2, 3, 4, 5, 6}}))

    assert linked == [1, 2, 3, 4, 10, 11, 12, 5, 6]


def test_links_to_itself_or_outside_of_the_line_move_no_card() -> None:
    line = [card(number) for number in range(1, 5)]

    assert ids(group_linked_notes(line, {1: {99, 1}, 98: {4}})) == [1, 2, 3, 4]
