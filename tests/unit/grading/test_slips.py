"""A typed word is another answer, not a slip."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.unit.grading.readings import reading


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("three", "tree"),
        ("three", "there"),
        ("thirty", "thirsty"),
        ("first", "fist"),
        ("fourth", "forth"),
        ("seven", "sevven"),
        ("sharding", "sharing"),
        ("resharding", "resharing"),
        ("bagging", "begging"),
        ("bagging", "bugging"),
        ("biased", "based"),
        ("causes", "cases"),
        ("locking", "lacking"),
        ("Poisson distribution", "poison distribution"),
        ("weighting", "weighing"),
        ("caching", "coaching"),
        ("batching", "bathing"),
        ("boosting", "boasting"),
        ("clipping", "clapping"),
        ("filtering", "faltering"),
        ("Markov chain", "Markov chin"),
        ("bloom filter", "boom filter"),
        ("ridge regression", "ride regression"),
        ("sigma", "stigma"),
        ("sentence", "sentience"),
        ("prediction", "predication"),
        ("public", "pubic"),
        ("stable", "stabile"),
        ("planning", "planing"),
        ("quantile", "quartile"),
        ("quantile", "quintile"),
        ("overfitting", "overfilling"),
    ],
)
def test_a_word_is_never_a_slip_of_another(one: str, other: str) -> None:
    assert (reading(one, other), reading(other, one)) == ("other", "other")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("covarient", "covariant"),
        ("presicion", "precision"),
        ("recal", "recall"),
        ("shardng", "sharding"),
        ("maping", "mapping"),
        ("occured", "occurred"),
        ("baggiing", "bagging"),
        ("embeding", "embedding"),
        ("boostting", "boosting"),
        ("transfered learning", "transferred learning"),
        ("batchign", "batching"),
        ("labelled", "labeled"),
        ("artefacts", "artifacts"),
        ("normalisation", "normalization"),
        ("hypotheses", "hypothesis"),
        ("feature crosses", "feature cross"),
        ("hash map", "hash maps"),
        ("bloom filters", "bloom filter"),
        ("design matrices", "design matrix"),
        ("target policies", "target policy"),
    ],
)
def test_a_slip_that_is_not_a_word_is_accepted(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "slip"


def test_the_word_list_is_loaded_only_at_the_first_slip() -> None:
    program = """
import sys
from flashcards.grading.words.wording import is_same, is_slip
is_same("macro average", "macro average")
is_slip("something else", "macro average")
print("spellchecker" in sys.modules)
is_slip("macro averge", "macro average")
print("spellchecker" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("covariat shift", "covariate shift"),
        ("qovariate shift", "covariate shift"),
        ("resnext", "ResNet"),
        ("psl", "PSI"),
        ("regulation", "relation"),
        ("botch", "batch"),
        ("truck", "track"),
    ],
)
def test_edits_that_make_other_words_are_not_slips(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "other"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("percision", "precision"),
        ("precission", "precision"),
        ("hetroscedasticity", "heteroscedasticity"),
        ("optimiser", "optimizer"),
        ("labelling", "labeling"),
        ("seperate", "separate"),
        ("k-nearest neighbours", "k-nearest neighbors"),
        ("macroavrage", "macro average"),
        ("beta distributoin", "β distribution"),
        ("регрессия", "регресия"),
    ],
)
def test_typical_slips_are_accepted(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "slip"
