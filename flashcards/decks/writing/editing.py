"""Editing a deck file in place: what did not change stays to the letter, comments included."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flashcards.decks.reader import read_deck_text
from flashcards.decks.writing.layout import (
    DeckLayout,
    Entry,
    LayoutItem,
    UnusualLayoutError,
    layout_of,
)
from flashcards.decks.writing.writer import FLOW, head_to_dict, write_deck
from flashcards.decks.yaml.emitter import block, flow, scalar
from flashcards.domain.content import to_dict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.content import DeckContent, Note

_MARK = "\ufeff"
_INDENT = 2
"""The column of hyphens in what the emitter writes."""


def edit_deck_text(text: bytes, deck: DeckContent) -> bytes:
    """Return the text of a deck file changed so that it holds a deck, and reads back as it.

    Comments, blank lines, order and style of everything that did not change stay. A changed
    field is replaced, a new note is put in its place, a note that is gone takes the
    comments directly above it along. A file with errors, of another deck, or with a layout
    that cannot be edited is rewritten.

    Args:
        text: The file so far; may be empty.
        deck: What it shall hold.
    """
    old = _read(text)
    if old is None or old.key != deck.key:
        return write_deck(deck).encode()
    if _says(old) == _says(deck):
        return text
    for by_field in (True, False):
        try:
            found = _edited(text, old, deck, by_field=by_field)
        except UnusualLayoutError:
            continue
        again = _read(found)
        if again is not None and _says(again) == _says(deck):
            return found
    return write_deck(deck).encode()


def _read(text: bytes) -> DeckContent | None:
    deck, problems = read_deck_text(text, "")
    has_errors = any(problem.severity == "error" for problem in problems)
    return None if has_errors else deck


def _says(deck: DeckContent) -> tuple[object, ...]:
    """Return everything that a deck file says about a deck."""
    return (tuple(head_to_dict(deck).items()), deck.topics, deck.notes)


def _edited(
    data: bytes, old: DeckContent, deck: DeckContent, *, by_field: bool
) -> bytes:
    text = data.decode()
    mark, text = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    is_windows = "\r\n" in text
    text = text.replace("\r\n", "\n")
    ends = text.endswith("\n")
    text = _Editor(layout_of(text if ends else text + "\n"), by_field).text(old, deck)
    if not ends:
        text = text.removesuffix("\n")
    return (mark + (text.replace("\n", "\r\n") if is_windows else text)).encode()


@dataclass(slots=True)
class _Piece:
    """The lines of one note."""

    before: list[str] = field(default_factory=list)
    """Blank lines and comments above it that belong to no note; they outlive it."""
    own: list[str] = field(default_factory=list)
    """Its comments and itself."""


class _Editor:
    def __init__(self, layout: DeckLayout, by_field: bool) -> None:
        self._layout = layout
        self._lines = layout.lines
        self._by_field = by_field

    def text(self, old: DeckContent, deck: DeckContent) -> str:
        """Return the whole file."""
        lines = self._with_head(head_to_dict(old), head_to_dict(deck))
        notes = self._notes(old, deck)
        return "".join(notes if line is None else line for line in lines)

    def _with_head(self, old: dict[str, Any], new: dict[str, Any]) -> list[str | None]:
        """Return the lines around the notes, with None in place of those."""
        head = self._layout.head
        if head and head[0].column:
            raise UnusualLayoutError("an indented deck")
        lines = list[str | None](self._lines[: head[0].line])
        for place, entry in enumerate(head):
            following = head[place + 1].line if place + 1 < len(head) else None
            if entry.name == "notes":
                lines += [None]
            else:
                lines += self._field(entry, old, new)
            lines += self._lines[entry.end : following]
        present = [entry.name for entry in head]
        missing = [name for name in new if name not in present]
        first = "".join(
            line for name in missing for line in _emitted(name, new[name], 0)
        )
        # New keys of the head go in front of the notes.
        place = lines.index(None)
        return [*lines[:place], first, *lines[place:]]

    def _field(
        self, entry: Entry, old: dict[str, Any], new: dict[str, Any]
    ) -> list[str]:
        """Return the lines of a field as it shall be; none where it is gone."""
        name = entry.name
        lines = self._lines[entry.line : entry.end]
        if name not in new:
            return [] if name in old else lines
        if name in old and _is_same(old[name], new[name]):
            return lines
        emitted = _emitted(name, new[name], entry.column)
        # A hyphen may stand in front of the first field.
        emitted[0] = lines[0][: entry.column] + emitted[0][entry.column :]
        end = entry.end_of_value
        if entry.is_on_one_line and end is not None:
            line, value = lines[0], new[name]
            is_plain = not isinstance(value, (dict, list))
            if len(emitted) == 1 or not is_plain:
                start = line[: entry.start_of_value[1]]
                space = "" if start.endswith(" ") else " "
                shown = scalar(value) if is_plain else flow(value)
                return [start + space + shown + line[end[1] :], *lines[1:]]
        return emitted

    def _notes(self, old: DeckContent, deck: DeckContent) -> str:
        """Return the lines from the key of the notes to the last note."""
        layout = self._layout
        entry = next(each for each in layout.head if each.name == "notes")
        first = layout.items[0].line if layout.items else entry.end
        start = self._lines[entry.line : entry.line + 1]
        if not layout.items and deck.notes:
            start = ["notes:\n"]
        pieces = self._pieces(old, entry.line + 1 if layout.items else first)
        gaps = [piece.before for piece in pieces.values()][1:]
        has_blanks = not gaps or any(not line.strip() for gap in gaps for line in gap)
        return "".join((*start, *self._in_order(old, deck, pieces, has_blanks)))

    def _pieces(self, old: DeckContent, start: int) -> dict[str, _Piece]:
        pieces = {}
        for note, item in zip(old.notes, self._layout.items, strict=True):
            gap = self._lines[start : item.line]
            own = len(gap)
            while own and gap[own - 1].lstrip().startswith("#"):
                own -= 1
            body = self._lines[item.line : item.end]
            pieces[note.id] = _Piece(gap[:own], gap[own:] + body)
            start = item.end
        return pieces

    def _in_order(
        self,
        old: DeckContent,
        deck: DeckContent,
        pieces: dict[str, _Piece],
        has_blanks: bool,
    ) -> list[str]:
        """Return the lines of all notes in the order they shall have."""
        stored = {note.id: note for note in old.notes}
        items = dict(zip(stored, self._layout.items, strict=True))
        kept = [note.id for note in deck.notes if note.id in stored]
        left = self._hand_down(list(stored), set(kept), pieces)
        predecessor = dict(zip(stored, [None, *stored], strict=False))
        lines: list[str] = []
        last: str | None = None
        for note in deck.notes:
            piece = pieces.get(note.id)
            if piece is None:
                added = self._note_lines(note)
                is_moved = True
            else:
                own = self._changed(stored[note.id], note, items[note.id], piece.own)
                added = [*piece.before, *own]
                is_moved = predecessor[note.id] != last
            if is_moved:
                added = _spaced(lines, added, has_blanks)
            lines += added
            last = note.id
        return lines + left

    def _hand_down(
        self, ids: Sequence[str], kept: set[str], pieces: dict[str, _Piece]
    ) -> list[str]:
        """Give the comments above notes that are gone to the next one; return what is left over."""
        carried: list[str] = []
        for key in ids:
            piece = pieces[key]
            if key in kept:
                piece.before = carried + piece.before
                carried = []
            elif any(line.strip() for line in piece.before):
                carried += piece.before
        return carried

    def _changed(
        self, old: Note, new: Note, item: LayoutItem, lines: list[str]
    ) -> list[str]:
        """Return the lines of a note as it shall be, its comments first."""
        if old == new:
            return lines
        comments = lines[: len(lines) - (item.end - item.line)]
        if self._by_field and old.kind == new.kind and item.entries:
            return comments + self._by_fields(to_dict(old), to_dict(new), item)
        return comments + self._note_lines(new)

    def _by_fields(
        self, old: dict[str, Any], new: dict[str, Any], item: LayoutItem
    ) -> list[str]:
        """Return the lines of a note with only the changed fields rewritten."""
        entries = item.entries
        column = entries[0].column
        present = {entry.name for entry in entries}
        lines: list[str] = []
        # Where each field ends among the lines, so that a new one finds its place.
        ends: dict[str, int] = {}
        for place, entry in enumerate(entries):
            following = (
                entries[place + 1].line if place + 1 < len(entries) else item.end
            )
            lines += self._field(entry, old, new)
            ends[entry.name] = len(lines)
            lines += self._lines[entry.end : following]
        names = list(new)
        for name in names:
            if name in present or (name == "kind" and new[name] == old[name]):
                continue
            before = [each for each in names[: names.index(name)] if each in ends]
            at = ends[before[-1]] if before else len(lines)
            emitted = _emitted(name, new[name], column)
            lines[at:at] = emitted
            ends = {
                each: end + (len(emitted) if end >= at else 0)
                for each, end in ends.items()
            }
            ends[name] = at + len(emitted)
        if entries[0].line != item.line or entries[0].name not in new:
            raise UnusualLayoutError("no field after the hyphen")
        return lines

    def _note_lines(self, note: Note) -> list[str]:
        """Return a note in canonical form at the file's indentation."""
        text = block({"notes": [to_dict(note)]}, flow=FLOW).removeprefix("notes:\n")
        shift = self._layout.hyphen - _INDENT
        lines = text.splitlines(keepends=True)
        if shift < 0:
            return [
                line[min(-shift, len(line) - len(line.lstrip(" "))) :] for line in lines
            ]
        return [" " * shift + line if line.strip() else line for line in lines]


def _emitted(name: str, value: Any, column: int) -> list[str]:
    return block({name: value}, " " * column, FLOW).splitlines(keepends=True)


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are written alike; mappings keep their order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one.items()) == list(other.items())
    return bool(one == other)


def _spaced(lines: list[str], added: list[str], has_blanks: bool) -> list[str]:
    """Return the lines of a note in a new place, with a blank line above where notes have one."""
    start = 0
    while start < len(added) and not added[start].strip():
        start += 1
    needs_blank = has_blanks and lines and lines[-1].strip()
    return ["\n", *added[start:]] if needs_blank else added[start:]
