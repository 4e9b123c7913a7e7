"""Figures in words."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from flashcards.collection.session_text import closing_line, summary_sentence
from flashcards.disk.editor import editor_command
from flashcards.domain import formatting
from flashcards.domain.cards import Rating
from flashcards.progress.statistics.habit import Habit
from flashcards.study.queue.cards_left import CardsLeft, QueueCounts
from flashcards.study.session.current_card import Ending, Summary
from flashcards.study.today.overview import Overview
from flashcards.tui.rendering.charts import Curve, columns, shares
from flashcards.tui.rendering.numerals import numeral
from flashcards.tui.screens.home.text import recent_days_line
from flashcards.tui.screens.review.summary_page import figures
from flashcards.tui.theme.glyphs import ASCII, UNICODE
from flashcards.tui.theme.themes import PLAIN, Look

DAY = 86_400


@pytest.mark.parametrize(
    ("seconds", "long", "short"),
    [
        (30, "30 s", "30s"),
        (59.6, "1 min", "1m"),
        (60, "1 min", "1m"),
        (600, "10 min", "10m"),
        (3599, "1 h", "1h"),
        (4 * 3600, "4 h", "4h"),
        (86_000, "1 d", "1d"),
        (DAY, "1 d", "1d"),
        (12 * DAY, "12 d", "12d"),
        (30.6 * DAY, "1.0 mo", "1.0mo"),
        (95 * DAY, "3.1 mo", "3.1mo"),
        (365 * DAY, "1.0 y", "1.0y"),
        (511 * DAY, "1.4 y", "1.4y"),
    ],
)
def test_intervals(seconds: float, long: str, short: str) -> None:
    assert formatting.interval(seconds) == long
    assert formatting.short_interval(seconds) == short


def test_minutes_are_never_0_while_time_is_left() -> None:
    assert [formatting.minutes(seconds) for seconds in (0, 5, 90, 840)] == [
        "0 min",
        "1 min",
        "2 min",
        "14 min",
    ]


def test_days_relative_to_today() -> None:
    today = date(2026, 11, 20).toordinal()

    assert formatting.short_date(today) == "Fri, Nov 20"
    assert formatting.month_and_day(today + 14) == "Dec 4"
    seen = [
        formatting.relative_day(today + ahead, today) for ahead in (-3, -1, 0, 1, 14)
    ]
    assert seen == ["3 days ago", "yesterday", "today", "tomorrow", "in 14 days"]


def test_counts_agree_with_their_noun() -> None:
    assert formatting.count(1, "card") == "1 card"
    assert formatting.count(1204, "card") == "1,204 cards"


EVENING = (18 * 60 + 52) * 60_000


def left(cards: int, waiting: int = 0, until: int | None = None) -> CardsLeft:
    return CardsLeft(QueueCounts(0, 0, cards), waiting, until)


def summary(**changes: object) -> Summary:
    values: dict[str, object] = {
        "ending": "minutes",
        "cram": False,
        "answers": 38,
        "cards": 30,
        "milliseconds": 15 * 60_000,
        "by_rating": dict.fromkeys(Rating, 0),
        "recall_attempts": 34,
        "recalled": 31,
        "new_cards": 6,
        "missed_cards": (),
        "left": left(9),
        **changes,
    }
    return Summary(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ending", "changes", "sentence"),
    [
        (
            "minutes",
            {},
            "Time's up. 38 answers in 15 minutes. 9 cards left today.",
        ),
        (
            "minutes",
            {"left": left(0)},
            "All done for today: 38 answers in 15 minutes.",
        ),
        (
            "empty",
            {"left": left(0)},
            "All done for today: 38 answers in 15 minutes.",
        ),
        (
            "empty",
            {"left": left(0, waiting=2, until=EVENING)},
            "38 answers in 15 minutes. 2 cards come back at 18:52.",
        ),
        (
            "minutes",
            {"left": left(0, waiting=1)},
            "38 answers in 15 minutes. 1 card waits until tomorrow.",
        ),
        (
            "limit",
            {"left": left(1)},
            "38 answers in 15 minutes. 1 card left today.",
        ),
        (
            "minutes",
            {"recalled": 19},
            "19 of 34 recalled. Hard days are part of learning.",
        ),
        (
            "empty",
            {"cram": True, "answers": 24, "cards": 20},
            "Practiced 20 cards. The schedule did not change.",
        ),
        ("", {"answers": 0}, "No cards answered. Nothing changed."),
    ],
)
def test_a_session_ends_with_a_sentence_that_sums_it_up(
    ending: Ending, changes: dict[str, object], sentence: str
) -> None:
    assert summary_sentence(summary(ending=ending, **changes), UTC) == sentence


@pytest.mark.parametrize(
    ("answers", "milliseconds", "cards", "seconds", "practiced", "line"),
    [
        (11, 300_000, 27, 540, 0, "11 answers in 5 min. 27 cards left today, about 9 min."),
        (1, 300_000, 0, 0, 0, "1 answer in 5 min. Nothing left today."),
        (0, 0, 1, 540, 0, "0 answers in 0 min. 1 card left today, about 9 min."),
        (0, 0, 0, 0, 4, "Practiced 4 cards. Nothing left today."),
        (
            11, 300_000, 0, 0, 1,
            "11 answers in 5 min. Practiced 1 card. Nothing left today.",
        ),
    ],
)  # fmt: skip
def test_the_line_after_quitting(
    answers: int,
    milliseconds: int,
    cards: int,
    seconds: float,
    practiced: int,
    line: str,
) -> None:
    today = Overview(DAY, left(cards), seconds, ())

    assert closing_line(answers, milliseconds, today, UTC, practiced=practiced) == line


def test_the_line_after_quitting_says_when_cards_come_back() -> None:
    later = left(2, waiting=3, until=EVENING)

    assert closing_line(1, 60_000, Overview(DAY, later, 60, ()), UTC) == (
        "1 answer in 1 min. 2 cards left today, about 1 min. 3 cards come back at 18:52."
    )


def test_a_column_above_0_is_always_visible() -> None:
    assert columns([0, 1, 50, 100], UNICODE) == " ▁▄█"
    assert columns([0, 1, 50, 100], ASCII) == " .=#"
    assert columns([0, 0], UNICODE) == "  "


def test_shares_fill_the_bar_and_the_smallest_stays_visible() -> None:
    assert shares([1, 0, 98, 1], 20) == [1, 0, 18, 1]
    assert shares([0, 0, 0, 0], 20) == [0, 0, 0, 0]


def test_a_curve_in_braille_and_in_ascii() -> None:
    fine, plain = Curve(4, 2, UNICODE), Curve(4, 2, ASCII)
    for curve in (fine, plain):
        curve.draw(lambda share: 1 - share, low=0, high=1)

    assert fine.rows() == ["⠑⢄  ", "  ⠑⢄"]
    assert plain.rows([3]) == ["** :", "  **"]


def test_big_numerals_are_three_equal_rows() -> None:
    assert numeral(1234567890)[0] == "▀█  ▀▀█ ▀▀█ █ █ █▀▀ █▀▀ ▀▀█ █▀█ █▀█ █▀█"
    assert len({len(row) for row in numeral(38)}) == 1


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({}, ["vi", "+7", "a.yaml"]),
        ({"EDITOR": "nano -w"}, ["nano", "-w", "+7", "a.yaml"]),
        ({"EDITOR": "nano", "VISUAL": "code -w"}, ["code", "-w", "--goto", "a.yaml:7"]),
        ({"EDITOR": "/usr/bin/hx"}, ["/usr/bin/hx", "a.yaml:7"]),
        ({"EDITOR": "gedit"}, ["gedit", "a.yaml"]),
    ],
)
def test_the_editor_opens_at_the_line(
    environment: dict[str, str], command: list[str]
) -> None:
    assert editor_command(environment, "a.yaml", 7) == command


def test_one_of_a_thing_is_singular() -> None:
    over = summary(ending="minutes", milliseconds=60_000, left=left(1))
    assert summary_sentence(over, UTC) == (
        "Time's up. 38 answers in 1 minute. 1 card left today."
    )
    (answers,) = figures(
        summary(ending="minutes", answers=1, recall_attempts=0, new_cards=0)
    )
    assert (answers.number, answers.words) == (1, "answer")
    habit = Habit(streak=1, studied=1, span=1, recent=(0,) * 27 + (1,))
    look = Look(PLAIN, UNICODE, plain=True)
    assert recent_days_line(habit, look)[1].plain == "1 review "
