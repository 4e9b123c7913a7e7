"""Expected texts in files of their own, compared or, on request, rewritten."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

UPDATE = "FLASHCARDS_UPDATE_GOLDENS"
"""With this environment variable set, a golden that differs is rewritten and its test skipped."""


def compare_with_golden(text: str, path: Path) -> None:
    """Compare a text with the golden file that holds what it should be."""
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    if os.environ.get(UPDATE) and text != expected:
        path.write_text(text, encoding="utf-8")
        pytest.skip(f"{path.name} was rewritten: read the difference")
    assert text == expected, f"{path} differs"
