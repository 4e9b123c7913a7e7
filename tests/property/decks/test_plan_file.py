"""A plan is the same after writing and reading it as YAML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.decks.plan_file import read_plan_text, write_plan
from flashcards.domain.study_plan import Interview, StudyPlan, Task
from flashcards.text.safe_text import UNSAFE
from tests.helpers import deck

days = st.integers(730_000, 750_000)
deck_keys = st.from_regex(r"[a-z][a-z0-9-]{0,5}(/[a-z][a-z0-9-]{0,5})?", fullmatch=True)
names = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
titles = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip() != "" and not UNSAFE.search(text))

plans = st.builds(
    StudyPlan,
    started_day=days,
    interviews=st.dictionaries(
        days, st.tuples(st.just("") | titles, st.just("") | titles), max_size=3
    ).map(lambda texts: tuple(Interview(day, *texts[day]) for day in sorted(texts))),
    minutes=st.integers(0, 1440),
    target=st.floats(0.01, 1.0),
    weekdays_off=st.sets(st.integers(0, 6)).map(lambda off: tuple(sorted(off))),
    dates_off=st.sets(days, max_size=4).map(lambda off: tuple(sorted(off))),
    scope=st.lists(deck_keys, unique=True, max_size=3).map(tuple),
    weights=st.dictionaries(deck_keys, st.floats(0, 10), max_size=3).map(
        lambda found: tuple(sorted(found.items()))
    ),
    tasks=st.lists(
        st.builds(
            Task,
            name=names,
            kind=st.sampled_from(["read", "watch", "mock", "quiz"]),
            title=titles,
            minutes=st.integers(0, 1440),
            day=st.none() | days,
            done_day=st.none() | days,
        ),
        unique_by=lambda task: task.name,
        max_size=3,
    ).map(tuple),
)


@given(plans)
def test_a_plan_is_the_same_after_writing_and_reading(plan: StudyPlan) -> None:
    text = write_plan(plan)

    found, problems = read_plan_text(text.encode(), "plan.yaml")

    assert problems == []
    assert found == plan
    assert write_plan(found) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1 not-a-mapping"),
        ("minutes: 15", "1:1 missing-field"),
        ("started_day: 2026-02-31", "1:14 wrong-form"),
        ("started_day: 2026-11-20\nminutes: -3", "2:10 number-out-of-range"),
        ("started_day: 2026-11-20\nminuets: 3", "2:1 unknown-key"),
        (
            "started_day: 2026-11-20\nweekdays_off: [sat, caturday]",
            "2:21 unknown-value",
        ),
        ("started_day: 2026-11-20\nweights: {metrics: 11}", "2:20 number-out-of-range"),
        ("started_day: 2026-11-20\nweights: 3", "2:10 not-a-mapping"),
        (
            "started_day: 2026-11-20\ntasks:\n  - {name: a, kind: nap, title: b}",
            "3:21 unknown-value",
        ),
        (
            "started_day: 2026-11-20\ninterviews: [2026-12-04, 2026-12-04]",
            "2:26 duplicate-item",
        ),
        ("started_day: 2026-11-20\ntarget: [", "3:1 syntax"),
    ],
)
def test_a_problem_is_reported_with_its_place(text: str, expected: str) -> None:
    plan, problems = read_plan_text(deck(text), "plan.yaml")

    assert plan is None
    assert f"{problems[0].line}:{problems[0].column} {problems[0].rule}" == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("minutes: -3", '"minutes" cannot be -3. Write a number of at least 0 and at most 1440.'),
        (
            "weights: {metrics: 12}",
            '"metrics" cannot be 12. Write a number of at least 0 and at most 10.',
        ),
    ],
)  # fmt: skip
def test_the_allowed_range_is_part_of_the_message(line: str, expected: str) -> None:
    _, problems = read_plan_text(deck(f"started_day: 2026-11-20\n{line}"), "plan.yaml")

    assert [problem.message for problem in problems] == [expected]


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(data: bytes) -> None:
    plan, problems = read_plan_text(data, "plan.yaml")

    assert (plan is None) == any(one.severity == "error" for one in problems)
