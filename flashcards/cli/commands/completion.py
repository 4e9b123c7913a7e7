"""`completion`: completion scripts for bash, zsh and fish, generated from the parsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flashcards.cli import parser as parsers
from flashcards.cli.console import output

if TYPE_CHECKING:
    import argparse

    from flashcards.domain.settings.settings import AppDirectories

SHELLS = ("bash", "zsh", "fish")


class ShellOption(NamedTuple):
    """An option as completion scripts need it."""

    names: tuple[str, ...]
    summary: str
    takes_value: bool


class ShellCommand(NamedTuple):
    """A command as completion scripts need it."""

    name: str
    summary: str
    options: tuple[ShellOption, ...]
    words: tuple[str, ...]
    """The possible values of positional arguments with a fixed set of values."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `completion`."""
    parser.add_argument(
        "shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish"
    )


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print the completion script of a shell."""
    output.print_data(f"{script(options.shell)}\n".encode())
    return 0


def script(shell: str) -> str:
    """Return the completion script of a shell."""
    commands = [_command(name) for name in parsers.COMMANDS]
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](commands)


def options_of(parser: argparse.ArgumentParser) -> tuple[ShellOption, ...]:
    """Return the options of a parser, in the order of its help."""
    return tuple(
        ShellOption(tuple(action.option_strings), action.help or "", action.nargs != 0)
        for action in parser._actions  # noqa: SLF001 - argparse has no public list
        if action.option_strings
    )


def _command(name: str) -> ShellCommand:
    parser = parsers.command_parser(name)
    words = [
        str(word)
        for action in parser._actions  # noqa: SLF001
        if not action.option_strings and action.choices
        for word in action.choices
    ]
    return ShellCommand(name, parsers.COMMANDS[name], options_of(parser), tuple(words))


def _bash(commands: list[ShellCommand]) -> str:
    cases = "\n".join(
        f'    {command.name}) words="{" ".join(_completions(command))}" ;;'
        for command in commands
    )
    names = " ".join(command.name for command in commands)
    main_options = " ".join(name for option in _main_options() for name in option.names)
    return f"""\
# flashcards completion for bash. Load it: source <(flashcards completion bash)
_flashcards() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" command="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${{COMP_WORDS[i]}}" in
      --home) ((i++)) ;;
      -*) ;;
      *) command="${{COMP_WORDS[i]}}"; break ;;
    esac
  done
  case "$command" in
    "") words="{names} {main_options}" ;;
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _flashcards flashcards"""


def _zsh(commands: list[ShellCommand]) -> str:
    descriptions = "\n".join(
        f"    {_quoted(f'{command.name}:{command.summary}')}" for command in commands
    )
    cases = "\n".join(_zsh_case(command) for command in commands)
    main_options = " ".join(_zsh_option(option) for option in _main_options())
    return f"""\
#compdef flashcards
# flashcards completion for zsh. Load it: source <(flashcards completion zsh)
_flashcards() {{
  local context state line
  local -a commands=(
{descriptions}
  )
  _arguments -C {main_options} '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $line[1] in
{cases}
      esac ;;
  esac
}}
compdef _flashcards flashcards"""


def _zsh_case(command: ShellCommand) -> str:
    options = " ".join(_zsh_option(option) for option in command.options)
    words = (
        f"'*:word:({' '.join(command.words)})'" if command.words else "'*:file:_files'"
    )
    return f"        {command.name}) _arguments {options} {words} ;;"


def _zsh_option(option: ShellOption) -> str:
    summary = option.summary.replace("[", "(").replace("]", ")").replace(":", " -")
    value = ":value:_files" if option.takes_value else ""
    return " ".join(_quoted(f"{name}[{summary}]{value}") for name in option.names)


def _fish(commands: list[ShellCommand]) -> str:
    lines = [
        "# flashcards completion for fish. Load it: flashcards completion fish | source"
    ]
    lines += [
        f"complete -c flashcards -n __fish_use_subcommand -a {command.name} "
        f"-d {_quoted(command.summary)}"
        for command in commands
    ]
    lines += [
        _fish_option("__fish_use_subcommand", option) for option in _main_options()
    ]
    for command in commands:
        condition = _quoted(f"__fish_seen_subcommand_from {command.name}")
        lines += [_fish_option(condition, option) for option in command.options]
        lines += [
            f"complete -c flashcards -n {condition} -a {word}" for word in command.words
        ]
    return "\n".join(lines)


def _fish_option(condition: str, option: ShellOption) -> str:
    names = " ".join(
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
        for name in option.names
    )
    value = " -r" if option.takes_value else ""
    return (
        f"complete -c flashcards -n {condition} {names}{value} "
        f"-d {_quoted(option.summary)}"
    )


def _completions(command: ShellCommand) -> list[str]:
    return [
        *command.words,
        *(name for option in command.options for name in option.names),
    ]


def _main_options() -> tuple[ShellOption, ...]:
    return options_of(parsers.main_parser())


def _quoted(text: str) -> str:
    escaped = text.replace("'", "'\\''")
    return f"'{escaped}'"
