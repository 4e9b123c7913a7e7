"""Each graded kind answered right, wrong and partly: one review with the answer saved."""

from __future__ import annotations

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, ReviewRow
from flashcards.domain.settings.settings import Settings
from flashcards.grading.answers import (
    ChoiceAnswer,
    NumericAnswer,
    RecallAnswer,
    TypedAnswer,
)
from flashcards.grading.record import AnswerRecord, from_json
from flashcards.tui.app import FlashcardsApp
from flashcards.tui.screens.review.screen import ReviewScreen
from flashcards.tui.screens.review.summary_screen import SummaryScreen
from flashcards.tui.widgets.answering.answer_card import (
    AnswerBox,
    AnswerCard,
    AnswerLine,
)
from tests.conftest import OpenCollection
from tests.helpers import FixedClock
from tests.tui.answering import answer_keys, current_card, digit, typed
from tests.tui.conftest import TERMINAL, Hands
from tests.tui.quiz_deck import NOTES, quiz_deck
from tests.tui.reviewing import review_on
from tests.tui.screen_text import assert_golden, screen_text


@pytest.fixture
def decks(request: pytest.FixtureRequest) -> tuple[bytes, ...]:
    kinds = request.param if hasattr(request, "param") else ()
    return (quiz_deck(*kinds),)


def only(*kinds: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("decks", [kinds], indirect=True)


SUGGESTED = {"right": Rating.GOOD, "partly": Rating.HARD, "wrong": Rating.AGAIN}


CASES = [
    (kind, how)
    for kind in NOTES
    for how in SUGGESTED
    if how != "partly" or kind not in ("choice", "numeric", "typed")
]


def saved_answer(
    collection: Collection, card_id: int
) -> tuple[ReviewRow, AnswerRecord]:
    (review,) = collection.reader.log.reviews(card_id)
    record = from_json(review.answer)
    assert record is not None
    return review, record


@pytest.mark.parametrize(
    ("decks", "kind", "how"),
    [((kind,), kind, how) for kind, how in CASES],
    indirect=["decks"],
)
async def test_an_answer_becomes_one_review_and_can_be_undone(
    app: FlashcardsApp, collection: Collection, kind: str, how: str
) -> None:
    async with review_on(app) as (pilot, screen):
        current = current_card(screen)
        card = current.row.card_id
        await pilot.press(*answer_keys(current, kind, how))
        await pilot.pause()
        assert current.revealed
        assert current.suggested_rating is SUGGESTED[how]
        assert collection.reader.log.reviews(card) == []

        await pilot.press("enter")
        await pilot.pause()
        review, record = saved_answer(collection, card)
        assert review.rating is SUGGESTED[how]
        assert record.given == current.given_answer
        assert (record.score == 1, record.score == 0) == (
            how == "right",
            how == "wrong",
        )

        await pilot.press("u" if isinstance(app.screen, SummaryScreen) else "ctrl+z")
        await pilot.pause()
        assert collection.reader.log.reviews(card) == []
        assert isinstance(app.screen, ReviewScreen)
        back = current_card(app.screen)
        assert (back.row.card_id, back.revealed, back.given_answer) == (
            card,
            True,
            current.given_answer,
        )


@only("choice")
async def test_marks_are_shown_with_sign_word_and_reason(
    app: FlashcardsApp,
) -> None:
    async with review_on(app, (100, 34)) as (pilot, screen):
        await pilot.press(*digit(current_card(screen), 1), "enter")
        text = screen_text(app)

    rows = {line.strip("▌ ") for line in text.splitlines()}
    wrong = digit(current_card(screen), 1)[0]
    right_digit = digit(current_card(screen), 2)[0]
    assert any(
        row.startswith(f"✗ {wrong}  Weighted F1") and row.endswith("your answer")
        for row in rows
    )
    assert any(
        row.startswith(f"✓ {right_digit}  Macro-averaged F1")
        and row.endswith("right answer")
        for row in rows
    )
    assert "Every class counts once, so a rare class weighs as much" in text
    assert "Misconception: macro and weighted averages" in text
    assert "It counts examples." in text
    assert "1 ✗ Again  space" in text


@only("choice")
async def test_a_digit_chooses_before_the_answer_and_rates_after_it(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        current = current_card(screen)
        await pilot.press("4")
        assert not current.revealed
        await pilot.press(*digit(current, 2), "space", "4")

        review, record = saved_answer(collection, current.row.card_id)
        assert review.rating is Rating.EASY
        assert record.given == ChoiceAnswer((2,))


@only("choice")
async def test_a_letter_beyond_the_options_keeps_its_usual_action(
    app: FlashcardsApp,
) -> None:
    async with review_on(app) as (pilot, screen):
        card = screen.query_one(AnswerCard)
        assert card.check_action("letter", (3,))
        assert not card.check_action("letter", (4,))
        assert not card.check_action("number", (4,))
        await pilot.press("i")
        await pilot.pause()
        assert app.screen is not screen
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen


@only("choice", "numeric")
async def test_a_held_key_does_not_choose_answer_or_type(
    app: FlashcardsApp, hands: Hands
) -> None:
    async with review_on(app) as (pilot, screen):
        for _ in range(2):
            current = current_card(screen)
            await pilot.press("1", "enter")
            hands.step = 0.01
            await pilot.press("1", "enter", "space")
            assert current_card(screen) is current
            assert current.revealed
            hands.step = 1.0
            await pilot.press("4")
            if screen.session.current is None:
                break
            hands.step = 0.01
            await pilot.press("4", "enter")
            hands.step = 1.0
            assert not current_card(screen).revealed
            assert screen.query_one(AnswerLine).value == ""


@only("choice")
async def test_right_but_not_sure_suggests_hard(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        current = current_card(screen)
        await pilot.press("~")
        assert "~ not sure\n" in "".join(
            f"{line.strip('▌ ')}\n" for line in screen_text(app).splitlines()
        )
        await pilot.press("~", "~", *digit(current, 2), "enter")
        assert "Right, but not sure." in screen_text(app)
        await pilot.press("enter")

        review, record = saved_answer(collection, current.row.card_id)
        assert review.rating is Rating.HARD
        assert record.confidence == "unsure"


@only("numeric")
async def test_the_confidence_key_cycles_if_confidence_is_asked_for(
    collection: Collection, open_collection: OpenCollection, hands: Hands
) -> None:
    asking = open_collection(Settings(timezone="UTC", confidence=True))
    app = FlashcardsApp(asking, environment=TERMINAL, monotonic=hands)
    async with review_on(app) as (pilot, screen):
        current = current_card(screen)
        confidences = []
        for _ in range(4):
            await pilot.press("ctrl+t")
            confidences.append(current.confidence)

    assert confidences == ["sure", "unsure", "guess", ""]


@only("numeric")
async def test_letters_are_typed_until_escape_leaves_the_field(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        current = current_card(screen)
        await pilot.press("q", "u", "question_mark")
        assert screen.query_one(AnswerLine).value == "qu?"
        await pilot.press("enter")
        assert "is not a number in %" in screen_text(app)
        await pilot.press("escape", "*")
        assert current_card(screen).row.marked
        await pilot.press("enter", "ctrl+u", *"13.8", "enter", "enter")

        _, record = saved_answer(collection, current.row.card_id)
        assert record.given == NumericAnswer(13.8, "13.8")


@only("typed")
async def test_a_typo_is_shown_and_accepted(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current_card(screen).row.card_id
        await pilot.press(*typed("macro avrage"), "enter")
        assert "read as macro average" in screen_text(app)
        await pilot.press("enter")

        assert saved_answer(collection, card)[1].given == TypedAnswer("macro avrage")


@only("recall")
async def test_a_required_point_missed_caps_the_rating(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current_card(screen).row.card_id
        await pilot.press(*typed("the queue"), "enter")
        await pilot.pause()
        text = screen_text(app)
        assert 'found: "queue"' in text
        assert "required" in text
        assert "counts as Hard" in text
        await pilot.press("4")

        review, record = saved_answer(collection, card)
        assert review.rating is Rating.HARD
        assert record.given == RecallAnswer((1,), "the queue")


@only("recall")
async def test_a_long_answer_is_cut_to_the_limit_and_its_points_are_ticked(
    app: FlashcardsApp,
) -> None:
    async with review_on(app) as (pilot, screen):
        box = screen.query_one(AnswerBox)
        box.text = "chargeback " * 10_000
        await pilot.pause()
        await pilot.press("enter")

        answer = current_card(screen).given_answer
        assert isinstance(answer, RecallAnswer)
        assert len(answer.text) <= 10_000
        assert answer.points == (0,)


@only("order")
async def test_the_mouse_swaps_and_drags_items(app: FlashcardsApp) -> None:
    async with review_on(app) as (pilot, screen):
        before = list(current_card(screen).presentation.texts)

        def row(text: str) -> tuple[int, int]:
            lines = screen_text(app).splitlines()
            y = next(n for n, line in enumerate(lines) if text in line)
            return lines[y].index(text), y

        await pilot.click(offset=row(before[0]))
        await pilot.click(offset=row(before[2]))
        await pilot.pause()
        assert row(before[2])[1] < row(before[1])[1] < row(before[0])[1]

        await pilot.mouse_down(offset=row(before[0]))
        await pilot.hover(offset=row(before[2]))
        await pilot.mouse_up(offset=row(before[2]))
        await pilot.pause()
        assert row(before[0])[1] < row(before[2])[1] < row(before[1])[1]


@only("choice")
async def test_giving_up_shows_the_answer_and_suggests_again(
    app: FlashcardsApp, collection: Collection
) -> None:
    async with review_on(app) as (pilot, screen):
        card = current_card(screen).row.card_id
        await pilot.press("ctrl+g")
        assert "Not answered." in screen_text(app)
        await pilot.press("space")

        assert saved_answer(collection, card)[0].rating is Rating.AGAIN


async def test_no_widget_is_mounted_between_kinds_of_cards(app: FlashcardsApp) -> None:
    async with review_on(app) as (pilot, screen):
        widgets = list(screen.query("*"))
        for _ in range(len(NOTES) - 1):
            await pilot.press("ctrl+g", "4")

        assert list(screen.query("*")) == widgets


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (44, 14), (40, 10)])
async def test_every_kind_is_drawn_at_every_size(
    app: FlashcardsApp, size: tuple[int, int]
) -> None:
    async with review_on(app, size) as (pilot, _):
        for _ in NOTES:
            await pilot.pause()
            for key in ("ctrl+g", "4"):
                rows = screen_text(app).splitlines()
                assert len(rows) == size[1]
                assert rows[-1].endswith("help")
                await pilot.press(key)


GOLDEN = {
    "choice": "wrong",
    "numeric": "wrong",
    "order": "partly",
    "match": "partly",
    "recall": "partly",
}


@pytest.mark.parametrize(
    ("decks", "kind"), [((kind,), kind) for kind in GOLDEN], indirect=["decks"]
)
async def test_the_screen_of_each_kind_matches_its_golden(
    app: FlashcardsApp, clock: FixedClock, kind: str
) -> None:
    async with review_on(app) as (pilot, screen):
        clock.forward(seconds=9)
        assert_golden(app, f"quiz/{kind}-question-80x24")
        await pilot.press(*answer_keys(current_card(screen), kind, GOLDEN[kind]))
        await pilot.pause()
        assert_golden(app, f"quiz/{kind}-answer-80x24")
