"""Convert card histories, study plans and reports to plain data for JSON, and back.

A file may come from anywhere, so each value is checked for its type and range.
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
"""A review is written as the list of these values."""

_MEMORY_FIELDS = tuple(field.name for field in fields(Memory))
_MEMORY_VALUES = attrgetter(*_MEMORY_FIELDS)
_CARD_KEY = re.compile(rf"{ID}(?::(?:reverse|c[1-9][0-9]?))?", re.ASCII)
_NOTE_KEY = re.compile(ID, re.ASCII)
_UID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_LATEST = (1 << 48) - 1
_LAST_DAY = 3_652_059
_MOST = (1 << 31) - 1
_LONGEST_TEXT = 100_000
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class WrongValueError(ValueError):
    """A value has the wrong type or range."""


def card_to_plain(history: CardHistory) -> Plain:
    """Return a card's history as plain data, without the values that a new card has."""
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
            [*review[:-1], _answer_to_plain(review.answer)]
            for review in history.reviews
        ],
        **(
            {"anchors": list(map(_anchor_to_plain, history.anchors))}
            if history.anchors
            else {}
        ),
    }


def card_from_plain(data: object) -> CardHistory:
    """Return the card history that `card_to_plain` wrote.

    Raises:
        WrongValueError: a value has the wrong type or range.
    """
    values = _mapping(data)
    reviews = [_review(item) for item in _list(values.get("reviews"))]
    anchors = [_anchor(item, len(reviews)) for item in _list(values.get("anchors"))]
    counts_before = [anchor.after for anchor in anchors]
    if counts_before != sorted(counts_before):
        raise WrongValueError
    return CardHistory(
        card=_matching(values.get("card"), _CARD_KEY),
        reviews=reviews,
        memory=_memory(values),
        is_exact=True,
        anchors=anchors,
        suspended=_flag(values.get("suspended", False)),
        buried_until=_optional(values.get("buried_until"), _day),
        leech=_flag(values.get("leech", False)),
    )


def plan_to_plain(plan: StudyPlan) -> Plain:
    """Return a study plan as plain data, with days as date ordinals."""
    return asdict(plan)


def plan_from_plain(data: object) -> StudyPlan:
    """Return the study plan that `plan_to_plain` wrote.

    Raises:
        WrongValueError: a value has the wrong type or range.
    """
    values = _mapping(data)
    weights = [_list(item, 2) for item in _list(values.get("weights"))]
    plan = StudyPlan(
        started_day=_day(values.get("started_day")),
        interviews=tuple(map(_interview, _list(values.get("interviews")))),
        minutes=_integer(values.get("minutes"), 0, 1440),
        target=_number(values.get("target"), 1e-9, 1),
        weekdays_off=tuple(
            _integer(day, 0, 6) for day in _list(values.get("weekdays_off"))
        ),
        dates_off=tuple(map(_day, _list(values.get("dates_off")))),
        scope=tuple(map(_text, _list(values.get("scope")))),
        weights=tuple(
            (_text(deck), _number(weight, 0, 1000)) for deck, weight in weights
        ),
        tasks=tuple(map(_task, _list(values.get("tasks")))),
    )
    for names in (
        [interview.day for interview in plan.interviews],
        [deck for deck, _ in plan.weights],
        [task.name for task in plan.tasks],
    ):
        if len(set(names)) < len(names):
            raise WrongValueError
    return plan


def forecast_from_plain(data: object) -> SavedForecast:
    """Return a saved forecast.

    Raises:
        WrongValueError: a value has the wrong type or range.
    """
    values = _mapping(data)
    shares = {
        name: _number(values.get(name), 0, 1) for name in ("readiness", "low", "high")
    }
    if not shares["low"] <= shares["readiness"] <= shares["high"]:
        raise WrongValueError
    return SavedForecast(
        made_day=_day(values.get("made_day")),
        target_day=_day(values.get("target_day")),
        **shares,
        minutes=_integer(values.get("minutes"), 0, _MOST),
        cards=_integer(values.get("cards"), 0, _MOST),
        is_full=_flag(values.get("is_full")),
    )


def report_from_plain(data: object) -> NoteReport:
    """Return a report on a note.

    Raises:
        WrongValueError: a value has the wrong type or range.
    """
    values = _mapping(data)
    return NoteReport(
        note=note_key(values.get("note")),
        card=_optional(values.get("card"), lambda card: _matching(card, _CARD_KEY)),
        text=_text(values.get("text")),
        at=_integer(values.get("at"), 0, _LATEST),
    )


class NamedDeck(NamedTuple):
    """The name of a deck in its own program."""

    deck: str
    """The deck's key."""
    name: str
    is_of_file: bool


def name_to_plain(named: NamedDeck) -> Plain:
    """Return the name of a deck as plain data."""
    data = {"deck": named.deck, "name": named.name}
    return {**data, "is_of_file": True} if named.is_of_file else data


def name_from_plain(data: object) -> NamedDeck:
    """Return the name of a deck that `name_to_plain` wrote.

    Raises:
        WrongValueError: a value has the wrong type or range.
    """
    values = _mapping(data)
    return NamedDeck(
        _text(values.get("deck")),
        _text(values.get("name")),
        _flag(values.get("is_of_file", False)),
    )


def note_key(value: object) -> str:
    """Return a value as the key of a note.

    Raises:
        WrongValueError: it is not a valid key.
    """
    return _matching(value, _NOTE_KEY)


def _memory_to_plain(memory: Memory) -> Plain:
    values = dict(zip(_MEMORY_FIELDS, _MEMORY_VALUES(memory), strict=True))
    values["state"] = memory.state.name.lower()
    return {name: value for name, value in values.items() if value is not None}


def _memory(values: Plain) -> Memory:
    names = {state.name.lower(): state for state in State}
    state = names.get(str(values.get("state")))
    if state is None:
        raise WrongValueError
    memory = Memory(
        state=state,
        step=_optional(values.get("step"), _count),
        stability=_optional(values.get("stability"), lambda s: _number(s, 1e-6, 1e9)),
        difficulty=_optional(values.get("difficulty"), lambda d: _number(d, 1, 10)),
        due_day=_optional(values.get("due_day"), _day),
        due_at=_optional(values.get("due_at"), lambda at: _integer(at, 0, _LATEST)),
        last_day=_optional(values.get("last_day"), _day),
        interval_seconds=_integer(values.get("interval_seconds", 0), 0, 1 << 40),
        reps=_count(values.get("reps", 0)),
        lapses=_count(values.get("lapses", 0)),
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
    values = _mapping(data)
    reason = values.get("reason")
    if reason not in list(Reason):
        raise WrongValueError
    return Anchor(
        reason=Reason(reason),
        memory=_memory(values),
        at=_integer(values.get("at"), 0, _LATEST),
        day=_day(values.get("day")),
        after=_integer(values.get("after"), 0, reviews),
        uid=_uid(values.get("uid", "")),
    )


def _review(data: object) -> PastReview:
    at, day, rating, duration, state, wait, uid, answer = _list(
        data, len(REVIEW_FIELDS)
    )
    return PastReview(
        _integer(at, 0, _LATEST),
        _day(day),
        _integer(rating, 1, 4),
        _integer(duration, 0, _MOST),
        _integer(state, 0, 3),
        _integer(wait, 0, 1 << 40),
        _uid(uid),
        _answer(answer),
    )


def _answer_to_plain(answer: str | None) -> object:
    """Return an answer as data if encoding the data gives the same text, else the text."""
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
    values = _mapping(data)
    return Interview(
        day=_day(values.get("day")),
        title=_text(values.get("title", "")),
        note=_text(values.get("note", "")),
    )


def _task(data: object) -> Task:
    values = _mapping(data)
    kind = values.get("kind")
    if kind not in TASK_KINDS:
        raise WrongValueError
    return Task(
        name=_text(values.get("name")),
        kind=str(kind),
        title=_text(values.get("title")),
        minutes=_integer(values.get("minutes", 0), 0, 100_000),
        day=_optional(values.get("day"), _day),
        done_day=_optional(values.get("done_day"), _day),
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


def _optional(value: object, read: Callable[[object], Any]) -> Any:
    return None if value is None else read(value)


def _integer(value: object, low: int, high: int) -> int:
    # True is an int to Python, but not to JSON.
    if type(value) is not int or not low <= value <= high:
        raise WrongValueError
    return value


def _count(value: object) -> int:
    return _integer(value, 0, _MOST)


def _day(value: object) -> int:
    return _integer(value, 1, _LAST_DAY)


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
