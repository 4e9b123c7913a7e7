"""The documentation of formats matches the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flashcards.formats.common.rules import FORMAT_RULES
from flashcards.formats.formats import FORMATS, ReadContext, format_to_read
from tests.helpers import PROJECT

DOCS = (PROJECT / "docs" / "formats.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```([\w-]+)\n(.*?)```", DOCS, re.DOTALL))


def test_every_rule_is_listed_with_its_text() -> None:
    listed = re.findall(
        r"^\| `([a-z0-9-]+)` \| (error|warning) \| (.*) \|$", DOCS, re.MULTILINE
    )

    assert {rule: (severity, text) for rule, severity, text in listed} == FORMAT_RULES


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_recognized_under_every_suffix_of_its_format(
    name: str, tmp_path: Path
) -> None:
    expected_format = next(candidate for candidate in FORMATS if candidate.name == name)
    for suffix in expected_format.suffixes:
        path = tmp_path / f"example{suffix}"
        path.write_text(EXAMPLES[name], encoding="utf-8")
        assert format_to_read(path) is expected_format


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_without_problems(
    name: str, tmp_path: Path, reading: ReadContext
) -> None:
    format_ = next(candidate for candidate in FORMATS if candidate.name == name)
    path = tmp_path / f"example{format_.suffixes[0]}"
    path.write_text(EXAMPLES[name], encoding="utf-8")

    assert format_.module.looks_like(path.read_bytes())
    bundle = format_.module.read(path, reading)
    assert bundle.problems == ()
    assert bundle.decks[0].notes
