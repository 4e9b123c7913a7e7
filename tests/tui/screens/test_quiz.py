"""A quiz from the home screen to its result, and an exam with its clock."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, Scope
from flashcards.study.session.current_card import CurrentCard
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.home.screen import HomeScreen
from flashcards.tui.screens.quiz.exam_screen import ExamScreen
from flashcards.tui.screens.quiz.item_screen import ItemScreen
from flashcards.tui.screens.quiz.result_screen import QuizResultScreen
from flashcards.tui.screens.quiz.setup_screen import QuizScreen
from flashcards.tui.screens.review.screen import ReviewScreen
from tests.helpers import FixedClock, deck
from tests.tui.answering import digit
from tests.tui.conftest import METRICS, TERMINAL, Hands
from tests.tui.quiz_deck import quiz_deck
from tests.tui.screen_text import screen_text

SIZE = (80, 24)
OTHER = deck("""
    deck: drift/types
    title: Types of drift
    topics: {moves: What moved}
    notes:
      - id: d-1
        kind: choice
        topic: moves
        tags: [shift]
        question: Only the inputs moved. What is that called?
        options:
          - {text: Covariate shift, correct: true, why: The labels given the inputs stay.}
          - {text: Concept drift, why: There the labels given the inputs move.}
    """)


@pytest.fixture
def decks() -> tuple[bytes, ...]:
    return (quiz_deck("choice", "several"), OTHER)


async def set_up(pilot: Pilot[str], *keys: str) -> None:
    await pilot.pause()
    await pilot.press("z")
    await pilot.pause()
    assert isinstance(pilot.app.screen, QuizScreen)
    await pilot.press(*keys)
    await pilot.pause()


def current_card(app: FlashcardsApp) -> CurrentCard:
    screen = app.screen
    assert isinstance(screen, ReviewScreen | ExamScreen)
    assert screen.session.current is not None
    return screen.session.current


def exam(app: FlashcardsApp) -> ExamScreen:
    screen = app.screen
    assert isinstance(screen, ExamScreen)
    return screen


def wrong_keys(current: CurrentCard) -> list[str]:
    return {
        "q-choice": digit(current, 0) if current.note.id == "q-choice" else [],
        "q-several": digit(current, 2) if current.note.id == "q-several" else [],
        "d-1": digit(current, 1) if current.note.id == "d-1" else [],
    }[current.note.id]


async def test_a_quiz_asks_all_questions_and_ends_with_its_result(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot)
        assert "3 questions, with feedback after each answer." in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        cards = []
        for _ in range(3):
            current = current_card(app)
            cards.append(current.row.card_id)
            await pilot.press(*wrong_keys(current), "enter", "space")
            await pilot.pause()

        assert isinstance(app.screen, QuizResultScreen)
        text = screen_text(app)
        assert "0 of 3 right in 1 minute. Score 0%." in text
        assert "micro counts classes" in text
        assert "Averaging over classes" in text
        for card in cards:
            (review,) = collection.reader.log.reviews(card)
            assert review.rating is Rating.AGAIN
            assert review.answer


async def test_wrong_answers_can_be_made_due_and_this_can_be_undone(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "enter")
        for _ in range(3):
            await pilot.press(*wrong_keys(current_card(app)), "enter", "4")
            await pilot.pause()
        today = collection.moment().day
        cards = [
            row.card.card_id
            for row in collection.reader.queue.for_quiz(today, Scope(), ["choice"])
        ]
        before = [collection.reader.cards.get(card).memory.due_day for card in cards]
        await pilot.press("w")
        assert "Made 3 cards due today." in screen_text(app)
        assert {collection.reader.cards.get(card).memory.due_day for card in cards} == {
            today
        }
        await pilot.press("u")
        assert [
            collection.reader.cards.get(card).memory.due_day for card in cards
        ] == before
        await pilot.press("u")
        await pilot.pause()

        assert isinstance(app.screen, ReviewScreen)
        assert current_card(app).revealed


async def test_enter_opens_a_wrong_answer_with_its_explanation(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "enter")
        for _ in range(3):
            await pilot.press(*wrong_keys(current_card(app)), "enter", "space")
            await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ItemScreen)
        text = screen_text(app)
        assert "1 of 3 not right" in text
        assert "your answer" in text or "not this one" in text
        await pilot.press("right", "right", "right", "escape")
        await pilot.pause()

        assert isinstance(app.screen, QuizResultScreen)


async def test_ticks_limit_the_quiz(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "down", "down", "space")
        assert "1 question, with feedback after each answer." in screen_text(app)
        assert "[x] Types of drift" in screen_text(app)
        assert "[ ] What moved" in screen_text(app)
        await pilot.press("down", "space")
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        assert screen.setup.scope == Scope(decks=("drift/types",), topics=("moves",))
        await pilot.press("enter")
        await pilot.pause()

        assert current_card(app).note.id == "d-1"


async def test_leaving_a_quiz_shows_its_result_so_far(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "enter")
        await pilot.press(*wrong_keys(current_card(app)), "enter", "space", "q")
        await pilot.pause()
        assert isinstance(app.screen, QuizResultScreen)
        assert "0 of 1 right" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()

        assert isinstance(app.screen, HomeScreen)


async def test_an_exam_shows_no_feedback_before_its_end(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        first = current_card(app)
        await pilot.press(*wrong_keys(first), "enter")
        text = screen_text(app)
        assert "2 of 3" in text
        assert "your answer" not in text
        assert collection.reader.log.reviews(first.row.card_id) == []
        await pilot.press("left")
        assert "answered" in screen_text(app)
        await pilot.press("f")
        assert "answered · flagged" in screen_text(app)
        await pilot.press("h")
        assert (
            "2 questions open, 1 flagged. Press h again to submit the exam."
            in screen_text(app)
        )
        await pilot.press("h")
        await pilot.pause()

        assert isinstance(app.screen, QuizResultScreen)
        assert "2 not answered" in screen_text(app)
        (review,) = collection.reader.log.reviews(first.row.card_id)
        assert review.rating is Rating.AGAIN


async def test_an_exam_is_submitted_when_its_time_is_up(
    app: FlashcardsApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        screen = exam(app)
        clock.forward(seconds=screen.session.seconds_left - 30)
        screen.update_clock()
        await pilot.pause()
        assert "0:30 left" in screen_text(app)
        clock.forward(seconds=31)
        screen.update_clock()
        await pilot.pause()

        assert isinstance(app.screen, QuizResultScreen)


@pytest.mark.parametrize("decks", [(quiz_deck("numeric", "recall"),)])
async def test_text_typed_in_an_exam_is_saved_when_changing_the_question(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        screen = exam(app)
        at = next(n for n in range(2) if _kind(screen, n) == "numeric")
        screen.session.go_to(at)
        screen.redraw()
        await pilot.press(*"13.8", "escape", "left" if at else "right")
        assert screen.session.answered_count == 1
        assert screen.session.index == 1 - at
        await pilot.press("escape", "left" if not at else "right")
        await pilot.pause()
        assert "13.8" in screen_text(app)


def _kind(screen: ExamScreen, index: int) -> str:
    screen.session.go_to(index)
    assert screen.session.current is not None
    return screen.session.current.note.kind


async def test_an_exam_can_be_left_and_resumed(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        await pilot.press(*wrong_keys(current_card(app)), "enter", "q")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        await set_up(pilot, "x", "enter")

        assert exam(app).session.answered_count == 1


@pytest.mark.parametrize(
    ("decks", "keys"),
    [
        ((quiz_deck("several"),), ("2", "4")),
        ((quiz_deck("order"),), ("shift+down", "shift+down")),
        ((quiz_deck("match"),), ("2", "a")),
    ],
)
async def test_leaving_an_exam_saves_the_draft_of_an_answer(
    app: FlashcardsApp, keys: tuple[str, ...]
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        untouched = exam(app).card.chosen
        await pilot.press(*keys)
        chosen = exam(app).card.chosen
        assert chosen not in (None, untouched)
        await pilot.press("q")
        await set_up(pilot, "x", "enter")

        assert exam(app).card.chosen == chosen
        assert exam(app).session.answered_count == 0


@pytest.mark.parametrize("decks", [(quiz_deck("several", "order"),)])
async def test_ticks_in_an_exam_are_saved_after_a_pause_and_shown_again(
    app: FlashcardsApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await set_up(pilot, "x", "enter")
        screen = exam(app)
        at = next(n for n in range(2) if _kind(screen, n) == "choice")
        screen.session.go_to(at)
        screen.redraw()
        await pilot.press("2", "4")
        chosen = screen.card.chosen
        while screen.session.items[at].chosen != chosen:
            await pilot.pause(0.05)
        await pilot.press("left" if at else "right", "right" if at else "left")

        assert screen.session.index == at
        assert screen.card.chosen == chosen
        assert screen.session.answered_count == 0


@pytest.mark.parametrize("decks", [(METRICS,)])
async def test_without_questions_a_notice_is_shown(app: FlashcardsApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("z")
        await pilot.pause()

        assert isinstance(app.screen, HomeScreen)
        assert "No quiz questions in these decks" in screen_text(app)


async def test_a_first_quiz_is_opened_at_once(
    collection: Collection, hands: Hands
) -> None:
    quiz = collection.sessions.start_quiz(exam=True)
    app = FlashcardsApp(collection, first=quiz, environment=TERMINAL, monotonic=hands)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        assert isinstance(app.screen, ExamScreen)


PATHS = {
    "setup": ("z", "down", "down", "space"),
    "exam": ("z", "x", "enter"),
    "result": ("z", "x", "enter", "1", "enter", "1", "enter", "1", "enter", "h", "h"),
    "item": ("z", "x", "enter", "1", "enter", "h", "h", "enter"),
}


@pytest.mark.parametrize(
    "size",
    [(120, 36), (80, 24), (60, 20), (59, 19), (44, 14), (40, 10), (20, 6), (1, 1)],
)
@pytest.mark.parametrize("path", PATHS)
async def test_every_page_is_drawn_at_every_size(
    app: FlashcardsApp, size: tuple[int, int], path: str
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in PATHS[path]:
            await pilot.press(key)
            await pilot.pause()
        rows = screen_text(app).splitlines()

    assert len(rows) == size[1]
    if size[0] >= 40:
        assert rows[-1].endswith("? help")
