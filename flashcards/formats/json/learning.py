"""What was learned, and what was planned, as plain data for JSON and back.

Whatever is read was written by others perhaps: each value is held to its type and range.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.decks.fields.kinds import ID
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.bundle import CardHistory, NoteReport, PastReview
from flashcards.domain.cards import Anchor, Memory, Reason, State
from flashcards.domain.study_plan import (
    TASK_KINDS,
    Interview,
    SavedForecast,
    StudyPlan,
    Task,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Plain = dict[str, Any]

REVIEW_FIELDS = PastReview._fields
"""A review is a list of these."""

_MEMORY = tuple(field.name for field in fields(Memory))
_VALUES = attrgetter(*_MEMORY)
_CARD = re.compile(rf"{ID}(?::(?:reverse|c[1-9][0-9]?))?", re.ASCII)
_NOTE = re.compile(ID, re.ASCII)
_UID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_LATEST = (1 << 48) - 1
_LAST_DAY = 3_652_059
_MOST = (1 << 31) - 1
_LONGEST_TEXT = 100_000
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class WrongValueError(ValueError):
    """A value is not what it must be."""


def card_to_plain(history: CardHistory) -> Plain:
    """Return what was learned of a card; what is as in a new card is left out."""
    memory = _memory_to_plain(history.memory or Memory())
    flags = {
        "suspended": history.suspended,
        "buried_until": history.buried_until,
        "leech": history.leech,
    }
    return {
        "card": history.card,
        **memory,
        **{name: value for name, value in flags.items() if value not in (None, False)},
        "reviews": [
            [*one[:-1], _answer_to_plain(one.answer)] for one in history.reviews
        ],
        **(
            {"anchors": list(map(_anchor_to_plain, history.anchors))}
            if history.anchors
            else {}
        ),
    }


def card_from_plain(data: object) -> CardHistory:
    """Return what `card_to_plain` wrote.

    Raises:
        WrongValueError: something in it is not what it must be.
    """
    given = _mapping(data)
    reviews = [_review(one) for one in _list(given.get("reviews"))]
    anchors = [_anchor(one, len(reviews)) for one in _list(given.get("anchors"))]
    places = [one.after for one in anchors]
    if places != sorted(places):
        raise WrongValueError
    return CardHistory(
        card=_matching(given.get("card"), _CARD),
        reviews=reviews,
        memory=_memory(given),
        is_exact=True,
        anchors=anchors,
        suspended=_flag(given.get("suspended", False)),
        buried_until=_maybe(given.get("buried_until"), _day),
        leech=_flag(given.get("leech", False)),
    )


def plan_to_plain(plan: StudyPlan) -> Plain:
    """Return a plan with every day as a date ordinal."""
    return asdict(plan)


def plan_from_plain(data: object) -> StudyPlan:
    """Return what `plan_to_plain` wrote.

    Raises:
        WrongValueError: something in it is not what it must be.
    """
    given = _mapping(data)
    weights = [_list(one, 2) for one in _list(given.get("weights"))]
    plan = StudyPlan(
        started_day=_day(given.get("started_day")),
        interviews=tuple(map(_interview, _list(given.get("interviews")))),
        minutes=_whole(given.get("minutes"), 0, 1440),
        target=_number(given.get("target"), 1e-9, 1),
        weekdays_off=tuple(
            _whole(one, 0, 6) for one in _list(given.get("weekdays_off"))
        ),
        dates_off=tuple(map(_day, _list(given.get("dates_off")))),
        scope=tuple(map(_text, _list(given.get("scope")))),
        weights=tuple(
            (_text(deck), _number(weight, 0, 1000)) for deck, weight in weights
        ),
        tasks=tuple(map(_task, _list(given.get("tasks")))),
    )
    for names in (
        [one.day for one in plan.interviews],
        [deck for deck, _ in plan.weights],
        [task.name for task in plan.tasks],
    ):
        if len(set(names)) < len(names):
            raise WrongValueError
    return plan


def forecast_from_plain(data: object) -> SavedForecast:
    """Return a forecast with good values.

    Raises:
        WrongValueError: something in it is not what it must be.
    """
    given = _mapping(data)
    shares = {
        name: _number(given.get(name), 0, 1) for name in ("readiness", "low", "high")
    }
    if not shares["low"] <= shares["readiness"] <= shares["high"]:
        raise WrongValueError
    return SavedForecast(
        made_day=_day(given.get("made_day")),
        target_day=_day(given.get("target_day")),
        **shares,
        minutes=_whole(given.get("minutes"), 0, _MOST),
        cards=_whole(given.get("cards"), 0, _MOST),
        is_full=_flag(given.get("is_full")),
    )


def report_from_plain(data: object) -> NoteReport:
    """Return a learner's report with good values.

    Raises:
        WrongValueError: something in it is not what it must be.
    """
    given = _mapping(data)
    return NoteReport(
        note=note_key(given.get("note")),
        card=_maybe(given.get("card"), lambda card: _matching(card, _CARD)),
        text=_text(given.get("text")),
        at=_whole(given.get("at"), 0, _LATEST),
    )


class NamedDeck(NamedTuple):
    """How a deck is called in its own program."""

    deck: str
    """Its key."""
    name: str
    is_of_file: bool


def name_to_plain(named: NamedDeck) -> Plain:
    """Return how a deck is called, with what is not usual."""
    usual = {"deck": named.deck, "name": named.name}
    return {**usual, "is_of_file": True} if named.is_of_file else usual


def name_from_plain(data: object) -> NamedDeck:
    """Return what `name_to_plain` wrote.

    Raises:
        WrongValueError: something in it is not what it must be.
    """
    given = _mapping(data)
    return NamedDeck(
        _text(given.get("deck")),
        _text(given.get("name")),
        _flag(given.get("is_of_file", False)),
    )


def note_key(value: object) -> str:
    """Return the key of a note.

    Raises:
        WrongValueError: it is none.
    """
    return _matching(value, _NOTE)


def _memory_to_plain(memory: Memory) -> Plain:
    values = dict(zip(_MEMORY, _VALUES(memory), strict=True))
    values["state"] = memory.state.name.lower()
    return {name: value for name, value in values.items() if value is not None}


def _memory(given: Plain) -> Memory:
    names = {state.name.lower(): state for state in State}
    state = names.get(str(given.get("state")))
    if state is None:
        raise WrongValueError
    memory = Memory(
        state=state,
        step=_maybe(given.get("step"), _count),
        stability=_maybe(given.get("stability"), lambda s: _number(s, 1e-6, 1e9)),
        difficulty=_maybe(given.get("difficulty"), lambda d: _number(d, 1, 10)),
        due_day=_maybe(given.get("due_day"), _day),
        due_at=_maybe(given.get("due_at"), lambda at: _whole(at, 0, _LATEST)),
        last_day=_maybe(given.get("last_day"), _day),
        interval_seconds=_whole(given.get("interval_seconds", 0), 0, 1 << 40),
        reps=_count(given.get("reps", 0)),
        lapses=_count(given.get("lapses", 0)),
    )
    if (memory.state is State.NEW) != (memory.due_day is None):
        raise WrongValueError
    is_scheduled = memory.state in (State.REVIEW, State.RELEARNING)
    if is_scheduled and None in (memory.stability, memory.difficulty):
        raise WrongValueError
    return memory


def _anchor_to_plain(anchor: Anchor) -> Plain:
    return {
        "reason": str(anchor.reason),
        "after": anchor.after,
        "at": anchor.at,
        "day": anchor.day,
        "uid": anchor.uid,
        **_memory_to_plain(anchor.memory),
    }


def _anchor(data: object, reviews: int) -> Anchor:
    given = _mapping(data)
    reason = given.get("reason")
    if reason not in list(Reason):
        raise WrongValueError
    return Anchor(
        reason=Reason(reason),
        memory=_memory(given),
        at=_whole(given.get("at"), 0, _LATEST),
        day=_day(given.get("day")),
        after=_whole(given.get("after"), 0, reviews),
        uid=_uid(given.get("uid", "")),
    )


def _review(data: object) -> PastReview:
    at, day, rating, duration, state, wait, uid, answer = _list(
        data, len(REVIEW_FIELDS)
    )
    return PastReview(
        _whole(at, 0, _LATEST),
        _day(day),
        _whole(rating, 1, 4),
        _whole(duration, 0, _MOST),
        _whole(state, 0, 3),
        _whole(wait, 0, 1 << 40),
        _uid(uid),
        _answer(answer),
    )


def _answer_to_plain(answer: str | None) -> object:
    """Return an answer as data where that is what it says, to the letter."""
    if answer is None:
        return None
    try:
        data = json.loads(answer)
    except ValueError:
        return answer
    return data if isinstance(data, dict) and _ENCODE(data) == answer else answer


def _answer(value: object) -> str | None:
    if value is None:
        return None
    text = _ENCODE(value) if isinstance(value, dict) else value
    if not isinstance(text, str) or len(text) > _LONGEST_TEXT or REFUSED.search(text):
        raise WrongValueError
    return text


def _interview(data: object) -> Interview:
    given = _mapping(data)
    return Interview(_day(given.get("day")), _text(given.get("title", "")))


def _task(data: object) -> Task:
    given = _mapping(data)
    kind = given.get("kind")
    if kind not in TASK_KINDS:
        raise WrongValueError
    return Task(
        name=_text(given.get("name")),
        kind=str(kind),
        title=_text(given.get("title")),
        minutes=_whole(given.get("minutes", 0), 0, 100_000),
        day=_maybe(given.get("day"), _day),
        done_day=_maybe(given.get("done_day"), _day),
    )


def _mapping(value: object) -> Plain:
    if not isinstance(value, dict):
        raise WrongValueError
    return value


def _list(value: object, length: int | None = None) -> list[Any]:
    if value is None and length is None:
        return []
    if not isinstance(value, list) or length not in (None, len(value)):
        raise WrongValueError
    return value


def _maybe(value: object, read: Callable[[object], Any]) -> Any:
    return None if value is None else read(value)


def _whole(value: object, low: int, high: int) -> int:
    # True is an int to Python, but not to JSON.
    if type(value) is not int or not low <= value <= high:
        raise WrongValueError
    return value


def _count(value: object) -> int:
    return _whole(value, 0, _MOST)


def _day(value: object) -> int:
    return _whole(value, 1, _LAST_DAY)


def _number(value: object, low: float, high: float) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):  # type: ignore[arg-type]
        raise WrongValueError
    number = float(value)  # type: ignore[arg-type]
    if not low <= number <= high:
        raise WrongValueError
    return number


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError
    return value


def _text(value: object) -> str:
    if (
        not isinstance(value, str)
        or len(value) > _LONGEST_TEXT
        or REFUSED.search(value)
    ):
        raise WrongValueError
    return value


def _matching(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise WrongValueError
    return value


def _uid(value: object) -> str:
    return "" if value == "" else _matching(value, _UID)
