"""Keywords of a recall match however their words are joined, and nothing else matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.content import Point, RecallNote
from flashcards.grading.recall import found_points


def finds(keyword: str, text: str) -> bool:
    note = RecallNote(id="r", question="q", points=(Point("p", keywords=(keyword,)),))
    return bool(found_points(note, text))


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("A/B test", "we run an AB test first"),
        ("A/B test", "an A/B test, then a rollout"),
        ("AB test", "Do A/B tests."),
        ("A/B", "AB"),
        ("trade-off", "the tradeoffs matter"),
        ("tradeoff", "the trade-offs matter"),
        ("tradeoff", "a trade off between them"),
        ("trade off", "tradeoff"),
        ("F1-score", "the F1 score"),
        ("F1 score", "F1-score"),
        ("F1-score", "F1score"),
        ("k-means", "kmeans clustering"),
        ("kmeans", "use k-means"),
        ("kmeans", "use k means"),
        ("k means", "kmeans"),
        ("rerank", "then re-rank them"),
        ("re-rank", "then rerank"),
        ("CI/CD", "with CI CD"),
        ("CICD", "CI/CD"),
        ("I/O", "IO bound"),
        ("IO", "I/O bound"),
        ("train/test split", "train-test split"),
        ("chargeback", "Charge-backs come late"),
        ("pre-trained", "pretrained models"),
        ("the manual review", "manual reviews"),
    ],
)
def test_a_keyword_is_found_whatever_joins_its_words(keyword: str, text: str) -> None:
    assert finds(keyword, text)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("10/2", "102"),
        ("102", "10/2"),
        ("10/2", "10 2"),
        ("10", "1 0"),
        ("1/2", "12"),
        ("L2", "L-2"),
        ("C/C++", "CC++"),
        ("C/C++", "C"),
        ("x/y", "xy"),
        ("A/B", "B/A"),
        ("TP/FP", "FP/TP"),
        ("and/or", "andor"),
        ("on/off", "onoff"),
        ("on-off", "off-on"),
        ("logit", "we log it"),
        ("therapist", "the rapist"),
        ("biased", "not biased"),
        ("A/B test", "no A/B test"),
        ("A/B test", "without an AB test"),
        ("biased", "this is not a biased one"),
        ("C", "C++ is compiled"),
        ("C", "in C#"),
        ("n", "it grows with n!"),
        ("x", "x² is convex"),
        ("10", "10%"),
        ("A", "a model"),
        ("A", "A model"),
    ],
)
def test_another_fact_does_not_match_a_keyword(keyword: str, text: str) -> None:
    assert not finds(keyword, text)


words = st.lists(
    st.text("bcdfgkmprtxz", min_size=3, max_size=7), min_size=1, max_size=3
)


@given(
    words, words, words, st.sampled_from([" ", "-"]), st.sampled_from([" ", "-", ""])
)
def test_words_are_found_in_any_sentence_joined_in_any_way(
    before: list[str], keyword: list[str], after: list[str], one: str, other: str
) -> None:
    text = " ".join([*before, other.join(keyword), *after])

    assert finds(one.join(keyword), text)
