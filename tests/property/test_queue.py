"""Properties of the day's queue for every collection, limit and history."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.cards import Memory, QueueCard, State
from flashcards.domain.clock import Moment
from flashcards.study.queue.cards_left import QueueCounts
from flashcards.study.queue.due_queue import build_queue
from flashcards.study.queue.limits import Allowance, cap_counts, compute_allowance
from flashcards.study.queue.order import (
    LINKED_GROUP,
    alternate_decks,
    group_linked_notes,
    mix_in_new_cards,
    sort_by_retrievability,
)
from flashcards.study.queue.queue import Queue, with_memory
from flashcards.text.deck_keys import list_prefixes

TODAY = 739_000
NOW = 63_000_000_000_000
MOMENT = Moment(at=NOW, day=TODAY, day_ends_at=NOW + 36_000_000)
DECKS = {1: "metrics/classification", 2: "metrics/ranking", 3: "serving", 4: "metrics"}
KEYS = sorted({key for deck in DECKS.values() for key in list_prefixes(deck)})


class Done(NamedTuple):
    new: int
    reviews: int


@st.composite
def cards(draw: st.DrawFn) -> list[QueueCard]:
    """Draw cards of few notes, so that siblings meet; ids differ."""
    drawn = []
    for card_id in range(1, draw(st.integers(0, 25)) + 1):
        state = draw(st.sampled_from(State))
        is_learning = state in (State.LEARNING, State.RELEARNING)
        is_new = state is State.NEW
        note_id = draw(st.integers(1, 15))
        drawn.append(
            QueueCard(
                card_id=card_id,
                note_id=note_id,
                deck_id=1 + note_id % len(DECKS),
                state=state,
                due_day=None if is_new else TODAY - draw(st.integers(0, 3)),
                due_at=NOW + draw(st.integers(-99, 99)) * 60_000
                if is_learning
                else None,
                last_day=None if is_new else TODAY - draw(st.integers(0, 9)),
                stability=None if is_new else draw(st.sampled_from([0.5, 2.0, 8.0])),
                position=card_id,
            )
        )
    return drawn


LIMIT = st.tuples(st.integers(0, 6), st.integers(0, 6))
LIMITS = st.builds(
    lambda whole, parts: {"": whole, **parts},
    LIMIT,
    st.dictionaries(st.sampled_from(KEYS), LIMIT),
)
DONE = st.dictionaries(
    st.sampled_from(list(DECKS)), st.builds(Done, st.integers(0, 4), st.integers(0, 4))
)
SEEN = st.dictionaries(st.integers(1, 15), st.sets(st.integers(1, 25), min_size=1))
LINKS = st.dictionaries(st.integers(1, 15), st.sets(st.integers(1, 15)))


def of(cards: list[QueueCard], *states: State) -> list[QueueCard]:
    return [card for card in cards if card.state in states]


def build(
    cards: list[QueueCard], allowance: Allowance, seen: dict[int, set[int]], **more: Any
) -> Queue:
    return build_queue(
        of(cards, State.LEARNING, State.RELEARNING),
        of(cards, State.REVIEW),
        of(cards, State.NEW),
        moment=MOMENT,
        allowance=allowance,
        seen_notes=seen,
        **more,
    )


@given(cards(), LIMITS, DONE, SEEN, LINKS)
def test_the_queue_keeps_to_limits_and_asks_one_card_of_a_note(
    drawn: list[QueueCard],
    limits: dict[str, tuple[int, int]],
    done: dict[int, Done],
    seen: dict[int, set[int]],
    links: dict[int, set[int]],
) -> None:
    queue = list(
        build(
            drawn, compute_allowance(DECKS, limits, done), seen, links=lambda _: links
        )
    )

    line = of(queue, State.NEW, State.REVIEW)
    assert set(queue) <= set(drawn)
    assert len(set(queue)) == len(queue)
    assert len({card.note_id for card in line}) == len(line)
    for key, (new_limit, review_limit) in limits.items():
        below = {d for d, deck in DECKS.items() if key in ("", *list_prefixes(deck))}
        for state, limit, spent in (
            (State.NEW, new_limit, sum(done[d].new for d in below & set(done))),
            (
                State.REVIEW,
                review_limit,
                sum(done[d].reviews for d in below & set(done)),
            ),
        ):
            cards_in_queue = sum(card.deck_id in below for card in of(queue, state))
            assert cards_in_queue <= max(0, limit - spent)
    learning = of(drawn, State.LEARNING, State.RELEARNING)
    assert set(of(queue, State.LEARNING, State.RELEARNING)) == set(learning)
    started = {card.note_id for card in learning}
    for card in line:
        assert card.note_id not in started
        assert seen.get(card.note_id, set()) <= {card.card_id}


@given(cards())
def test_every_due_note_is_asked_within_the_limits(
    drawn: list[QueueCard],
) -> None:
    queue = build(drawn, compute_allowance(DECKS, {"": (99, 99)}, {}), {})

    assert {card.note_id for card in queue} == {card.note_id for card in drawn}


@given(cards(), LIMITS, LINKS, st.randoms())
def test_the_queue_does_not_depend_on_the_order_of_reading(
    drawn: list[QueueCard],
    limits: dict[str, tuple[int, int]],
    links: dict[int, set[int]],
    random: Any,
) -> None:
    allowance = compute_allowance(DECKS, limits, {})
    shuffled = random.sample(drawn, len(drawn))
    new = of(drawn, State.NEW)
    others = [card for card in shuffled if card.state is not State.NEW]

    first = build(drawn, allowance, {}, links=lambda _: links)
    second = build([*others, *new], allowance, {}, links=lambda _: links)

    assert list(first) == list(second)


@given(cards())
def test_reviews_are_a_permutation_with_the_most_forgotten_first(
    drawn: list[QueueCard],
) -> None:
    due = of(drawn, State.REVIEW)

    line = sort_by_retrievability(due, TODAY)

    assert Counter(line) == Counter(due)
    shares = [
        (TODAY - c.last_day) / c.stability for c in line if c.last_day and c.stability
    ]
    assert shares == sorted(shares, reverse=True)


@given(cards())
def test_new_cards_and_reviews_keep_their_own_order_when_mixed(
    drawn: list[QueueCard],
) -> None:
    reviews, new = of(drawn, State.REVIEW), of(drawn, State.NEW)

    line = mix_in_new_cards(reviews, new)

    assert of(line, State.REVIEW) == reviews
    assert of(line, State.NEW) == new
    for number, card in enumerate(new, start=1):
        before = len(of(line[: line.index(card)], State.REVIEW))
        assert abs(before - number * len(reviews) / (len(new) + 1)) < 1


@given(cards())
def test_alternating_decks_keeps_the_order_within_each(
    drawn: list[QueueCard],
) -> None:
    line = alternate_decks(drawn)

    for deck_id in DECKS:
        assert [c for c in line if c.deck_id == deck_id] == [
            c for c in drawn if c.deck_id == deck_id
        ]


@given(st.permutations(range(1, 16)), LINKS)
def test_grouping_linked_notes_loses_no_card(
    order: list[int], links: dict[int, set[int]]
) -> None:
    line = [note(number) for number in order]

    assert Counter(group_linked_notes(line, links)) == Counter(line)


@given(st.permutations(range(1, 16)), st.permutations(range(1, 16)), st.integers(0, 7))
def test_two_linked_notes_are_at_most_three_cards_apart(
    order: list[int], partners: list[int], pairs: int
) -> None:
    linked = [(partners[2 * n], partners[2 * n + 1]) for n in range(pairs)]
    links = {first_note: {other} for first_note, other in linked}

    line = [
        card.note_id for card in group_linked_notes([note(n) for n in order], links)
    ]

    assert all(
        abs(line.index(first_note) - line.index(other)) < LINKED_GROUP
        for first_note, other in linked
    )


def note(number: int) -> QueueCard:
    return QueueCard(number, number, 1, State.REVIEW, TODAY, None, TODAY, 1.0, number)


@given(
    st.dictionaries(st.sampled_from(list(DECKS)), st.integers(0, 9)),
    st.dictionaries(st.sampled_from(KEYS), st.integers(0, 9)),
    st.integers(0, 20),
)
def test_capped_counts_agree_with_the_gate(
    counts: dict[int, int], parts: dict[str, int], whole: int
) -> None:
    limits = {key: (limit, 0) for key, limit in {"": whole, **parts}.items()}
    allowance = compute_allowance(DECKS, limits, {})
    by_key = {DECKS[deck_id]: count for deck_id, count in counts.items()}

    shown = cap_counts(by_key, allowance.new)

    gate, passed = allowance.new_gate(), 0
    for deck_id, count in counts.items():
        for _ in range(count):
            if gate.has_room(deck_id):
                gate.admit(deck_id)
                passed += 1
    assert shown[""] == passed


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["step", "done", "back", "last", "undo", "remove"]),
        st.integers(1, 25),
    ),
    max_size=30,
)


@given(cards(), STEPS)
def test_counts_follow_every_change_of_the_queue(
    drawn: list[QueueCard], steps: list[tuple[str, int]]
) -> None:
    queue = build(drawn, compute_allowance(DECKS, {"": (99, 99)}, {}), {})
    at, answered = NOW, list[QueueCard]()
    for action, number in steps:
        at += 30_000
        if action == "remove":
            queue.remove([number])
        elif action == "undo" and answered:
            queue.push_front(with_memory(answered.pop(), Memory()))
        elif (card := queue.pop_next(at)) is not None:
            if action == "back":
                queue.push_front(card)
            elif action == "last":
                queue.push_back(card)
            else:
                is_step = action == "step"
                queue.record_answer(
                    card,
                    Memory(
                        state=State.LEARNING if is_step else State.REVIEW,
                        due_day=TODAY if is_step else TODAY + number,
                        due_at=at + number * 60_000 if is_step else None,
                        last_day=TODAY,
                    ),
                )
                answered.append(card)

        cards_left = list(queue)
        assert len({card.card_id for card in cards_left}) == len(cards_left)
        assert queue.counts == QueueCounts(
            new=len(of(cards_left, State.NEW)),
            learning=len(of(cards_left, State.LEARNING, State.RELEARNING)),
            review=len(of(cards_left, State.REVIEW)),
        )


@given(
    cards(),
    st.integers(0, 4),
    st.sampled_from(["step", "done", "back"]),
    st.integers(-1, 30),
    st.booleans(),
)
def test_a_peek_shows_the_card_that_is_asked_after_the_update(
    drawn: list[QueueCard],
    asked_before: int,
    outcome: str,
    minutes: int,
    started_only: bool,
) -> None:
    queue = build(drawn, compute_allowance(DECKS, {"": (99, 99)}, {}), {})
    for _ in range(asked_before):
        queue.pop_next(NOW)
    current = queue.pop_next(NOW)
    if current is None:
        return
    is_step = outcome == "step"
    memory = Memory(
        state=State.LEARNING if is_step else State.REVIEW,
        due_day=TODAY if is_step else TODAY + 3,
        due_at=NOW + minutes * 60_000 if is_step else None,
        last_day=TODAY,
    )
    update = queue.after_answer(current, memory)
    update.to_back = outcome == "back"
    update.to_front = next(iter(queue), None) if minutes % 2 else None
    before = list(queue), queue.counts

    card = queue.peek(NOW, started_only=started_only, update=update)
    steps = queue.count_askable_steps(NOW, update)

    assert (list(queue), queue.counts) == before
    queue.apply(update)
    assert card == queue.peek(NOW, started_only=started_only)
    assert steps == queue.count_askable_steps(NOW)
