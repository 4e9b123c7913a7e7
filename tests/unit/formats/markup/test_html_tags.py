"""Words in angle brackets stay words unless they are used as markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.formats.markup.html_tags import KNOWN
from flashcards.formats.markup.markup import (
    from_html,
    from_undeclared_html,
    looks_like_html,
)

_WORDS = st.sampled_from(["loss", "a<b", "x > 1", "tokens,", "R&D", "?a=1&copy=2"])
_OPENING = st.sampled_from([f"<{name}>" for name in sorted(KNOWN - {"br", "hr", "wbr"})])  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "<s> and </s>",
        "<s>Hello</s>",
        "How do you write <li> elements with pug?",
        "What does the <head> tag hold?",
        "When is a<b and c>d true?",
        "<table> vs <div> vs <span>",
        "<div> and </div>",
        "<b></b>",
        "The <br> tag breaks a line",
        "Is it <br>?",
        "'<hr>' draws a line",
        "{{c1::<br>}} breaks a line",
        "<script>alert(1)</script>",
        "<!-- a comment -->",
        "vector<int>, List<object>, Map<data, time>",
        "`<br>` and `<b>x</b>`",
        "<p>one<p>two",
        "5 < 6 & 7 > 2, R&D, ?a=1&copy=2",
    ],
)
def test_a_text_that_mentions_tags_is_not_html(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b", "a\\\nb"),
        ("<div>a</div>\n<div>b</div>", "a\\\nb"),
        ("<b>a</b>\nb", "**a**\\\nb"),
        ('<img src="a.png">', "[image: a.png]"),
        ("R&amp;D, 1 &lt; 2&nbsp;km", "R&D, 1 < 2 km"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<table><tr><td>a<td>b</table>", "| a | b |\n| --- | --- |"),
        ('<span style="color: red">a</span>', "a"),
    ],
)
def test_a_text_that_uses_elements_is_html(html: str, text: str) -> None:
    assert looks_like_html(html)
    assert from_undeclared_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>T</b>: <s> and </s>", "**T**: <s> and </s>"),
        ("vector<int> v;<br>x", "vector<int> v;\\\nx"),
        ("if a<b then c>d else <i>e</i>", "if a<b then c>d else *e*"),
        ("`<br>` is <b>a</b>", "\\`<br>\\` is **a**"),
        ("<b>x</b><script>alert(1)</script>", "**x**<script>alert(1)</script>"),
        ("x<br>a <!-- b --> c", "x\\\na <!-- b --> c"),
        ("<!--StartFragment--><b>x</b>", "**x**"),
        ("<br>", "<br>"),
        ("<b>x</b> ?a=1&copy=2", "**x** ?a=1&copy=2"),
    ],
)
def test_words_in_brackets_stay_next_to_real_markup(html: str, text: str) -> None:
    assert from_undeclared_html(html) == text


@pytest.mark.parametrize(
    "text",
    [
        "vector<int>",
        "List<object>",
        "Map<data, time>",
        "<s>",
        "</s>",
        "x<b>y",
        "a<b and c>d",
        "<input>",
        "the <img> tag",
        "a <! b > c",
        "<?php echo 1; ?>",
    ],
)
def test_declared_html_keeps_unknown_elements_as_text(text: str) -> None:
    assert from_html(text) == text


@given(st.lists(st.one_of(_WORDS, _OPENING), min_size=1, max_size=12).map(" ".join))
def test_elements_without_an_end_tag_are_text(text: str) -> None:
    assert not looks_like_html(text)


@given(st.lists(st.one_of(_WORDS, _OPENING), max_size=8).map(" ".join))
def test_no_word_is_lost_next_to_markup(text: str) -> None:
    words = text.replace("\\", "").split()

    converted = from_undeclared_html(f"{text} <i>e</i>")

    assert converted.replace("\\", "").split() == [*words, "*e*"]


@given(st.text(alphabet="<>/biu sp&;=\"'!-`\n", max_size=60))
def test_only_blank_text_becomes_empty(text: str) -> None:
    assert bool(from_undeclared_html(text)) == bool(text.strip())
