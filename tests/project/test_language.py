"""The words of the code: plain American English, one name for one thing."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.helpers import PROJECT

PACKAGE = PROJECT / "flashcards"
UNCLEAR = (
    "told", "tell", "tells", "foretold", "anew", "begun", "learnt", "writ", "plainly", "beside", "bearable", "at_home",
    "gone_on", "handed",
)  # fmt: skip
"""Words that mean nothing to a reader who did not write the code."""
BRITISH = (
    "colour", "colours", "behaviour", "practise", "practised", "organise", "organised", "recognise", "recognised",
    "summarise", "summarised", "normalise", "normalised", "centre", "centred", "grey", "spelt", "licence", "neighbour",
    "neighbours",
)  # fmt: skip
WORDS = re.compile(rf"(?<![a-z])(?:{'|'.join((*UNCLEAR, *BRITISH))})(?![a-z])")
SHARED_NAMES = frozenset({"Anchor", "Note", "Source"})
"""Classes that are a domain value and its table row: one notion seen from two rooms."""


def names_in(source: str) -> set[str]:
    """Return every name that a module defines or binds."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
    return names


@cache
def names_by_module(folder: Path) -> dict[str, set[str]]:
    return {
        path.relative_to(PROJECT).as_posix(): names_in(path.read_text("utf-8"))
        for path in folder.rglob("*.py")
    }


def split_words(name: str) -> str:
    """Return a name in lower case with its words apart: `read_deck` for `readDeck`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def unclear_names(names: set[str]) -> set[str]:
    return {name for name in names if WORDS.search(split_words(name))}


@pytest.mark.parametrize("folder", ["flashcards", "tests"])
def test_names_are_plain_american_english(folder: str) -> None:
    unclear = {
        module: unclear_names(names)
        for module, names in names_by_module(PROJECT / folder).items()
    }

    assert {module: names for module, names in unclear.items() if names} == {}


def test_the_word_list_finds_its_words_and_no_others() -> None:
    source = "def note_is_told(): pass\nclass LearntCard: pass\nforetold = 1\nstoryteller = 2"

    assert unclear_names(names_in(source)) == {"note_is_told", "LearntCard", "foretold"}


def test_no_two_public_classes_have_one_name() -> None:
    modules: defaultdict[str, list[str]] = defaultdict(list)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules[node.name].append(path.relative_to(PACKAGE).as_posix())

    repeated = {name: places for name, places in modules.items() if len(places) > 1}

    assert set(repeated) == SHARED_NAMES, repeated


def test_a_shared_name_is_a_domain_value_and_its_row() -> None:
    for name in SHARED_NAMES:
        rooms = {
            module.split("/")[1]
            for module, names in names_by_module(PACKAGE).items()
            if name in names
        }
        assert {"domain", "store"} <= rooms


def glossary_rows() -> list[tuple[str, str]]:
    """Return the first and the last cell of each row of the glossary."""
    text = (PROJECT / "docs" / "glossary.md").read_text("utf-8")
    return re.findall(r"^\| (\*\*.+?\*\*) \|.*\| (.*?) \|$", text, re.MULTILINE)


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    known = set().union(*names_by_module(PACKAGE).values())

    for word, code in glossary_rows():
        names = re.findall(r"`([^`]+)`", code)
        assert names, word
        assert set(names) <= known, word


def test_the_glossary_explains_each_word_once() -> None:
    words = Counter(
        word
        for cell, _ in glossary_rows()
        for word in re.findall(r"\*\*(.+?)\*\*", cell)
    )

    assert len(words) > 60
    assert {word for word, count in words.items() if count > 1} == set()
