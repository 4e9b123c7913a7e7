"""Card text is parsed into blocks and inline markup as it was written."""

from __future__ import annotations

import pytest

from flashcards.text.markdown.blocks import (
    Block,
    Code,
    ListItem,
    Paragraph,
    opens_block,
    parse_blocks,
)
from flashcards.text.markdown.inline import parse_inline


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# Title", Paragraph("Title", 1)),
        ("### Title ###", Paragraph("Title", 3)),
        ("# C#", Paragraph("C#", 1)),
        ("# a \\#", Paragraph("a \\#", 1)),
        ("# #", Paragraph("", 1)),
        ("#", Paragraph("#")),
        ("# ", Paragraph("#")),
        ("####### a", Paragraph("####### a")),
    ],
)
def test_a_heading_loses_only_its_closing_signs(line: str, heading: Block) -> None:
    assert parse_blocks(line) == (heading,)


def test_a_code_block_has_its_language() -> None:
    assert parse_blocks("```sql\na\n```\n~~~\nb\n~~~") == (
        Code(("a",), "sql"),
        Code(("b",)),
    )


@pytest.mark.parametrize("line", ["- a", "+ a", "* a", "1. a", "> a", "# a", "```"])
def test_a_backslash_makes_a_block_marker_plain_text(line: str) -> None:
    assert opens_block(line)
    if not line[0].isdigit():
        assert not opens_block(f"\\{line}")
        assert parse_inline(f"\\{line}") == (line, [])


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("**a *b ~~c***", [(2, 7, "italic"), (0, 7, "bold")]),
        ("*a **b _c***", [(2, 6, "bold"), (0, 6, "italic")]),
    ],
)
def test_three_stars_close_bold_and_italic_around_an_open_delimiter(
    text: str, spans: list[tuple[int, int, str]]
) -> None:
    assert parse_inline(text)[1] == spans


def test_list_items_keep_their_numbers_and_depths() -> None:
    assert parse_blocks("3. a\n  - b") == (ListItem("3.", 0, "a"), ListItem("", 1, "b"))


def test_a_code_span_in_three_backticks_starts_no_code_block() -> None:
    blocks = parse_blocks('```py cache.get("key") ```\n\nafter')

    assert [type(block) for block in blocks] == [Paragraph, Paragraph]
