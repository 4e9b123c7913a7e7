"""One cell that is surely HTML decides how ambiguous cells of its file are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flashcards.formats.delimited import anki_text_format
from tests.unit.formats.delimited.table_reading import Reader, list_pairs, list_problems

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.formats.formats import ReadContext

AMBIGUOUS = "Which one?,<s>old</s> new\nWho said it?,<q>x</q> he said\n"
NAMES = [
    "<s> and </s>",
    "<s>and</s>",
    "<s> old </s>",
    "<s>old </s>",
    "<s>",
    "the <li> element",
    "the <head> tag",
    "a<b and c>d",
    "<title>x</title>",
    "`<s>old</s>`",
]


@pytest.mark.parametrize(
    "evidence",
    [
        "one<br>two",
        "<div>a</div>",
        '"<p class=""x"">a</p>"',
        '"<img src=""a.png"">"',
        "a<img src=a.png>",
        "2&nbsp;km",
        "a &rarr; b",
        "a&#160;b",
        "<b>a</b> word",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_formatting_pair_is_markup_if_another_cell_is_surely_html(
    evidence: str, is_first: bool, table: Reader
) -> None:
    row = f"Other?,{evidence}\n"

    bundle = table("front,back\n" + (row + AMBIGUOUS if is_first else AMBIGUOUS + row))

    shown = dict(list_pairs(bundle))
    assert shown["Which one?"] == "~~old~~ new"
    assert shown["Who said it?"] == "“x” he said"
    assert [rule for _, rule in list_problems(bundle)] == ["html-read"]


@pytest.mark.parametrize(
    "other",
    [
        "R&amp;D",
        "1 &lt; 2 &#38; 3",
        "<s> and </s>",
        "the <br> tag",
        "`a<br>b`",
        "?a=1&copy=2",
        "&unknown;",
        "x",
    ],
)
def test_a_formatting_pair_stays_if_no_cell_is_surely_html(
    other: str, table: Reader
) -> None:
    shown = dict(list_pairs(table(f"front,back\nOther?,{other}\n{AMBIGUOUS}")))

    assert shown["Which one?"] == "<s>old</s> new"
    assert shown["Who said it?"] == "<q>x</q> he said"


def test_tags_in_different_cells_are_not_a_pair(table: Reader) -> None:
    shown = dict(list_pairs(table(f"front,back\nWhat ends <p>?,</p>\n{AMBIGUOUS}")))

    assert shown["What ends <p>?"] == "</p>"
    assert shown["Which one?"] == "<s>old</s> new"


@pytest.mark.parametrize("name", NAMES)
def test_a_cell_that_mentions_a_tag_stays_in_a_file_of_html(
    name: str, table: Reader
) -> None:
    shown = dict(list_pairs(table(f"front,back\nOther?,one<br>two\nWhich?,{name}\n")))

    assert shown["Which?"] == name


def test_cells_of_anki_text_can_prove_html_too(
    tmp_path: Path, reading: ReadContext
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("#separator:comma\nOther?,one<br>two\n" + AMBIGUOUS)

    bundle = anki_text_format.read(path, reading)

    assert dict(list_pairs(bundle))["Which one?"] == "~~old~~ new"
