"""The registry decides which format reads or writes a file."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from flashcards.decks.writing.writer import write_deck
from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, ClozeNote, DeckContent, Source
from flashcards.errors import UsageError
from flashcards.formats.formats import (
    FORMATS,
    Format,
    WriteContext,
    format_to_read,
    format_to_write,
    recognize_format,
)

DECK = DeckContent(
    key="a/b",
    title="Of all: sorts",
    topics=(("on", "Switched on"),),
    notes=(
        BasicNote(
            id="n1",
            topic="on",
            front="What holds a colon: this?",
            back="Two lines:\n  - one\n- two",
            reverse=True,
            why="Ends with a line.\n",
            source=Source("opitz2019", "sec. 2"),
            tags=("f1", "no"),
        ),
        ClozeNote(id="n2", text='Say {{c1::"yes"}} or {{c2::no}}.\tTab'),
    ),
)


def export(name: str, bundle: Bundle, writing: WriteContext) -> str:
    file = io.BytesIO()
    format_to_write(Path(), name).module.write(bundle, file, writing)
    return file.getvalue().decode()


def test_a_format_is_found_by_name_or_suffix() -> None:
    assert format_to_write(Path("a.YML")).name == "yaml"
    assert format_to_write(Path("a.txt"), "csv").name == "csv"
    assert format_to_write(Path("a.json")).name == "json"
    suffixes = (
        r"Use one of \.yaml \(yaml\), \.yml \(yaml\), \.csv \(csv\), \.txt "
        r"\(anki-text\), \.apkg \(anki\), \.json \(json\), \.md \(hashcards\), \.gift "
        r"\(gift\); or name the format with --format\."
    )
    with pytest.raises(
        UsageError, match=rf"suffix of a\.doc is not known\. {suffixes}"
    ):
        format_to_write(Path("a.doc"))
    with pytest.raises(UsageError, match=rf"a has no suffix\. {suffixes}"):
        format_to_write(Path("a"))
    with pytest.raises(
        UsageError, match=r"no export format doc\. Choose one of: yaml, csv"
    ):
        format_to_write(Path("a.yaml"), "doc")
    with pytest.raises(UsageError, match="no import format doc"):
        format_to_read(Path("a.yaml"), "doc")


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda each: each.name)
def test_the_module_of_a_format_does_what_the_registry_says(
    file_format: Format,
) -> None:
    assert hasattr(file_format.module, "read") >= file_format.reads
    assert hasattr(file_format.module, "looks_like") >= file_format.reads
    assert hasattr(file_format.module, "write") == file_format.writes


def test_a_yaml_file_holds_one_deck(writing: WriteContext) -> None:
    assert export("yaml", Bundle(decks=(DECK,)), writing) == write_deck(DECK)
    with pytest.raises(UsageError, match="A YAML file holds one deck"):
        export("yaml", Bundle(decks=(DECK, DECK)), writing)


def test_json_has_the_fields_of_the_deck_format(writing: WriteContext) -> None:
    deck = json.loads(export("json", Bundle(decks=(DECK,)), writing))["decks"][0]

    assert deck["topics"] == {"on": "Switched on"}
    assert deck["notes"][1]["text"] == 'Say {{c1::"yes"}} or {{c2::no}}.\tTab'


@pytest.mark.parametrize(
    ("name", "text", "format_name"),
    [
        ("a.md", "# Which?\n\n- [x] a\n- [ ] b\n\n# Why is it so?\n\nBecause.\n", "quizdown"),
        ("a.md", "#flashcards\n\n## What is a?\n\nb\n\n## What is c?\n\nd::e\n", "obsidian"),
        ("a.md", "## What is a?\nQ: x\nA: y\n## And what is b?\nz\n", "hashcards"),
        ("a.md", "- What? #card\n  - a\n\n## Why?\nb\n\n## How?\nc\n", "logseq"),
        ("a.md", "---\ncard_id: x\n---\nWhat :: is it?\n---\n- [x] a\n", "mochi"),
        ("a.mochi.md", "Q: x\n---\nA: y\n", "mochi"),
        ("a.md", "# Install\n\nRun `make`.\n\n## Why?\n\nBecause.\n\n## Use\n\nRun it.\n", "unknown"),
        ("a.md", "# To do\n\n- [x] shop\n- [ ] cook\n", "unknown"),
        ("a.md", "Prose, and more of it.\n\n---\n\nStd::vector is a type.\n", "unknown"),
        ("a.txt", "# a\nb\tc\n---\n# d\ne\tf\n", "hascard"),
        ("a.txt", "# a comment\na\tb\nc\td\n---\te\n", "anki-text"),
        ("a.txt", "# What {=a} means\nb\n---\n# c\nd\n---\n", "hascard"),
        ("a.csv", "#deck:A\na,b\n", "anki-text"),
        ("a.csv", "# a comment\na,b\n", "csv"),
        ("a.json", '{"crowdanki_uuid": "x"}', "crowdanki"),
        ("a.xml", "<rss></rss>", "moodle"),
        ("a.anki2", "", "anki-database"),
    ],
)  # fmt: skip
def test_a_file_has_the_format_that_matches_it_best(
    name: str, text: str, format_name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text)

    assert format_to_read(path).name == format_name


def test_only_files_that_look_like_cards_are_found_in_a_directory(
    tmp_path: Path,
) -> None:
    for name in ("README.md", "feed.xml", "notes.txt", "data.json", "x.anki2"):
        (tmp_path / name).write_text("# Title\n\nSome words, and more.\n")
    (tmp_path / "one.mochi.md").write_text("a\n---\nb\n")

    card_files = [path for path in sorted(tmp_path.iterdir()) if recognize_format(path)]

    assert [path.name for path in card_files] == ["one.mochi.md"]
