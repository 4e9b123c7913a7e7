"""Words are the same where people mean the same, and slips stay slips."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from flashcards.grading.wording import is_same, is_slip


def reading(given: str, wanted: str) -> str:
    if is_same(given, wanted):
        return "same"
    return "slip" if is_slip(given, wanted) else "other"


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
def test_a_small_slip_is_forgiven(given: str, wanted: str) -> None:
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
def test_another_meaning_is_no_slip(given: str, wanted: str) -> None:
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
    ("one", "other"),
    [
        ("variant A", "variant B"),
        ("variant a", "variant B"),
        ("variant", "variant B"),
        ("group C", "group A"),
        ("group B", "group A"),
        ("type I error", "type II error"),
        ("L1", "L2"),
        ("v1", "v2"),
        ("p50", "p95"),
        ("C", "C++"),
        ("C#", "C++"),
        ("C", "C#"),
        ("x", "x̄"),
        ("y", "ŷ"),
        ("x", "x²"),
        ("x2", "x²"),
        ("x_2", "x²"),
        ("102", "10²"),
        ("a × b", "a · b"),
        ("a typical value", "atypical value"),
        ("a symmetric matrix", "asymmetric matrix"),
        ("[0, 1)", "(0, 1)"),
        ("[0,1]", "[0,1)"),
        ("e^x", "e^-x"),
        ("x-1", "x+1"),
        ("x1", "x-1"),
        ("5", "-5"),
        ("n", "n!"),
        ("f", "f'"),
        ("log p", "-log p"),
        ("1.1", "1.10"),
        ("Adam", "AdamW"),
        ("ResNet", "ResNeXt"),
        ("million", "billion"),
        ("one million", "one billion"),
        ("ascending", "descending"),
        ("covariance", "covariate"),
        ("covariance shift", "covariate shift"),
        ("quartile", "quantile"),
        ("terabytes", "petabytes"),
        ("micro", "macro"),
        ("over fitting", "under fitting"),
        ("overfitting", "underfitting"),
        ("pretraining", "posttraining"),
        ("pre-training", "post-training"),
        ("not biased", "biased"),
        ("biased", "unbiased"),
        ("upstream", "downstream"),
        ("encoder", "decoder"),
        ("encoding", "decoding"),
        ("import", "export"),
        ("precision@5", "precision@10"),
        ("A/B test", "B test"),
        ("A test", "B test"),
        ("й", "и"),
        ("が", "か"),
        ("a+b", "a-b"),
        ("有不平衡数据集", "有平衡数据集"),
        ("데이터드리프트", "데이터드리트"),
        ("x̄y", "xy"),
        ("e^(ab-2)", "e^(ab2)"),
        ("Cl-", "Cl"),
        (".", "-"),
        ("f(x)", "f[x]"),
        ("?", "!"),
        ("5G", "5B"),
        ("4K", "4000"),
        ("7B", "7 billion"),
        ("5 million", "5 billion"),
        ("(a+b)/c", "a+b/c"),
        ("P(A,B)", "P(A|B)"),
        ("<5", ">5"),
        ("<= 5", "< 5"),
        ("true positive", "false positive"),
        ("true positives", "true negatives"),
        ("left join", "right join"),
        ("increase", "decrease"),
        ("max pooling", "min pooling"),
        ("hard", "herd"),
        ("x, y", "xy"),
        ("1:10", "1:1"),
        ("0.1", "0.01"),
        ("10%", "10"),
        ("AUC-ROC", "AUC-PRC"),
        ("BERT", "BART"),
        ("RoBERTa", "DeBERTa"),
        ("Kafka A", "Kafka B"),
        ("α", "β"),
        ("beta", "β̂"),
        ("σ", "σ²"),
        ("∑", "σ"),
        ("1e6", "1e7"),
        ("no", "not"),
        ("able", "not able"),
        ("notable", "not able"),
        ("one", "none"),
        ("sensitivity", "specificity"),
        ("t-test", "z-test"),
        ("F1", "F2"),
        ("IPv4", "IPv6"),
        ("type 1", "type 11"),
        ("type 1 1", "type 11"),
        ("left", "lift"),
        ("inter-rater", "intra-rater"),
        ("H0", "H1"),
        ("option 1", "option 2"),
        ("class i", "class j"),
        ("row", "raw"),
        ("MAP", "MAE"),
        ("exploit", "explore"),
        ("sync", "async"),
        ("synchronous", "asynchronous"),
        ("stateful", "stateless"),
        ("A/B test", "A/A test"),
        ("P(A)", "P(a')"),
        ("2 phase commit", "3-phase commit"),
        ("HTTP", "HTTPS"),
        ("SGD", "SGDW"),
        ("GPT-3", "GPT-4"),
        ("1,5", "1.5 k"),
        ("Python >= 3.10", "Python ≥ 3.1"),
        (">= 3.10", ">= 3.1"),
        ("version 1.10", "version 1.1"),
        ("x = 10.0", "x = 1.0"),
        ("p ≤ .05", "p ≤ .5"),
        ("5 megabytes", "5 Mb"),
        ("5 MB", "5 Mb"),
        ("10 GBps", "10 Gbps"),
        ("5 m", "5 min"),
        ("100 s", "100 ms"),
        ("log(n)^2", "log n^2"),
        ("log2(n)", "log n"),
        ("log2(n+1)", "log2 n + 1"),
        ("type 1 error", "type II error"),
        ("type 11 error", "type II error"),
        ("HTTP 2", "HTTP/3"),
        ("HTTP/1.1", "HTTP/11"),
        ("F-1", "F2"),
        ("x-1", "x1"),
        ("T-1", "T1"),
        ("χ2", "χ³"),
        ("more than 0.2", "≥ 0.2"),
        ("no more than 0.2", "> 0.2"),
        ("not less than 0.2", "< 0.2"),
        ("much more than 5", "> 5"),
        ("more than 5", "5"),
        ("not equal to", "="),
    ],
    ids=ascii,
)
def test_another_fact_is_neither_the_same_nor_a_slip(one: str, other: str) -> None:
    assert (reading(one, other), reading(other, one)) == ("other", "other")


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
def test_edits_that_make_other_words_are_no_slips(given: str, wanted: str) -> None:
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
def test_slips_of_those_who_knew_the_word_are_forgiven(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "slip"


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
def test_what_is_no_other_word_stays_a_slip(given: str, wanted: str) -> None:
    assert reading(given, wanted) == "slip"


def test_the_word_list_is_loaded_with_the_first_slip_alone() -> None:
    program = """
import sys
from flashcards.grading.wording import is_same, is_slip
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


def documented(heading: str, until: str) -> list[tuple[str, str]]:
    """Return the pairs that a table of the docs shows in one row."""
    page = (Path(__file__).parents[3] / "docs" / "quizzes.md").read_text("utf-8")
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
def test_what_the_docs_say_is_never_forgiven_never_is(one: str, other: str) -> None:
    assert (reading(one, other), reading(other, one)) == ("other", "other")
