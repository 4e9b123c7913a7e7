"""`flashcards plan sheet` prints the weakest cards as Markdown or as a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program

HOSTILE = """deck: metrics/hostile
title: Hostile
notes:
  - id: h-1
    front: "Is <script>alert(1)</script> [a link](http://example.org) shown?"
    back: "As **text**, <b>plain</b>."
  - id: h-2
    kind: numeric
    question: How many requests does {n} a second make in {n} seconds?
    variables: {n: [3, 4]}
    answer: n * n
"""


@pytest.fixture
def hostile(flashcards: Program, tmp_path: Path) -> Program:
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE)
    flashcards.make_store()
    assert flashcards("import", str(path)).status == 0
    return flashcards


def test_without_reviews_the_sheet_says_so_and_lists_core_cards(
    hostile: Program,
) -> None:
    sheet = hostile("plan", "sheet")

    assert sheet.status == 0
    assert "No reviews yet, so these are the first 2 core cards" in sheet.out
    assert "## Metrics" in sheet.out
    assert "{n}" not in sheet.out
    assert "[a link](" not in sheet.out
    assert "<script>" not in sheet.out
    assert hostile("plan", "sheet", "--cards", "1").out.count("\n- ") == 1


def test_the_page_has_no_scripts_and_escapes_card_text(
    hostile: Program, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.html"

    wrote = hostile("plan", "sheet", "--html", "-o", str(path))

    assert f"Wrote the morning sheet to {path}." in wrote.out
    page = path.read_text()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "@media print" in page
    assert hostile("plan", "sheet", "--html", "-o", str(path)).status == 0


def test_a_file_that_is_no_sheet_is_not_replaced(
    hostile: Program, tmp_path: Path
) -> None:
    path = tmp_path / "notes.md"
    path.write_text("My notes.\n")

    refused = hostile("plan", "sheet", "-o", str(path))

    assert refused.status != 0
    assert "is not a morning sheet" in refused.err
    assert path.read_text() == "My notes.\n"
    assert hostile("plan", "sheet", "-o", str(path), "--force").status == 0
    assert path.read_text().startswith("# Morning sheet")
