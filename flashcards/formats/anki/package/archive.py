"""Add the members of a package that is written."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING

from flashcards.errors import FlashcardsError
from flashcards.formats.common.media_names import is_safe_name
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flashcards.domain.bundle import MediaFile

_CHUNK = 1024 * 1024
_MOST_NAMES = 5
_LONGEST_NAME = 40


def add_file(archive: zipfile.ZipFile, path: Path) -> None:
    """Add a file under its own name."""
    is_huge = path.stat().st_size > zipfile.ZIP64_LIMIT
    with (
        path.open("rb") as source,
        archive.open(path.name, "w", force_zip64=is_huge) as target,
    ):
        shutil.copyfileobj(source, target, _CHUNK)


def add_media(
    archive: zipfile.ZipFile, media: Sequence[MediaFile], named: set[str]
) -> list[str]:
    """Add the files that notes name, and return the names without a file."""
    member_names: dict[str, str] = {}
    for file in sorted(media, key=lambda media_file: media_file.name):
        if file.name not in named or not is_safe_name(file.name):
            continue
        try:
            data = file.read()
        except (OSError, FlashcardsError):
            continue
        number = str(len(member_names))
        member_names[number] = file.name
        # Pictures and sounds are compressed already.
        archive.writestr(zipfile.ZipInfo(number), data, zipfile.ZIP_STORED)
    archive.writestr(
        zipfile.ZipInfo("media"),
        json.dumps(member_names, ensure_ascii=False, separators=(",", ":")),
    )
    return sorted(named.difference(member_names.values()))


def describe_missing_media(missing: Sequence[str]) -> list[str]:
    """Return a sentence on pictures and sounds that were not found, if any."""
    if not missing:
        return []
    shown = ", ".join(one_line(name, _LONGEST_NAME) for name in missing[:_MOST_NAMES])
    more = ", …" if len(missing) > _MOST_NAMES else ""
    return [
        f"Pictures or sounds that were not found: {len(missing):,} ({shown}{more})."
    ]
