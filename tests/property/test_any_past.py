"""No stored data keeps the program from opening: every command and every screen, any log."""

from __future__ import annotations

import asyncio
import io
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from flashcards.__main__ import run
from flashcards.collection.collection import Collection
from flashcards.domain.clock import SystemClock, moment
from flashcards.domain.settings.settings import AppDirectories
from flashcards.tui.app import FlashcardsApp
from tests.examples import scale_examples
from tests.property.any_past import CARDS, Plain, configs, fill, pasts
from tests.tui.conftest import TERMINAL
from tests.tui.screen_text import screen_text
from tests.tui.studying import settled

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = SystemClock().now()
TODAY = moment(NOW, None, 4).day

COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    ("due",),
    ("due", "--json"),
    ("due", "--short"),
    ("plan",),
    ("plan", "--json"),
    ("plan", "--full"),
    ("plan", "export"),
    ("stats",),
    ("stats", "--json"),
    ("stats", "metrics"),
    *(("card", card) for card in CARDS),
    ("card", "m-1", "--json"),
    ("decks",),
    ("decks", "--json"),
    ("search", "is:due"),
    ("search", "precision", "--json"),
    ("quiz", "--plain"),
    ("quiz", "--plain", "--exam"),
    ("review", "--plain", "--diagnostic"),
    ("review", "--plain", "--cram"),
    ("review", "--plain"),
    ("export", "-o", "-", "--format", "json"),
    ("export", "-o", "-", "--format", "yaml", "metrics"),
    ("doctor",),
)
NO_FIGURE = re.compile(r"\b(nan|NaN|inf|Infinity|None)\b")
"""How a figure that could not be computed looks if it is printed by mistake."""
STYLE = re.compile("<style>.*?</style>", re.DOTALL)


@contextmanager
def streams(typed: str) -> Iterator[tuple[io.BytesIO, io.StringIO]]:
    """Give what is printed while lines are typed; data is bytes, as on a real stdout."""
    out, err = io.BytesIO(), io.StringIO()
    text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(text),
        redirect_stderr(err),
    ):
        patch.setattr(sys, "stdin", io.StringIO(typed))
        yield out, err
        text.detach()


def printed(home: Path, *command: str, typed: str = "") -> str:
    """Return what a command prints that must not fail."""
    with streams(typed) as (out, err):
        status = run(["--home", str(home), *command])
    assert status in (0, 1), (command, err.getvalue())
    return out.getvalue().decode()


@settings(max_examples=scale_examples(4))
@given(past=pasts(NOW, TODAY), config=configs)
def test_every_command_works_on_any_log_and_plan(past: Plain, config: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory) / "home"
        fill(home, past, config)
        for command in COMMANDS:
            text = printed(home, *command, typed="\n1\n\n4\nq\n")
            assert not NO_FIGURE.search(text), (command, text)
        for option in ("--html", "--svg"):
            page = home / "report"
            printed(home, "stats", option, str(page))
            shown = STYLE.sub("", page.read_text())
            assert not NO_FIGURE.search(shown), option


async def visit_screens(app: FlashcardsApp, check: Callable[[str], None]) -> None:
    """Visit every screen that shows figures, and answer a card."""
    async with app.run_test(size=(80, 24)) as pilot:

        async def pressed(*keys: str) -> None:
            await pilot.press(*keys)
            await settled(pilot)
            check(screen_text(app))

        await pressed()
        await pressed("t")
        for _ in range(9):
            await pressed("tab", "left")
        await pressed("escape", "p")
        for key in ("down", "right", "plus", "escape"):
            await pressed(key)
        await pressed("s")
        for keys in (("i",), ("right",), ("escape",), ("space",), ("3",), ("q",)):
            await pressed(*keys)
        await pressed("q")
    assert app.fault is None


def check_screen(text: str) -> None:
    assert not NO_FIGURE.search(text), text


@settings(max_examples=scale_examples(4))
@given(past=pasts(NOW, TODAY), config=configs)
def test_every_screen_opens_on_any_log_and_plan(past: Plain, config: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory) / "home"
        fill(home, past, config)
        collection = Collection(AppDirectories(home))
        try:
            app = FlashcardsApp(collection, environment=TERMINAL)
            asyncio.run(visit_screens(app, check_screen))
        finally:
            collection.close()
