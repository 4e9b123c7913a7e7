"""Putting a plan's view together, and keeping each morning's forecast."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flashcards.domain.study_plan import SavedForecast
from flashcards.progress.forecast.readiness import (
    HORIZONS,
    DeckReadiness,
    Predicted,
    Readiness,
    instant_readiness,
    widening,
)
from flashcards.progress.forecast.weight_posterior import full_readiness
from flashcards.progress.log.review_log import Log
from flashcards.progress.plan import text
from flashcards.progress.plan.feasibility import (
    Feasibility,
    estimate_feasibility,
    measure_feasibility,
)
from flashcards.progress.plan.state import PlanState, plan_state
from flashcards.progress.plan.text import PlanView
from flashcards.progress.progress_callback import subprogress

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import StudyPlan
    from flashcards.store.reader import Reader


def build_plan_view(
    reader: Reader,
    settings: Settings,
    moment: Moment,
    *,
    full: bool = False,
    watch: Callable[[int, int], bool] | None = None,
    draft: StudyPlan | None = None,
    known: PlanView | None = None,
) -> PlanView | None:
    """Return the plan as it is shown today.

    Args:
        reader: What reads the store.
        settings: The settings.
        moment: Now.
        full: Compute the band of likely learners and the exact minutes, in seconds,
            instead of both by rule of thumb, in a blink.
        watch: Is told of each simulated day; returns False to stop.
        draft: A plan to look at that is not kept; None for the one that is.
        known: A full view made before. Where it is of the same plan and day its forecast
            and minutes are shown; what is left today is computed in any case.

    Returns:
        The view, or None where `watch` stopped it.
    """
    kept = reader.plan.load()
    plan = draft or kept
    days = {
        row.day: (row.reviews, row.milliseconds / 1000)
        for row in reader.log.review_days()
    }
    state = plan_state(reader, settings, plan, moment) if plan else None
    if plan is None or state is None:
        return PlanView(
            plan=plan,
            today=moment.day,
            date_summary=text.date_summary(plan, moment.day) if plan else "",
            sentence=text.without_cards(plan, moment.day),
            readiness=None,
            feasibility=None,
            now=None,
            week=text.week_of(plan, moment.day, days, None) if plan else (),
        )
    found = _computed(reader, state, full=full, watch=watch, known=known)
    if found is None:
        return None
    readiness, feasibility = found
    last = max((day for day in days if day <= moment.day), default=None)
    return PlanView(
        plan=plan,
        today=moment.day,
        date_summary=text.date_summary(plan, moment.day),
        sentence=text.verdict(state, feasibility, last),
        readiness=readiness,
        feasibility=feasibility,
        now=text.today_of(state, readiness),
        week=text.week_of(
            plan, moment.day, days, readiness, kept.minutes if kept else None
        ),
        forecasts=tuple(morning_forecasts(state, readiness)) if full else (),
    )


def _computed(
    reader: Reader,
    state: PlanState,
    *,
    full: bool,
    watch: Callable[[int, int], bool] | None,
    known: PlanView | None,
) -> tuple[Readiness, Feasibility] | None:
    forecasts = reader.plan.forecasts()
    widen = widening(forecasts)
    if not full:
        quick = instant_readiness(state, widen=widen)
        before = _known_before(state, quick, known)
        if before is not None:
            return before
        if state.plan == reader.plan.load():
            quick = _with_kept_band(state, quick, forecasts)
        return quick, estimate_feasibility(state, quick.all.value)
    # However long the log is, nobody is kept from stopping.
    slices = reader.figures.review_log(lambda *_: watch is None or watch(0, state.left))
    if slices is None:
        return None
    # Of cards that are anchored the log tells too little; their memory is taken as believed.
    log = Log.unpacked(slices).without_cards(reader.figures.anchored_since())
    readiness = full_readiness(state, log, widen=widen, watch=subprogress(watch, 0, 2))
    if readiness is None:
        return None
    optimism = readiness.believed - readiness.all.value
    feasibility = measure_feasibility(
        state, optimism=optimism, watch=subprogress(watch, 1, 2)
    )
    if feasibility is None:
        return None
    # One figure on the screen: the learners' one, not that of the fewer runs of a trial.
    return readiness, replace(feasibility, readiness=readiness.all.value)


def _known_before(
    state: PlanState, quick: Readiness, known: PlanView | None
) -> tuple[Readiness, Feasibility] | None:
    """Return the forecast of a full view of the same plan and day; None where it is of another."""
    if known is None or known.plan != state.plan or known.today != state.today:
        return None
    readiness, feasibility = known.readiness, known.feasibility
    if readiness is None or feasibility is None:
        return None
    today = replace(
        readiness, new=quick.new, reviews=quick.reviews, seconds=quick.seconds
    )
    return today, feasibility


def _with_kept_band(
    state: PlanState, quick: Readiness, forecasts: list[SavedForecast]
) -> Readiness:
    """Return the quick forecast with this morning's full one in its place, where it is there.

    Minutes of study today move it little; another plan makes it another forecast.
    """
    kept = [
        row
        for row in forecasts
        if row.is_full
        and row.made_day == state.today
        and row.target_day == quick.day
        and row.minutes == state.plan.minutes
        and row.cards == len(state.cards)
    ]
    if not kept:
        return quick
    row = kept[-1]
    # Only the whole is kept; its parts move with it, so that they still make it up.
    more = row.readiness - quick.all.value
    return replace(
        quick,
        all=Predicted(row.readiness, row.low, row.high),
        decks=tuple(_moved(one, more) for one in quick.decks),
        areas=tuple(_moved(one, more) for one in quick.areas),
        is_full=True,
    )


def _moved(one: DeckReadiness, more: float) -> DeckReadiness:
    band = one.predicted
    ends = (band.value, band.low, band.high)
    moved = (min(max(end + more, 0.0), 1.0) for end in ends)
    return replace(one, predicted=Predicted(*moved))


def morning_forecasts(state: PlanState, readiness: Readiness) -> list[SavedForecast]:
    """Return what is kept of a forecast: today's state, 7, 14 and 30 days, and the day."""
    wanted = {0, *HORIZONS, state.left}
    rows = []
    for ahead in sorted(wanted):
        if ahead >= len(readiness.path) and ahead != state.left:
            continue
        one = readiness.all if ahead == state.left else readiness.path[ahead]
        if ahead == 0:
            # What is known today is compared with, not doubted.
            one = Predicted(one.value, one.value, one.value)
        rows.append(
            SavedForecast(
                made_day=state.today,
                target_day=state.today + ahead,
                readiness=one.value,
                low=min(one.low, one.value),
                high=max(one.high, one.value),
                minutes=round(readiness.minutes),
                cards=len(state.cards),
                is_full=readiness.is_full,
            )
        )
    return rows
