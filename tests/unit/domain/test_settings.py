"""Decks inherit settings along their keys; errors name the file and the setting."""

from __future__ import annotations

from pathlib import Path

import fsrs
import pytest

from flashcards.domain.settings.parsing import read_settings
from flashcards.domain.settings.separators import Separators
from flashcards.domain.settings.settings import (
    DEFAULT_WEIGHTS,
    DeckOptions,
    Settings,
    find_home,
)
from flashcards.errors import UsageError


def read(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "config.toml") == Settings()


def test_the_default_weights_are_those_of_the_fsrs_package() -> None:
    assert fsrs.Scheduler().parameters == pytest.approx(DEFAULT_WEIGHTS)


def test_a_deck_inherits_from_every_leading_part_of_its_key(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        """
        [scheduling]
        new_per_day = 20
        [decks."metrics"]
        desired_retention = 0.95
        new_per_day = 5
        [decks."metrics/ranking"]
        learning_steps = ["30s", "1d"]
        """,
    )

    assert settings.options("drift/types") == DeckOptions(new_per_day=20)
    ranking = settings.options("metrics/ranking")
    assert ranking.desired_retention == 0.95
    assert ranking.new_per_day == 5
    assert ranking.learning_steps == (30, 86_400)
    assert settings.options("metrics/classification").learning_steps == (60, 600)
    assert settings.limits()["metrics"] == (5, 200)
    assert settings.limits()[""] == (20, 200)


def test_separators_of_obsidian_are_read(tmp_path: Path) -> None:
    settings = read(tmp_path, '[obsidian]\ninline = "=>"\nmultiline = "!"')

    assert settings.obsidian == Separators(inline="=>", multiline="!")
    assert settings.obsidian.as_line() == "inline==> multiline=!"


def test_keys_are_read_next_to_their_preset(tmp_path: Path) -> None:
    settings = read(tmp_path, '[keys]\npreset = "vim"\n"review.undo" = "u,z"\n')

    assert settings.preset == "vim"
    assert settings.keys == {"review.undo": "u,z"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("minutes = -1", "minutes must be a whole number from 0 to 600."),
        ("minutes = true", "minutes must be a whole number from 0 to 600."),
        ("minutes = 1.5", "minutes must be a whole number from 0 to 600."),
        ('glyphs = "emoji"', "glyphs must be one of auto, unicode, ascii."),
        ('timezone = "Mars/Olympus"', "'Mars/Olympus' is not a time zone"),
        (
            "colour = 1",
            "colour is not a setting. Settings of this table: confidence, glyphs, ",
        ),
        ("theme = 3", "theme must be a quoted string."),
        ("keys = 3", "keys must be a table: write [keys]."),
        ('[keys]\n"review.undo" = 3', 'keys."review.undo" must be one or more keys'),
        (
            "[scheduling]\ndesired_retention = 1.5",
            "scheduling.desired_retention must be a number from 0.7 to 0.99.",
        ),
        (
            '[scheduling]\nlearning_steps = ["ten"]',
            "scheduling.learning_steps must be a list of intervals such as",
        ),
        (
            '[scheduling]\nlearning_steps = ["90d"]',
            "an interval must be from 1 second to 30 days.",
        ),
        (
            "[scheduling]\nweights = [1, 2]",
            "must be a list of the 21 weights of FSRS-6.",
        ),
        (
            f"[scheduling]\nweights = {[*DEFAULT_WEIGHTS[:20], 0]}",
            "scheduling.weights: weight w20 must be from 0.1 to 0.8, not 0.",
        ),
        (
            f'[decks."a"]\nweights = [nan, {str(DEFAULT_WEIGHTS[1:])[1:-1]}]',
            'decks."a".weights: weight w0 must be from 0.001 to 100, not nan.',
        ),
        (
            '[decks."metrics"]\nfuzz = "no"',
            'decks."metrics".fuzz must be true or false.',
        ),
        ("obsidian = 3", "obsidian must be a table: write [obsidian]."),
        (
            '[obsidian]\nsign = "="',
            "obsidian.sign is not a setting. Settings of this table: inline, ",
        ),
        (
            "[obsidian]\ninline = 3",
            "obsidian.inline must be a quoted string on one line",
        ),
        (
            '[obsidian]\ninline = " "',
            "obsidian.inline must be a quoted string on one line",
        ),
        (
            '[obsidian]\ninline = ":::"',
            "obsidian: ::: cannot mean both one card and two cards.",
        ),
        ("[[[", "is not TOML: "),
    ],
)
def test_an_invalid_setting_is_reported_with_its_file(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)

    assert str(tmp_path / "config.toml") in str(caught.value)
    assert sentence in str(caught.value)


def test_a_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufefftheme = 'paper'").theme == "paper"


def test_a_file_in_another_encoding_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"theme = '\xff'")

    with pytest.raises(UsageError, match="cannot be read"):
        read_settings(path)


def test_the_home_comes_from_the_option_the_environment_or_the_platform() -> None:
    environment = {"FLASHCARDS_HOME": "/somewhere/else", "XDG_DATA_HOME": "/data"}

    assert find_home("/chosen", environment).path == Path("/chosen")
    assert find_home(None, environment).path == Path("/somewhere/else")
    del environment["FLASHCARDS_HOME"]
    assert find_home(None, environment).path == Path("/data/flashcards")
    assert find_home(None, {}).path.name == "flashcards"
