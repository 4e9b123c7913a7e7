"""The program with a new home directory for each test."""

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.homes import HomeTemplates


@pytest.fixture
def flashcards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home_templates: HomeTemplates
) -> Program:
    return Program(tmp_path / "home", capsys, home_templates)


@pytest.fixture
def filled(flashcards: Program) -> Program:
    flashcards.fill()
    return flashcards
