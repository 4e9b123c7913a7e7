"""A home with one note of each graded kind, and a card to be confused with one of them."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from tests.conftest import OpenHomeWith
from tests.helpers import deck

QUIZ_NOTES = deck(
    """
    deck: quiz/all
    title: Every kind
    topics: {scores: Scores, systems: Systems}
    notes:
      - id: q-choice
        kind: choice
        topic: scores
        question: Which score drops most when a rare class fails?
        options:
          - {text: Micro F1, why: Examples count., misconception: q-micro}
          - {text: Macro F1, correct: true, why: Classes count.}
          - {text: Accuracy, misconception: accuracy-sees-all}
      - id: q-several
        kind: choice
        topic: scores
        question: Which are ranking metrics?
        options:
          - {text: NDCG, correct: true}
          - {text: MRR, correct: true}
          - {text: Accuracy}
      - id: q-numeric
        kind: numeric
        topic: systems
        question: How many run at once at {qps} a second for {ms} ms each?
        answer: qps * ms / 1000
        tolerance: 5%
        variables: {qps: [500, 1000, 2000], ms: [20, 50, 125]}
        working: "{qps} x {ms} / 1000 = {answer}"
      - id: q-typed
        kind: typed
        topic: scores
        question: Which average counts classes alike?
        accept: [macro average, macro]
      - id: q-order
        kind: order
        topic: systems
        question: From fast to slow?
        items: [L1 cache, memory, SSD, disk]
      - id: q-match
        kind: match
        topic: scores
        question: What is what?
        pairs:
          - {left: precision, right: TP / (TP + FP)}
          - {left: recall, right: TP / (TP + FN)}
        lures: [TN / N]
      - id: q-recall
        kind: recall
        topic: systems
        question: What delays fraud labels?
        points:
          - {text: Chargebacks, required: true, keywords: [chargeback]}
          - {text: Review queues, keywords: [queue]}
          - Disputes
      - id: q-micro
        topic: scores
        front: What does micro average count alike?
        back: Examples.
    """
)


@pytest.fixture
def quizzes(open_home_with: OpenHomeWith) -> Collection:
    """A home that holds the deck `quiz/all`: seven graded cards and a basic one."""
    return open_home_with("all.yaml", QUIZ_NOTES)
