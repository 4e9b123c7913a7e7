"""Any setting in any table with any value is accepted or refused, and never crashes."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from flashcards.domain.settings import names
from flashcards.domain.settings.parsing import read_settings
from flashcards.domain.settings.separators import Separators
from flashcards.domain.settings.settings import DeckOptions, Settings
from flashcards.errors import UsageError

TABLES = (
    "", "keys", "obsidian", "scheduling", "decks", 'decks."metrics"', "other",
    "keys.scheduling", "scheduling.decks",
)  # fmt: skip
NAMES = sorted(
    {
        field.name
        for values in (Settings, DeckOptions, Separators)
        for field in fields(values)
    }
    | {'"review.undo"', "metrics", '"metrics/ranking"', "colour", '""'}
)
VALUES = (
    '"vim"', '""', '"auto"', "3", "-1", "0.9", "nan", "inf", "true", "[]", "[1]",
    '["1m"]', "{}", "{ new_per_day = 3 }", '{ preset = "vim" }', "1979-05-27",
    "07:32:00", "1979-05-27T07:32:00Z", "99999999999999999999999999",
)  # fmt: skip


def message(path: Path, text: str) -> str:
    """Return the error message for a settings file, or empty if it is valid."""
    path.write_text(text, encoding="utf-8")
    try:
        settings = read_settings(path)
    except UsageError as error:
        return str(error)
    assert isinstance(settings.options("metrics/ranking"), DeckOptions)
    assert settings.limits()
    return ""


@pytest.mark.parametrize("table", TABLES)
def test_any_setting_in_any_table_is_accepted_or_refused_with_a_message(
    tmp_path: Path, table: str
) -> None:
    path = tmp_path / "config.toml"
    for name in NAMES:
        for value in VALUES:
            head = f"[{table}]\n" if table else ""

            sentence = message(path, f"{head}{name} = {value}\n")

            assert not sentence or sentence.startswith(f"{path}")
            assert not sentence or sentence.endswith(".")


def test_every_setting_belongs_to_exactly_one_table() -> None:
    own = {field.name for field in fields(Settings)}

    assert own - {*names.TABLES, names.PRESET} == {*names.GENERAL}
    assert [field.name for field in fields(DeckOptions)] == [*names.SCHEDULING]
    assert [field.name for field in fields(Separators)] == [*names.OBSIDIAN]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('preset = "vim"', "preset belongs in the table [keys]."),
        ("new_per_day = 3", "new_per_day belongs in the table [scheduling], or"),
        ('inline = "="', "inline belongs in the table [obsidian]."),
        ("[scheduling]\nminutes = 3", "minutes belongs at the top of the file"),
        ('[decks."a"]\npreset = "vim"', "preset belongs in the table [keys]."),
        ("[decks]\nfuzz = true", "fuzz belongs in the table [scheduling], or"),
        ("[decks.a.b]\nfuzz = true", "Put the whole deck key in quotes"),
        ('[keys]\ntheme = "ink"', "theme belongs at the top of the file"),
        ("[obsidian]\nfuzz = true", "fuzz belongs in the table [scheduling]"),
        ("[scheduling.keys]", "keys is a separate table: write [keys]."),
    ],
)
def test_the_message_for_a_misplaced_setting_names_its_table(
    tmp_path: Path, text: str, advice: str
) -> None:
    assert advice in message(tmp_path / "config.toml", text)


def test_every_suggested_setting_name_is_valid_in_its_table(
    tmp_path: Path,
) -> None:
    sentence = message(tmp_path / "config.toml", "colour = 1")

    known = sentence.split("Settings of this table: ")[1].removesuffix(".").split(", ")
    for name in known:
        refusal = message(tmp_path / "config.toml", f"{name} = []")
        assert f"{name} must be" in refusal
