"""A gap ends where its author meant it to, and is shown as a gap in any markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flashcards.domain.content import ClozeNote
from flashcards.domain.faces import marked_answer, marked_question, question_text
from flashcards.text.markdown.blocks import Code, Paragraph, Table, parse_blocks
from flashcards.text.markdown.gaps import fill_gaps, find_gaps, write_gap
from flashcards.text.markdown.inline import parse_code_line, parse_inline
from flashcards.text.markdown.plain_text import to_plain_line, to_plain_text

awkward = st.text("ab {}:*_`~|#>-+\\$1.é概\n", max_size=14)
NAMES_A_LANGUAGE = re.compile(r"^[ >]*(?:```|~~~).*\{\{c1::", re.MULTILINE)


@pytest.mark.parametrize(
    ("inner", "hidden", "hint"),
    [
        (r"\frac{x^{2k}}{(2k)!}", r"\frac{x^{2k}}{(2k)!}", None),
        ("map[string]struct{}", "map[string]struct{}", None),
        ("{{ value }}", "{{ value }}", None),
        ('{"a": {"b": 1}}::a dict', '{"a": {"b": 1}}', "a dict"),
        (r"\left\{ x > 0 \right.", r"\left\{ x > 0 \right.", None),
        (r"\frac{\{}{2}", r"\frac{\{}{2}", None),
        ("std::{io, fs}", "std", "{io, fs}"),
        ("{a::b}", "{a::b}", None),
        ("{", "{", None),
        ("an } alone", "an } alone", None),
        ("", "", None),
    ],
)
def test_a_gap_ends_after_the_braces_inside_it(
    inner: str, hidden: str, hint: str | None
) -> None:
    first, second = find_gaps(f"Before {{{{c1::{inner}}}}} and {{{{c2::x}}}}.")

    assert (first.hidden, first.hint) == (hidden, hint)
    assert (second.number, second.hidden) == ("2", "x")


def test_a_gap_with_unbalanced_braces_ends_at_the_first_closing_braces() -> None:
    (gap,) = find_gaps("{{c1::a { b}} and c")

    assert gap.hidden == "a { b"
    assert not gap.is_balanced


@example(before="", hidden="{", hint="}", after="")
@given(awkward, awkward.filter(str.strip), st.just("") | awkward, awkward)
def test_a_written_gap_is_read_back_as_one_gap(
    before: str, hidden: str, hint: str, after: str
) -> None:
    gap = next(find_gaps(write_gap(1, hidden, hint)))

    assert gap.start == 0
    assert gap.hidden.replace(" ", "") == hidden.replace(" ", "")
    if "{" not in hidden:
        assert (gap.hint or "").replace(" ", "") == (
            hint.replace(" ", "") if hint.strip() else ""
        )
    if hidden.count("{") == hidden.count("}") == 0:
        text = f"{before}{write_gap(1, hidden)}{after}"
        assert [gap.number for gap in find_gaps(text)] == ["1"]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("`torch.nn.{{c1::CrossEntropyLoss}}`", "torch.nn.[...]", "torch.nn.CrossEntropyLoss"),
        ("`{{c1::a}}`", "[...]", "a"),
        ("什么是{{c1::概念漂移}}？", "什么是[...]？", "什么是概念漂移？"),
        ("Un{{c1::super}}vised", "Un[...]vised", "Unsupervised"),
        ("over{{c1::fits}} it", "over[...] it", "overfits it"),
        ("**{{c1::micro}}** averaging", "[...] averaging", "micro averaging"),
        ("*{{c1::a}}* and __b {{c2::c}}__", "[...] and b c", "a and b c"),
        ("is {{c1:: not robust }} here", "is [...] here", "is  not robust  here"),
        ("x{{c1::**}}y", "x[...]y", "x**y"),
        ("2 * {{c1::a * b}} * c", "2 * [...] * c", "2 * a * b * c"),
        ("{{c1::a::*hint* `b`}}", "[hint b]", "a"),
        ("a {{c1::b::2 * x * y}} c", "a [2 * x * y] c", "a b c"),
        ("{{c1::b::# x}}", "[x]", "b"),
        ("- {{c1::one}}\n- two", "- [...]\n- two", "- one\n- two"),
        ("{{c1::- one}}\n- two", "[...]\n\n- two", "- one\n- two"),
        ("| a | b |\n|---|---|\n| {{c1::x}} | y |", "a | b\n[...] | y", "a | b\nx | y"),
        ("```py\nreturn {{c1::x ** 2}}\n```", "    return [...]", "    return x ** 2"),
        ("{{c1::```py\nx ** 2\n```}}", "[...]", "    x ** 2"),
        ("```{{c1::py}}\nx ** 2\n```", "    [...]\n    x ** 2", "    py\n    x ** 2"),
        ("```py\nx\n``` {{c1::y}}\n```", "    x\n    ``` [...]", "    x\n    ``` y"),
        ("```\n{{c1::- a\n  # b}}\n```", "    [...]", "    - a\n      # b"),
        ("> {{c1::a\n> - b}}", "> [...]", "> a\n>\n> - b"),
        ("~~{{c1::a}}~~", "(struck out: [...])", "(struck out: a)"),
        ("A{{c1::`x`}}B", "A[...]B", "AxB"),
    ],
)  # fmt: skip
def test_a_gap_is_shown_as_a_gap_in_any_markup(
    text: str, question: str, answer: str
) -> None:
    note = ClozeNote(id="n", text=text)

    assert to_plain_text(marked_question(note, "c1")) == question
    assert to_plain_text(marked_answer(note, "c1")) == answer


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`a.{{c1::b}}`", ["b"]),
        ("**{{c1::micro}}** x", ["micro"]),
        ("{{c1::a *b* c}}d", ["a b c"]),
        (r"\*{{c1::\*x\*}}", ["*x*"]),
        ("{{c1::a}} {{c2::b}} {{c1::c}}", ["a", "c"]),
        ("{{c1::one\ntwo}}", ["one", "two"]),
        ("`` x{{c1::`y}} ``", ["`y"]),
    ],
)
def test_the_span_of_a_gap_covers_its_hidden_words(text: str, shown: list[str]) -> None:
    (block,) = parse_blocks(marked_answer(ClozeNote(id="n", text=text), "c1"))
    assert isinstance(block, Paragraph)

    plain, spans = parse_inline(block.text)

    assert [plain[s:e] for s, e, name in spans if name == "gap"] == shown


def test_the_span_of_a_gap_in_code_covers_its_hidden_words() -> None:
    note = ClozeNote(id="n", text="```\ndef f(x): return {{c1::x ** 2}}\n```")
    (block,) = parse_blocks(marked_answer(note, "c1"))
    assert isinstance(block, Code)

    plain, spans = parse_code_line(block.lines[0])

    assert [plain[s:e] for s, e, name in spans] == ["x ** 2"]


def test_a_gap_across_lines_and_cells_is_marked_in_each_of_them() -> None:
    text = "| a | b |\n|---|---|\n| {{c1::x | y |\n| # z}} | w |"
    (block,) = parse_blocks(marked_answer(ClozeNote(id="n", text=text), "c1"))
    assert isinstance(block, Table)

    cells = [parse_inline(cell) for row in block.rows for cell in row]

    assert [
        [plain[s:e] for s, e, name in spans if name == "gap"] for plain, spans in cells
    ] == [["x"], ["y"], ["# z"], []]


@example(before="", hidden="\n#", after="", hint="")
@example(before="# a", hidden="#", after="", hint="")
@example(before="", hidden="\\ ", after="", hint="")
@example(before="~~~", hidden="a", after="", hint="")
@example(before="```\na\n```", hidden="a", after="", hint="")
@example(before=">", hidden="```", after="", hint="")
@example(before="", hidden="|\n-|\n|", after="a", hint="")
@example(before="a|a\n-|-\n", hidden="|", after="a", hint="")
@example(before="a|a\n-|-", hidden="\na ", after="|", hint="")
@given(awkward, awkward.filter(str.strip), awkward, st.just("") | awkward)
def test_no_surrounding_text_breaks_the_gap_of_the_question(
    before: str, hidden: str, after: str, hint: str
) -> None:
    text = f"{before} {write_gap(1, hidden)} {after}"
    gaps = list(find_gaps(text))
    note = ClozeNote(id="n", text=text)

    question = marked_question(note, "c1")

    assert question_text(note, "c1").count("[...]") == len(gaps) == 1
    assert "[...]" in to_plain_line(question)
    assert "[...]" in to_plain_text(question)
    for shown in (question, marked_answer(note, "c1")):
        assert not any("\ufdd0" <= sign <= "\ufdef" for sign in to_plain_text(shown))
        assert not any("\ufdd0" <= sign <= "\ufdef" for sign in to_plain_line(shown))
    if (
        "$" not in text
        and not hidden.endswith("\\")
        and not NAMES_A_LANGUAGE.search(text)
    ):
        # A formula cannot start in a gap and end after it. The language of code is shown
        # only if a gap hid it, because the answer would be invisible otherwise.
        assert to_plain_text(marked_answer(note, "c1")) == to_plain_text(
            fill_gaps(text)
        )
