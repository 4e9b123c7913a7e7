"""A card longer than its room scrolls inside itself."""

from __future__ import annotations

import pytest

from flashcards.tui.app import FlashcardsApp
from flashcards.tui.rendering.code_colors import color_spans, is_loaded
from tests.helpers import deck
from tests.tui.answering import current_card
from tests.tui.reviewing import review_on
from tests.tui.screen_text import screen_text

LONG = deck("""
    deck: metrics/long
    title: Long
    notes:
      - id: long-1
        front: "QUESTION"
        back: "ANSWER"
        why: THE END
    """)


@pytest.mark.parametrize(
    "decks",
    [(LONG.replace(b"QUESTION", b"What? " * 5).replace(b"ANSWER", b"so much " * 150),)],
)
async def test_a_long_card_scrolls(app: FlashcardsApp) -> None:
    async with review_on(app) as (pilot, _):
        await pilot.press("space")
        assert "more below" in screen_text(app)
        assert "THE END" not in screen_text(app)
        await pilot.press("down", "down", "down", "down")
        assert "THE END" in screen_text(app)
        assert "more below" not in screen_text(app)
        await pilot.press("up", "up", "up", "up")
        assert "What? What?" in screen_text(app)


@pytest.mark.parametrize(
    "decks",
    [(LONG.replace(b"QUESTION", b"What? " * 200).replace(b"ANSWER", b"That."),)],
)
async def test_the_answer_below_a_long_question_is_scrolled_into_view(
    app: FlashcardsApp,
) -> None:
    async with review_on(app) as (pilot, _):
        assert "more below" in screen_text(app)
        await pilot.press("space")

        assert "That." in screen_text(app)
        assert "THE END" in screen_text(app)


_WORDS = (
    "Words of this item that go on over more than one line of the card and end here"
)
LONG_ITEMS = {
    "choice": f"""
        kind: choice
        question: BEGIN {_WORDS}
        options:
          - {{text: "{_WORDS} 1", correct: true}}
          - {{text: "{_WORDS} 2"}}
          - {{text: "{_WORDS} 3"}}
          - {{text: "{_WORDS} 4"}}
          - {{text: "{_WORDS} 5"}}
          - {{text: "{_WORDS} 6"}}
          - {{text: "{_WORDS} 7"}}
          - {{text: "{_WORDS} 8"}}
    """,
    "order": f"""
        kind: order
        question: BEGIN {_WORDS}
        items: ["{_WORDS} 1", "{_WORDS} 2", "{_WORDS} 3", "{_WORDS} 4", "{_WORDS} 5", "{_WORDS} 6", "{_WORDS} 7"]
    """,
    "match": f"""
        kind: match
        question: BEGIN {_WORDS}
        pairs:
          - {{left: "{_WORDS} 1", right: "{_WORDS} a"}}
          - {{left: "{_WORDS} 2", right: "{_WORDS} b"}}
          - {{left: "{_WORDS} 3", right: "{_WORDS} c"}}
          - {{left: "{_WORDS} 4", right: "{_WORDS} d"}}
          - {{left: "{_WORDS} 5", right: "{_WORDS} e"}}
    """,
    "short-match": f"""
        kind: match
        question: BEGIN {_WORDS}
        pairs:
          - {{left: "{_WORDS} 1", right: a}}
          - {{left: "{_WORDS} 2", right: b}}
          - {{left: "{_WORDS} 3", right: c}}
          - {{left: "{_WORDS} 4", right: d}}
          - {{left: "{_WORDS} 5", right: e}}
    """,
    "typed": f"""
        kind: typed
        question: BEGIN {" ".join([_WORDS] * 14)}
        accept: [this]
    """,
    "recall": f"""
        kind: recall
        question: BEGIN {" ".join([_WORDS] * 14)}
        points: [{{text: One}}, {{text: Two}}]
    """,
}


def long_item(kind: str) -> bytes:
    """Return a deck with one item that no screen of 24 rows can hold."""
    text = f"""
    deck: metrics/long
    title: Long
    notes:
      - id: long-1{LONG_ITEMS[kind]}
    """
    return deck(text)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize(
    ("decks", "kind"),
    [((long_item(kind),), kind) for kind in LONG_ITEMS],
    ids=list(LONG_ITEMS),
)
async def test_a_long_question_starts_at_its_top_and_shows_that_there_is_more(
    app: FlashcardsApp, size: tuple[int, int], kind: str
) -> None:
    async with review_on(app, size) as (pilot, screen):
        screen.redraw()
        await pilot.pause()
        assert "BEGIN" in screen_text(app)
        assert "more below" in screen_text(app)
        assert "more above" not in screen_text(app)

        screen.action_scroll_card(1)
        await pilot.pause()
        assert "BEGIN" not in screen_text(app)
        assert "more above" in screen_text(app)
        scrolled = screen_text(app)
        screen.redraw()
        await pilot.pause()
        assert screen_text(app) == scrolled

        for _ in range(20):
            screen.action_scroll_card(1)
        await pilot.pause()
        assert "more above" in screen_text(app)
        assert "below" not in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize(
    ("decks", "kind"),
    [((long_item(kind),), kind) for kind in ("choice", "order", "match")],
    ids=["choice", "order", "match"],
)
async def test_the_row_under_the_cursor_is_scrolled_into_view(
    app: FlashcardsApp, size: tuple[int, int], kind: str
) -> None:
    async with review_on(app, size) as (pilot, screen):
        current = current_card(screen)
        note = current.note
        count = len(getattr(note, "pairs", ()) or current.presentation.texts)
        await pilot.press(*["down"] * (count - 1))
        await pilot.pause()

        assert screen.card.draft is not None
        assert screen.card.draft.cursor == count - 1
        row = next(row for row in screen.card.model.rows if row.raised)
        assert f"{row.label}  {row.text[:20]}" in screen_text(app)
        assert "more above" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("decks", [(long_item("match"),)])
async def test_right_sides_of_a_match_are_shown_whole_and_the_cursor_stays_visible(
    app: FlashcardsApp, size: tuple[int, int]
) -> None:
    async with review_on(app, size) as (pilot, screen):
        texts = current_card(screen).presentation.texts
        await pilot.press("3")
        for index, text in enumerate(texts):
            await pilot.pause()
            lines = [line.strip(" \u258c") for line in screen_text(app).splitlines()]
            start = next(
                at
                for at, line in enumerate(lines)
                if line.startswith(f"▸ {'abcde'[index]}  ")
            )
            shown = " ".join([lines[start][5:], *lines[start + 1 :]])
            assert " ".join(shown.split()).startswith(text)
            await pilot.press("down")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("decks", [(long_item("short-match"),)])
async def test_the_result_of_a_match_starts_at_the_beginning_of_a_row(
    app: FlashcardsApp, size: tuple[int, int]
) -> None:
    async with review_on(app, size) as (pilot, screen):
        await pilot.press("1", "a", "2", "b", "enter")
        await pilot.pause()
        assert current_card(screen).revealed
        assert "BEGIN" in screen_text(app)
        assert "more above" not in screen_text(app)


ROWS = "\n".join(f"          | method {n} | {n} ms |" for n in range(40))
TABLE = deck(f"""
    deck: metrics/long
    title: Long
    notes:
      - id: long-1
        front: Which is fastest?
        back: |
          | METHOD | TIME |
          |---|--:|
{ROWS}
    """)
CODE = deck(f"""
    deck: metrics/long
    title: Long
    notes:
      - id: long-1
        front: What leaks here?
        back: |
          The scaler.

          ```python
          {"x_train = scaler.fit(everything)  # " + "seen " * 14}
          ```
    """)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("decks", [(TABLE,)])
async def test_the_head_of_a_table_stays_while_every_row_is_scrolled_through(
    app: FlashcardsApp, size: tuple[int, int]
) -> None:
    async with review_on(app, size) as (pilot, _):
        await pilot.press("space")
        await pilot.pause()
        read = screen_text(app)
        while "more below" in screen_text(app) or "and below" in screen_text(app):
            await pilot.press("down")
            await pilot.pause()
            read += screen_text(app)
            assert "METHOD" in screen_text(app)

    assert all(f"method {n} " in read for n in range(40))


@pytest.mark.parametrize(("columns", "is_folded"), [(80, True), (160, False)])
@pytest.mark.parametrize("decks", [(CODE,)])
async def test_code_uses_the_width_of_the_terminal_and_gets_its_colors(
    app: FlashcardsApp, columns: int, *, is_folded: bool
) -> None:
    async with review_on(app, (columns, 40)) as (pilot, screen):
        await pilot.press("space")
        await pilot.pause()
        await app.workers.wait_for_complete(
            [worker for worker in app.workers if worker.node is screen.card]
        )
        await pilot.pause()

        assert ("↳" in screen_text(app)) is is_folded
        assert is_loaded("python")
        assert color_spans("x = 'a'", "python")
