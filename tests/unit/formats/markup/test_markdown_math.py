"""Formulas between dollar signs become Unicode, and prices do not."""

from __future__ import annotations

import pytest

from flashcards.formats.markup.markdown_math import (
    convert_all_formulas,
    convert_formulas,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The rate $\\alpha$ decays.", "The rate α decays."),
        ("$x^2$ and $y_1$", "x² and y₁"),
        ("$$\\mu + \\sigma$$", "μ + σ"),
        ("It costs $5 or $6.", "It costs $5 or $6."),
        ("It costs $5 and 6$.", "It costs $5 and 6$."),
        ("`$x^2$` stays", "`$x^2$` stays"),
        ("```\n$x^2$\n```", "```\n$x^2$\n```"),
        ("\\$x^2$", "\\$x^2$"),
        ("$\\begin{matrix}$", "$\\begin{matrix}$"),
    ],
)
def test_formulas_are_converted_and_other_text_stays(text: str, shown: str) -> None:
    assert convert_formulas(text) == shown


def test_converting_all_formulas_leaves_none_to_convert() -> None:
    text = convert_all_formulas("$\\$5$ and 6$")

    assert convert_formulas(text) == text
