"""docs/cli.md and docs/settings.md describe all commands, options and settings."""

import re

import pytest

from flashcards.cli.commands import config
from flashcards.cli.commands.completion import options_of
from flashcards.cli.parser import COMMANDS, command_parser, main_parser
from tests.helpers import PROJECT

CLI = (PROJECT / "docs" / "cli.md").read_text(encoding="utf-8")
SETTINGS = (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8")


def section(command: str) -> str:
    return CLI.partition(f"\n## {command}\n")[2].partition("\n## ")[0]


def options_in(text: str) -> set[str]:
    """Return the options in the first column of a section's tables."""
    cells = re.findall(r"^\| (`-.*?) \|", text, re.MULTILINE)
    return {
        name for cell in cells for name in re.findall(r"(?<=`)--?[a-z][a-z-]*", cell)
    }


def test_the_page_has_one_section_per_command() -> None:
    sections = re.findall(r"^## (.+)$", CLI, re.MULTILINE)

    assert sections == ["Everywhere", *COMMANDS]


def test_the_help_lists_every_command() -> None:
    help_text = main_parser().format_help()

    for command, summary in COMMANDS.items():
        assert re.search(
            rf"^  {command} +{re.escape(summary)}$", help_text, re.MULTILINE
        )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_section_of_a_command_describes_its_options(command: str) -> None:
    everywhere = {"-h", "--help", "--home"}
    known = {
        name for option in options_of(command_parser(command)) for name in option.names
    }

    assert options_in(section(command)) == known - everywhere
    assert f"`flashcards {command}" in section(command)


def test_the_page_describes_the_options_of_the_program() -> None:
    known = {name for option in options_of(main_parser()) for name in option.names}

    assert options_in(section("Everywhere")) == known


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_help(command: str) -> None:
    for option in options_of(command_parser(command)):
        assert option.summary


def test_the_page_lists_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| (.+?) \|", SETTINGS, re.MULTILINE))
    lines = {line.name: line for line in config.effective_settings(PROJECT / "nowhere")}

    assert set(rows) == set(lines)
    for name, default in rows.items():
        if name != "scheduling.weights":
            assert default == f"`{config.toml_value(lines[name].value)}`"
