"""The argument parsers: one for the program, one for each command, made when asked for."""

from __future__ import annotations

import argparse
import os
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
    "review": "review what is due",
    "quiz": "answer quiz items, due and weak ones first",
    "import": "take deck files into the store",
    "export": "write decks, and their history, to a file",
    "check": "find faults in deck files without touching the store",
    "decks": "list the decks",
    "due": "tell what is due today, and the minutes it will take",
    "stats": "tell what the reviews so far show",
    "plan": "plan for an interview date, and tell how ready you will be",
    "search": "find cards by words, deck:, tag: and is:",
    "card": "tell all about one card",
    "undo": "take back the last operation of any kind",
    "backup": "copy the store",
    "restore": "put a backup in the place of the store",
    "doctor": "examine the store",
    "config": "show or change the settings",
    "schema": "print the JSON Schema of deck files, for editors",
    "completion": "print a completion script for a shell",
}
"""Every command with what it does, in the order of the help."""

_WITH_MINUS = ("search",)
"""Commands whose words may begin with a minus."""

_MODULES = {"import": "commands.import_decks", "start": "startup.start"}
_NARROWEST, _WIDEST = 40, 100


class CommandModule(Protocol):
    """What the module of a command offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments to its parser."""

    def run(self, options: argparse.Namespace, home: AppDirectories) -> int:
        """Do the command and return the exit status."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose faults are `UsageError`s with finished sentences."""

    def error(self, message: str) -> NoReturn:
        """Raise a usage error from one of argparse's messages."""
        told = message.replace("invalid choice: ", "there is no ")
        sentence = f"{told[:1].upper()}{told[1:]}".rstrip(".")
        raise UsageError(f"{sentence}. {self.prog} --help tells more.")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help at the terminal's width, without the module that argparse loads to learn it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=_help_width())


def module(command: str) -> CommandModule:
    """Return the module of a command."""
    name = _MODULES.get(command, f"commands.{command}")
    return cast("CommandModule", import_module(f"flashcards.cli.{name}"))


def main_parser() -> Parser:
    """Return the parser of the program itself: its options, a command, and the rest."""
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:{width}}  {does}" for name, does in COMMANDS.items())
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [--home DIR] [COMMAND] ...",
        description="Spaced-repetition flashcards for ML system design interviews, in "
        "the terminal.\nWithout a command: the screens, or the words of `due` where "
        "there is no terminal.",
        epilog=f"commands:\n{listed}\n\n`{PROGRAM} COMMAND --help` tells more.",
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    _add_home(parser)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("command", nargs="?", default="", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def command_parser(command: str) -> Parser:
    """Return the parser of one command."""
    summary = COMMANDS[command]
    parser = Parser(
        prog=f"{PROGRAM} {command}",
        description=f"{summary[:1].upper()}{summary[1:]}.",
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    module(command).arguments(parser)
    _add_home(parser)
    return parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of a command line; `command` is empty where none is named.

    Raises:
        UsageError: the command line asks for something that does not exist.
    """
    for argument in arguments:
        if not is_utf8(argument):
            raise UsageError(f"The argument {readable_name(argument)} is not UTF-8.")
    options = main_parser().parse_args(arguments)
    if not options.command:
        return options
    if options.command not in COMMANDS:
        raise UsageError(_unknown(options.command))
    rest = options.rest
    if options.command in _WITH_MINUS:
        rest = [_no_option(argument) for argument in rest]
    return command_parser(options.command).parse_args(rest, options)


def number(low: int, high: int) -> Callable[[str], int]:
    """Return what reads a whole number within bounds, for argparse."""

    def read(text: str) -> int:
        if (
            text.isdecimal()
            and len(text) <= len(str(high))
            and low <= int(text) <= high
        ):
            return int(text)
        message = f"{text!r} is not a whole number from {low} to {high:,}"
        raise argparse.ArgumentTypeError(message)

    return read


def not_empty(what: str) -> Callable[[str], str]:
    """Return what takes any text but an empty one, for argparse.

    Args:
        what: What the text is, such as `path`, for the error message.
    """

    def read(text: str) -> str:
        if text:
            return text
        raise argparse.ArgumentTypeError(f"the {what} is empty")

    return read


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json` to the parser of a read-out."""
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document and nothing else"
    )


def _no_option(argument: str) -> str:
    """Return a word that begins with one minus so that argparse takes it for a word."""
    is_word = argument.startswith("-") and argument not in ("-h", "--")
    return f" {argument}" if is_word and not argument.startswith("--") else argument


def _add_home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--home",
        metavar="DIR",
        type=not_empty("path"),
        default=argparse.SUPPRESS,
        help="directory of the store and the settings (else $FLASHCARDS_HOME)",
    )


def _unknown(command: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(command, COMMANDS, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"There is no command {command}.{hint} {PROGRAM} --help lists them."


def _help_width() -> int:
    try:
        columns = output.requested_columns() or os.get_terminal_size(1).columns
    except OSError:
        columns = 80
    return min(max(columns - 2, _NARROWEST), _WIDEST)
