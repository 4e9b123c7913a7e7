"""Whether other users of the machine can read the store."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from flashcards.disk.private import is_open_to_others
from flashcards.store.upkeep.doctor import DoctorFinding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def privacy_findings(home: Path) -> Iterator[DoctorFinding]:
    """Give a warning where every user of the machine can read a home directory."""
    if is_open_to_others(home):
        place = shlex.quote(str(home))
        yield DoctorFinding(
            "warning",
            "home",
            f"Every user of this machine can read {home}.",
            f"If that is not what you want: `chmod -R go-rwx {place}`.",
        )
