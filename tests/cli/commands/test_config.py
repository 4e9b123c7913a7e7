import json
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from flashcards.cli.commands import config
from flashcards.domain.settings.parsing import read_settings
from flashcards.domain.settings.separators import Separators
from flashcards.domain.settings.settings import DeckOptions, Settings
from tests.cli.program import Program


def uncommented(text: str) -> str:
    """Return the template with every `name = value` line uncommented."""
    return "\n".join(
        line.removeprefix("# ")
        if " = " in line and '"review.undo"' not in line
        else line
        for line in text.splitlines()
    )


def test_every_setting_is_described_once() -> None:
    general = [f.name for f in fields(Settings)]
    described = [
        *config.GENERAL,
        *config.KEYS,
        "keys",
        "obsidian",
        "scheduling",
        "decks",
    ]

    assert sorted(described) == sorted(general)
    assert list(config.OBSIDIAN) == [f.name for f in fields(Separators)]
    assert list(config.SCHEDULING) == [
        "desired_retention",
        "new_per_day",
        "reviews_per_day",
        "learning_steps",
        "relearning_steps",
        "maximum_interval",
        "leech_threshold",
        "fuzz",
        "weights",
    ]
    assert set(config.SCHEDULING) == {f.name for f in fields(DeckOptions)}


def test_the_template_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(config.template(), encoding="utf-8")

    assert read_settings(path) == Settings()


def test_the_template_shows_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    text = uncommented(config.template()).partition("# Settings for one deck")[0]
    path.write_text(text, encoding="utf-8")

    assert read_settings(path) == Settings()
    assert tomllib.loads(text)["scheduling"]["learning_steps"] == ["1m", "10m"]


def test_init_does_not_overwrite_an_existing_file(flashcards: Program) -> None:
    first = flashcards("config", "init")
    path = flashcards.home / "config.toml"
    path.write_text("minutes = 20\n", encoding="utf-8")
    second = flashcards("config", "init")

    assert first.status == 0
    assert first.out == f"Created {path}. Every line in it shows a default.\n"
    assert second.status == 1
    assert second.err == (
        f"{path} already exists. Edit it with `flashcards config --edit`.\n"
    )
    assert path.read_text(encoding="utf-8") == "minutes = 20\n"


def test_each_setting_shows_its_origin(flashcards: Program) -> None:
    flashcards.home.mkdir()
    (flashcards.home / "config.toml").write_text(
        'minutes = 20\n[keys]\n"review.undo" = "u,z"\n[scheduling]\nfuzz = false\n'
        '[decks."metrics"]\nlearning_steps = ["90s", "2h"]\n',
        encoding="utf-8",
    )

    config_document = json.loads(flashcards("config", "--json").out)

    settings = config_document["settings"]
    assert settings["minutes"] == {"value": 20, "from": "config.toml"}
    assert settings["theme"] == {"value": "auto", "from": "default"}
    assert settings["keys.review.undo"] == {"value": "u,z", "from": "config.toml"}
    assert settings["scheduling.fuzz"] == {"value": False, "from": "config.toml"}
    assert settings["decks.metrics.learning_steps"] == {
        "value": ["90s", "2h"],
        "from": "config.toml",
    }
    assert "scheduling.fuzz" in flashcards("config").out


def test_path_prints_one_line(flashcards: Program) -> None:
    assert flashcards("config", "--path").out == f"{flashcards.home}/config.toml\n"


def test_edit_opens_the_editor_and_checks_the_saved_file(
    flashcards: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "minutes = -1" > "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)

    outcome = flashcards("config", "--edit")

    assert outcome.status == 2
    assert outcome.err == (
        f"{flashcards.home}/config.toml: minutes must be a whole number from 0 to 600.\n"
    )


def test_a_missing_editor_is_reported(
    flashcards: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "/nowhere/editor")

    outcome = flashcards("config", "--edit")

    assert outcome.status == 2
    assert outcome.err == (
        "Could not start the editor /nowhere/editor. Set EDITOR to another one.\n"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            'theme = "mauve"',
            "theme: 'mauve' is not a theme. Known: ansi-dark, ",
        ),
        (
            '[keys]\n"review.dance" = "d"',
            'keys."review.dance" is not an action. docs/keys.md lists all actions, ',
        ),
        (
            '[keys]\n"review.undo" = "hyper"',
            "keys.\"review.undo\": 'hyper' is not a key. ",
        ),
    ],
)
def test_an_unknown_theme_or_key_is_reported_with_the_file(
    flashcards: Program, text: str, sentence: str
) -> None:
    flashcards.home.mkdir()
    path = flashcards.home / "config.toml"
    path.write_text(text, encoding="utf-8")

    outcome = flashcards("config")

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{path}: {sentence}")
