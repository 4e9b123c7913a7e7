"""docs/deck-format.md matches the program: fields, rules and examples."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Any

import pytest
import yaml

from flashcards.decks.fields.fields import Table
from flashcards.decks.fields.head import DECK_FIELDS
from flashcards.decks.fields.kinds import (
    NOTE_FIELDS,
    OPTION_FIELDS,
    PAIR_FIELDS,
    POINT_FIELDS,
    SOURCE_FIELDS,
)
from flashcards.decks.quality.quality import QUALITY_RULES
from flashcards.decks.reader import read_deck_text
from flashcards.decks.rules import RULES
from flashcards.decks.sources import ENTRY_FIELDS, read_sources_text
from flashcards.domain.expressions import FUNCTIONS
from tests.helpers import PROJECT

DOCS = (PROJECT / "docs" / "deck-format.md").read_text()
BLOCKS = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
BIBLIOGRAPHIES = [block for block in BLOCKS if block.startswith("sources:")]


def rows(pattern: str) -> list[Any]:
    return re.findall(pattern, DOCS, re.MULTILINE)


def test_every_rule_of_the_format_is_listed_with_its_message() -> None:
    listed = {
        rule: (severity, text.replace("&#124;", "|"))
        for rule, severity, text in rows(
            r"^\| `([a-z0-9-]+)` \| (error|warning) \| (.*) \|$"
        )
    }
    assert listed == {
        rule: (severity, text.replace("{{", "{").replace("}}", "}"))
        for rule, (severity, text) in RULES.items()
    }


def test_every_authoring_rule_is_listed_with_its_text() -> None:
    assert dict(rows(r"^\| ([RQ]\d+) \| (.*) \|$")) == QUALITY_RULES


@pytest.mark.parametrize(
    "table",
    [DECK_FIELDS, *NOTE_FIELDS.values(), OPTION_FIELDS, PAIR_FIELDS, POINT_FIELDS, SOURCE_FIELDS, ENTRY_FIELDS],
)  # fmt: skip
def test_every_field_is_documented(table: Table) -> None:
    for name, field in table.items():
        required = " (required)" if field.required else ""
        assert f"| `{name}`{required} | {field.about} |" in DOCS


def test_every_arithmetic_function_is_listed() -> None:
    assert f"`{' '.join(FUNCTIONS)}`" in DOCS


def test_the_examples_of_bibliographies_are_read_without_an_error() -> None:
    assert BIBLIOGRAPHIES
    for block in BIBLIOGRAPHIES:
        assert read_sources_text(block.encode(), "sources.yaml")[1] == []


@pytest.mark.parametrize(
    "block",
    [block for block in BLOCKS if block not in BIBLIOGRAPHIES],
    ids=lambda block: block.split("\n")[0].strip(),
)
def test_every_example_is_read_without_an_error(block: str) -> None:
    text = (
        block
        if block.startswith("deck:")
        else f"deck: a\ntitle: A\nnotes:\n{dedent(block)}"
    )
    deck, problems = read_deck_text(text.encode(), "")
    assert problems == []
    assert deck is not None
    assert len(deck.notes) == len(yaml.safe_load(text)["notes"]) == 1
