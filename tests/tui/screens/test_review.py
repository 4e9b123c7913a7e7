"""Keys in, reviews in the store out."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.review.info_screen import InfoScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from flashcards.tui.screens.review.session_actions import ReportDialog
from flashcards.tui.screens.review.summary_screen import SummaryScreen
from flashcards.tui.widgets.bars import KeyBar
from flashcards.tui.widgets.card_view import CardView
from flashcards.tui.widgets.rating_bar import RatingBar
from tests.helpers import FixedClock
from tests.tui.conftest import Hands
from tests.tui.reviewing import current, review_on
from tests.tui.screen_text import screen_text


def ratings(collection: Collection, card_id: int) -> list[Rating]:
    return [review.rating for review in collection.reader.log.reviews(card_id)]


@pytest.mark.parametrize("rating", list(Rating))
async def test_space_shows_the_answer_and_a_digit_rates_it(
    app: FlashcardsApp, collection: Collection, rating: Rating
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("space", str(int(rating)))

        assert ratings(collection, card.card_id) == [rating]


async def test_space_on_the_answer_rates_good(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("space", "space")

        assert ratings(collection, card.card_id) == [Rating.GOOD]


async def test_a_digit_before_the_answer_does_nothing(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("3")

        assert current(screen) == card
        assert ratings(collection, card.card_id) == []


async def test_a_held_key_neither_rates_nor_reveals(
    app: FlashcardsApp, collection: Collection, hands: Hands
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("space")
        hands.step = 0.01
        await pilot.press("space", "space", "3")
        assert ratings(collection, card.card_id) == []

        hands.step = 1.0
        await pilot.press("3")
        hands.step = 0.01
        await pilot.press("space", "space")

        assert ratings(collection, card.card_id) == [Rating.GOOD]
        assert screen.session.current is not None
        assert not screen.session.current.revealed


async def test_undo_shows_the_answered_card_again_and_redo_rates_it(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("space", "4", "u")

        assert current(screen).key == card.key
        assert screen.session.current is not None
        assert screen.session.current.revealed
        assert ratings(collection, card.card_id) == []
        assert f"Undid: Easy on {card.key}" in screen_text(app)

        await pilot.press("ctrl+r")
        assert ratings(collection, card.card_id) == [Rating.EASY]


async def test_undo_without_any_operation_shows_a_notice(app: FlashcardsApp) -> None:
    async with review_on(app) as (pilot, _):
        await pilot.press("u")

        assert "Nothing to undo." in screen_text(app)


@pytest.mark.parametrize("key", ["space", "1", "4", "*", "?", "down", "z"])
async def test_the_next_key_clears_the_previous_notice(
    app: FlashcardsApp, key: str
) -> None:
    async with review_on(app) as (pilot, _):
        await pilot.press("space", "4", "u")
        assert "Undid: Easy on" in screen_text(app)

        await pilot.press(key)
        await pilot.pause()
        if key == "?":
            await pilot.press("escape")
            await pilot.pause()
        assert "Undid" not in screen_text(app)


async def test_a_click_clears_the_previous_notice(
    app: FlashcardsApp,
) -> None:
    async with review_on(app) as (pilot, _):
        await pilot.press("u")
        assert "Nothing to undo." in screen_text(app)

        await pilot.click(offset=(5, 5))
        await pilot.pause()
        assert "Nothing to undo." not in screen_text(app)


@pytest.mark.parametrize(
    ("key", "words"),
    [("-", "Buried"), ("=", "Buried"), ("@", "Suspended"), ("!", "Suspended")],
)
async def test_the_anki_keys_bury_and_suspend_a_card(
    app: FlashcardsApp, key: str, words: str
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press(key)

        assert current(screen).key != card.key
        assert f"{words} {card.note_key}" in screen_text(app)
        assert "Undo with u." in screen_text(app)


async def test_a_star_marks_and_unmarks_the_note(app: FlashcardsApp) -> None:
    async with review_on(app) as (pilot, screen):
        await pilot.press("*")
        assert "new · marked" in screen_text(app)
        assert f"Marked {current(screen).note_key}. Undo with u." in screen_text(app)
        assert current(screen).marked

        await pilot.press("*")
        assert "marked\n" not in screen_text(app)


async def test_the_hint_is_one_line_and_shown_only_on_request(
    app: FlashcardsApp,
) -> None:
    async with review_on(app) as (pilot, _):
        assert "h hint" in screen_text(app)
        await pilot.press("h")

        text = screen_text(app)
        assert "Hint: Think of what is averaged." in text
        assert "h hint" not in text


async def test_the_frame_keeps_its_rows_when_the_answer_is_shown(
    app: FlashcardsApp,
) -> None:
    async with review_on(app) as (pilot, screen):
        places = [screen.query_one(w).region for w in (CardView, RatingBar, KeyBar)]
        question = screen_text(app).splitlines()[:8]
        await pilot.press("space")
        await pilot.pause()

        assert [
            screen.query_one(w).region for w in (CardView, RatingBar, KeyBar)
        ] == places
        assert screen_text(app).splitlines()[:8] == question


async def test_no_widget_is_mounted_between_cards(app: FlashcardsApp) -> None:
    async with review_on(app) as (pilot, screen):
        widgets = list(screen.query("*"))
        await pilot.press("space", "3", "space", "3", "space")

        assert list(screen.query("*")) == widgets


async def test_a_report_is_one_line_saved_in_the_store(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("space", "r")
        await pilot.pause()
        assert isinstance(app.screen, ReportDialog)
        await pilot.press(*"wrong?", "enter")
        await pilot.pause()

        assert app.screen_stack[-1] is screen
        assert f"Reported {card.note_key}" in screen_text(app)
        reports = collection.reader.cards.reports()
        assert [(report.note, report.text) for report in reports] == [
            (card.note_key, "wrong?")
        ]


async def test_escape_cancels_the_report(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("x", "escape")
        await pilot.pause()

        assert app.screen_stack[-1] is screen
        assert collection.reader.cards.reports() == []


async def test_card_info_returns_to_the_same_side(app: FlashcardsApp) -> None:
    async with review_on(app) as (pilot, screen):
        await pilot.press("space", "i")
        await pilot.pause()
        assert isinstance(app.screen, InfoScreen)
        assert "New: not asked yet." in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()

        assert app.screen_stack[-1] is screen
        assert screen.session.current is not None
        assert screen.session.current.revealed


async def test_leaving_saves_every_answer_and_shows_a_notice(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("space", "4", "q")
        await pilot.pause()

        assert isinstance(app.screen, HomeScreen)
        assert "Saved 1 answer. 3 cards left today" in screen_text(app)
        assert ratings(collection, card.card_id) == [Rating.EASY]


async def test_the_last_card_leads_to_the_summary_and_undo_returns_to_it(
    app: FlashcardsApp,
) -> None:
    async with review_on(app) as (pilot, _):
        for _ in range(4):
            await pilot.press("space", "4")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert "All done for today: 4 answers in 1 minute." in screen_text(app)

        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert "Undid: Easy on" in screen_text(app)


async def test_missed_cards_can_be_practiced_without_changing_the_schedule(
    app: FlashcardsApp, collection: Collection, clock: FixedClock
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("space", "1")
        for _ in range(12):
            clock.forward(minutes=11)
            await pilot.press("space", "4")
            await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        before = collection.reader.cards.get(card.card_id)
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert "practice · 1 left" in screen_text(app)
        await pilot.press("space", "3")
        await pilot.pause()

        assert isinstance(app.screen, SummaryScreen)
        assert "Practiced 1 card. The schedule did not change." in screen_text(app)
        assert collection.reader.cards.get(card.card_id) == before
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "Practiced 1 card." in screen_text(app)
        assert "Saved" not in screen_text(app)


async def test_a_card_rated_in_another_window_is_skipped(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        other = collection.sessions.start_review(minutes=1)
        assert other.current is not None
        assert other.current.row.key == card.key
        other.reveal()
        other.rate(Rating.EASY)
        await pilot.press("space", "1")

        assert ratings(collection, card.card_id) == [Rating.EASY]
        assert "Another window just rated this card." in screen_text(app)


async def test_an_error_is_shown_in_a_sentence_until_the_next_key(
    app: FlashcardsApp, collection: Collection, tmp_path: Path
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        Path(card.path).unlink()
        await pilot.press("e")
        assert "nolongerexists." in "".join(screen_text(app).split())
        assert current(screen).key == card.key

        await pilot.press("h")
        assert "nolongerexists." not in "".join(screen_text(app).split())


async def test_an_edited_note_is_shown_again_on_the_same_side(
    app: FlashcardsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        await pilot.press("space")
        edit_with(app, monkeypatch, "sed -i s/Macro-averaged/Class-averaged/")
        await pilot.press("e")
        await pilot.pause()

        assert current(screen).key == card.key
        assert "Class-averaged F1: the unweighted mean" in screen_text(app)


async def test_a_problem_made_while_editing_is_shown_with_its_line(
    app: FlashcardsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current(screen)
        edit_with(app, monkeypatch, "sed -i s/front:/fromt:/")
        await pilot.press("e")
        await pilot.pause()

        assert current(screen).key == card.key
        assert "deck0.yaml:" in "".join(screen_text(app).split())


def edit_with(app: FlashcardsApp, monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    """Let an editor run without a terminal to give back."""
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(app, "suspend", nullcontext)
