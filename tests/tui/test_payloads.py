"""Hostile deck text reaches the terminal as text: never live, never as a control."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import CardRow, Rating, Scope
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    MatchNote,
    Note,
    NumericNote,
    Option,
    OrderNote,
    Pair,
    Point,
    RecallNote,
    TypedNote,
)
from flashcards.domain.note_json import note_to_json
from flashcards.grading.answers import (
    ChoiceAnswer,
    GradedAnswer,
    MatchAnswer,
    NumericAnswer,
    OrderAnswer,
    RecallAnswer,
    TypedAnswer,
)
from flashcards.study.quiz.result import build_result, to_quiz_item
from flashcards.study.session.current_card import CurrentCard
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from tests.helpers import FixedClock
from tests.tui.reviewing import screen_opened_by
from tests.tui.screen_text import screen_actions, screen_bytes, screen_text
from tests.tui.studying import settled, study, until

MARKUP = (
    "[@click=app.leave]click[/] [bold]x[/bold] list[/i] y[i+1] <CLS> [link=a]b[/link]"
)
CONTROLS = "\x1b]52;c;QUJD\x07\x1b[2J\x9b2J\u202eevil\u200b\u2066\r\x00"
HOSTILE = f"{MARKUP} {CONTROLS}"
OURS = (
    "app.quiz",
    "app.help",
    "app.leave",
    "app.command_palette",
    "screen.",
    "back",
    "pick(",
)


def make_hostile(row: CardRow) -> CardRow:
    """Return a row with hostile text in every column, as a damaged store could hold it."""
    note = BasicNote(
        id="mcl-012",
        style=HOSTILE,
        front=HOSTILE,
        back=f"```\n{HOSTILE}\n```\n| a |\n|---|\n| {HOSTILE} |\n> {HOSTILE}",
        why=HOSTILE,
        hint=HOSTILE,
        derived=HOSTILE,
        as_of="2020-01",
    )
    return CardRow(
        card_id=row.card_id,
        key=row.key,
        note_id=row.note_id,
        note_key=f"mcl-012{HOSTILE}",
        deck_id=row.deck_id,
        deck=f"metrics/{HOSTILE}",
        kind=row.kind,
        face=row.face,
        content=note_to_json(note),
        memory=row.memory,
        topic_title=HOSTILE,
        source_label=HOSTILE,
        path=f"/nowhere/{HOSTILE}",
    )


COMMON: dict[str, Any] = {"id": "mcl-012", "why": HOSTILE}
GRADED: dict[str, tuple[Note, GradedAnswer]] = {
    "choice": (
        ChoiceNote(
            **COMMON,
            question=HOSTILE,
            options=(
                Option(HOSTILE, correct=True, why=HOSTILE),
                Option(f"{HOSTILE} 2", why=HOSTILE, misconception=HOSTILE),
            ),
        ),
        ChoiceAnswer((1,)),
    ),
    "numeric": (
        NumericNote(
            **COMMON, question=HOSTILE, answer=1, unit=HOSTILE, working=HOSTILE
        ),
        NumericAnswer(2, HOSTILE),
    ),
    "typed": (
        TypedNote(**COMMON, question=HOSTILE, accept=(HOSTILE,)),
        TypedAnswer(f"x{HOSTILE}"),
    ),
    "order": (
        OrderNote(**COMMON, question=HOSTILE, items=(HOSTILE, f"2 {HOSTILE}")),
        OrderAnswer((1, 0)),
    ),
    "match": (
        MatchNote(
            **COMMON,
            question=HOSTILE,
            pairs=(Pair(HOSTILE, HOSTILE), Pair(f"2{HOSTILE}", f"2{HOSTILE}")),
        ),
        MatchAnswer((1, 0)),
    ),
    "recall": (
        RecallNote(
            **COMMON,
            question=HOSTILE,
            points=(Point(HOSTILE, required=True, keywords=("click", HOSTILE)),),
        ),
        RecallAnswer((0,), HOSTILE),
    ),
}


def assert_harmless(app: FlashcardsApp) -> None:
    sent = screen_bytes(app)
    for control in ("\x1b]", "\x1b[2J", "\x07", "\x9b", "\u202e", "\u200b", "\u2066"):
        assert control not in sent
    for action in screen_actions(app):
        assert action.startswith(OURS), action


async def test_a_hostile_card_is_shown_as_text(app: FlashcardsApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        assert screen.session.current is not None
        row = make_hostile(screen.session.current.row)
        screen.session.current = CurrentCard.from_row(row, 0)
        screen.redraw()
        await pilot.press("h")
        assert_harmless(app)
        assert "[@click=app.leave]click[/]" in screen_text(app)
        await pilot.press("space")
        for _ in range(4):
            await pilot.pause()
            assert_harmless(app)
            await pilot.press("down")
        await pilot.press("e")
        await pilot.pause()
        assert_harmless(app)
        await pilot.press("r")
        await pilot.pause()
        assert_harmless(app)
        assert "[@click" in screen_text(app)


async def test_a_click_on_hostile_text_starts_nothing(app: FlashcardsApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        assert screen.session.current is not None
        screen.session.current = CurrentCard.from_row(
            make_hostile(screen.session.current.row), 0
        )
        screen.redraw()
        await pilot.pause()
        lines = screen_text(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "click[/]" in line)
        await pilot.click(offset=(lines[row].index("click[/]"), row))
        await pilot.pause()

        assert app.is_running
        assert app.screen is screen


async def test_hostile_titles_and_notices_are_text(
    app: FlashcardsApp, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    session = collection.sessions.start_review(cards=1)
    session.reveal()
    session.rate(Rating.GOOD)
    overview = collection.figures.overview()
    area = overview.areas[0]
    bad = replace(area, title=HOSTILE, branches=())
    monkeypatch.setattr(
        collection.figures,
        "overview",
        lambda: replace(overview, areas=(bad, *overview.areas)),
    )
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("down")
        assert_harmless(app)
        assert isinstance(app.screen, BaseScreen)
        app.screen.notice(HOSTILE)
        await pilot.pause()
        assert_harmless(app)
        app.screen.notice(HOSTILE, error=True)
        await pilot.pause()
        assert_harmless(app)


async def test_card_info_and_summary_show_hostile_text_as_text(
    app: FlashcardsApp, collection: Collection, tmp_path: Path
) -> None:
    from dataclasses import replace

    from flashcards.tui.screens.review.info_screen import InfoScreen
    from flashcards.tui.screens.review.summary_screen import SummaryScreen

    info = collection.sessions.card_info("mcl-012")
    bad = replace(
        info, card=CurrentCard.from_row(make_hostile(info.row), 0, revealed=True)
    )
    session = collection.sessions.start_review()
    assert session.current is not None
    session.reveal()
    session.rate(next(iter(session.preview_ratings())))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await app.push_screen(InfoScreen(bad))
        await pilot.pause()
        assert_harmless(app)
        assert "[@click" in screen_text(app)
        summary = SummaryScreen(session, Scope())
        missed = summary.summary.missed_cards[0]
        summary.summary = replace(
            summary.summary,
            missed_cards=(replace(missed, question=HOSTILE, deck=HOSTILE),),
        )
        await app.push_screen(summary)
        await pilot.pause()
        assert_harmless(app)
        assert "[@click" in screen_text(app)


@pytest.mark.parametrize("kind", GRADED)
async def test_hostile_quiz_questions_are_shown_as_text(
    app: FlashcardsApp, kind: str
) -> None:
    from dataclasses import replace

    from flashcards.tui.screens.quiz.item_screen import ItemScreen

    note, answer = GRADED[kind]
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        assert screen.session.current is not None
        row = replace(
            make_hostile(screen.session.current.row),
            kind=kind,
            content=note_to_json(note),
        )
        current = CurrentCard.from_row(row, 0)
        screen.session.current = current
        screen.redraw()
        await pilot.pause()
        assert_harmless(app)
        assert "[@click" in screen_text(app)
        screen.submit_answer(answer)
        await pilot.pause()
        for _ in range(3):
            assert_harmless(app)
            await pilot.press("pagedown")
        result = build_result([to_quiz_item(current, 1)])
        await app.push_screen(ItemScreen(result.items, 0))
        await pilot.pause()
        assert_harmless(app)
        assert "[@click" in screen_text(app)


async def test_statistics_show_hostile_names_as_text(
    app: FlashcardsApp, collection: Collection, clock: FixedClock
) -> None:
    from dataclasses import replace

    from flashcards.store.rows import LeechRow
    from flashcards.tui.screens.statistics.screen import StatisticsScreen

    study(collection, clock, 2)
    async with screen_opened_by(app, "t", size=(100, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, StatisticsScreen)
        assert screen.figures is not None
        group = replace(
            screen.figures.decks[0], title=HOSTILE, deck=HOSTILE, enough=True
        )
        screen._show_figures(
            replace(
                screen.figures,
                decks=(group,),
                leeches=(LeechRow(HOSTILE, HOSTILE, HOSTILE, 9),),
            )
        )
        for _ in screen.selection.charts:
            await pilot.press("right")
            await pilot.pause()
            assert_harmless(app)
            await pilot.press("tab")
        await pilot.press("slash", *"[@click=")
        await pilot.pause()
        assert_harmless(app)


async def test_a_plan_shows_hostile_names_as_text(
    app: FlashcardsApp, collection: Collection, clock: FixedClock
) -> None:
    from flashcards.domain.study_plan import Interview, StudyPlan, Task
    from flashcards.tui.screens.common.line_dialog import LineDialog
    from flashcards.tui.screens.plan.screen import PlanScreen

    today = clock.moment().day
    task = Task("read-1", "read", HOSTILE, 30, today)
    plan = StudyPlan(today, (Interview(today + 5, HOSTILE),), tasks=(task,))
    async with screen_opened_by(app, "p", size=(100, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LineDialog))
        await pilot.press("escape")
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        screen.draft.areas = (*screen.draft.areas, HOSTILE)
        screen.draft.change(plan)
        await settled(pilot)
        assert_harmless(app)
        assert "[@click" in screen_text(app)
        await pilot.press("d", *"[@click=")
        await pilot.pause()
        assert_harmless(app)
