"""Find pictures and sounds that stored notes name but the media directory lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain import formatting
from flashcards.domain.note_json import note_from_json
from flashcards.formats.anki.package.media import find_media_names
from flashcards.formats.common.sibling_files import is_sibling
from flashcards.store.maintenance.doctor import DoctorFinding
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.store.reader import Reader

_LISTED = 5
_LONGEST_NAME = 60


def media_findings(reader: Reader, directory: Path) -> Iterator[DoctorFinding]:
    """Give one warning for all media files that notes in use name and the directory lacks.

    Raises:
        StoreError: the store cannot be read.
    """
    missing: dict[str, str] = {}
    for key, content in reader.content.notes_with_media():
        try:
            note = note_from_json(content)
        except (ValueError, KeyError, TypeError):
            # Another check reports notes that cannot be read.
            continue
        for name in find_media_names(note):
            if name not in missing and not is_sibling(directory, name):
                missing[name] = key
    if missing:
        listed = ", ".join(
            f"{one_line(name, _LONGEST_NAME)} (note {key})"
            for name, key in list(missing.items())[:_LISTED]
        )
        more = ", …" if len(missing) > _LISTED else ""
        count = formatting.count(len(missing), "media file")
        yield DoctorFinding(
            "warning",
            "media",
            f"{count} missing from {directory}: {listed}{more}.",
            "Copy the files there, or import their deck again together with them.",
        )
