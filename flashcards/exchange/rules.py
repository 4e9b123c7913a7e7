"""What can be wrong with a file of another format: severity and sentence of every rule.

A note that does not fit our format breaks a rule of `flashcards.decks.rules` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.faults import Faults
from flashcards.decks.rules import RULES

if TYPE_CHECKING:
    from flashcards.content import Severity

FOREIGN: dict[str, tuple[Severity, str]] = {
    # Notes of any format without lines, told together.
    "unsafe-characters-removed": (
        "warning",
        "Notes that lost characters which are invisible or control a terminal: {count} ({names}).",
    ),
    "more-notes-left-out": (
        "error",
        (
            "More notes were left out for reasons such as these: {count} ({names}). Correct the first "
            "ones, then import again."
        ),
    ),
    # Anki packages as a whole.
    "anki-not-a-package": (
        "error",
        "This is no Anki package: {found}. Export the deck from Anki as .apkg or .colpkg.",
    ),
    "anki-damaged": (
        "error",
        "The package is damaged: {reason}. Export or download it anew.",
    ),
    "anki-too-new": (
        "error",
        (
            "The package is of version {version}, which is newer than this program. In Anki, export it with "
            '"Support older Anki versions" ticked.'
        ),
    ),
    "anki-too-large": (
        "error",
        "The package is too large to be read safely: {what}. Export fewer decks at a time.",
    ),
    "anki-database": (
        "error",
        (
            "The collection in the package cannot be read: {reason}. In Anki, run Tools > Check Database, "
            "then export it anew."
        ),
    ),
    # Notes in Anki packages.
    "anki-no-notetype": (
        "error",
        (
            "{value}: its notetype is not in the package, so it cannot be read. In Anki, run Tools > Check "
            "Database, then export it anew."
        ),
    ),
    "anki-image-occlusion": (
        "error",
        (
            "{value}: it hides parts of a picture, which a terminal cannot show. Keep it in Anki, or ask "
            "for the same in words."
        ),
    ),
    "anki-no-question": (
        "error",
        "{value}: none of its cards asks anything. Fill its first field in Anki.",
    ),
    "anki-no-answer": (
        "error",
        "{value}: a card of it has no answer. Fill its back in Anki.",
    ),
    "anki-empty-cards": (
        "warning",
        (
            "Cards left out because they have no question: {count} ({names}). In Anki, Tools > Empty "
            "Cards shows them."
        ),
    ),
    "anki-media-only": (
        "warning",
        (
            "Cards that ask by a picture or a sound alone, which a terminal only names: {count} "
            "({names}). Suspend them, or add words."
        ),
    ),
    "anki-split": (
        "warning",
        "Notes whose cards ask different things, so that each became a note: {count} ({names}).",
    ),
    "anki-many-tags": (
        "warning",
        "Notes with more than 32 tags, of which the first 32 were kept: {count} ({names}).",
    ),
    "anki-several-decks": (
        "warning",
        "Notes with cards in several decks, kept together in the first one: {count} ({names}).",
    ),
    "anki-unclear-id": (
        "warning",
        (
            "Notes with no id, or the id of another, known by their number from now on: {count} "
            "({names})."
        ),
    ),
    "anki-edited": (
        "warning",
        (
            "Graded notes that were edited in Anki, kept as they were exported: {count} ({names}). "
            "Edit them in their deck file."
        ),
    ),
    "anki-data-damaged": (
        "warning",
        (
            "Notes of this program whose field with the details was changed, read as plain cards: "
            "{count} ({names})."
        ),
    ),
    "anki-old-reviews": (
        "warning",
        "Reviews left out because their card was reset since, or is not in the package: {count}.",
    ),
    "anki-media-missing": (
        "warning",
        (
            "Pictures or sounds that notes name but the package lacks: {count} ({names}). Export it "
            "with media."
        ),
    ),
    "anki-media-refused": (
        "warning",
        "Pictures or sounds left out because their name or size is not safe: {count} ({names}).",
    ),
}
"""Severity and text of every rule that only other formats can break."""


def faults_of(path: str) -> Faults:
    """Return an empty collection of problems for a file of any format."""
    return Faults(path, RULES | FOREIGN)
