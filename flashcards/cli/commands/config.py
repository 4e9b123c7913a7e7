"""`config`: show the current settings and their origins; create or edit the file."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option
from flashcards.disk.settings_file import read_settings_file
from flashcards.domain.settings.parsing import read_settings
from flashcards.domain.settings.separators import DEFAULT_SEPARATORS
from flashcards.domain.settings.settings import DeckOptions, Settings
from flashcards.errors import NothingFoundError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from flashcards.domain.settings.settings import AppDirectories

DEFAULT = "default"

GENERAL = {
    "theme": "auto (ink), ink (dark), paper (light), or any theme that Textual ships",
    "glyphs": "auto, unicode or ascii",
    "minutes": "minutes of a daily session; 0 for no time limit",
    "rollover_hour": "local hour at which a new study day begins, 0 to 23",
    "timezone": "your time zone, such as Europe/Berlin; empty for that of the system",
    "confidence": "ask how sure you are before an answer is shown",
    "learn_ahead_minutes": "minutes before its due time at which a learning card may be asked if "
    "nothing else is left",
}
KEYS = {
    "preset": "anki or vim; below, assign other keys to any action, such as "
    '"review.undo" = "u,z"',
}
OBSIDIAN = {
    "inline": "separates question and answer within a line of an Obsidian note",
    "inline_both_ways": "the same, for cards in both directions",
    "multiline": "separates question and answer, on a line of its own",
    "multiline_both_ways": "the same, for cards in both directions",
}
SCHEDULING = {
    "desired_retention": "predicted recall at which a card becomes due, 0.70 to 0.99",
    "new_per_day": "new cards per study day",
    "reviews_per_day": "reviews per study day",
    "learning_steps": "intervals before a new card graduates",
    "relearning_steps": "intervals after a lapse",
    "maximum_interval": "longest interval in days",
    "leech_threshold": "lapses until a card is called a leech, and again after half as many more",
    "fuzz": "vary intervals a little, always in the same way",
    "weights": "the 21 weights of FSRS-6",
}

_HEAD = """\
# Settings of flashcards. Every line shows a default: remove its # to change it.
"""
_DECKS = """\

# Settings for one deck, or for all decks whose keys begin the same way:
# [decks."metrics"]
# new_per_day = 5
"""


class SettingLine(NamedTuple):
    """One current setting."""

    name: str
    value: Any
    origin: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `config`."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("show", "init"),
        default="show",
        metavar="ACTION",
        help="show the settings (the default), or init: write a commented config.toml",
    )
    parser.add_argument(
        "--path", action="store_true", help="print the path of the settings file"
    )
    parser.add_argument(
        "--edit", action="store_true", help="open the settings file in $EDITOR"
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Show the settings, or create or edit their file."""
    if options.path:
        output.print_path(home.config)
    elif options.edit:
        _edit(home.config)
    elif options.action == "init":
        _create_file(home.config)
        output.print_line(f"Created {home.config}. Every line in it shows a default.")
    else:
        _show(home, as_json=options.json)
    return 0


def template() -> str:
    """Return the text of a settings file that lists all defaults as comments."""
    lines = [_HEAD, *_commented(GENERAL, Settings())]
    lines += ["[keys]", *_commented(KEYS, Settings())]
    lines += ["[obsidian]", *_commented(OBSIDIAN, DEFAULT_SEPARATORS)]
    lines += ["[scheduling]", *_commented(SCHEDULING, DeckOptions())]
    return "\n".join(lines) + _DECKS


def effective_settings(path: Path) -> list[SettingLine]:
    """Return every setting with its value and its origin.

    Raises:
        UsageError: the file has an error.
    """
    settings = read_settings(path)
    _check_choices(settings, path)
    own = read_settings_file(path)
    lines = [_line("", name, settings, own) for name in GENERAL]
    keys = own.get("keys", {})
    lines.append(_line("keys.", "preset", settings, keys))
    lines += [
        SettingLine(f"keys.{key}", settings.keys[key], path.name)
        for key in settings.keys
    ]
    table = own.get("obsidian", {})
    lines += [_line("obsidian.", name, settings.obsidian, table) for name in OBSIDIAN]
    table = own.get("scheduling", {})
    lines += [
        _line("scheduling.", name, settings.scheduling, table) for name in SCHEDULING
    ]
    for deck, deck_settings in settings.decks.items():
        lines += [
            SettingLine(f"decks.{deck}.{name}", _as_toml_data(name, value), path.name)
            for name, value in deck_settings.items()
        ]
    return [
        line._replace(origin=path.name if line.origin != DEFAULT else DEFAULT)
        for line in lines
    ]


def toml_value(value: Any) -> str:
    """Return the TOML form of a value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)


def _line(prefix: str, name: str, values: Any, own: dict[str, Any]) -> SettingLine:
    origin = "file" if name in own else DEFAULT
    return SettingLine(
        prefix + name, _as_toml_data(name, getattr(values, name)), origin
    )


def _as_toml_data(name: str, value: Any) -> Any:
    if name.endswith("_steps"):
        return [_format_wait(seconds) for seconds in value]
    return list(value) if isinstance(value, tuple) else value


def _format_wait(seconds: int) -> str:
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _check_choices(settings: Settings, path: Path) -> None:
    if settings.theme == Settings().theme and not settings.keys:
        # Only the screens know all themes and keys, and importing them takes time.
        return
    from flashcards.tui.keys.choices import check_choices

    check_choices(settings, path)


def _show(home: AppDirectories, *, as_json: bool) -> None:
    lines = effective_settings(home.config)
    if as_json:
        output.print_json(
            {
                "home": str(home.path),
                "path": str(home.config),
                "settings": {
                    line.name: {"value": line.value, "from": line.origin}
                    for line in lines
                },
            }
        )
        return
    hint = "" if home.config.exists() else " (create it with `flashcards config init`)"
    output.print_line(f"{home.config}{hint}")
    output.print_line()
    output.print_table(
        ("setting", "from", "value"),
        [(line.name, line.origin, toml_value(line.value)) for line in lines],
    )


def _commented(comments: dict[str, str], values: Any) -> list[str]:
    known = {field.name for field in fields(values)}
    lines = []
    for name, comment in comments.items():
        if name in known:
            value = toml_value(_as_toml_data(name, getattr(values, name)))
            lines += [f"# {comment}", f"# {name} = {value}", ""]
    return lines


def _create_file(path: Path) -> None:
    if path.exists():
        raise NothingFoundError(
            f"{path} already exists. Edit it with `flashcards config --edit`."
        )
    from flashcards.disk.replacing import make_directory, save_text

    make_directory(path.parent, private=True)
    save_text(path, template(), private=True)


def _edit(path: Path) -> None:
    from flashcards.disk.editor import editor_command, wait_for_editor

    if not path.exists():
        _create_file(path)
    wait_for_editor(editor_command(os.environ, str(path)))
    _check_choices(read_settings(path), path)
