"""Rules for the source of the tui: no parsed markup, no SQL, no files read."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import PROJECT

TUI = PROJECT / "flashcards" / "tui"
SOURCES = sorted(TUI.rglob("*.py"))

MARKUP = [
    (r"from_markup\(", "markup is parsed"),
    (r"markup=True", "markup is turned on"),
    (
        r"textual.widgets import (?!Input\b)",
        "a widget that parses text",
    ),
    (r"\.notify\(", "a toast that parses its message"),
    (r"border_(sub)?title", "a border that parses its title"),
    (r"\.update\(\s*f?[\"']", "text goes into a widget unclean"),
    (r"\"@click\"|@click=", "a live action in content"),
]
ROOM = [
    (r"\b(sqlite3|sqlmodel|sqlalchemy|fsrs)\b", "SQL or FSRS"),
    (r"\b(open|read_text|read_bytes)\(", "reads a file"),
    (r"datetime\.now|time\.time\(|date\.today", "reads the clock by itself"),
    (r"\b(random|uuid)\b", "uses randomness"),
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TUI)))
def test_no_source_parses_markup_or_does_the_work_of_another_layer(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    for pattern, meaning in MARKUP + ROOM:
        match = re.search(pattern, source)
        assert match is None, meaning


def test_stored_text_becomes_content_in_one_module_only() -> None:
    for path in SOURCES:
        if path.name != "markdown.py":
            source = path.read_text(encoding="utf-8")
            assert "flashcards.text.safe_text" not in source, path.name


def test_a_screen_is_at_most_three_classes_deep() -> None:
    classes = (
        getattr(importlib.import_module(name), attribute)
        for name in module_names()
        for attribute in vars(importlib.import_module(name))
        if attribute.endswith(("Screen", "Dialog"))
    )
    for screen in set(classes):
        ours = [
            cls for cls in screen.__mro__ if cls.__module__.startswith("flashcards")
        ]
        assert len(ours) <= 3, screen.__name__


def module_names() -> list[str]:
    """Return the modules of the screens."""
    paths = sorted((TUI / "screens").rglob("*.py"))
    return [".".join(path.relative_to(PROJECT).with_suffix("").parts) for path in paths]


def test_the_first_screen_loads_nothing_slow() -> None:
    """The database mapper, the scheduler's package and Markdown come after the first paint."""
    script = (
        "import sys, flashcards.tui.app, flashcards.collection.collection, flashcards.study.today.overview;"
        "print(sorted({'sqlmodel','sqlalchemy','pydantic','fsrs','markdown_it','pygments',"
        "'rich.markdown','yaml','textual.widgets._markdown','flashcards.tui.screens.review.screen'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
