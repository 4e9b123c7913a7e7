"""Rules that the tui's source keeps: no markup, no SQL, no file of its own to read."""

from __future__ import annotations

import ast
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
    (r"datetime\.now|time\.time\(|date\.today", "tells the time by itself"),
    (r"\b(random|uuid)\b", "draws lots"),
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TUI)))
def test_no_source_passes_markup_or_leaves_its_room(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    for pattern, meaning in MARKUP + ROOM:
        found = re.search(pattern, source)
        assert found is None, meaning


def test_stored_text_becomes_content_in_one_module_only() -> None:
    for path in SOURCES:
        if path.name != "markdown.py":
            source = path.read_text(encoding="utf-8")
            assert "flashcards.text.safe_text" not in source, path.name


@pytest.mark.parametrize(
    "path", sorted((TUI / "screens").glob("*.py")), ids=lambda p: p.name
)
def test_a_screen_is_at_most_150_lines(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and node.name.endswith("Screen"):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 150, node.name


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
