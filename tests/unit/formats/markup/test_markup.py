"""HTML becomes Markdown that means the same, and Markdown survives a round trip through HTML."""

from __future__ import annotations

import pytest

from flashcards.formats.anki.notes.cloze import to_cloze_texts
from flashcards.formats.markup.markup import (
    find_media_names_in_text,
    from_html,
    to_html,
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b", "a\\\nb"),
        ("<div>a</div><div>b</div>", "a\\\nb"),
        ("a<div><br></div><div>b</div>", "a\n\nb"),
        ("<p>x</p><p>y</p>", "x\n\ny"),
        ("a \n  b&nbsp; c", "a b c"),
        ("<h2>Title</h2>text<hr>end", "## Title\n\ntext\n\n---\n\nend"),
        ("<h1>C #</h1>", "# C \\#"),
        ("<blockquote>a<br>b</blockquote>c", "> a\\\n> b\n\nc"),
        ("<center>a</center><section>b</section>", "a\\\nb"),
    ],
)
def test_lines_and_paragraphs_stay_separate(html: str, text: str) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>bold</b>, <strong>bold</strong>", "**bold**, **bold**"),
        ("<i>it</i>, <em>it</em>", "*it*, *it*"),
        ("<b>a <i>b</i> c</b>", "**a *b* c**"),
        ("<b><i>both</i></b>", "***both***"),
        ("<i><b>a</b> b</i>", "_**a** b_"),
        ('<span style="font-weight: 700">a</span>', "**a**"),
        ('<span style="font-style:italic">a</span>', "*a*"),
        ("<b>foo </b>bar", "**foo** bar"),
        ("<b>P</b>rincipal", "Principal"),
        ("<b>a<br>b</b>", "**a**\\\n**b**"),
        ("<b> </b>x<i></i>", "x"),
        ("<s>no</s> <q>yes</q>", "~~no~~ “yes”"),
        ("<code>a_b*</code>", "`a_b*`"),
        ("<code>a`b</code>", "``a`b``"),
        ("<code>`</code>", "`` ` ``"),
        ("<b>use <code>x</code></b>", "**use `x`**"),
    ],
)
def test_emphasis_stays_where_our_markdown_allows_it(html: str, text: str) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Of:<ul><li>a</li><li>b</li></ul>end", "Of:\n- a\n- b\n\nend"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol start=3><li>x<li>y</ol>", "3. x\n4. y"),
        ("<ol><li>x</li><li value=7>y</li></ol>", "1. x\n7. y"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\\\n  b"),
        ("<ul><li>a<pre>x</pre></li></ul>", "- a\n\n```\nx\n```"),
        ("<ul><ul><li>deep</li></ul></ul>", "  - deep"),
        ("<ul><li></li><li>a</li></ul>", "- a"),
    ],
)
def test_lists_stay_lists(html: str, text: str) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ("<pre>a<br>  b</pre>", "```\na\n  b\n```"),
        ("<pre><div>a</div><div>b</div></pre>", "```\na\nb\n```"),
        ("<code>a<br>b</code>", "```\na\nb\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ('<pre><code class="hl language-sql">a &lt; b</code></pre>', "```sql\na < b\n```"),
        ("<pre> </pre>x", "x"),
    ],
)  # fmt: skip
def test_code_keeps_its_spaces_and_lines(html: str, text: str) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<table><thead><tr><th>a|b<th>c</thead><tr><td>1<td align=right>2</table>",
            "| a\\|b | c |\n| --- | --: |\n| 1 | 2 |",
        ),
        (
            "<table><tr><td>a<td>b<tr><td>c</table>",
            "| a | b |\n| --- | --- |\n| c |  |",
        ),
        (
            "<table><tr><td>a<br>b<td><ul><li>c</ul></table>",
            "| a b | c |\n| --- | --- |",
        ),
        ("<table><tr><td>only</td></tr><tr><td>one</td></tr></table>", "only\\\none"),
        (
            "<table><tr>" + "<td>x" * 22 + "</table>",
            f"{'| x ' * 19}| x x x |\n{'| --- ' * 20}|",
        ),
    ],
)
def test_tables_become_markdown_tables(html: str, text: str) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("x<sub>i</sub><sup>2</sup>", "xᵢ²"),
        ("x<sub>max,q</sub>", "x_(max,q)"),
        ("10<sup>-3 Q</sup>", "10^(-3 Q)"),
        ("&lt;b&gt; &amp;amp; &eacute;&#8594;&#x3b1;", "<b> &amp; é→α"),
        ("&#99999999999999999999;", "\N{REPLACEMENT CHARACTER}"),
        (f"&#{'9' * 5000};", "\N{REPLACEMENT CHARACTER}"),
        ("a&shy;b&#8203;c&#27;d\x1be", "abcd\N{REPLACEMENT CHARACTER}e"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
    ],
)
def test_entities_superscripts_and_subscripts_become_characters(
    html: str, text: str
) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<img src="my%20pic.png">', "[image: my pic.png]"),
        ("<img src=a_b.png alt=graph>", "[image: a_b.png]"),
        ("<img src='data:image/png;base64,AAAA' alt='a curve'>", "[image: a curve]"),
        ("<img src=https://x.org/a.png>", "[image: https://x.org/a.png]"),
        ("<svg><text>no</text></svg>", "[image: drawing]"),
        ("<svg><title>A curve</title></svg>", "[image: A curve]"),
        ("a<svg aria-hidden=true><path/></svg>b", "ab"),
        ("<h2><a href='#x'><svg></svg></a>Title</h2>", "## Title"),
        ("<h2><img src=a.png> Title</h2>", "## [image: a.png] Title"),
        ("<a href='https://x.org/p.png'><img src='https://x.org/p.png'></a>", "[image: https://x.org/p.png]"),
        ("<a href='https://x.org/p'><img src='p.png'></a>", "[image: p.png] (https://x.org/p)"),
        ("<a href='https://x.org/page<br>'>here</a>", "here (https://x.org/page)"),
        ("[sound:a b.mp3]", "[sound: a b.mp3]"),
        ("<audio src=a.ogg></audio>", "[sound: a.ogg]"),
        ("<a href='https://x.org/a'>here</a>", "here (https://x.org/a)"),
        ("<a href='https://x.org/'>x.org</a>", "x.org"),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ("<script>if (a < b) alert(1)</script>a<style>b{}</style>", "a"),
        ("a<!-- <b>no</b> -->b", "ab"),
        ("<!DOCTYPE html><?xml?>a", "a"),
    ],
)  # fmt: skip
def test_media_and_links_are_named_and_scripts_are_dropped(
    html: str, text: str
) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("# a", "\\# a"),
        ("- 5", "\\- 5"),
        ("+ 5", "\\+ 5"),
        ("> a", "\\> a"),
        ("*a* _b_", "\\*a\\* \\_b\\_"),
        ("2*P*R in snake_case", "2*P*R in snake_case"),
        ("~~~", "\\~~~"),
        ("`a`", "\\`a\\`"),
        ("C:\\*x", "C:\\\\\\*x"),
        ("\\alpha \\* end\\", "\\alpha \\\\\\* end\\\\"),
        ("a | b<br>--- | ---", "a | b\\\n--- \\| ---"),
        ("<td>x", "x"),
    ],
)
def test_text_that_only_looks_like_markdown_is_escaped(html: str, text: str) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("vector<int> a<b and <y's", "vector<int> a<b and <y's"),
        ("a < b <", "a < b <"),
        ("<b>a", "**a**"),
        ("a</b></p>", "a"),
        ("a<!-- b", "a<!-- b"),
        ("a<script>b", "a<script>b"),
        ("<b title='>'>a</b>", "**a**"),
        ("", ""),
        ("&nbsp; <br> ", ""),
    ],
)
def test_broken_html_loses_no_words(html: str, text: str) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("\\(x^2\\) and \\(\\frac{a}{b+c}\\)", "x² and a/(b + c)"),
        ("so \\[a &lt; b\\] holds", "so\\\na < b\\\nholds"),
        ("[$]x_i[/$] [$$]y[/$$]", "xᵢ\\\ny"),
        ("[latex]Let $x^2$ be[/latex]", "Let x² be"),
        ("<anki-mathjax>y_i</anki-mathjax>", "yᵢ"),
        ("a<anki-mathjax block=true>y</anki-mathjax>b", "a\\\ny\\\nb"),
        ("\\(\\begin{tikzcd}a\\end{tikzcd}\\)", "\\(\\begin{tikzcd}a\\end{tikzcd}\\)"),
        ("{{c1::\\(x^{2}\\)}}", "{{c1::x²}}"),
        ("\\(a = {{c2::b+c::sum}}\\)", "a = {{c2::b + c::sum}}"),
        ("\\(2^{ {{c1::n+1}} }\\)", "2^({{c1::n + 1}})"),
        ("\\(a {{c1::b+c}}\\)", "a({{c1::b + c}})"),
        ("<code>\\(x^2\\)</code>", "`\\(x^2\\)`"),
        ("costs $5 and $6, \\(", "costs $5 and $6, \\("),
    ],
)
def test_formulas_become_unicode_if_possible(html: str, text: str) -> None:
    assert from_html(html) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain text", "plain text"),
        ("1 < 2 & <b>", "1 &lt; 2 &amp; &lt;b&gt;"),
        ("**a *b*** `x|y`", "<b>a <i>b</i></b> <code>x|y</code>"),
        ("Of:\n- a\n- b", "Of:<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n5. b", '<ol><li value="3">a</li><li value="5">b</li></ol>'),
        ("a\\\nb", "a<br>b"),
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("> a", "<blockquote>a</blockquote>"),
        ("```sql\na < b\n```", '<pre><code class="language-sql">a &lt; b</code></pre>'),
        ("[image: a b.png]", '<img src="a b.png">'),
        ("[image: Größe 图.png]", '<img src="Größe 图.png">'),
        ("[sound: a.mp3]", "[sound:a.mp3]"),
        ('[image: a".png]', '<img src="a%22.png">'),
        ("`[image: a.png]`", "<code>[image: a.png]</code>"),
        ("## a", "<h2>a</h2>"),
        ("---", "<hr>"),
    ],
)  # fmt: skip
def test_markdown_becomes_html_that_means_the_same(text: str, html: str) -> None:
    assert to_html(text) == html
    assert from_html(html) == text


def test_markdown_that_html_cannot_express_is_carried_in_an_attribute() -> None:
    text = "soft\nbreak & [image: a.png]  \n* star"

    html = to_html(text)

    assert html.endswith(
        '><p>soft break &amp; <img src="a.png"></p><ul><li>star</li></ul></div>'
    )
    assert from_html(html) == text
    assert from_html(html.replace(">soft", ">hard")) == (
        "hard break & [image: a.png]\n\n- star"
    )


def test_carried_markdown_has_no_characters_that_html_editors_rewrite() -> None:
    text = 'soft\n{{c1::break}} & "quoted" [sound: a.mp3] – 概念'

    html = to_html(text)

    carried = html.split('"')[1]
    assert not set(carried) & set('&<>{}[]:"')
    assert from_html(html) == text
    assert from_html(html.replace(carried, "%E2%80%AE%FF%zz")) != text


def test_html_from_older_versions_is_still_read() -> None:
    html = (
        '<div class="markdown" style="white-space: pre-wrap">soft\n'
        'break &amp; <img src="a.png"></div>'
    )

    assert from_html(html) == "soft\nbreak & [image: a.png]"


def test_numbered_lines_show_no_backslash_in_html() -> None:
    html = to_html("1. train\\\n2. check\\\nlater: watch")

    shown = html.partition(">")[2]
    assert "\\" not in shown
    assert "<li>train</li><li>check<br>later: watch</li>" in shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{{c1::struct{}}}", "{{c1::struct{}<!-- -->}}"),
        (
            r"{{c1::\frac{x^{2k}}{2}}}",
            r"{{c1::\frac{x^{2k}<!-- -->}{2}<!-- -->}}",
        ),
        ("{{c1::{{ v }}}} b", "{{c1::{{ v }<!-- -->}<!-- -->}} b"),
        ("{{c1::{a::b}::c}}", "{{c1::{a:<!-- -->:b}<!-- -->::c}}"),
        ("`f({{c1::a{}}})`", "<code>f({{c1::a{}<!-- -->}})</code>"),
        ("{{c1::a}} {{c2::b::c}}", "{{c1::a}} {{c2::b::c}}"),
    ],
)
def test_anki_and_we_end_a_gap_at_the_same_braces(text: str, html: str) -> None:
    assert to_html(text) == html
    assert to_cloze_texts(html, from_html) == {0: text}


def test_the_names_of_media_in_a_text_are_found() -> None:
    text = "[image: a b.png] [sound: c.mp3] `x` [image: d\\_e.png]"

    assert find_media_names_in_text(text) == ("a b.png", "c.mp3", "d_e.png")
    assert find_media_names_in_text("none") == ()
