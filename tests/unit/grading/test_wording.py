"""Phrases with the same meaning are the same, and slips are only slips."""

from __future__ import annotations

import re

import pytest

from tests.helpers import PROJECT
from tests.unit.grading.readings import reading


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Macro-Average", "macro average"),
        ("macroaverage", "macro average"),
        ("  the  macro   average. ", "macro average"),
        ("naïve Bayes", "naive bayes"),
        ("Simpsons paradox", "Simpson's paradox"),
        ("recall @ 10", "recall@10"),
        ("L 2", "L2"),
        ("nonlinear", "non-linear"),
        ("C++", "c++"),
        ("STRASSE", "Straße"),
    ],
)
def test_case_accents_spaces_and_hyphens_do_not_count(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "same"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("macro avrage", "macro average"),
        ("macor average", "macro average"),
        ("precison", "precision"),
        ("percision", "precision"),
        ("calibartion", "calibration"),
        ("covariates shift", "covariate shift"),
        ("concept drifts", "concept drift"),
    ],
)
def test_a_small_slip_is_accepted(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "slip"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("micro average", "macro average"),
        ("micro", "macro"),
        ("F2 score", "F1 score"),
        ("1.5", "15"),
        ("type 11 error", "type 1 1 error"),
        ("L1 regularisation", "L2 regularisation"),
        ("supervised", "unsupervised"),
        ("unbalanced", "balanced"),
        ("symmetric", "asymmetric"),
        ("stationary", "nonstationary"),
        ("implicit feedback", "explicit feedback"),
        ("internal", "external"),
        ("inductive", "deductive"),
        ("maximum", "minimum"),
        ("push model", "pull model"),
        ("date drift", "data drift"),
        ("not normal", "normal"),
        ("ROC", "PRC"),
        ("recall", "precision"),
        ("", "precision"),
    ],
)
def test_another_meaning_is_not_a_slip(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "other"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("macro average", "the Macro-Average."),
        ("≥ 5", ">= 5"),
        (">= 5", "≥ 5"),
        ("x ≥ 5", "x >= 5"),
        ("sigma^2", "σ²"),
        ("sigma squared", "σ²"),
        ("σ^2", "σ²"),
        ("beta", "β"),
        ("x bar", "x̄"),
        ("x bar y bar", "x̄ȳ"),
        ("xbar", "x̄"),
        ("y hat", "ŷ"),
        ("y-hat", "ŷ"),
        ("inf", "∞"),
        ("infinity", "∞"),
        ("a -> b", "a → b"),
        ("A to B", "A → B"),
        ("lambda", "λ"),
        ("alpha = 0.05", "α = 0.05"),
        ("O(n log n)", "O(n log n)"),
        ("o(nlogn)", "O(n log n)"),
        ("3x10^4", "3 × 10⁴"),
        ("30000", "3 × 10⁴"),
        ("10^6", "10⁶"),
        ("1,000,000", "10⁶"),
        ("50 percent", "50%"),
        ("1/2", "½"),
        ("5 million", "5,000,000"),
        ("5e6", "5 million"),
        ("0.5", "½"),
        ("P(x given y)", "P(x|y)"),
        ("R2", "R²"),
        ("R-squared", "R²"),
        ("chi-squared", "χ²"),
        ("chi squared test", "χ² test"),
        ("recall at 10", "recall@10"),
        ("naive", "naïve"),
        ("Mobius", "Möbius"),
        ("cafe", "café"),
        ("nai\u0308ve", "naïve"),
        ("T5", "T5"),
        ("x1", "x₁"),
        ("x_1", "x₁"),
        ("A", "A"),
        ("plan b", "Plan B"),
        ("sqrt(n)", "√n"),
        ("sqrt n", "√n"),
        ("not x", "¬x"),
        ("p < 0.05", "p<0.05"),
        ("KL(p||q)", "KL(p‖q)"),
        ("simpsons paradox", "Simpson’s paradox"),
        ("don't", "don’t"),
        ("tpr/fpr", "TPR / FPR"),
        ("mean squared error MSE", "mean squared error (MSE)"),
        ("confusion matrix", "a confusion matrix"),
        ("A confusion matrix", "confusion matrix"),
        ("the area under a curve", "area under the curve"),
        ("x in S", "x ∈ S"),
        ("1/sqrt(d_k)", "1/√d_k"),
        ("1/sqrt(d_k)", "1/√(d_k)"),
        ("Delta", "Δ"),
        ("delta t", "Δt"),
        ("mu", "µ"),
        ("mu", "μ"),
        ("us", "µs"),
        ("+-5", "±5"),
        ("+/- 5", "± 5"),
        ("e^-x", "e⁻ˣ"),
        ("A^T", "Aᵀ"),
        ("n!", "n!"),
        ("50 %", "50%"),
        ("minus 5", "−5"),
        ("-5", "−5"),
        ("U.S.", "US"),
        ("theta hat", "θ̂"),
        ("ｂｅｒｔ", "BERT"),
        ("数据", "数据"),
        ("two-tower", "two tower"),
        ("right tack", "⊢"),
        ("GPT4", "GPT-4"),
        ("数据漂移。", "数据漂移"),
        ("データドリフト｡", "データドリフト"),
        ("data drift．", "data drift"),
        ("100 milliseconds", "100 ms"),
        ("100ms", "100 milliseconds"),
        ("5 seconds", "5 s"),
        ("2 hrs", "2 hours"),
        ("10 gigabytes", "10 GB"),
        ("5 mb", "5 MB"),
        ("100 megabits", "100 Mb"),
        ("P(x) ≤ .5", "P(x) ≤ 0.5"),
        ("P(x) <= 0.50", "P(x) ≤ 0.5"),
        ("≤ 0.50.", "≤ 0.5"),
        ("recall > .5", "recall > 0.5"),
        ("beta = 2.0", "β = 2"),
        ("O(log2(n))", "O(log₂ n)"),
        ("O(n log(n))", "O(n log n)"),
        ("type 1 error", "type I error"),
        ("Type-II error", "type 2 error"),
        ("HTTP 2", "HTTP/2"),
        ("http2", "HTTP/2"),
        ("HTTP 1.1", "HTTP/1.1"),
        ("F-1", "F1"),
        ("f-1 score", "F1 score"),
        ("χ2 test", "χ² test"),
        ("x ⩽ 5", "x <= 5"),
        ("more than 0.2", "> 0.2"),
        ("p is less than 0.05", "p < 0.05"),
        ("not equal to", "≠"),
        ("a is not equal to b", "a ≠ b"),
    ],
    ids=ascii,
)
def test_a_phrase_may_be_typed_as_it_is_spoken(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "same"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("5 to 10", "5-10"),
        ("from 5 to 10", "5–10"),
        ("between 5% and 10%", "5%-10%"),
        ("5 dollars", "$5"),
        ("5 USD", "$5"),
        ("€5", "5 euros"),
        ("10k users", "10,000 users"),
        ("10,000", "10k"),
        ("2.5k", "2500"),
        ("3 replicas", "three replicas"),
        ("three replicas", "3 replicas"),
        ("twenty-one", "21"),
        ("onehot vector of size 10", "one-hot vector of size 10"),
        ("1st", "first"),
        ("second layer", "2nd layer"),
        ("5 seconds", "5 s"),
        ("no more than 5", "at most 5"),
        ("not less than k", "at least k"),
        ("up to 5", "at most 5"),
        ("is not normalized", "isn't normalized"),
        ("doesnt converge", "does not converge"),
        ("can't", "cannot"),
        ("can not be negative", "can't be negative"),
        ("will not", "won’t"),
        ("drift", "drift…"),
        ("drift...", "drift"),
        ("ls -R", "`ls -R`"),
        ("x not in S", "x ∉ S"),
        ("x is not an element of S", "x ∉ S"),
        ("1-beta", "1 − β"),
        ("1 - alpha", "1-α"),
        ("neural network NN", "neural network (NN)"),
        ("العربية", "العَرَبِيَّة"),
        ("مدرّسة", "مُدَرِّسة"),
        ("שלום", "שָׁלוֹם"),
        ("\u200fשלום", "שלום"),
        ("data\u200b drift", "data drift"),
        ("❤", "❤️"),
    ],
    ids=ascii,
)
def test_one_fact_may_be_written_in_several_ways(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "same"


def documented(heading: str, until: str) -> list[tuple[str, str]]:
    """Return the pairs that a table of the docs shows in one row."""
    page = (PROJECT / "docs" / "quizzes.md").read_text("utf-8")
    lines = page.partition(heading)[2].partition(until)[0].splitlines()
    rows = [line.partition(" | ") for line in lines if line.startswith("| ")]
    return [
        pair
        for left, _, right in rows
        for pair in (
            [(left.strip("| `"), typed) for typed in re.findall("`([^`]+)`", right)]
            if "`" in left
            else re.findall("`([^`]+)` and `([^`]+)`", right)
        )
    ]


@pytest.mark.parametrize(
    ("shown", "typed"), documented("| shown | typed |", "Any other symbol"), ids=ascii
)
def test_every_spelling_of_the_docs_is_right(shown: str, typed: str) -> None:
    assert reading(typed, shown) == "same"


@pytest.mark.parametrize(
    ("one", "other"), documented("Never forgiven", "### Points"), ids=ascii
)
def test_what_the_docs_call_never_accepted_is_not_accepted(
    one: str, other: str
) -> None:
    assert (reading(one, other), reading(other, one)) == ("other", "other")
