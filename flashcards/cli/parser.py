"""The argument parsers of the program and of its commands; each is built only when used."""

from __future__ import annotations

import argparse
import os
import re
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from flashcards import __version__
from flashcards.cli.console import output
from flashcards.errors import UsageError
from flashcards.text.safe_text import is_utf8, readable_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.domain.settings.settings import AppDirectories

PROGRAM = "flashcards"

COMMANDS = {
    "review": "review due cards",
    "quiz": "answer graded questions, due and weak ones first",
    "import": "import decks from files",
    "export": "write decks and their history to a file",
    "check": "find problems in deck files, without importing them",
    "decks": "list the decks",
    "due": "show what is due today and how many minutes it takes",
    "stats": "show statistics of your reviews",
    "plan": "plan for an interview date and see how ready you will be",
    "search": "find cards by words, deck:, tag: and is:",
    "card": "show everything about one card",
    "undo": "undo the last operation of any kind",
    "backup": "back up the store",
    "restore": "replace the store with a backup",
    "doctor": "check the store for damage, and repair it",
    "config": "show or change the settings",
    "schema": "print the JSON Schema of deck files, for editors",
    "completion": "print a completion script for a shell",
}
"""Every command with its summary, in the order of the help."""

_COMMANDS_WITH_MINUS_WORDS = ("search",)
"""Commands whose arguments may begin with a minus."""

_MODULES = {"import": "import_decks"}
_MIN_HELP_WIDTH, _MAX_HELP_WIDTH = 40, 100


class CommandModule(Protocol):
    """The functions of a command's module."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments to its parser."""

    def run(self, options: argparse.Namespace, home: AppDirectories) -> int:
        """Run the command and return the exit status."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `UsageError` with a finished sentence."""

    def error(self, message: str) -> NoReturn:
        """Raise a usage error from one of argparse's messages."""
        raise UsageError(f"{_usage_sentence(message)}. See `{self.prog} --help`.")


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Help that fits the terminal, without importing `shutil` to get its width."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=_help_width())


def load_command(command: str) -> CommandModule:
    """Import the module of a command and return it."""
    name = _MODULES.get(command, command)
    return cast("CommandModule", import_module(f"flashcards.cli.commands.{name}"))


def main_parser() -> Parser:
    """Return the parser of the program: its own options, a command, and its arguments."""
    width = max(map(len, COMMANDS))
    command_lines = "\n".join(
        f"  {name:{width}}  {summary}" for name, summary in COMMANDS.items()
    )
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [--home DIR] [COMMAND] ...",
        description="Spaced-repetition flashcards for ML system design interviews, in "
        "the terminal.\nWithout a command it opens the home screen, or prints what is due "
        "if there is no terminal.",
        epilog=f"commands:\n{command_lines}\n\n"
        f"See `{PROGRAM} COMMAND --help` for the options of a command.",
        formatter_class=_HelpFormatter,
        allow_abbrev=False,
    )
    _add_home_option(parser)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("command", nargs="?", default="", help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def command_parser(command: str) -> Parser:
    """Return the parser of one command."""
    summary = COMMANDS[command]
    parser = Parser(
        prog=f"{PROGRAM} {command}",
        description=f"{summary[:1].upper()}{summary[1:]}.",
        formatter_class=_HelpFormatter,
        allow_abbrev=False,
    )
    load_command(command).add_arguments(parser)
    _add_home_option(parser)
    return parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of a command line; `command` is empty if none is named.

    Raises:
        UsageError: a command, option or value does not exist or is missing.
    """
    for argument in arguments:
        if not is_utf8(argument):
            raise UsageError(f"The argument {readable_name(argument)} is not UTF-8.")
    options = main_parser().parse_args(arguments)
    if not options.command:
        return options
    if options.command not in COMMANDS:
        raise UsageError(_unknown_command(options.command))
    command_arguments = options.arguments
    if options.command in _COMMANDS_WITH_MINUS_WORDS:
        command_arguments = [_protect_minus(word) for word in command_arguments]
    return command_parser(options.command).parse_args(command_arguments, options)


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Return an argparse type for whole numbers from `low` to `high`."""

    def convert(text: str) -> int:
        if (
            text.isdecimal()
            and len(text) <= len(str(high))
            and low <= int(text) <= high
        ):
            return int(text)
        message = f"must be a whole number from {low} to {high}, not {text!r}"
        raise argparse.ArgumentTypeError(message)

    return convert


def non_empty(text: str) -> str:
    """Return a text unless it is empty; an argparse type."""
    if text:
        return text
    raise argparse.ArgumentTypeError("must not be empty")


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add `--json` to the parser of a command that prints results."""
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document and nothing else"
    )


def _usage_sentence(message: str) -> str:
    """Return one of argparse's messages in our words, without a period."""
    match = re.fullmatch(r"argument ([^:]+): (.+)", message, re.DOTALL)
    if match is None:
        return f"{message[:1].upper()}{message[1:]}".rstrip(".")
    name, reason = match.groups()
    if reason.startswith("must "):
        return f"{name} {reason}"
    choice = re.fullmatch(
        r"invalid choice: (.+) \(choose from (.+)\)", reason, re.DOTALL
    )
    if choice is not None:
        values = choice[2].replace("'", "")
        return f"{name} must be one of {values}, not {choice[1]}"
    conflict = reason.removeprefix("not allowed with argument ")
    if conflict != reason:
        return f"{name} cannot be combined with {conflict}"
    if reason.startswith("expected "):
        return f"{name} needs a value"
    if reason.startswith("ignored explicit argument "):
        return f"{name} takes no value"
    return f"{name}: {reason}".rstrip(".")


def _protect_minus(word: str) -> str:
    """Return a word with a space before its minus, so that argparse reads no option."""
    is_search_word = word.startswith("-") and word not in ("-h", "--")
    return f" {word}" if is_search_word and not word.startswith("--") else word


def _add_home_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--home",
        metavar="DIR",
        type=non_empty,
        default=argparse.SUPPRESS,
        help="directory of the store and the settings (default: $FLASHCARDS_HOME)",
    )


def _unknown_command(command: str) -> str:
    from difflib import get_close_matches

    matches = get_close_matches(command, COMMANDS, n=1)
    hint = f" Did you mean {matches[0]}?" if matches else ""
    return f"No command named {command}.{hint} See `{PROGRAM} --help`."


def _help_width() -> int:
    try:
        columns = output.requested_columns() or os.get_terminal_size(1).columns
    except OSError:
        columns = 80
    return min(max(columns - 2, _MIN_HELP_WIDTH), _MAX_HELP_WIDTH)
