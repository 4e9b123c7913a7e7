"""Card text is laid out whole, and nothing in it is ever live."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.style import Style

from flashcards.domain.content import ClozeNote
from flashcards.domain.faces import marked_question
from flashcards.text.markdown.inline import parse_inline
from flashcards.tui.rendering.code_colors import (
    TOKEN_ROLES,
    color_spans,
    load_languages,
)
from flashcards.tui.rendering.markdown import (
    card_line,
    card_lines,
    card_text,
    lay_out,
    stored,
    widest_block,
)
from flashcards.tui.theme.glyphs import ASCII, UNICODE
from flashcards.tui.theme.themes import INK, PLAIN, Look

LOOK = Look(INK, UNICODE)


def layout_lines(text: str, width: int = 40) -> list[str]:
    lines = card_lines(text, LOOK, width, LOOK.style("text"))
    return [line.plain.rstrip() for line in lines]


@pytest.mark.parametrize(
    ("text", "plain", "spans"),
    [
        ("a **b** c", "a b c", [(2, 3, "bold")]),
        ("a *b* _c_", "a b c", [(2, 3, "italic"), (4, 5, "italic")]),
        ("`x = 1`", "x = 1", [(0, 5, "code")]),
        ("``a`b``", "a`b", [(0, 3, "code")]),
        ("***x***", "x", [(0, 1, "bold"), (0, 1, "italic")]),
        ("**a *b***", "a b", [(0, 3, "bold")]),
        ("2*P*R and snake_case_name", "2*P*R and snake_case_name", []),
        ("3 * 4 * 5", "3 * 4 * 5", []),
        ("**open", "**open", []),
        ("one `tick", "one `tick", []),
        (r"\*not\* \_it\_", "*not* _it_", []),
        ("**[...]**.", "[...].", [(0, 5, "bold")]),
        ("什么**是**漂移", "什么是漂移", [(2, 3, "bold")]),
        ("**모델**은 *좋다*고", "모델은 좋다고", [(0, 2, "bold"), (4, 6, "italic")]),
        ("以2*P*R与变量_名_x", "以2*P*R与变量_名_x", []),
        ("~~a~~ b~~c~~d ~5", "a bcd ~5", [(0, 1, "strike"), (3, 4, "strike")]),
    ],
)
def test_inline_markup(
    text: str, plain: str, spans: list[tuple[int, int, str]]
) -> None:
    parsed, marked = parse_inline(text)

    assert parsed == plain
    assert [span for span in marked if span in spans] == spans


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("`f({{c1::x}})` now", "f([...]) now"),
        ("```\nf({{c1::x}})\n```", "  f([...])"),
        ("什么是{{c1::概念}}？", "什么是[...]？"),
    ],
)
def test_a_gap_is_bold_in_prose_and_in_code(text: str, line: str) -> None:
    question = marked_question(ClozeNote(id="n", text=text), "c1")

    (shown,) = card_lines(question, LOOK, 40, LOOK.style("text"))

    assert shown.plain.rstrip() == line
    start = line.index("[")
    assert [
        (span.start, span.end)
        for span in shown.spans
        if isinstance(span.style, Style) and span.style.bold
    ] == [(start, start + len("[...]"))]


def test_a_list_shows_hard_breaks_and_blocks_on_one_line() -> None:
    assert card_line("one\\\ntwo\n\n- **x**", LOOK).plain == "one two - x"


def test_without_color_code_keeps_its_backticks() -> None:
    plain = Look(PLAIN, UNICODE, plain=True)

    assert card_text("use `f(x)`", plain).plain == "use `f(x)`"


def test_paragraphs_flow_and_are_parted_by_a_blank_line() -> None:
    assert layout_lines("one\ntwo\n\n\nthree  \nfour") == [
        "one two",
        "",
        "three",
        "four",
    ]


def test_lists_hang_and_nest() -> None:
    text = "- first item that is long enough to wrap around\n  1. inner\n- last"

    assert layout_lines(text, 24) == [
        "• first item that is",
        "  long enough to wrap",
        "  around",
        "  1. inner",
        "• last",
    ]


def test_fenced_code_keeps_its_spaces_and_markup() -> None:
    assert layout_lines("```py\nif x:\n    y = *z*\n```") == [
        "  if x:",
        "      y = *z*",
    ]


def test_code_that_is_too_long_is_folded_not_cut() -> None:
    lines = layout_lines("```\n" + "x" * 50 + "\n```", 24)

    assert [line.strip()[:1] for line in lines] == ["x", "↳", "↳"]
    assert "".join(lines).replace(" ", "").replace("↳", "") == "x" * 50


def test_code_is_folded_after_a_space_and_else_after_a_token() -> None:
    code = "  scaler.fit(everything)  # fitted on every row"

    assert layout_lines(f"```py\n{code}\n```", 34) == [
        "    scaler.fit(everything)  #",
        "    ↳ fitted on every row",
    ]
    assert layout_lines("```py\nfirst.second.third_of_all(x)\n```", 24) == [
        "  first.second.",
        "  ↳ third_of_all(x)",
    ]


@given(st.text(alphabet="ab_( )=,.#", max_size=120), st.integers(9, 40))
def test_folded_code_keeps_every_character_but_spaces(code: str, width: int) -> None:
    folded = "".join(layout_lines(f"```py\n{code}\n```", width))

    assert folded.replace(" ", "").replace("↳", "") == code.replace(" ", "")


def test_code_and_tables_may_be_wider_than_prose() -> None:
    text = f"{'word ' * 20}\n\n```\n{'x = 1; ' * 11}\n```"

    lines = lay_out(text, LOOK, 40, LOOK.style("text"), wide=90).lines

    assert max(line.cell_length for line in lines[:-1]) <= 40
    assert "↳" not in lines[-1].plain
    assert widest_block(text, LOOK) == len("x = 1; " * 11) + 4


def colored_words(look: Look) -> dict[str, str]:
    """Return the words of a line of code by the color role they have."""
    code = "```python\ndef area(r): return 3 * 'pi'  # rough\n```"
    load_languages(["python"])
    (line,) = card_lines(code, look, 60, look.style("text"))
    roles = {look.style(role, raised=True): role for role in TOKEN_ROLES.values()}
    return {
        line.plain[span.start : span.end]: roles[span.style]
        for span in line.spans
        if isinstance(span.style, Style) and roles.get(span.style, "text") != "text"
    }


def test_code_has_the_colors_of_the_language_that_its_fence_names() -> None:
    words = colored_words(LOOK)

    assert words["def"] == words["return"] == "accent"
    assert words["area"] == "easy"
    assert words["3"] == "hard"
    assert words["# rough"] == "muted"


def test_code_has_no_colors_in_ascii_nor_without_color() -> None:
    assert colored_words(Look(INK, ASCII)) == {}
    (line,) = card_lines(
        "```python\ndef f(): pass\n```", Look(PLAIN, UNICODE, plain=True), 60, Style()
    )
    assert not any(span.style for span in line.spans)


def test_an_unknown_language_has_no_colors() -> None:
    load_languages(["no-such-language"])

    assert color_spans("def f(): pass", "no-such-language") == ()


@pytest.mark.parametrize("width", range(14, 40))
def test_a_formula_is_not_broken_between_its_arguments(width: int) -> None:
    text = "Covariate shift changes P(x), and P(x, y) with it, but f(g(a, b), c) stays."

    lines = layout_lines(text, width)

    assert any("P(x, y)" in line for line in lines)
    assert any("f(g(a, b), c)" in line for line in lines)
    assert " ".join(lines) == text


def test_a_formula_in_a_narrow_column_is_not_broken() -> None:
    table = (
        "| joint | which factor moves in this kind of shift |\n|---|---|\n"
        "| P(x, y) of both | the label moves and the rest of it stays |"
    )

    lines = layout_lines(table, 34)

    assert any(line.startswith("P(x, y)") for line in lines)


def test_a_fence_without_end_takes_the_rest() -> None:
    assert layout_lines("```\na\n\nb") == ["  a", "", "  b"]


def test_a_table_gets_a_rule_and_sets_numbers_right() -> None:
    text = "| metric | n |\n|---|--:|\n| F1 | 5 |\n| **AUC** | 1,000 |"

    assert layout_lines(text) == [
        "metric      n",
        "──────  ─────",
        "F1          5",
        "AUC     1,000",
    ]


def test_a_table_wider_than_the_card_wraps_its_widest_column() -> None:
    lines = layout_lines("| a | b |\n|---|---|\n| x | " + "word " * 12 + "|", 30)

    assert max(map(len, lines)) <= 30
    assert sum(line.count("word") for line in lines) == 12


def test_a_table_of_too_many_columns_becomes_lines() -> None:
    names = [letter * 5 for letter in "abcdefgh"]
    head = "|".join(names)
    lines = layout_lines(f"|{head}|\n|{'|'.join(['---'] * 8)}|\n|{head.upper()}|", 30)

    assert lines == [f"{name}: {name.upper()}" for name in names]


def test_a_quote_has_a_bar() -> None:
    assert layout_lines("> said\n> - twice") == ["▌ said", "▌", "▌ • twice"]


def test_a_heading_is_a_bold_line() -> None:
    (line,) = card_lines("## Why", LOOK, 40, LOOK.style("text"))

    assert line.plain == "Why"
    assert any(
        span.style.bold for span in line.spans if not isinstance(span.style, str)
    )


PAYLOADS = [
    "[@click=app.quit]x[/]",
    "list[/i]",
    "[bold]not bold[/bold] y[i+1]",
    "<CLS> List<int> <div>x</div>",
    "[link=https://example.org]x[/link] [a](javascript:alert(1))",
    "{{c1::x}} $accent #fff on red",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_of_the_screen_is_shown_as_it_was_written(payload: str) -> None:
    for content in (
        card_text(payload, LOOK),
        card_line(payload, LOOK),
        stored(payload),
    ):
        assert content.plain == payload
        assert_dead(content)
    assert " ".join(layout_lines(payload, 80)) == payload


@given(st.text(max_size=300), st.integers(min_value=4, max_value=80))
def test_no_text_breaks_the_layout_or_becomes_live(text: str, width: int) -> None:
    for line in card_lines(text, LOOK, width, LOOK.style("text")):
        assert line.cell_length <= max(width, 4)
        assert not set(line.plain) & set("\x00\x1b\x9b\u202e\u200b\r\n")
        assert_dead(line)


@given(st.text(alphabet="ab *_`|-#>\n\\.1", max_size=200))
def test_no_word_is_lost(text: str) -> None:
    shown = "".join(layout_lines(text, 60))

    assert shown.count("a") == text.count("a") - _in_fence_names(text, "a")
    assert shown.count("b") == text.count("b") - _in_fence_names(text, "b")


def _in_fence_names(text: str, letter: str) -> int:
    """Letters after an opening fence name its language and are not shown."""
    count, is_open, mark = 0, False, ""
    for line in text.split("\n"):
        stripped = line.strip()
        if is_open:
            is_open = not stripped.startswith(mark)
        elif stripped.startswith("```") and len(line) - len(line.lstrip(" ")) <= 3:
            is_open = True
            mark = "`" * (len(stripped) - len(stripped.lstrip("`")))
            count += line.count(letter)
    return count


def assert_dead(content: Content) -> None:
    for span in content.spans:
        assert not isinstance(span.style, str)
        assert not span.style.meta
        assert span.style.link is None
