"""The home screen shows what is due and starts sessions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import OptionList

from flashcards.collection.collection import Collection
from flashcards.collection.session_text import NO_QUIZ_QUESTIONS
from flashcards.domain.cards import Rating, Scope
from flashcards.domain.settings.settings import DeckOptions, Settings
from flashcards.errors import StoreLockedError
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.common.help import HelpScreen
from flashcards.tui.screens.home.deck_tree import DeckTree
from flashcards.tui.screens.home.figure_panel import FigurePanel, HomeFigure
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.tui.conftest import TERMINAL
from tests.tui.screen_text import screen_text
from tests.tui.studying import settled, until

SIZE = (80, 24)


@pytest.fixture
def collection(collection: Collection, open_collection: OpenCollection) -> Collection:
    """A collection in which one card was reviewed in another window."""
    other_window = open_collection()
    session = other_window.sessions.start_review(Scope(decks=("metrics",)), cards=1)
    session.reveal()
    session.rate(Rating.EASY)
    session.leave()
    other_window.close()
    return collection


async def test_the_panel_of_today_shows_cards_and_minutes(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        text = screen_text(app)

    assert "about 2 min" in text
    assert "3 new" in text
    assert "enter  Review 3 cards" in text


async def test_the_button_names_the_minutes_if_more_is_due_than_fits(
    open_collection: OpenCollection, collection: Collection
) -> None:
    short = open_collection(Settings(timezone="UTC", minutes=1))
    app = FlashcardsApp(short, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        assert "enter  Review for 1 minute" in screen_text(app)


async def test_enter_on_a_deck_reviews_only_that_deck(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()

        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.session.current is not None
        assert app.screen.session.current.row.deck == "scaling/training"
        assert "1 left" in screen_text(app)


async def test_left_folds_and_right_unfolds(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "Classification metrics" in screen_text(app)
        await pilot.press("down", "left")
        assert "Classification metrics" not in screen_text(app)
        await pilot.press("right")
        assert "Classification metrics" in screen_text(app)
        await pilot.press("space")
        assert "Classification metrics" not in screen_text(app)


async def test_left_on_a_deck_moves_the_cursor_to_its_area(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "left")
        chosen = app.screen.query_one(DeckTree).chosen

        assert chosen is not None
        assert chosen.key == "metrics"


async def test_up_from_the_first_area_returns_to_the_button(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("down", "up")

        assert app.screen.query_one(DeckTree).chosen is None
        assert "enter start" in screen_text(app)


async def test_a_click_selects_a_row_and_a_second_click_starts_it(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        row = next(
            number
            for number, line in enumerate(screen_text(app).splitlines())
            if "Training at scale" in line
        )
        await pilot.click(offset=(12, row))
        assert "enter review Training at scale" in screen_text(app)
        await pilot.click(offset=(12, row))
        await pilot.pause()

        assert isinstance(app.screen, ReviewScreen)


async def test_footer_keys_can_be_clicked(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        column = screen_text(app).splitlines()[-1].index("help")
        await pilot.click(offset=(column, SIZE[1] - 1))
        await pilot.pause()

        assert isinstance(app.screen, HelpScreen)


async def test_home_says_done_after_the_last_card(
    app: FlashcardsApp, collection: Collection
) -> None:
    finish(collection)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        text = screen_text(app)

    assert "Done for today." in text
    assert "enter" not in text.splitlines()[-1]


async def test_a_streak_is_shown_from_three_days_on(
    app: FlashcardsApp, collection: Collection, clock: FixedClock
) -> None:
    for _ in range(3):
        clock.forward(days=1)
        session = collection.sessions.start_review(Scope(), minutes=15)
        session.reveal()
        session.rate(next(iter(session.preview_ratings())))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "Thu, Mar 5 · 4 days in a row" in screen_text(app)
        clock.forward(days=2)
        app.redraw()
        await pilot.pause()
        assert "Sat, Mar 7 · studied 4 of 6 days" in screen_text(app)


async def test_undo_and_redo_on_the_home_screen(
    app: FlashcardsApp, collection: Collection
) -> None:
    finish(collection)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        text = screen_text(app)
        assert "Undid: Easy on" in text
        assert "Review 1 card" in text
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "Done for today." in screen_text(app)


async def test_help_lists_the_keys_of_the_current_screen_first(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("?")
        await pilot.pause()
        text = screen_text(app)
        assert "Home" in text.splitlines()[3]
        assert "this screen" in text.splitlines()[3]
        await pilot.press("?")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_quitting_prints_the_cards_done_and_left(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("space", "4", "q")
        await pilot.pause()
        await pilot.press("q")

    assert app.return_value == "1 answer in 0 min. 2 cards left today, about 2 min."


async def test_quitting_during_a_card_prints_the_same_line(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("space", "4", "space", "ctrl+q")

    assert app.return_value == "1 answer in 0 min. 2 cards left today, about 2 min."
    assert (
        collection.reader.log.unfinished_session_record(collection.moment().day) is None
    )


async def test_a_theme_of_textual_sets_the_colors(app: FlashcardsApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.theme = "paper"
        await pilot.pause()
        assert app.look.palette.background == "#fbfaf6"
        app.theme = "nord"
        await pilot.pause()
        await pilot.press("ctrl+p")
        await pilot.pause()

        assert app.look.palette.text.lower() == "#d8dee9"


def finish(collection: Collection) -> None:
    """Answer everything due with Easy."""
    session = collection.sessions.start_review()
    while session.current is not None:
        session.reveal()
        session.rate(list(session.preview_ratings())[-1])
    session.leave()


async def test_a_locked_store_is_reported_as_a_notice(
    app: FlashcardsApp, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        def locked() -> None:
            raise StoreLockedError("The store is locked by another flashcards.")

        monkeypatch.setattr(
            collection.sessions, "start_review", lambda *_, **__: locked()
        )
        await pilot.press("enter")
        assert "The store is locked by another flashcards." in screen_text(app)
        monkeypatch.setattr(collection.figures, "overview", locked)
        await app.push_screen(HelpScreen("home"))
        await pilot.press("escape")
        await pilot.pause()
        assert "The store is locked by another flashcards." in screen_text(app)


async def test_a_first_session_without_cards_shows_a_notice_on_home(
    collection: Collection,
) -> None:
    finish(collection)
    app = FlashcardsApp(
        collection, first=collection.sessions.start_review(), environment=TERMINAL
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.pause()

        assert isinstance(app.screen, HomeScreen)
        assert "Nothing is due." in screen_text(app)


async def test_a_first_session_opens_at_once(collection: Collection) -> None:
    app = FlashcardsApp(
        collection, first=collection.sessions.start_review(), environment=TERMINAL
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        assert isinstance(app.screen, ReviewScreen)


async def test_the_palette_runs_the_action_of_a_key(app: FlashcardsApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"show all keys")
        hits = app.screen.query_one(OptionList)
        await until(pilot, lambda: hits.option_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_without_decks_the_shipped_decks_are_offered_first(
    app: FlashcardsApp, collection: Collection
) -> None:
    for _ in ("the answer", "the import"):
        collection.store().undo(None, collection.moment())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "enter  Import the shipped decks" in text
        assert "i     import your own decks" in text
        assert "Areas" not in text

        await pilot.press("i", "enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)

        assert "Undo with u." in screen_text(app)
    assert len(collection.reader.cards.decks()) == 4


async def test_a_finished_day_shows_what_is_next_and_offers_a_quiz(
    app: FlashcardsApp, collection: Collection
) -> None:
    finish(collection)
    up_next = collection.figures.up_next()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        text = screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        after_enter = screen_text(app)

    assert "Done for today." in text
    assert not up_next.counts.total
    assert "Nothing due tomorrow." in text
    assert "z  Start a quiz" in text
    assert NO_QUIZ_QUESTIONS in after_enter


async def test_tomorrow_fits_its_panel_at_every_size(
    open_collection: OpenCollection, collection: Collection
) -> None:
    limited = replace(DeckOptions(), new_per_day=2)
    few = open_collection(replace(collection.settings, scheduling=limited))
    finish(few)
    app = FlashcardsApp(few, environment=TERMINAL)
    for size in ((60, 20), (76, 24), (80, 24)):
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert "Tomorrow: 2 cards, 2 min." in screen_text(app)
        app = FlashcardsApp(few, environment=TERMINAL)


async def test_captions_of_hundreds_of_cards_are_not_cut(app: FlashcardsApp) -> None:
    captions = ("about 35 min", "12 new · 156 review")
    many = HomeFigure("Today", "good", 168, "cards due", captions, "12 new")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        panel = app.screen.query_one("#today", FigurePanel)
        panel.show(many)

        def words(width: int) -> str:
            return panel.draw(width, 7).plain.splitlines()[4].strip(" ▀█")

        assert words(40) == "12 new · 156 review"
        assert words(30) == "12 new"


async def test_overdue_cards_are_shown_with_the_day_that_clears_them(
    open_collection: OpenCollection, collection: Collection, clock: FixedClock
) -> None:
    finish(collection)
    clock.forward(days=60)
    options = replace(DeckOptions(), reviews_per_day=2)
    short = open_collection(Settings(timezone="UTC", minutes=1, scheduling=options))
    app = FlashcardsApp(short, environment=TERMINAL)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "4 cards are overdue." in text
        assert "1 minute of reviews a day" in text
        assert "clear them by Sat, May 2." in text
        assert "The most useful come first." in text
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "4 cards overdue" in screen_text(app).splitlines()[1]
