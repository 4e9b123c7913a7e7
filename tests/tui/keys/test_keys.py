"""The table of keys: presets, custom bindings, conflicts, and docs/keys.md."""

from __future__ import annotations

import pytest
from textual.keys import _character_to_key

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.domain.settings.settings import Settings
from flashcards.errors import UsageError
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.keys.all_keys import KEYS, SCREENS
from flashcards.tui.keys.keymap import Keymap, as_markdown, textual_name
from flashcards.tui.screens.common.base import BaseScreen
from flashcards.tui.screens.common.help import HelpScreen
from flashcards.tui.screens.common.line_dialog import LineDialog
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.importing.choose_screen import ImportScreen
from flashcards.tui.screens.importing.preview_screen import ImportPreviewScreen
from flashcards.tui.screens.plan.days_off_screen import DaysOffScreen
from flashcards.tui.screens.plan.screen import PlanScreen
from flashcards.tui.screens.quiz.exam_screen import ExamScreen
from flashcards.tui.screens.quiz.item_screen import ItemScreen
from flashcards.tui.screens.quiz.result_screen import QuizResultScreen
from flashcards.tui.screens.quiz.setup_screen import QuizScreen
from flashcards.tui.screens.review.diagnostic_screen import DiagnosticScreen
from flashcards.tui.screens.review.info_screen import InfoScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from flashcards.tui.screens.review.session_actions import ReportDialog
from flashcards.tui.screens.review.summary_screen import SummaryScreen
from flashcards.tui.screens.statistics.screen import StatisticsScreen
from flashcards.tui.widgets.answering.answer_card import AnswerCard
from tests.conftest import OpenCollection
from tests.helpers import PROJECT
from tests.tui.conftest import TERMINAL, Hands
from tests.tui.screen_text import screen_text

DOCS = PROJECT / "docs" / "keys.md"
SCREEN_CLASSES = (
    HomeScreen,
    ReviewScreen,
    SummaryScreen,
    InfoScreen,
    HelpScreen,
    ReportDialog,
    QuizScreen,
    ExamScreen,
    QuizResultScreen,
    ItemScreen,
    LineDialog,
    StatisticsScreen,
    PlanScreen,
    DaysOffScreen,
    ImportScreen,
    ImportPreviewScreen,
    DiagnosticScreen,
)


def test_docs_list_exactly_the_keys_of_the_table() -> None:
    assert DOCS.read_text(encoding="utf-8") == as_markdown()


@pytest.mark.parametrize("preset", ["anki", "vim"])
def test_presets_have_no_conflicts(preset: str) -> None:
    Keymap(preset)


def test_every_action_exists_on_its_screen() -> None:
    owners: dict[str, type] = {cls.NAME: cls for cls in SCREEN_CLASSES}
    owners["answer"] = AnswerCard
    assert set(owners) | {"everywhere"} == set(SCREENS)
    for key in KEYS:
        owner = FlashcardsApp if key.action.startswith("app.") else owners[key.screen]
        name = key.action.removeprefix("app.").partition("(")[0]
        assert hasattr(owner, f"action_{name}"), key.id


@pytest.mark.parametrize("key", ["?", "*", "-", "=", "@", "!", "/", "+", "_", "z", "5"])
def test_characters_have_the_names_of_textual(key: str) -> None:
    assert textual_name(key) == _character_to_key(key)


@pytest.mark.parametrize(
    ("custom", "message"),
    [
        (
            {"answer.letter": "a,b"},
            'keys."answer.letter" needs 9 keys, one for each row, but has 2.',
        ),
        (
            {"review.undo": "e"},
            (
                "The key e has two actions: review.edit and review.undo. "
                "Choose another key for one of them."
            ),
        ),
        (
            {"home.undo": "?"},
            (
                "The key ? has two actions: everywhere.help and home.undo. "
                "Choose another key for one of them."
            ),
        ),
        (
            {"review.rewind": "u"},
            (
                'keys."review.rewind" is not an action. docs/keys.md lists all actions, '
                'such as "review.undo".'
            ),
        ),
        (
            {"review.undo": "zz"},
            (
                "keys.\"review.undo\": 'zz' is not a key. Write one character, "
                "or a name such as space, escape or ctrl+z."
            ),
        ),
        (
            {"review.undo": ","},
            (
                'keys."review.undo" names no key. Write one key, or several separated by '
                "commas; write comma for the comma itself."
            ),
        ),
    ],
)
def test_an_invalid_binding_is_an_error(custom: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as error:
        Keymap("anki", custom)

    assert str(error.value) == message


def test_two_keys_can_be_swapped() -> None:
    keymap = Keymap("anki", {"review.edit": "i", "review.info": "e"})

    assert keymap.keys("review.info") == ("e",)


async def test_a_custom_key_works_and_is_shown_in_the_footer(
    open_collection: OpenCollection, collection: object, hands: Hands
) -> None:
    settings = Settings(
        timezone="UTC", keys={"review.forward": "v,b", "review.easy": "9"}
    )
    app = FlashcardsApp(
        open_collection(settings), environment=TERMINAL, monotonic=hands
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("space")
        assert "v show the answer" in screen_text(app)
        await pilot.press("b")
        text = screen_text(app)
        assert "9 » Easy" in text
        assert "1 2 3 9 rate   v good" in text
        await pilot.press("9", "u")
        assert "Undid: Easy on" in screen_text(app)


async def test_the_vim_preset_moves_with_j_and_k(
    open_collection: OpenCollection, collection: Collection
) -> None:
    session = collection.sessions.start_review(cards=1)
    session.reveal()
    session.rate(Rating.GOOD)
    app = FlashcardsApp(
        open_collection(Settings(timezone="UTC", preset="vim")), environment=TERMINAL
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("j", "j")
        assert "enter review Classification metrics" in screen_text(app)
        await pilot.press("k", "k")
        assert "enter start" in screen_text(app)
        assert isinstance(app.screen, BaseScreen)
