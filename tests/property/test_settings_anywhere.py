"""Any setting in any table with any value is a setting or a sentence, never a crash."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from flashcards.domain.settings import names
from flashcards.domain.settings.separators import Separators
from flashcards.domain.settings.settings import DeckOptions, Settings, read_settings
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
    """Return the sentence that refuses a settings file, empty where it is read."""
    path.write_text(text, encoding="utf-8")
    try:
        settings = read_settings(path)
    except UsageError as error:
        return str(error)
    assert isinstance(settings.options("metrics/ranking"), DeckOptions)
    assert settings.limits()
    return ""


@pytest.mark.parametrize("table", TABLES)
def test_any_name_with_any_value_in_any_table_is_read_or_refused_in_a_sentence(
    tmp_path: Path, table: str
) -> None:
    path = tmp_path / "config.toml"
    for name in NAMES:
        for value in VALUES:
            head = f"[{table}]\n" if table else ""

            sentence = message(path, f"{head}{name} = {value}\n")

            assert not sentence or sentence.startswith(f"{path}")
            assert not sentence or sentence.endswith(".")


def test_every_setting_has_one_table_that_it_belongs_in() -> None:
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
        ("[scheduling.keys]", "keys is a table of its own: write [keys]."),
    ],
)
def test_a_misplaced_setting_is_refused_with_the_table_it_belongs_in(
    tmp_path: Path, text: str, advice: str
) -> None:
    assert advice in message(tmp_path / "config.toml", text)


def test_a_name_that_is_offered_as_known_is_accepted_where_it_is_offered(
    tmp_path: Path,
) -> None:
    sentence = message(tmp_path / "config.toml", "colour = 1")

    known = sentence.split("Settings of this table: ")[1].removesuffix(".").split(", ")
    for name in known:
        refusal = message(tmp_path / "config.toml", f"{name} = []")
        assert f"{name} must be" in refusal
