"""LaTeX macros are expanded in every field of a note, in bounded time, and never shown."""

from __future__ import annotations

import pytest

from flashcards.formats.anki.notes.macro_fields import expand_macros_in_fields
from flashcards.text.latex.conversion import latex_to_unicode
from flashcards.text.latex.macros import Macros, expand_macros, extract_definitions


def shown(latex: str) -> str:
    macros: Macros = {}
    return expand_macros(extract_definitions(latex, macros), macros).strip()


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\newcommand{\E}{\mathbb{E}} \E[X]", r"\mathbb{E}[X]"),
        (r"\newcommand\E{\mathbb{E}}\E x", r"\mathbb{E} x"),
        (r"\def\half#1{\frac{#1}{2}} \half{n}\half x", r"\frac{n}{2}\frac{x}{2}"),
        (r"\newcommand{\p}[2]{P(#1 \mid #2)} \p{a}{b}", r"P(a \mid b)"),
        (r"\newcommand{\n}[2][2]{\|#2\|_#1} \n{x} \n[1]{y}", r"\|x\|_2 \|y\|_1"),
        (r"\DeclareMathOperator*{\am}{argmin} \am_x", r"\operatorname*{argmin}_x"),
        (r"\newcommand{\a}{\b}\newcommand{\b}{c} \a d", r"c d"),
        (r"\newcommand{\a}{\alpha} \a x \\a", r"\alpha x \\a"),
        (r"\providecommand{\a}{1}\providecommand{\a}{2}\a", "1"),
        (r"\renewcommand{\a}{\alpha}\a{}b", r"\alpha{}b"),
        (r"\newcommand{\open}{a", r"\newcommand{\open}{a"),
    ],
)
def test_a_macro_is_replaced_by_its_definition(latex: str, text: str) -> None:
    assert shown(latex) == text


@pytest.mark.parametrize(
    "latex",
    [
        r"\newcommand{\a}{\a} \a",
        r"\newcommand{\a}{\b}\newcommand{\b}{\a} \a",
        r"\def\a{\a\a} \a",
        "".join(
            rf"\def\{chr(97 + n)}{{\{chr(98 + n)}\{chr(98 + n)}}}" for n in range(20)
        )
        + r"\def\u{xxxxxxxxxx} \a",
    ],
)
def test_endless_macros_leave_the_formula_unchanged(latex: str) -> None:
    macros: Macros = {}
    use = extract_definitions(latex, macros)

    assert expand_macros(use, macros) == use
    assert len(latex_to_unicode(use)) <= len(use)


def test_a_macro_in_one_field_applies_to_all_and_its_definition_is_removed() -> None:
    fields = [
        r"Then \(\Var[X] = {{c1::\E[X^2]}} - \E[X]^2\), not \Var or <i>\(x\)</i>",
        r"\(\newcommand{\E}{\operatorname{E}}<br>&nbsp;\newcommand{\Var}{\operatorname{Var}}\)",
    ]

    assert expand_macros_in_fields(fields, {}) == [
        (
            r"Then \(\operatorname{Var}[X] = {{c1::\operatorname{E}[X^2]}} - \operatorname{E}[X]^2\), "
            r"not \Var or <i>\(x\)</i>"
        ),
        "",
    ]


def test_fields_without_macros_are_returned_unchanged() -> None:
    fields = [r"\(x\)", "text"]

    assert expand_macros_in_fields(fields, {}) is fields


def test_unmatched_formula_marks_are_left_unchanged() -> None:
    fields = [r"\(\newcommand{\a}{b}\) \( \[ \(\a x\) \) [$]\a[/$] <b>\(", "]"]

    assert expand_macros_in_fields(fields, {}) == [
        r" \( \[ \(b x\) \) [$]b[/$] <b>\(",
        "]",
    ]
