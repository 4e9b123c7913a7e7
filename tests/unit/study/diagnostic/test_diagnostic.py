"""The diagnostic asks two notes a deck, stops when answers agree, and records reviews."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope, State
from flashcards.domain.settings.settings import DEFAULT_WEIGHTS
from flashcards.domain.study_plan import Interview, StudyPlan
from flashcards.grading.lines import Confidence
from flashcards.scheduling.formulas import Formulas
from flashcards.study.diagnostic.diagnostic import DiagnosticSession
from flashcards.study.diagnostic.knowledge import (
    MEANS,
    STRENGTHS,
    beta_distribution,
    estimate_by_deck,
    estimate_overall,
)
from flashcards.study.diagnostic.questions import choose_next_deck, is_decided
from flashcards.study.queue.load import load_queue
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.unit.store.building import every_review
from tests.unit.study.answering_quizzes import answer_line, line_for

DECKS = 30


@pytest.fixture
def many(open_collection: OpenCollection, tmp_path: Path) -> Collection:
    """Thirty decks: a choice, three core notes and one of depth in each."""
    for number in range(DECKS):
        key = f"d{number:02}"
        notes = "".join(
            f"  - {{id: {key}-{n}, tier: {'core' if n < 4 else 'depth'}, front: Q, back: A}}\n"
            for n in range(1, 5)
        )
        choice = (
            f"  - {{id: {key}-0, tier: core, kind: choice, question: Q, "
            "options: [{text: a, correct: true}, {text: b}, {text: c}, {text: d}]}\n"
        )
        path = tmp_path / "decks" / f"{key}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"deck: {key}\ntitle: {key}\nnotes:\n{choice}{notes}")
    collection = open_collection()
    collection.store()
    collection.importing.import_files([tmp_path / "decks"])
    return collection


def go(session: DiagnosticSession, *ratings: Rating) -> list[str]:
    keys = []
    for rating in ratings:
        if session.current is None:
            break
        keys.append(session.current.row.key)
        session.reveal()
        session.rate(rating)
    return keys


def test_decks_are_asked_in_turn_up_to_48_questions(many: Collection) -> None:
    session = many.sessions.start_diagnostic()

    keys = go(session, *[Rating.GOOD] * 60)

    assert len(keys) == 48
    assert session.ending == "limit"
    assert len({key[:3] for key in keys[:DECKS]}) == DECKS
    assert (
        max(sum(key.startswith(f"d{n:02}") for key in keys) for n in range(DECKS)) == 2
    )


def test_a_deck_is_done_when_two_answers_agree(collection: Collection) -> None:
    session = collection.sessions.start_diagnostic()

    go(session, Rating.AGAIN, Rating.AGAIN)

    assert session.current is None
    assert session.ending == "empty"
    assert is_decided([True, False, False])
    assert not is_decided([True, False])


def test_a_deck_with_different_answers_is_asked_again() -> None:
    pool = {1: [None], 2: [None]}

    assert choose_next_deck(pool, {1: [True, True], 2: [True, False]}) == 2  # type: ignore[arg-type]
    assert choose_next_deck({1: [], 2: []}, {}) is None


def test_core_notes_with_free_answers_come_first(many: Collection) -> None:
    session = many.sessions.start_diagnostic()

    assert session.current is not None
    assert session.current.row.key == "d00-1"


def test_answers_are_recorded_as_reviews_and_change_no_other_note(
    many: Collection,
) -> None:
    go(many.sessions.start_diagnostic(), Rating.EASY, Rating.AGAIN)

    reviews = every_review(many.reader)
    assert [review.rating for review in reviews] == [Rating.GOOD, Rating.AGAIN]
    seen = [c for c in many.reader.figures.cards() if c.state != State.NEW]
    assert len(seen) == 2


def only(collection: Collection, key: str) -> DiagnosticSession:
    """Start a diagnostic with only one card left to ask."""
    for card in collection.reader.queue.all(10**6, Scope()):
        other = collection.reader.cards.get(card.card_id).key
        if other != key:
            collection.sessions.hide(other, hidden=True)
    session = collection.sessions.start_diagnostic()
    assert session.current is not None
    assert session.current.row.key == key
    return session


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        (("q-choice", "right", "sure", 3), Rating.HARD),
        (("q-order", "right", "sure", 3), Rating.HARD),
        (("q-recall", "right", "sure", 3), Rating.GOOD),
        (("q-typed", "right", "sure", 14), Rating.EASY),
        (("q-typed", "right", "sure", 16), Rating.GOOD),
        (("q-typed", "right", "unsure", 3), Rating.GOOD),
        (("q-typed", "right", "", 3), Rating.GOOD),
        (("q-typed", "wrong", "sure", 3), Rating.AGAIN),
        (("q-choice", "wrong", "sure", 3), Rating.AGAIN),
        (("q-several", "partly", "sure", 3), Rating.HARD),
    ],
)
def test_the_rating_is_capped_by_the_answer(
    quizzes: Collection,
    clock: FixedClock,
    asked: tuple[str, str, Confidence, int],
    best: Rating,
) -> None:
    key, how, confidence, seconds = asked
    session = only(quizzes, key)
    shown = session.current
    assert shown is not None
    if confidence:
        session.set_confidence(confidence)
    clock.forward(seconds=seconds)
    answer_line(session, line_for(shown, how) or "")
    clock.forward(seconds=40)
    previewed = session.preview_ratings()[Rating.EASY].memory

    session.rate(Rating.EASY)

    assert every_review(quizzes.reader)[-1].rating is best
    assert quizzes.reader.cards.find(key).memory == previewed


@pytest.mark.parametrize(
    ("rating", "stability", "after_a_month"),
    [
        (Rating.AGAIN, 0.21, 0.467),
        (Rating.HARD, 1.29, 0.614),
        (Rating.GOOD, 2.31, 0.668),
        (Rating.EASY, 8.30, 0.792),
    ],
)
def test_the_best_rating_depends_on_the_answer(
    rating: Rating, stability: float, after_a_month: float
) -> None:
    formulas = Formulas(DEFAULT_WEIGHTS)

    first_stability, _ = formulas.first(rating)
    assert first_stability == pytest.approx(stability, abs=5e-3)
    assert formulas.retrievability(first_stability, 30) == pytest.approx(
        after_a_month, abs=5e-4
    )


def test_a_crash_resumes_at_the_same_question(
    many: Collection, open_collection: OpenCollection
) -> None:
    session = many.sessions.start_diagnostic()
    go(session, Rating.GOOD, Rating.AGAIN, Rating.GOOD)
    assert session.current is not None
    table = session.current.row.key

    many.close()
    again = open_collection().sessions.start_diagnostic()

    assert again.current is not None
    assert again.current.row.key == table
    assert again.progress.answers == 3
    keys = go(again, *[Rating.GOOD] * 60)
    assert len(keys) == 45


def test_undo_shows_the_question_again(many: Collection) -> None:
    session = many.sessions.start_diagnostic()
    keys = go(session, Rating.GOOD, Rating.AGAIN)

    session.undo()

    assert session.current is not None
    assert session.current.row.key == keys[1]
    assert session.progress.answers == 1
    assert go(session, *[Rating.GOOD] * 60)[0] == keys[1]


def test_results_list_the_least_known_deck_first(
    many: Collection, clock: FixedClock
) -> None:
    session = many.sessions.start_diagnostic()
    while session.current:
        right = session.current.row.deck >= "d15"
        clock.forward(seconds=10)
        session.reveal()
        session.rate(Rating.GOOD if right else Rating.AGAIN)

    result = session.compute_result()
    decks = result.decks

    assert len(decks) == DECKS
    means = [deck.known.mean for deck in decks]
    assert means == sorted(means)
    assert {deck.deck for deck in decks[:10]} <= {f"d{n:02}" for n in range(15)}
    assert all(deck.known.low < deck.known.high for deck in decks)


@pytest.mark.parametrize("is_planned", [False, True])
def test_the_least_known_deck_comes_first_among_equal_positions(
    many: Collection, clock: FixedClock, *, is_planned: bool
) -> None:
    session = many.sessions.start_diagnostic()
    while session.current:
        session.reveal()
        session.rate(Rating.AGAIN if session.current.row.deck == "d17" else Rating.GOOD)
    clock.forward(days=30)
    if is_planned:
        today = many.moment().day
        many.plan.save(StudyPlan(today, (Interview(today + 30),), minutes=60), "plan")

    queue = load_queue(many.reader, many.settings, Scope(), many.moment())
    new = [card for card in queue if card.stability is None]

    decks = many.reader.cards.deck_keys()
    assert decks[new[0].deck_id] == "d17"


def test_a_diagnostic_gives_a_first_readiness(
    many: Collection, clock: FixedClock
) -> None:
    today = many.moment().day
    many.plan.save(StudyPlan(today, (Interview(today + 10),), minutes=0), "plan")
    before = many.plan.view()
    session = many.sessions.start_diagnostic()
    while session.current:
        right = session.current.row.deck == "d17"
        session.reveal()
        session.rate(Rating.GOOD if right else Rating.AGAIN)
    clock.forward(days=1)

    after = many.plan.view()

    assert before is not None
    assert before.readiness is not None
    assert after is not None
    assert after.readiness is not None
    assert before.readiness.all.value == 0
    assert after.readiness.all.value > 0
    best = max(after.readiness.decks, key=lambda deck: deck.predicted.value)
    assert best.key == "d17"


def test_an_unfinished_diagnostic_is_resumed_on_another_day(
    many: Collection, clock: FixedClock
) -> None:
    session = many.sessions.start_diagnostic()
    go(session, *[Rating.GOOD] * 5)
    session.leave()
    clock.forward(days=2)

    again = many.sessions.start_diagnostic()

    assert again.progress.answers == 5
    assert len(go(again, *[Rating.GOOD] * 60)) == 43
    again.leave()
    assert many.sessions.start_diagnostic().progress.answers == 0


def test_the_overall_estimate_agrees_with_sampled_learners() -> None:
    chance = random.Random(7)  # noqa: S311
    answers = {"a": [(True, 0.25), (False, 0.02)], "b": [(False, 0.02)] * 2}
    weights = {"a": 3.0, "b": 1.0}
    grid = [(n + 0.5) / 100 for n in range(100)]
    priors = [beta_distribution(m * k, (1 - m) * k) for m in MEANS for k in STRENGTHS]
    drawn, likely = [], []
    for _ in range(60_000):
        prior = chance.choice(priors)
        known = chance.choices(grid, prior, k=len(answers))
        shares = dict(zip(answers, known, strict=True))
        drawn.append((3 * shares["a"] + shares["b"]) / 4)
        likely.append(
            math.prod(
                right if is_right else 1 - right
                for deck, graded in answers.items()
                for is_right, guess in graded
                for right in (shares[deck] * 0.9 + (1 - shares[deck]) * guess,)
            )
        )
    total = sum(likely)
    mean = sum(x * w for x, w in zip(drawn, likely, strict=True)) / total
    square = sum(x * x * w for x, w in zip(drawn, likely, strict=True)) / total

    estimate = estimate_overall(answers, weights)

    assert estimate.mean == pytest.approx(mean, abs=0.01)
    assert estimate.sd == pytest.approx(math.sqrt(square - mean * mean), abs=0.01)
    assert (estimate.questions, estimate.right) == (4, 1)
    assert 0 <= estimate.low < estimate.mean < estimate.high <= 1


def test_the_overall_estimate_of_one_deck_is_its_estimate() -> None:
    answers = {"a": [(True, 0.02), (False, 0.25)]}

    alone, whole = estimate_by_deck(answers)["a"], estimate_overall(answers, {"a": 12})

    assert whole.mean == pytest.approx(alone.mean)
    assert whole.sd == pytest.approx(alone.sd)


def test_progress_counts_the_fewest_remaining_questions(
    collection: Collection,
) -> None:
    session = collection.sessions.start_diagnostic()
    total = session.progress.cards_left

    assert total == 2
    go(session, Rating.GOOD, Rating.AGAIN)
    assert session.progress.cards_left == 1
    go(session, Rating.AGAIN)
    assert session.progress.cards_left == 0
    assert session.progress.answers == 3
    assert session.progress.share == 1
