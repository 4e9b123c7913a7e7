"""Writing large packages: progress and full disks."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, DeckContent
from flashcards.errors import FlashcardsError
from flashcards.formats.anki import package_format

if TYPE_CHECKING:
    from flashcards.formats.formats import WriteContext


def bundle_of(notes: int) -> Bundle:
    made = (BasicNote(id=f"b{n}", front=f"Q{n}?", back=f"A{n}.") for n in range(notes))
    return Bundle(decks=(DeckContent("a", "A", tuple(made)),))


def test_progress_is_reported(writing: WriteContext) -> None:
    steps: list[tuple[int, int]] = []

    package_format.write(
        bundle_of(3000),
        io.BytesIO(),
        replace(writing, progress=lambda done, of: steps.append((done, of))),
    )

    assert steps == [(0, 3000), (2000, 3000)]


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit there")
def test_a_full_disk_is_reported_in_one_sentence(
    writing: WriteContext,
) -> None:
    import resource

    bundle = bundle_of(2000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, hard))
    try:
        with pytest.raises(FlashcardsError, match="The package cannot be written: "):
            package_format.write(bundle, io.BytesIO(), writing)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
