"""Formulas become Unicode wherever text is shown; other text stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.content import ClozeNote
from flashcards.domain.faces import marked_answer, marked_question
from flashcards.text.markdown.formulas import find_formulas, show_formulas
from flashcards.text.markdown.plain_text import to_plain_line, to_plain_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"F1 is \(\frac{2PR}{P+R}\).", "F1 is 2PR/(P + R)."),
        (r"$\frac{1}{1+e^{-x}}$ rises", "1/(1 + e⁻ˣ) rises"),
        (r"公式$x^2$是", "公式x²是"),
        ("$S^*$ and $x_+$", "S* and x₊"),
        ("the $k$th of $n$-grams", "the kth of n-grams"),
        ("$x*y*z$ and $a_b$ and **b**", "x * y * z and a_(b) and b"),
        (r"\(P(A|B)\) | \(x\)", "P(A|B) | x"),
        ("| a |\n|---|\n| $|x|$ |", "a\n|x|"),
        ("- $x_1$\n- `$y$`", "- x₁\n- $y$"),
        ("Let\n$$\nx = 1\n$$\nso.", "Let\nx = 1\nso."),
        (
            "\\[\n\\begin{aligned} a &= b \\\\ &= c \\end{aligned}\n\\]",
            "a = b\n= c",
        ),
        (r"# Why \(x^2\)", "Why x²"),
    ],
)
def test_a_formula_is_shown_as_unicode(text: str, shown: str) -> None:
    assert to_plain_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10.",
        "US$5 to US$6, or $5/$10",
        "$5 (or 6$)",
        "$5 or more - up to 6$",
        "$HOME/bin:$PATH and $A-$B and ${A}/${B}",
        "echo $(date) > $LOG; sort $(ls)",
        "cites \\[1\\] and \\[2, 3\\]",
        "a \\$x^2$ b",
        "$\\begin{tikzpicture}$",
        "one $ two",
        "\\newcommand{\\a}{b}",
    ],
)
def test_text_that_is_not_a_formula_stays_as_it_is(text: str) -> None:
    assert list(find_formulas(text)) == [] or text.startswith("$\\begin")
    assert show_formulas(text) == text


@pytest.mark.parametrize("text", ["`$x^2$`", "```\n$x^2$\n```", "`` \\(x^2\\) ``"])
def test_code_has_no_formulas(text: str) -> None:
    assert show_formulas(text) == text


def test_macros_are_applied_and_their_definitions_are_hidden() -> None:
    text = (
        r"\(\newcommand{\E}{\mathbb{E}} \newcommand{\half}[1]{\frac{#1}{2}}\)"
        r"So $\E[X] = \half{n}$."
    )

    assert to_plain_line(text) == "So 𝔼[X] = n/2."


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (r"$\frac{ {{c1::x^2}} }{y}$", "[...]/y", "x²/y"),
        (r"\({{c1::a+b}} c\)", "[...]c", "(a + b)c"),
        (r"{{c1::$x^2$::a $y_1$}} is", "[a y₁] is", "x² is"),
        (r"Series {{c1::\(\frac{x^{2k}}{(2k)!}\)}}.", "Series [...].", "Series x²ᵏ/((2k)!)."),
        (r"{{c1::$a}} b$", "[...] b$", "$a b$"),
    ],
)  # fmt: skip
def test_gaps_can_be_in_formulas_and_formulas_in_gaps(
    text: str, question: str, answer: str
) -> None:
    note = ClozeNote(id="n", text=text)

    assert to_plain_text(marked_question(note, "c1")) == question
    assert to_plain_text(marked_answer(note, "c1")) == answer


@given(st.text("$\\()[]{}x^_ 12ab\n`|-", max_size=40))
def test_converting_formulas_twice_is_the_same_as_once(text: str) -> None:
    shown = show_formulas(text)

    assert show_formulas(shown) == shown
    assert "\ufdd0" not in shown
