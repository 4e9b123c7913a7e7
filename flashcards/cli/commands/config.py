"""`config`: the settings in force and where each comes from; their file and its editor."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from flashcards.cli.console import output
from flashcards.cli.parser import add_json
from flashcards.disk.settings_file import read_settings_file
from flashcards.domain.settings.separators import USUAL
from flashcards.domain.settings.settings import DeckOptions, Settings, read_settings
from flashcards.errors import NothingFoundError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from flashcards.domain.settings.settings import AppDirectories

DEFAULT = "default"

GENERAL = {
    "theme": "auto (ink), ink (dark), paper (light), or any theme that Textual ships",
    "glyphs": "auto, unicode or ascii",
    "minutes": "minutes of a daily session; 0 for no end but the last card",
    "rollover_hour": "hour of the local day at which a new study day begins, 0 to 23",
    "timezone": "your zone, such as Europe/Berlin; empty for the system's",
    "confidence": "ask how sure you are before an answer is shown",
    "learn_ahead_minutes": "how far ahead a learning card is asked when nothing else is left",
}
KEYS = {
    "preset": "anki or vim; any action can be given other keys below, such as "
    '"review.undo" = "u,z"',
}
OBSIDIAN = {
    "inline": "what parts question and answer within a line of Obsidian",
    "inline_both_ways": "the same, for a card each way",
    "multiline": "what parts them on a line of its own",
    "multiline_both_ways": "the same, for a card each way",
}
SCHEDULING = {
    "desired_retention": "predicted recall at which a card falls due, 0.70 to 0.99",
    "new_per_day": "new cards a study day",
    "reviews_per_day": "reviews a study day",
    "learning_steps": "waits before a new card graduates",
    "relearning_steps": "waits after a lapse",
    "maximum_interval": "longest interval in days",
    "leech_threshold": "lapses at which a card is called a leech, again every half of it",
    "fuzz": "spread intervals a little, the same way each time",
    "weights": "the 21 weights of FSRS-6",
}

_HEAD = """\
# Settings of flashcards. Every line shows a default: take away its # to change it.
"""
_DECKS = """\

# A deck, or all decks under a leading part of the key, may differ from [scheduling]:
# [decks."metrics"]
# new_per_day = 5
"""


class SettingLine(NamedTuple):
    """One setting in force."""

    name: str
    value: Any
    origin: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `config`."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("show", "init"),
        default="show",
        metavar="show|init",
        help="show the settings (the default), or write a commented config.toml",
    )
    parser.add_argument(
        "--path", action="store_true", help="print the path of the settings file"
    )
    parser.add_argument(
        "--edit", action="store_true", help="open the settings file in $EDITOR"
    )
    add_json(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Show, write or edit the settings."""
    if options.path:
        output.print_path(home.config)
    elif options.edit:
        _edit(home.config)
    elif options.action == "init":
        _write_new(home.config)
        output.print_line(f"Wrote {home.config}. Every line in it shows a default.")
    else:
        _show(home, as_json=options.json)
    return 0


def template() -> str:
    """Return a settings file that says nothing but what could be said."""
    lines = [_HEAD, *_commented(GENERAL, Settings())]
    lines += ["[keys]", *_commented(KEYS, Settings())]
    lines += ["[obsidian]", *_commented(OBSIDIAN, USUAL)]
    lines += ["[scheduling]", *_commented(SCHEDULING, DeckOptions())]
    return "\n".join(lines) + _DECKS


def effective_settings(path: Path) -> list[SettingLine]:
    """Return every setting with its value and where it comes from.

    Raises:
        UsageError: the file is wrong.
    """
    settings = read_settings(path)
    _check_choices(settings, path)
    own = read_settings_file(path)
    shown = [_shown("", name, settings, own) for name in (*GENERAL,)]
    keys = own.get("keys", {})
    shown.append(_shown("keys.", "preset", settings, keys))
    shown += [
        SettingLine(f"keys.{key}", settings.keys[key], path.name)
        for key in settings.keys
    ]
    table = own.get("obsidian", {})
    shown += [_shown("obsidian.", name, settings.obsidian, table) for name in OBSIDIAN]
    table = own.get("scheduling", {})
    shown += [
        _shown("scheduling.", name, settings.scheduling, table) for name in SCHEDULING
    ]
    for deck, different in settings.decks.items():
        shown += [
            SettingLine(f"decks.{deck}.{name}", _plain(name, value), path.name)
            for name, value in different.items()
        ]
    return [
        one._replace(origin=path.name if one.origin != DEFAULT else DEFAULT)
        for one in shown
    ]


def toml_value(value: Any) -> str:
    """Return a plain value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)


def _shown(prefix: str, name: str, values: Any, own: dict[str, Any]) -> SettingLine:
    origin = "file" if name in own else DEFAULT
    return SettingLine(prefix + name, _plain(name, getattr(values, name)), origin)


def _plain(name: str, value: Any) -> Any:
    if name.endswith("_steps"):
        return [_wait(seconds) for seconds in value]
    return list(value) if isinstance(value, tuple) else value


def _wait(seconds: int) -> str:
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _check_choices(settings: Settings, path: Path) -> None:
    usual = Settings()
    if settings.theme == usual.theme and not settings.keys:
        # What only the screens can judge is judged only where something was chosen.
        return
    from flashcards.tui.keys.choices import check_choices

    check_choices(settings, path)


def _show(home: AppDirectories, *, as_json: bool) -> None:
    shown = effective_settings(home.config)
    if as_json:
        output.print_json(
            {
                "home": str(home.path),
                "path": str(home.config),
                "settings": {
                    one.name: {"value": one.value, "from": one.origin} for one in shown
                },
            }
        )
        return
    there = "" if home.config.exists() else " (not written yet: flashcards config init)"
    output.print_line(f"{home.config}{there}")
    output.print_line()
    output.print_table(
        ("setting", "from", "value"),
        [(one.name, one.origin, toml_value(one.value)) for one in shown],
    )


def _commented(names: dict[str, str], values: Any) -> list[str]:
    known = {field.name for field in fields(values)}
    lines = []
    for name, comment in names.items():
        if name in known:
            value = toml_value(_plain(name, getattr(values, name)))
            lines += [f"# {comment}", f"# {name} = {value}", ""]
    return lines


def _write_new(path: Path) -> None:
    if path.exists():
        raise NothingFoundError(
            f"{path} exists already; flashcards config --edit opens it."
        )
    from flashcards.disk.replacing import make_directory, save_text

    make_directory(path.parent, private=True)
    save_text(path, template(), private=True)


def _edit(path: Path) -> None:
    from flashcards.collection.editor import editor_command, wait_for_editor

    if not path.exists():
        _write_new(path)
    wait_for_editor(editor_command(os.environ, str(path)))
    _check_choices(read_settings(path), path)
