"""Print the preview of an import: the added, changed, moved and retired notes of each deck."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.text.readable import readable_line
from flashcards.importing.preview.changed_decks import ChangeKind
from flashcards.importing.preview.diff import ADDED, REMOVED, diff_on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashcards.importing.preview.changed_decks import (
        ChangedDeck,
        ChangedNote,
        FieldChange,
    )

MOST_LISTED = 20
"""Notes of a deck listed for each kind of change; JSON lists all."""

_AROUND = 30
_STYLES = {"+": "added", "-": "removed", "~": "changed", ">": "changed"}
_WORDS = {
    ChangeKind.ADDED: "new",
    ChangeKind.CHANGED: "changed",
    ChangeKind.REWORDED: "with a new meaning",
    ChangeKind.MOVED: "moved here",
    ChangeKind.RETURNED: "back again",
    ChangeKind.RETIRED: "retired",
}
_MARKS = {ADDED: ("{+", "+}", "added"), REMOVED: ("[-", "-]", "removed")}


def print_changes(decks: Sequence[ChangedDeck]) -> None:
    """Print what an import changes, as version control shows a difference."""
    for deck in decks:
        output.print_styled([("heading", deck.deck), ("", f"  {_count_changes(deck)}")])
        listed: Counter[ChangeKind] = Counter()
        for note in deck.notes:
            listed[note.change] += 1
            if listed[note.change] <= MOST_LISTED:
                _print_note(note)
        for change, number in listed.items():
            if number > MOST_LISTED:
                more = f"{number - MOST_LISTED:,} more {_WORDS[change]}"
                output.print_line(f"  {change.sign} and {more}; list all with --json")
        output.print_line()


def changes_as_json(decks: Sequence[ChangedDeck]) -> list[dict[str, Any]]:
    """Return every changed note under the keys that scripts rely on."""
    return [
        {
            "note": note.note,
            "deck": note.deck,
            "change": str(note.change),
            "from": note.moved_from or None,
            "fields": [
                {"field": field.field, "before": field.before, "after": field.after}
                for field in note.fields
            ],
        }
        for deck in decks
        for note in deck.notes
    ]


def _count_changes(deck: ChangedDeck) -> str:
    counted = Counter(note.change for note in deck.notes)
    parts = [
        f"{change.sign} {counted[change]:,} {_WORDS[change]}"
        for change in ChangeKind
        if counted[change]
    ]
    if deck.unchanged:
        parts.append(f"= {deck.unchanged:,} unchanged")
    if deck.is_file_missing:
        parts.append("its file is gone")
    return ", ".join(parts)


def _print_note(note: ChangedNote) -> None:
    sign = note.change.sign
    start = f"  {sign} {note.note}"
    source = f" (from {note.moved_from})" if note.moved_from else ""
    description = f"  {_WORDS[note.change]}{source}: {readable_line(note.front)}"
    width = output.terminal_width()
    if width:
        description = output.truncate(description, max(width - len(start), 1))
    output.print_styled([(_STYLES[sign], start), ("", description)])
    for field in note.fields:
        output.print_styled(_field_pieces(field))


def _field_pieces(field: FieldChange) -> Iterator[tuple[str, str]]:
    """Give a field in styled pieces, with removed and added words in brackets."""
    yield "faint", f"      {field.field}: "
    for sign, text in diff_on_one_line(field.before, field.after, _AROUND):
        if sign in _MARKS:
            start, end, style = _MARKS[sign]
            yield style, f"{start}{text}{end}"
        else:
            yield "", text
