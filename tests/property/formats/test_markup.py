"""Laws of markup for any text and any HTML."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from flashcards.decks.yaml.decoding import REFUSED
from flashcards.formats.markup.markup import (
    HTML_SIGNS,
    find_media_names_in_text,
    from_html,
    is_surely_html,
    to_html,
)
from flashcards.text.latex.conversion import latex_to_unicode
from flashcards.text.latex.symbols import to_subscript, to_superscript
from flashcards.text.markdown.blocks import parse_blocks
from flashcards.text.markdown.gaps import find_gaps
from flashcards.text.markdown.inline import parse_inline

safe_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(
    lambda text: not REFUSED.search(text)
)
marked_texts = st.lists(
    st.sampled_from(
        ["a", "b c", "1", " ", "\n", "\n\n", "  ", "*", "**", "_", "`", "```", "\\", "|", "- ", "1. ", "> ", "# ", "#",
         "| - |", "---", "[image: a.png]", "[sound: a.mp3]", "[", "]", "<", ">", "&", "&amp;", "\t", "\xa0", "{{c1::", "}}",
         "\\(", "\\)", "x^2", "\\\n", "~~~", "+ ", "[latex]", "[/latex]", "<br>", "</div>", "é", "•", "什么", "는", "~~"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
markup = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<ul>", "<ol start=2>", "<li>", "</li>", "</ul>", "</ol>",
         "<table>", "<tr>", "<td>", "<th align=right>", "</table>", "<pre>", "</pre>", "<blockquote>", "</blockquote>",
         "<p>", "</p>", "<div>", "</div>", "<br>", "<hr>", "<h2>", "</h2>", "<sub>", "</sub>", "<sup>", "</sup>",
         "<img src='a%20b.png'>", "<img alt=\"]'", "<a href=https://x.org>", "</a>", "<script>", "</script>", "<style>",
         "<!--", "-->", "&lt;", "&#0;", "&#x202e;", "&", "\\(", "\\)", "\\[", "\\frac{a}{", "}", "[latex]", "[/latex]",
         "<anki-mathjax>", "</anki-mathjax>", "a", "b c", "*", "`", "_", "|", "- ", "1. ", "#", "> ", " ", "\n", "<", ">",
         "'", '"', "\\", "\x00", "\u200b", "\u2028", "{{c1::", "::", "}}", "<q>", "<svg>", "<x>", "---", "~~~", "~~", "什么", "<s>", "</s>"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(safe_texts | marked_texts)
@example("***x***")
@example("a\\")
@example("Two lines:\n  - one\n- two")
def test_text_survives_a_round_trip_through_html(text: str) -> None:
    assert from_html(to_html(text)) == text


@given(safe_texts | marked_texts)
def test_exported_html_runs_no_script_and_loads_no_other_file(text: str) -> None:
    html = to_html(text).lower()

    assert "<script" not in html
    assert "onerror" not in html or "onerror" in text.lower()
    assert html.count("<img") <= len(find_media_names_in_text(text)) + text.count(
        "[image: "
    )


@given(markup | st.text(max_size=60))
@example("\u200b >")
@example("<b>*</b>")
@example("<h1>#</h1>")
@example("<li>a<td>|</td>")
def test_any_html_becomes_safe_text_that_survives_a_round_trip(html: str) -> None:
    text = from_html(html)

    assert not REFUSED.search(text)
    assert text == text.strip()
    assert from_html(to_html(text)) == text


words = st.text("ab*_`\\|#>-+~1. ", min_size=1, max_size=25)


@given(words)
def test_text_without_tags_shows_all_its_words(words: str) -> None:
    shown = [
        parse_inline(getattr(block, "text", ""))[0]
        for block in parse_blocks(from_html(words))
    ]
    expected = " ".join(words.split())

    assert " ".join(shown).split() == expected.split() or expected[:1].isdigit()


@given(st.text(max_size=80) | st.lists(st.sampled_from(
    ["\\frac", "{", "}", "^", "_", "\\sqrt", "[", "]", "a", "+", "\\begin{matrix}", "\\end{matrix}", "\\\\", "&", "\\left", "(", ")",
     "\\text", "\\not", "=", "'", " ", "\\", "2", "\\hat", "\\x", "$", "\\sum", "|", "/", "\\operatorname", "\\pmod"]
), max_size=20).map("".join))  # fmt: skip
def test_a_converted_formula_has_no_latex_commands(latex: str) -> None:
    text = latex_to_unicode(latex)

    assert "\\" not in text.replace("∖", "") or text == latex


elements = st.lists(
    st.sampled_from(
        ["b", "i", "code", "ul", "ol", "li", "table", "tr", "td", "th", "tbody", "caption", "pre", "blockquote", "p", "div", "br",
         "hr", "h2", "sub", "sup", "q", "a", "span", "ruby", "rt", "dl", "dt", "dd", "center", "details", "select", "option"]
    ).flatmap(lambda name: st.sampled_from([f"<{name}>", f"<{name}>", f"</{name}>"])) | st.just("word"),
    max_size=30,
)  # fmt: skip


@given(elements)
@example(["<table>", "word", "<tr>", "word", "<td>", "word"])
@example(["<ul>", "word", "<li>", "word"])
@example(["<li>", "<table>"] * 70 + ["word"])
def test_no_word_of_a_page_is_lost(pieces: list[str]) -> None:
    html = "".join(
        f"w{number}" if piece == "word" else piece
        for number, piece in enumerate(pieces)
    )

    text = from_html(html)

    for number, piece in enumerate(pieces):
        assert (
            piece != "word"
            or f"w{number}" in text
            or to_superscript(f"w{number}") in text
            or to_subscript(f"w{number}") in text
        )


inner = st.lists(
    st.sampled_from(
        ["{", "}", "}}", "::", ":", "a", "b c", " ", "\n", "`", "**", "\\", "- ", "1. ", "<", "&", "struct{}",
         "{{ v }}", "\\frac{a}{b}", "é"]
    ),
    max_size=8,
).map("".join)  # fmt: skip
clozes = st.builds(
    "{}{{{{c1::x{}}}}} {}{{{{c2::y{}::{}}}}}{}".format,
    *[inner, inner, inner, inner, inner, inner],
).map(str.strip)


@given(clozes)
@example("{{c1::map[string]struct{}}}")
@example("{{c1::a {}} b }}")
def test_a_cloze_survives_a_round_trip_through_anki(text: str) -> None:
    html = to_html(text)

    assert from_html(html) == text
    # In Anki a gap ends at its first two braces; that must not cut off the next gap.
    ends = re.finditer(r"\{\{c(\d+)::.*?\}\}", html, re.DOTALL)
    assert [end[1] for end in ends] == [gap.number for gap in find_gaps(text)]


@given(markup)
def test_only_text_with_html_signs_can_be_html(text: str) -> None:
    assert not is_surely_html(re.sub(f"[{HTML_SIGNS}]", "", text))
