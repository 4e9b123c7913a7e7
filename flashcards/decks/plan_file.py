"""A study plan as a YAML file: read strictly, written in one canonical form."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from yaml.events import ScalarEvent

from flashcards.decks.fields.fields import Field, Record, Shape, Table
from flashcards.decks.fields.forms import Many, Number, OneOf, Schema, Text
from flashcards.decks.fields.key_form import DeckKey
from flashcards.decks.problem_collector import ProblemCollector
from flashcards.decks.yaml.decoding import decode, read_bytes
from flashcards.decks.yaml.document import YamlDocument
from flashcards.decks.yaml.emitter import flow, scalar
from flashcards.decks.yaml.nodes import MappingNode, is_null, kind_of
from flashcards.domain.study_plan import (
    DEFAULT_MINUTES,
    DEFAULT_TARGET,
    MOST_NOTE,
    MOST_WEIGHT,
    TASK_KINDS,
    Interview,
    StudyPlan,
    Task,
)

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.decks.yaml.nodes import Node
    from flashcards.domain.content import Problem

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_MINUTES = 1440
_MAX_ITEMS = 500
_line = Text(200, one_line=True)
_note = Text(MOST_NOTE, one_line=True)
_deck = DeckKey("the key of a deck or its leading part, such as metrics")


class DayForm:
    """A date such as 2027-06-18, as a study day."""

    def read(self, node: Node, name: str, collector: ProblemCollector) -> int | None:
        """Return the study day."""
        if is_null(node):
            return None
        value = node.value if type(node) is ScalarEvent else ""
        try:
            return date.fromisoformat(value).toordinal()
        except ValueError:
            value = kind_of(node).strip("`")
            form = "a date such as 2027-06-18"
            collector.add("wrong-form", node, key=name, value=value, form=form)
            return None

    def schema(self) -> Schema:
        """Return text in the form of a date."""
        return {"type": ["string", "null"], "format": "date"}


class WeightsForm:
    """Deck keys, each with a number."""

    _number = Number(least=0, most=MOST_WEIGHT)

    def read(
        self, node: Node, name: str, collector: ProblemCollector
    ) -> tuple[tuple[str, float], ...] | None:
        """Return the weights by key."""
        if is_null(node):
            return None
        if not isinstance(node, MappingNode):
            collector.add(
                "not-a-mapping",
                node,
                place=f'"{name}"',
                found=kind_of(node),
                form="{metrics: 2, drift: 0.5}",
            )
            return None
        weights = {}
        for key, child in node.values():
            deck = _deck.read(key, name, collector)
            weight = self._number.read(child, key.value, collector)
            if deck is not None and weight is not None:
                weights[deck] = max(0.0, float(weight))
        return tuple(sorted(weights.items()))

    def schema(self) -> Schema:
        """Return a mapping to numbers."""
        return {"type": "object", "additionalProperties": self._number.schema()}


_day = DayForm()
_INTERVIEW = Record(
    Interview,
    Shape(
        {
            "day": Field(_day, "The date.", required=True),
            "title": Field(_line, "What it is."),
            "note": Field(_note, "How it went."),
        },
        "an interview",
    ),
    short="day",
    example="{day: 2027-06-18, title: Bank}",
)
_TASK = Record(
    Task,
    Shape(
        {
            "name": Field(
                Text(
                    64,
                    pattern=r"[a-z0-9][a-z0-9_-]*",
                    description="a name such as mock-1",
                ),
                "Short name for marking it as done.",
                required=True,
            ),
            "kind": Field(OneOf(*TASK_KINDS), "What sort of task.", required=True),
            "title": Field(_line, "What to do.", required=True),
            "minutes": Field(
                Number(least=0, most=MOST_MINUTES, whole=True), "Expected minutes."
            ),
            "day": Field(_day, "When to do it."),
            "done_day": Field(_day, "When it was done."),
        },
        "a task",
    ),
    example="{name: mock-1, kind: mock, title: Mock interview}",
)
FIELDS: Table = {
    "started_day": Field(_day, "The day on which the plan was made.", required=True),
    "interviews": Field(
        Many(_INTERVIEW, most=_MAX_ITEMS, unique_by=lambda interview: interview.day),
        "The dates.",
    ),
    "minutes": Field(
        Number(least=0, most=MOST_MINUTES, whole=True), "Minutes a day of study."
    ),
    "target": Field(Number(above=0, most=1), "Target readiness, 0 to 1."),
    "weekdays_off": Field(
        Many(OneOf(*WEEKDAYS), most=7), "Days of the week without study."
    ),
    "dates_off": Field(Many(_day, most=_MAX_ITEMS), "Single days without study."),
    "scope": Field(
        Many(_deck, most=_MAX_ITEMS), "Decks of the plan; leave it out for all."
    ),
    "weights": Field(WeightsForm(), "Weight by deck; 0 excludes it."),
    "tasks": Field(
        Many(_TASK, most=_MAX_ITEMS, unique_by=lambda task: task.name),
        "What to do besides cards.",
    ),
}
"""The fields of a plan, in the order of the format."""

_PLAN = Shape(FIELDS, "a plan")
_EXAMPLE = "started_day: 2026-11-20"


def read_plan(path: Path) -> tuple[StudyPlan | None, list[Problem]]:
    """Return the plan of a file, None where it has errors, and the problems of the file."""
    collector = ProblemCollector(str(path))
    data = read_bytes(path, collector)
    if data is None:
        return None, collector.problems
    return read_plan_text(data, str(path))


def read_plan_text(data: bytes, path: str) -> tuple[StudyPlan | None, list[Problem]]:
    """Return the plan of a file with these bytes, and the problems of the file."""
    collector = ProblemCollector(path)
    text = decode(data, collector)
    if text is None:
        return None, collector.problems
    document = YamlDocument(text, collector)
    if not document.read():
        if not collector.errors:
            collector.add_at(
                "not-a-mapping", 1, 1, place="A plan", found="empty", form=_EXAMPLE
            )
        return None, collector.problems
    values = _PLAN.read(document.head, collector)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return (None if collector.errors else _build_plan(values)), collector.problems


def write_plan(plan: StudyPlan) -> str:
    """Return a plan as YAML; empty fields are left out."""
    lines = [f"started_day: {_format_date(plan.started_day)}"]
    lines += _format_list("interviews", list(map(_format_interview, plan.interviews)))
    lines.append(f"minutes: {plan.minutes}")
    lines.append(f"target: {plan.target!r}")
    if plan.weekdays_off:
        names = [WEEKDAYS[day] for day in plan.weekdays_off]
        lines.append(f"weekdays_off: [{', '.join(names)}]")
    if plan.dates_off:
        lines.append(f"dates_off: [{', '.join(map(_format_date, plan.dates_off))}]")
    if plan.scope:
        lines.append(f"scope: {flow(list(plan.scope))}")
    if plan.weights:
        pairs = [
            f"{scalar(deck, in_flow=True)}: {weight!r}" for deck, weight in plan.weights
        ]
        lines.append(f"weights: {{{', '.join(pairs)}}}")
    lines += _format_list("tasks", list(map(_format_task, plan.tasks)))
    return "\n".join(lines) + "\n"


def _build_plan(values: dict[str, Any]) -> StudyPlan:
    weekdays_off = {WEEKDAYS.index(name) for name in values.get("weekdays_off", ())}
    interviews = values.get("interviews", ())
    return StudyPlan(
        started_day=values["started_day"],
        interviews=tuple(sorted(interviews, key=lambda interview: interview.day)),
        minutes=int(values.get("minutes", DEFAULT_MINUTES)),
        target=float(values.get("target", DEFAULT_TARGET)),
        weekdays_off=tuple(sorted(weekdays_off)),
        dates_off=tuple(sorted(values.get("dates_off", ()))),
        scope=values.get("scope", ()),
        weights=values.get("weights", ()),
        tasks=values.get("tasks", ()),
    )


def _format_list(name: str, items: list[str]) -> list[str]:
    return [f"{name}:", *(f"  - {item}" for item in items)] if items else []


def _format_interview(interview: Interview) -> str:
    fields = [f"day: {_format_date(interview.day)}"]
    if interview.title:
        fields.append(f"title: {scalar(interview.title, in_flow=True)}")
    if interview.note:
        fields.append(f"note: {scalar(interview.note, in_flow=True)}")
    return f"{{{', '.join(fields)}}}"


def _format_task(task: Task) -> str:
    fields = [
        f"name: {scalar(task.name, in_flow=True)}",
        f"kind: {task.kind}",
        f"title: {scalar(task.title, in_flow=True)}",
    ]
    if task.minutes:
        fields.append(f"minutes: {task.minutes}")
    if task.day is not None:
        fields.append(f"day: {_format_date(task.day)}")
    if task.done_day is not None:
        fields.append(f"done_day: {_format_date(task.done_day)}")
    return f"{{{', '.join(fields)}}}"


def _format_date(day: int) -> str:
    return date.fromordinal(day).isoformat()
