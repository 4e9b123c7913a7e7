"""The program with a new home directory for each test."""

from pathlib import Path

import pytest

from tests.cli.program import Program


@pytest.fixture
def flashcards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(tmp_path / "home", capsys)


@pytest.fixture
def filled(flashcards: Program) -> Program:
    flashcards.fill()
    return flashcards
