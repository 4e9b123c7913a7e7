from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pytest

from flashcards.domain.cards import DAY_SECONDS, Memory, QueueCard, State
from flashcards.domain.clock import Moment
from flashcards.study.queue.cards_left import QueueCounts
from flashcards.study.queue.due_queue import build_queue
from flashcards.study.queue.limits import Allowance, compute_allowance
from flashcards.study.queue.queue import Queue, with_memory

TODAY = 739_000
NOW = TODAY * DAY_SECONDS * 1000
MINUTE = 60_000
MOMENT = Moment(at=NOW, day=TODAY, day_ends_at=NOW + DAY_SECONDS * 1000)
DECKS = {1: "metrics", 2: "serving"}


def card(card_id: int, state: State = State.REVIEW, **changes: Any) -> QueueCard:
    plain = QueueCard(
        card_id=card_id,
        note_id=card_id,
        deck_id=1,
        state=state,
        due_day=None if state is State.NEW else TODAY,
        due_at=None,
        last_day=None if state is State.NEW else TODAY - 10,
        stability=None if state is State.NEW else float(card_id),
        position=card_id,
    )
    return plain._replace(**changes)


def learning(card_id: int, minutes: int, **changes: Any) -> QueueCard:
    """Return a card whose learning step is due some minutes from now."""
    due_at = NOW + minutes * MINUTE
    return card(card_id, State.LEARNING, due_at=due_at, last_day=TODAY, **changes)


def room(new: int = 99, reviews: int = 99) -> Allowance:
    return compute_allowance(DECKS, {"": (new, reviews)}, {})


def built(
    learning_cards: Collection[QueueCard] = (),
    due: Collection[QueueCard] = (),
    new: Collection[QueueCard] = (),
    *,
    left: Allowance | None = None,
    seen: Mapping[int, Collection[int]] | None = None,
) -> Queue:
    return build_queue(
        list(learning_cards),
        list(due),
        list(new),
        moment=MOMENT,
        allowance=left or room(),
        seen_notes=seen or {},
    )


def asked(queue: Queue, at: int = NOW) -> list[int]:
    """Return the ids in the order in which the queue asks its cards."""
    result = []
    while (following := queue.pop_next(at)) is not None:
        result.append(following.card_id)
    return result


def in_review(day: int) -> Memory:
    return Memory(
        state=State.REVIEW, stability=3.0, difficulty=5.0, due_day=day, last_day=TODAY
    )


def on_step(minutes: int, state: State = State.LEARNING, day: int = TODAY) -> Memory:
    return Memory(
        state=state,
        step=0,
        stability=0.2,
        difficulty=5.0,
        due_day=day,
        due_at=NOW + minutes * MINUTE,
        last_day=TODAY,
    )


def test_due_learning_cards_then_the_line_then_learning_cards_ahead() -> None:
    queue = built(
        [learning(1, 15), learning(2, -1), learning(3, -5), learning(4, 21)],
        [card(5), card(6)],
        [card(7, State.NEW)],
    )

    assert asked(queue) == [3, 2, 5, 7, 6, 1]
    assert queue.counts == QueueCounts(new=0, learning=1, review=0)
    left = queue.count_left(NOW)
    assert left.counts == QueueCounts(new=0, learning=0, review=0)
    assert (left.waiting, left.waiting_until) == (1, NOW + 21 * MINUTE)


def test_a_learning_card_is_asked_as_soon_as_its_step_is_due() -> None:
    queue = built([learning(1, 10)], [card(5), card(6)])

    first = queue.pop_next(NOW)
    second = queue.pop_next(NOW + 10 * MINUTE)

    assert first is not None
    assert second is not None
    assert (first.card_id, second.card_id) == (5, 1)


def test_started_only_asks_learning_cards_alone() -> None:
    queue = built(
        [learning(1, -1), learning(2, 19), learning(3, 21)], [card(5), card(6)]
    )
    brought_up = queue.pop(5)
    back = queue.pop(1)
    assert brought_up is not None
    assert back is not None
    queue.push_front(back)
    queue.push_front(brought_up)

    cards = [queue.pop_next(NOW, started_only=True) for _ in range(3)]

    assert [popped and popped.card_id for popped in cards] == [1, 2, None]
    assert asked(queue) == [5, 6]


def test_askable_steps_include_learning_ahead() -> None:
    queue = built([learning(1, -1), learning(2, 20), learning(3, 21)], [card(5)])

    assert queue.count_askable_steps(NOW) == 2
    assert queue.count_askable_steps(NOW + MINUTE) == 3


def test_a_step_left_over_from_an_earlier_day_is_due_at_once() -> None:
    overnight = learning(1, 600)._replace(last_day=TODAY - 1)
    queue = built([overnight], [card(5)])

    assert queue.count_left(NOW).waiting_until is None
    assert asked(queue) == [1, 5]


def test_a_learning_card_due_on_another_day_is_left_out() -> None:
    assert asked(built([learning(1, 0, due_day=TODAY + 1)])) == []


def test_a_card_rated_again_comes_back_when_its_step_is_over() -> None:
    queue = built([], [card(5), card(6)])
    first = queue.pop_next(NOW)
    assert first is not None

    queue.record_answer(first, on_step(10, State.RELEARNING))

    assert queue.counts == QueueCounts(new=0, learning=1, review=1)
    assert asked(queue) == [6, 5]


@pytest.mark.parametrize("memory", [in_review(TODAY + 3), on_step(10, day=TODAY + 1)])
def test_a_card_due_on_a_later_day_is_done_for_today(memory: Memory) -> None:
    queue = built([], [card(5)])
    only = queue.pop_next(NOW)
    assert only is not None

    queue.record_answer(only, memory)

    assert len(queue) == 0
    assert queue.pop_next(NOW) is None


def test_the_same_card_is_not_asked_twice_in_a_row_while_another_is_near() -> None:
    queue = built([learning(1, 2), learning(2, 8)])
    first = queue.pop_next(NOW)
    assert first is not None
    assert first.card_id == 1

    queue.record_answer(first, on_step(1))

    assert asked(queue) == [2, 1]


def test_a_card_pushed_to_the_front_comes_next() -> None:
    queue = built([learning(1, -1)], [card(5), card(6)])
    learned, shown = queue.pop_next(NOW), queue.pop_next(NOW)
    assert learned is not None
    assert shown is not None
    queue.record_answer(learned, in_review(TODAY + 3))

    queue.push_front(shown)
    queue.push_front(with_memory(learned, on_step(-1)))

    assert queue.counts == QueueCounts(new=0, learning=1, review=2)
    assert asked(queue) == [1, 5, 6]


def test_a_card_that_waits_for_its_step_is_pushed_to_the_front_only_once() -> None:
    queue = built([], [], [card(5, State.NEW)])
    only = queue.pop_next(NOW)
    assert only is not None
    queue.record_answer(only, on_step(1))

    queue.push_front(with_memory(only, Memory()))

    assert queue.counts == QueueCounts(new=1, learning=0, review=0)
    assert queue.pop_next(NOW) == card(5, State.NEW)
    assert len(queue) == 0


def test_popping_a_card_by_its_id_keeps_the_order_of_the_others() -> None:
    queue = built([], [card(5), card(6), card(7)])

    assert queue.pop(6) == card(6)
    assert queue.pop(99) is None
    assert asked(queue) == [5, 7]


def test_a_card_pushed_to_the_back_comes_after_the_line() -> None:
    queue = Queue([card(5), card(6, State.LEARNING), card(7)], day=TODAY)
    first = queue.pop_next(NOW)
    assert first is not None

    queue.push_back(first)

    assert queue.counts == QueueCounts(new=0, learning=1, review=2)
    assert asked(queue) == [6, 7, 5]


def test_removing_a_note_removes_all_its_cards() -> None:
    queue = built([learning(1, 5), learning(2, 6, note_id=1)], [card(5), card(6)])
    queue.push_front(card(9, note_id=1))

    removed = queue.remove([6, 99], note_id=1)

    assert sorted(card.card_id for card in removed) == [1, 2, 6, 9]
    assert asked(queue) == [5]


def test_the_limit_of_reviews_keeps_those_most_likely_forgotten() -> None:
    # A lower id has the lower stability, and all were last seen on the same day.
    due = [card(number) for number in range(1, 11)]

    assert asked(built([], due, left=room(reviews=3))) == [1, 2, 3]


def test_the_limit_of_new_cards_keeps_the_first_in_teaching_order() -> None:
    new = [card(number, State.NEW) for number in range(1, 11)]

    assert asked(built([], [], new, left=room(new=2))) == [1, 2]


def test_learning_cards_have_no_limit() -> None:
    assert asked(built([learning(1, 0)], left=room(0, 0))) == [1]


def test_one_card_of_a_note_is_asked_a_day_a_review_before_a_new_one() -> None:
    due = [card(1, note_id=1), card(2, note_id=1)]
    new = [card(3, State.NEW, note_id=1), card(4, State.NEW, note_id=4)]

    assert asked(built([], due, new)) == [1, 4]


def test_siblings_of_a_learning_card_wait_but_learning_cards_never_do() -> None:
    pair = [learning(1, 0, note_id=1), learning(2, 0, note_id=1)]

    queue = built(pair, [card(3, note_id=1)], seen={1: {1, 2}})

    assert asked(queue) == [1, 2]


def test_siblings_of_a_card_seen_today_wait_but_not_that_card_itself() -> None:
    due = [card(1, note_id=1), card(2, note_id=2)]

    assert asked(built([], due, seen={1: {7}, 2: {2}})) == [2]


def test_a_skipped_sibling_does_not_count_against_limits() -> None:
    due = [card(1, note_id=1), card(2, note_id=1), card(3, note_id=3)]

    assert asked(built([], due, left=room(reviews=2))) == [1, 3]


def test_linked_notes_in_the_queue_are_asked_together() -> None:
    requested_notes: list[Collection[int]] = []

    def links(note_ids: Collection[int]) -> dict[int, set[int]]:
        requested_notes.append(list(note_ids))
        return {1: {4}}

    queue = build_queue(
        [],
        [card(number) for number in range(1, 5)],
        [],
        moment=MOMENT,
        allowance=room(),
        seen_notes={},
        links=links,
    )

    assert requested_notes == [[1, 2, 3, 4]]
    assert asked(queue) == [1, 4, 2, 3]
