"""Explain in a sentence why a card comes now or waits before an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.cards import Scope, State
from flashcards.domain.formatting import month_and_day, short_date
from flashcards.scheduling.date_policy import (
    WAITING,
    YOUNG,
    DatePolicy,
    PolicyCard,
    estimate_costs,
)
from flashcards.scheduling.formulas import Formulas
from flashcards.study.queue.date_queue import (
    build_situation,
    compute_day_thresholds,
    load_date_cards,
)

if TYPE_CHECKING:
    from flashcards.domain.cards import CardRow
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.store.reader import Reader


def explain_rank(
    reader: Reader, settings: Settings, plan: StudyPlan, row: CardRow, day: int
) -> str:
    """Return the reason; empty where the study plan does not rank the card.

    That is so for decks outside of the plan and for learning steps.
    """
    interview = plan.next_interview(day)
    memory = row.memory
    is_ranked = memory.state in (State.NEW, State.REVIEW)
    if interview is None or not is_ranked or not plan.weight_of(row.deck):
        return ""
    when = month_and_day(interview.day)
    today = load_date_cards(reader, plan, Scope(), day)
    if today is None:
        return ""
    costs = estimate_costs(
        reader.log.answer_times(day), reader.figures.review_ratings(day)
    )
    situation = build_situation(plan, day)
    limits = compute_day_thresholds(today, situation, costs)
    formulas = Formulas(settings.options(row.deck).weights)
    policy = DatePolicy(formulas, costs)
    left = situation.days_left
    if memory.stability is None or memory.difficulty is None:
        share = _percent(policy.new_recall(left))
        return f"New: learned today, it has a {share} chance of recall on {when}."
    last_day = memory.last_day
    if last_day == day:
        return "Reviewed today: it comes back tomorrow at the earliest."
    if last_day is not None and last_day > day:
        return (
            f"Its last review is dated {short_date(last_day)}, because the clock was ahead. "
            "It comes back after that day."
        )
    elapsed = 0 if last_day is None else day - last_day
    recall = formulas.retrievability(memory.stability, elapsed)
    success, failure = policy.recall_after_answer(
        memory.stability, memory.difficulty, elapsed, left
    )
    now = _percent(recall * success + (1 - recall) * failure)
    later = _percent(formulas.retrievability(memory.stability, elapsed + left))
    item = PolicyCard(memory.stability, memory.difficulty, elapsed, 1.0)
    ranked = policy.rank(item, left, limits)
    gain = f"a review today raises recall on {when} from {later} to {now}."
    if left <= limits.last_pass:
        return f"Last pass: {gain}"
    if ranked.rank == YOUNG:
        return f"Low stability, so it comes first: {gain}"
    if ranked.rank == WAITING:
        share = _percent(recall)
        return (
            f"Not yet: you probably still know it ({share}), and a review closer to {when} "
            "helps more."
        )
    return f"Ranked by gain: {gain}"


def _percent(share: float) -> str:
    return f"{round(share * 100)}%"
