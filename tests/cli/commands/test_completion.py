import shutil
import subprocess
from pathlib import Path

import pytest

from flashcards.cli.commands import completion
from flashcards.cli.parser import COMMANDS, command_parser
from tests.cli.program import Program


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_every_command_and_option_is_completed(shell: str) -> None:
    script = completion.script(shell)

    for command in COMMANDS:
        assert command in script
        for option in completion.options_of(command_parser(command)):
            for name in option.names:
                assert name.lstrip("-") in script


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_the_shell_accepts_its_script(shell: str, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    path = tmp_path / "script"
    path.write_text(completion.script(shell), encoding="utf-8")

    assert subprocess.run([shell, "-n", path], check=False).returncode == 0


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("flashcards ch", {"check"}),
        ("flashcards check --q", {"--quality"}),
        ("flashcards --home /tmp completion z", {"zsh"}),
        ("flashcards --v", {"--version"}),
    ],
)
def test_bash_completes_commands_options_and_values(
    typed: str, offered: set[str]
) -> None:
    words = typed.split()
    array = " ".join(words)
    program = (
        f"{completion.script('bash')}\nCOMP_WORDS=({array}); "
        f"COMP_CWORD={len(words) - 1}; _flashcards; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )

    done = subprocess.run(
        ["bash", "-c", program], capture_output=True, text=True, check=True
    )

    assert set(done.stdout.split()) == offered


def test_an_unsupported_shell_is_a_usage_error(flashcards: Program) -> None:
    outcome = flashcards("completion", "tcsh")

    assert outcome.status == 2
    assert outcome.err == (
        "SHELL must be one of bash, zsh, fish, not 'tcsh'. "
        "See `flashcards completion --help`.\n"
    )
