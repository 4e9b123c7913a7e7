"""After an answer, every choice of the shipped decks shows what one must see without scrolling."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from flashcards.domain.content import ChoiceNote
from flashcards.domain.settings.settings import DeckOptions, Settings
from flashcards.tui.app import FlashcardsApp
from tests.tui.answering import digit
from tests.tui.reviewing import review_on
from tests.tui.screen_text import screen_text

REMARK = re.compile(r" {2,}(right answer|your answer|not this one|missed|chosen)$")
SHIPPED = Path(__file__).resolve().parents[2] / "decks"


def shipped_choices() -> bytes:
    """Return one deck with all choice cards of the shipped decks, without their links."""
    notes = [
        {
            key: note[key]
            for key in ("id", "kind", "question", "options", "derived")
            if key in note
        }
        for path in sorted(SHIPPED.glob("*/*.yaml"))
        for note in yaml.safe_load(path.read_text("utf-8"))["notes"]
        if note["kind"] == "choice"
    ]
    content = {"deck": "metrics/choices", "title": "Choices", "notes": notes}
    return yaml.safe_dump(content, allow_unicode=True).encode()


@pytest.fixture
def settings() -> Settings:
    options = DeckOptions(new_per_day=100)
    return Settings(timezone="UTC", glyphs="unicode", minutes=0, scheduling=options)


def joined(text: str) -> str:
    """Return words in one line, without the edges of panels and the signs of Markdown."""
    for sign in ("▌", "`", "**"):
        text = text.replace(sign, " " if sign == "▌" else "")
    return " ".join(text.split())


def shown_words(app: FlashcardsApp) -> str:
    """Return the words of the screen without the remarks at the right of options."""
    lines = screen_text(app).splitlines()
    return joined(" ".join(REMARK.sub("", line) for line in lines))


def longest_wrong(note: ChoiceNote) -> int:
    """Return the index of the wrong option with the most to show."""
    wrong = (n for n, option in enumerate(note.options) if not option.correct)
    return max(wrong, key=lambda n: len(note.options[n].text + note.options[n].why))


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=["80x24", "60x20"])
@pytest.mark.parametrize("decks", [(shipped_choices(),)], ids=["shipped"])
async def test_what_was_chosen_and_what_is_right_are_visible_without_scrolling(
    app: FlashcardsApp, size: tuple[int, int]
) -> None:
    async with review_on(app, size) as (pilot, screen):
        asked = set()
        while (current := screen.session.current) is not None:
            note = current.note
            assert isinstance(note, ChoiceNote)
            if note.id in asked:
                break
            asked.add(note.id)
            wrong = longest_wrong(note)
            await pilot.press(*digit(current, wrong), "enter")
            await pilot.pause()

            shown = shown_words(app)
            rights = [option for option in note.options if option.correct]
            for option in (*rights, note.options[wrong]):
                assert joined(option.text) in shown, screen_text(app)
                if len(rights) == 1:
                    assert joined(option.why) in shown, screen_text(app)
            read = shown
            while (
                "more below" in (foot := screen_text(app)) or "above and below" in foot
            ):
                await pilot.press("down")
                await pilot.pause()
                read += shown_words(app)
            for option in note.options:
                assert joined(option.why) in read, screen_text(app)
            await pilot.press("4")
            await pilot.pause()

    assert len(asked) == note_count()


def note_count() -> int:
    return len(yaml.safe_load(shipped_choices())["notes"])
