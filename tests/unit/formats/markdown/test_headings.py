"""Cards in Markdown whose headings or callouts are questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.formats.formats import ReadContext, format_to_read
from tests.unit.formats.markdown.test_markdown_cards import list_rules, list_sides, read


def test_question_headings_are_answered_by_the_text_below(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read(
        """\
        # Caching

        An introduction.

        ## What does TTL stand for?

        Time to live.
        ```
        # no heading?
        ```

        ## What is evicted under LRU? ##

        - what was used longest ago

        ## Who answers this?
        """,
        tmp_path / "notes.md",
        reading,
        name="headings",
    )

    assert list_sides(bundle) == [
        ("What does TTL stand for?", "Time to live.\n```\n# no heading?\n```"),
        ("What is evicted under LRU?", "- what was used longest ago"),
    ]
    assert list_rules(bundle) == [(16, "heading-without-answer")]


@pytest.mark.parametrize(
    "heading",
    [
        "什么是漂移？",
        "ما هو الانحراف؟",
        "Τι είναι;".replace(";", "\u037e"),
        "**What is drift?**",
        "“What is drift?”",
        "What is drift (and what is it not?)",
        "`len`?",
    ],
    ids=ascii,
)
def test_a_heading_is_a_question_in_any_script_and_with_emphasis(
    tmp_path: Path, reading: ReadContext, heading: str
) -> None:
    text = f"## What is it?\n\nThis.\n\n## {heading}\n\nThat.\n"

    bundle = read(text, tmp_path / "notes.md", reading, name="headings")

    assert [back for _, back in list_sides(bundle)] == ["This.", "That."]
    assert list_rules(bundle) == []


def test_other_headings_are_cards_if_the_format_is_named(
    tmp_path: Path, reading: ReadContext
) -> None:
    text = "# Caching\n\n## Write-through\n\nEvery write waits.\n\n## Write-back\n\nIt may lose data.\n"

    bundle = read(text, tmp_path / "a.md", reading, name="headings", is_known=False)

    assert list_sides(bundle) == [
        ("Caching › Write-through", "Every write waits."),
        ("Caching › Write-back", "It may lose data."),
    ]
    assert format_to_read(tmp_path / "a.md").name == "unknown"


def test_question_callouts_are_cards(tmp_path: Path, reading: ReadContext) -> None:
    bundle = read(
        """\
        # Notes

        > [!question]- What does TTL stand for?
        > Time to live,
        > or so.

        > [!note] No card
        > at all

        > [!faq] What is LRU
        > > quoted
        """,
        tmp_path / "notes.md",
        reading,
        name="headings",
    )

    assert bundle.problems == ()
    assert list_sides(bundle) == [
        ("What does TTL stand for?", "Time to live,\\\nor so."),
        ("What is LRU", "> quoted"),
    ]
