"""Confidence compared with results."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.progress.statistics.calibration import compute_calibration
from flashcards.store.rows import KeptAnswer


def make_saved_answer(
    card: str,
    confidence: str,
    score: float | None,
    *,
    day: int = 1,
    rating: Rating = Rating.GOOD,
) -> KeptAnswer:
    parts = [f'"score": {score}'] if score is not None else []
    parts += [f'"confidence": "{confidence}"'] if confidence else []
    answer = f"{{{', '.join(parts)}}}"
    return KeptAnswer(
        1, card, card, "deck", "topic", "choice", card, day, answer, rating
    )


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    calibration = compute_calibration(
        [
            make_saved_answer("a", "sure", 1),
            make_saved_answer("b", "sure", 0),
            make_saved_answer("c", "guess", 0),
        ]
    )

    assert calibration.answers == 3
    assert calibration.brier == pytest.approx((0.05**2 + 0.95**2 + 0.25**2) / 3)


def test_each_confidence_has_its_count_and_its_share_right() -> None:
    calibration = compute_calibration(
        [
            make_saved_answer("a", "sure", 1),
            make_saved_answer("b", "sure", 0),
            make_saved_answer("c", "unsure", 0.5),
        ]
    )

    assert [
        (bin_.confidence, bin_.answers, bin_.right) for bin_ in calibration.bins
    ] == [
        ("guess", 0, 0.0),
        ("unsure", 1, 0.5),
        ("sure", 2, 0.5),
    ]


def test_answers_without_a_confidence_do_not_count() -> None:
    calibration = compute_calibration([make_saved_answer("a", "", 1)])

    assert (calibration.answers, calibration.brier, calibration.is_enough) == (
        0,
        None,
        False,
    )


def test_an_answer_without_a_score_is_right_unless_rated_again() -> None:
    calibration = compute_calibration(
        [
            make_saved_answer("a", "sure", None, rating=Rating.HARD),
            make_saved_answer("b", "sure", None, rating=Rating.AGAIN),
        ]
    )

    assert calibration.bins[2].right == 0.5
    assert [slip.card for slip in calibration.sure_but_wrong] == ["b"]


def test_sure_but_wrong_uses_the_last_answer_of_each_card() -> None:
    calibration = compute_calibration(
        [
            make_saved_answer("mended", "sure", 0, day=1),
            make_saved_answer("partly", "sure", 0.5, day=2),
            make_saved_answer("wrong", "sure", 0, day=3),
            make_saved_answer("mended", "sure", 1, day=4),
        ]
    )

    assert [slip.card for slip in calibration.sure_but_wrong] == ["wrong", "partly"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "guess", "unsure", "sure"]),
            st.none() | st.floats(0, 1),
            st.sampled_from(Rating),
        )
    )
)
def test_the_figures_stay_within_their_bounds(
    rows: list[tuple[str, float | None, Rating]],
) -> None:
    calibration = compute_calibration(
        make_saved_answer(str(number), word, score, rating=rating)
        for number, (word, score, rating) in enumerate(rows)
    )

    assert calibration.brier is None or 0 <= calibration.brier <= 0.95**2 + 1e-9
    assert sum(bin_.answers for bin_ in calibration.bins) == calibration.answers
    assert all(0 <= bin_.right <= 1 for bin_ in calibration.bins)


def test_answers_of_a_session_are_counted(collection: Collection) -> None:
    session = collection.sessions.start_review()
    session.set_confidence("sure")
    session.reveal()
    session.rate(Rating.AGAIN)

    calibration = compute_calibration(collection.reader.log.answers())

    assert [slip.card for slip in calibration.sure_but_wrong] == ["m-1"]
    session.undo()
    assert compute_calibration(collection.reader.log.answers()).answers == 0
