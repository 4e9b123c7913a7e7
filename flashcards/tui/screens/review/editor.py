"""The learner's own editor, opened at a note's line while the screen waits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from flashcards.collection.editor import editor_command, require_editor, wait_for_editor
from flashcards.errors import FlashcardsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App


def edit_note(app: App[object], path: str, line: int) -> str:
    """Edit a note's file; return a sentence where that was not possible, else nothing."""
    if not path:
        return "This note did not come from a file, so there is nothing to edit."
    if not Path(path).is_file():
        return f"{path} is no longer there. Import its deck anew to edit it."
    try:
        command = editor_command(os.environ, path, line)
        require_editor(command)
        with app.suspend():
            problem = _waited_for(command)
    except SuspendNotSupported:
        return "This terminal cannot make room for an editor."
    except FlashcardsError as error:
        return str(error)
    return problem


def _waited_for(command: Sequence[str]) -> str:
    # An exception that leaves `suspend` would leave the screen suspended for good.
    try:
        wait_for_editor(command)
    except FlashcardsError as error:
        return str(error)
    return ""
