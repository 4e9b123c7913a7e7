"""The content of a screen: its text as lines, and the bytes a terminal would get."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.goldens import compare_with_golden

if TYPE_CHECKING:
    from textual.app import App

GOLDEN = Path(__file__).parent / "golden"


def screen_text(app: App[str]) -> str:
    """Return the screen as text, one line for each row, without spaces at the ends."""
    strips = app.screen._compositor.render_strips()
    rows = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
    return "\n".join(rows) + "\n"


def screen_bytes(app: App[str]) -> str:
    """Return the screen as it would be written to a terminal, with every escape."""
    console = app.console
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.render(console) for strip in strips)


def screen_actions(app: App[str]) -> set[str]:
    """Return every action that a click somewhere on the screen would start."""
    actions: set[str] = set()
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            meta = segment.style.meta if segment.style else {}
            actions.update(str(value) for key, value in meta.items() if "click" in key)
    return actions


def assert_golden(app: App[str], name: str) -> None:
    """Compare the screen with the golden of a name, as `review/answer-80x24`."""
    compare_with_golden(screen_text(app), GOLDEN / f"{name}.txt")
