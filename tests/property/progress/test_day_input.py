"""Every day of the next two years is read from every form in which it can be typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.study_plan import MOST_DAYS_AHEAD
from flashcards.errors import UsageError
from flashcards.progress.plan.day_input import read_day
from flashcards.progress.plan.edits import parse_interview_day

TODAY = date(2026, 11, 30).toordinal()
FULL_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December")  # fmt: skip
FULL_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
                 "Sunday")  # fmt: skip
DAYS = st.integers(date(1990, 1, 1).toordinal(), date(2300, 1, 1).toordinal())
AHEAD = st.integers(1, MOST_DAYS_AHEAD)


def forms_with_year(day: int) -> list[str]:
    then = date.fromordinal(day)
    full = FULL_MONTHS[then.month - 1]
    names = (full, full.lower(), full[:3], full[:3].upper())
    return [
        then.isoformat(),
        f"{then.year}-{then.month}-{then.day}",
        f"{then.day}.{then.month}.{then.year}",
        f"{then.day:02}. {then.month:02}. {then.year}",
        *(f"{then.day} {name} {then.year}" for name in names),
        *(f"{name} {then.day}, {then.year}" for name in names),
        f"{full} {then.day}th {then.year}",
        f"  {then.day}th of {full}, {then.year} ",
    ]


def forms_without_year(day: int) -> list[str]:
    then = date.fromordinal(day)
    full = FULL_MONTHS[then.month - 1]
    return [
        f"{then.day} {full[:3].lower()}",
        f"{full[:3].lower()} {then.day}",
        f"{full} {then.day}",
        f"{then.day}. {full}",
        f"{full[:3]}{then.day}",
        f"{then.day}.{then.month}.",
        f"{then.day}.{then.month}",
    ]


def forms_ahead(ahead: int) -> list[str]:
    forms = [
        f"+{ahead}",
        f"+ {ahead}",
        f"{ahead}d",
        f"{ahead} days",
        f"in {ahead} days",
    ]
    if ahead % 7 == 0:
        weeks = ahead // 7
        forms += [f"in {weeks} weeks", f"{weeks}w", f"{weeks} Week", f"+{weeks}w"]
    return forms


@given(DAYS, AHEAD)
def test_a_day_reads_back_from_every_form(today: int, ahead: int) -> None:
    day = today + ahead
    forms = forms_with_year(day) + forms_ahead(ahead)
    if ahead < 365:
        forms += forms_without_year(day)

    assert {form: parse_interview_day(form, today) for form in forms} == dict.fromkeys(
        forms, day
    )


@given(DAYS, st.integers(1, 7))
def test_a_weekday_is_the_next_one_after_today(today: int, ahead: int) -> None:
    name = FULL_WEEKDAYS[date.fromordinal(today + ahead).weekday()]

    for form in (name, name[:3].lower(), f"next {name}", f"on {name[:3]}"):
        assert read_day(form, today) == today + ahead


@given(st.text(max_size=30) | st.from_regex(r"[0-9a-z+./ -]{1,12}", fullmatch=True))
def test_any_text_is_a_day_or_refused_with_a_sentence(text: str) -> None:
    try:
        answer = date.fromordinal(read_day(text, TODAY)).isoformat()
    except UsageError as error:
        answer = str(error)

    assert len(answer) == len("2026-12-28") or (
        "rite " in answer and answer.endswith(".")
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Write a date as dec 28, fri, in 3 weeks or 2026-12-28."),
        ("soon", "soon is not a date. Write it as dec 28, fri, in 3 weeks or"),
        ("20", "20 is not a date. Write it as"),
        ("20 dex", "dex is not a month. Write it as"),
        ("31 feb", "There is no Feb 31. Write it as"),
        ("29 feb 2027", "There is no Feb 29 2027. Write it as"),
        ("25.13.", "There is no month 13. Write it as"),
        ("in 3 moons", "moons is neither days nor weeks. Write it as"),
        ("12/25", "12/25 can mean two days. Write it as"),
        ("2026-11-31", "2026-11 has 30 days, not 31. Write the date as year-"),
        ("2026-11-29", "2026-11-29 is in the past. Set a date that is still ahead."),
        ("30 nov", "2026-11-30 is today. A plan needs a day of study before"),
        ("+900", "2029-05-18 is more than 730 days ahead. Set a closer date."),
        ("+999999999", "9999-12-31 is more than 730 days ahead."),
    ],
)  # fmt: skip
def test_what_is_no_interview_day_is_refused_with_the_reason(
    text: str, reason: str
) -> None:
    with pytest.raises(UsageError) as error:
        parse_interview_day(text, TODAY)

    assert str(error.value).startswith(reason)


def test_the_29th_of_february_is_the_next_one_there_is() -> None:
    assert read_day("29 feb", TODAY) == date(2028, 2, 29).toordinal()
