"""A quiz asks due and weak cards before new ones, mixed, the same for the same seed."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.cards import QueueCard, QuizCard, State
from flashcards.study.quiz.selection import order_cards, select_cards

DAY = 739_000


def recall(stability: float, elapsed: float) -> float:
    return float((1 + elapsed / stability) ** -1)


def card(
    card_id: int,
    *,
    state: State = State.REVIEW,
    due: int = 5,
    stability: float = 10,
    kind: str = "choice",
    topic: str = "a",
    lapses: int = 0,
    position: int = 0,
    note_id: int = 0,
) -> QuizCard:
    is_new = state is State.NEW
    queued = QueueCard(
        card_id=card_id,
        note_id=note_id or card_id,
        deck_id=1,
        state=state,
        due_day=None if is_new else DAY + due,
        due_at=None,
        last_day=None if is_new else DAY - 5,
        stability=None if is_new else stability,
        position=position,
    )
    return QuizCard(queued, kind, topic, lapses)


def ids(cards: list[QuizCard]) -> list[int]:
    return [quiz_card.card.card_id for quiz_card in cards]


def chosen(cards: list[QuizCard], count: int, seed: int = 1) -> list[int]:
    return ids(select_cards(cards, day=DAY, count=count, seed=seed, recall=recall))


def test_due_cards_come_before_weak_cards_and_those_before_new_cards() -> None:
    cards = [
        card(1, state=State.NEW),
        card(2, due=3, stability=1),
        card(3, due=0, stability=100),
        card(4, due=9, stability=100),
    ]

    for seed in range(20):
        assert chosen(cards, 1, seed) == [3]
        assert set(chosen(cards, 3, seed)) == {2, 3, 4}
        assert chosen(cards, 2, seed)[0] == 3


def test_the_weakest_of_the_due_cards_is_asked() -> None:
    cards = [card(1, due=0, stability=50), card(2, due=0, stability=1)]

    assert chosen(cards, 1) == [2]


def test_cards_that_lapsed_are_preferred() -> None:
    cards = [card(1, due=0), card(2, due=0, lapses=8)]

    for seed in range(20):
        assert chosen(cards, 1, seed) == [2]


def test_new_cards_come_from_the_first_tier() -> None:
    cards = [
        card(number, state=State.NEW, position=(number % 3) * 1_000_000)
        for number in range(1, 31)
    ]

    assert all(number % 3 == 0 for number in chosen(cards, 10))


def test_kinds_are_mixed() -> None:
    kinds = ["choice"] * 20 + ["numeric", "order", "typed"] * 3
    cards = [
        card(number, state=State.NEW, kind=kind) for number, kind in enumerate(kinds, 1)
    ]

    for seed in range(20):
        selected = select_cards(cards, day=DAY, count=8, seed=seed, recall=recall)
        assert {quiz_card.kind for quiz_card in selected} == {
            "choice",
            "numeric",
            "order",
            "typed",
        }


def test_other_seeds_choose_other_cards() -> None:
    cards = [card(number, state=State.NEW) for number in range(1, 41)]

    assert len({tuple(chosen(cards, 5, seed)) for seed in range(20)}) > 10


CARDS = st.lists(
    st.tuples(
        st.sampled_from([State.NEW, State.REVIEW]),
        st.integers(-3, 3),
        st.sampled_from(["choice", "numeric", "order"]),
        st.sampled_from("abc"),
        st.integers(1, 12),
    ),
    max_size=30,
).map(
    lambda rows: [
        card(number, state=state, due=due, kind=kind, topic=topic, note_id=note)
        for number, (state, due, kind, topic, note) in enumerate(rows, 1)
    ]
)


@given(CARDS, st.integers(1, 12), st.integers(0, 2**40))
def test_a_selection_has_each_note_once_and_as_many_as_possible(
    cards: list[QuizCard], count: int, seed: int
) -> None:
    selected = select_cards(cards, day=DAY, count=count, seed=seed, recall=recall)

    notes = [quiz_card.card.note_id for quiz_card in selected]
    assert len(set(notes)) == len(notes) <= count
    assert selected == select_cards(
        cards, day=DAY, count=count, seed=seed, recall=recall
    )
    if len(cards) <= count:
        assert set(notes) == {quiz_card.card.note_id for quiz_card in cards}


@given(CARDS)
def test_ordering_keeps_every_card_and_puts_new_cards_last(
    cards: list[QuizCard],
) -> None:
    line = order_cards(cards, {})

    assert sorted(line) == sorted(quiz_card.card for quiz_card in cards)
    states = [card.state for card in line]
    assert states == sorted(states, key=lambda state: state == State.NEW)


def test_topics_alternate() -> None:
    cards = [card(number, topic="aabbbc"[number % 6]) for number in range(12)]

    line = order_cards(cards, {})

    topics = ["aabbbc"[ordered_card.card_id % 6] for ordered_card in line]
    assert all(topic != next_topic for topic, next_topic in itertools.pairwise(topics))


def test_linked_notes_are_asked_close_to_each_other() -> None:
    cards = [card(number, topic=str(number)) for number in range(1, 9)]

    line = [ordered_card.card_id for ordered_card in order_cards(cards, {2: {7}})]

    assert abs(line.index(2) - line.index(7)) == 1
