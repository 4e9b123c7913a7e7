"""The plan of an import in words: deck by deck what is added, changed, moved and retired."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.text.readable import readable_line
from flashcards.importing.preview.changes import Change
from flashcards.importing.preview.diff import ADDED, REMOVED, changes_on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashcards.importing.preview.changes import (
        ChangedDeck,
        ChangedNote,
        FieldChange,
    )

MOST_LISTED = 20
"""So many notes of a deck are listed under each sign; JSON lists all."""

_AROUND = 30
_STYLES = {"+": "added", "-": "removed", "~": "changed", ">": "changed"}
_WORDS = {
    Change.ADDED: "new",
    Change.CHANGED: "changed",
    Change.REWORDED: "with a new meaning",
    Change.MOVED: "moved here",
    Change.RETURNED: "back again",
    Change.RETIRED: "retired",
}
_MARKS = {ADDED: ("{+", "+}", "added"), REMOVED: ("[-", "-]", "removed")}


def print_changes(decks: Sequence[ChangedDeck]) -> None:
    """Print what a plan changes, as a version control shows a difference."""
    for deck in decks:
        output.print_styled([("heading", deck.deck), ("", f"  {_tally(deck)}")])
        listed: Counter[Change] = Counter()
        for note in deck.notes:
            listed[note.change] += 1
            if listed[note.change] <= MOST_LISTED:
                _print_note(note)
        for change, number in listed.items():
            if number > MOST_LISTED:
                more = f"{number - MOST_LISTED:,} more {_WORDS[change]}"
                output.print_line(f"  {change.sign} and {more}: --json lists them all")
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
                {"field": one.field, "before": one.before, "after": one.after}
                for one in note.fields
            ],
        }
        for deck in decks
        for note in deck.notes
    ]


def _tally(deck: ChangedDeck) -> str:
    counted = Counter(note.change for note in deck.notes)
    parts = [
        f"{change.sign} {counted[change]:,} {_WORDS[change]}"
        for change in Change
        if counted[change]
    ]
    if deck.unchanged:
        parts.append(f"= {deck.unchanged:,} unchanged")
    if deck.is_gone:
        parts.append("its file is gone")
    return ", ".join(parts)


def _print_note(note: ChangedNote) -> None:
    sign = note.change.sign
    start = f"  {sign} {note.note}"
    told = f" (from {note.moved_from})" if note.moved_from else ""
    rest = f"  {_WORDS[note.change]}{told}: {readable_line(note.front)}"
    room = output.terminal_width()
    if room:
        rest = output.truncate(rest, max(room - len(start), 1))
    output.print_styled([(_STYLES[sign], start), ("", rest)])
    for field in note.fields:
        output.print_styled(_field(field))


def _field(field: FieldChange) -> Iterator[tuple[str, str]]:
    """Give a field with the words taken out and put in marked by brackets and style."""
    yield "faint", f"      {field.field}: "
    for sign, text in changes_on_one_line(field.before, field.after, _AROUND):
        if sign in _MARKS:
            start, end, style = _MARKS[sign]
            yield style, f"{start}{text}{end}"
        else:
            yield "", text
