"""Plain lines of card text have no markup and keep their line breaks."""

from __future__ import annotations

import pytest

from flashcards.domain.content import NumericNote
from flashcards.domain.faces import list_text
from flashcards.text.markdown.plain_text import to_plain_line, to_plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("one\\\ntwo", "one\ntwo"),
        ("one  \ntwo", "one\ntwo"),
        ("one\ntwo", "one two"),
        ("1. train\\\n2. check\\\n3. ship\\\nlater: watch", "1. train\n2. check\n3. ship\n   later: watch"),
        ("a **b\nc** d", "a b c d"),
        ("~~old~~ new", "(struck out: old) new"),
        ("H~~2~~O", "H(struck out: 2)O"),
        ("about ~5 ms to ~9 ms", "about ~5 ms to ~9 ms"),
        ("# Head\ntext", "Head\n\ntext"),
        ("- a\n  - b `c`", "- a\n  - b c"),
        ("```\nx = '**'\n\ny\n```", "    x = '**'\n    \n    y"),
        ("~~~\ncode\n~~~", "    code"),
        ("> said\n> so", "> said so"),
        ("| a | b |\n|---|--:|\n| `1` | 2 |", "a | b\n1 | 2"),
    ],
)  # fmt: skip
def test_plain_text_has_no_markup(text: str, plain: str) -> None:
    assert to_plain_text(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("one\\\ntwo", "one two"),
        ("Which?\n\n- `a`\n- b", "Which? - a - b"),
        ("```py\nx **= 2\n```", "x **= 2"),
        ("1. a\n2. b", "1. a 2. b"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b 1 | 2"),
    ],
)
def test_a_plain_line_joins_the_words_of_all_lines(text: str, plain: str) -> None:
    assert to_plain_line(text) == plain


def test_lists_show_a_template_with_numbers_filled_in() -> None:
    note = NumericNote(
        id="n",
        question="At {qps} a second, or {qps / 1000} thousand, and {ms} ms: {other}?",
        answer="qps * ms",
        variables=(("qps", (1500.0, 2000.0)), ("ms", (20.0,))),
    )

    assert list_text(note) == (
        "At 1,500 a second, or 1.5 thousand, and 20 ms: {other}?"
    )
    assert list_text(note, numbers={"qps": 2000.0, "gone": 1.0}).startswith(
        "At 2,000 a second, or 2 thousand, and 20 ms"
    )
