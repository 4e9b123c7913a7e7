"""Edits a deck file in place: unchanged text stays as it is, including comments."""

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
from flashcards.domain.note_json import to_dict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.domain.content import DeckContent, Note

_BYTE_ORDER_MARK = "\ufeff"
_INDENT = 2
"""The column of hyphens in the output of the emitter."""


def edit_deck_text(text: bytes, deck: DeckContent) -> bytes:
    """Return the text of a deck file edited so that it reads back as the given deck.

    Comments, blank lines, order and style of everything unchanged stay. A changed field is
    replaced, a new note is inserted at its place, and a deleted note takes the comments
    directly above it along. A file with errors, of another deck, or with a layout that
    cannot be edited is rewritten.

    Args:
        text: The current file; may be empty.
        deck: The deck that the file must contain.
    """
    old = _read_without_errors(text)
    if old is None or old.key != deck.key:
        return write_deck(deck).encode()
    if _content_of(old) == _content_of(deck):
        return text
    for by_field in (True, False):
        try:
            edited = _edit(text, old, deck, by_field=by_field)
        except UnusualLayoutError:
            continue
        result = _read_without_errors(edited)
        if result is not None and _content_of(result) == _content_of(deck):
            return edited
    return write_deck(deck).encode()


def _read_without_errors(text: bytes) -> DeckContent | None:
    deck, problems = read_deck_text(text, "")
    has_errors = any(problem.severity == "error" for problem in problems)
    return None if has_errors else deck


def _content_of(deck: DeckContent) -> tuple[object, ...]:
    """Return everything of a deck that is written in its file."""
    return (tuple(head_to_dict(deck).items()), deck.topics, deck.notes)


def _edit(data: bytes, old: DeckContent, deck: DeckContent, *, by_field: bool) -> bytes:
    text = data.decode()
    byte_order_mark, text = (
        (_BYTE_ORDER_MARK, text[1:])
        if text.startswith(_BYTE_ORDER_MARK)
        else ("", text)
    )
    is_windows = "\r\n" in text
    text = text.replace("\r\n", "\n")
    has_final_newline = text.endswith("\n")
    text = _Editor(
        layout_of(text if has_final_newline else text + "\n"), by_field
    ).text(old, deck)
    if not has_final_newline:
        text = text.removesuffix("\n")
    return (
        byte_order_mark + (text.replace("\n", "\r\n") if is_windows else text)
    ).encode()


@dataclass(slots=True)
class _NoteLines:
    """The lines of one note."""

    before: list[str] = field(default_factory=list)
    """Blank lines and comments above it that belong to no note; they stay if it is deleted."""
    own: list[str] = field(default_factory=list)
    """Its comments and the note itself."""


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
        """Return the lines of the head, with None in place of the notes."""
        head = self._layout.head
        if head and head[0].column:
            raise UnusualLayoutError("an indented deck")
        lines = list[str | None](self._lines[: head[0].line])
        for index, entry in enumerate(head):
            next_line = head[index + 1].line if index + 1 < len(head) else None
            if entry.name == "notes":
                lines += [None]
            else:
                lines += self._field(entry, old, new)
            lines += self._lines[entry.end : next_line]
        present = [entry.name for entry in head]
        missing = [name for name in new if name not in present]
        new_keys = "".join(
            line for name in missing for line in _emit_field(name, new[name], 0)
        )
        # New keys of the head go before the notes.
        at = lines.index(None)
        return [*lines[:at], new_keys, *lines[at:]]

    def _field(
        self, entry: Entry, old: dict[str, Any], new: dict[str, Any]
    ) -> list[str]:
        """Return the lines of a field with its new value; none if it was deleted."""
        name = entry.name
        lines = self._lines[entry.line : entry.end]
        if name not in new:
            return [] if name in old else lines
        if name in old and _is_same(old[name], new[name]):
            return lines
        emitted = _emit_field(name, new[name], entry.column)
        # The hyphen of the note may come before its first field.
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
        entry = next(entry for entry in layout.head if entry.name == "notes")
        first = layout.items[0].line if layout.items else entry.end
        start = self._lines[entry.line : entry.line + 1]
        if not layout.items and deck.notes:
            start = ["notes:\n"]
        lines_by_note = self._lines_by_note(
            old, entry.line + 1 if layout.items else first
        )
        gaps = [note_lines.before for note_lines in lines_by_note.values()][1:]
        has_blanks = not gaps or any(not line.strip() for gap in gaps for line in gap)
        return "".join(
            (*start, *self._ordered_lines(old, deck, lines_by_note, has_blanks))
        )

    def _lines_by_note(self, old: DeckContent, start: int) -> dict[str, _NoteLines]:
        lines_by_note = {}
        for note, item in zip(old.notes, self._layout.items, strict=True):
            gap = self._lines[start : item.line]
            own = len(gap)
            while own and gap[own - 1].lstrip().startswith("#"):
                own -= 1
            body = self._lines[item.line : item.end]
            lines_by_note[note.id] = _NoteLines(gap[:own], gap[own:] + body)
            start = item.end
        return lines_by_note

    def _ordered_lines(
        self,
        old: DeckContent,
        deck: DeckContent,
        lines_by_note: dict[str, _NoteLines],
        has_blanks: bool,
    ) -> list[str]:
        """Return the lines of all notes in their new order."""
        stored = {note.id: note for note in old.notes}
        items = dict(zip(stored, self._layout.items, strict=True))
        kept_ids = {note.id for note in deck.notes if note.id in stored}
        trailing_comments = self._pass_on_comments(
            list(stored), kept_ids, lines_by_note
        )
        predecessor = dict(zip(stored, [None, *stored], strict=False))
        lines: list[str] = []
        last: str | None = None
        for note in deck.notes:
            note_lines = lines_by_note.get(note.id)
            if note_lines is None:
                added = self._emit_note(note)
                is_moved = True
            else:
                own = self._edit_note(
                    stored[note.id], note, items[note.id], note_lines.own
                )
                added = [*note_lines.before, *own]
                is_moved = predecessor[note.id] != last
            if is_moved:
                added = _with_blank_line(lines, added, has_blanks)
            lines += added
            last = note.id
        return lines + trailing_comments

    def _pass_on_comments(
        self,
        ids: Sequence[str],
        kept_ids: set[str],
        lines_by_note: dict[str, _NoteLines],
    ) -> list[str]:
        """Move the comments above deleted notes to the next note; return those without one."""
        comments: list[str] = []
        for key in ids:
            note_lines = lines_by_note[key]
            if key in kept_ids:
                note_lines.before = comments + note_lines.before
                comments = []
            elif any(line.strip() for line in note_lines.before):
                comments += note_lines.before
        return comments

    def _edit_note(
        self, old: Note, new: Note, item: LayoutItem, lines: list[str]
    ) -> list[str]:
        """Return the lines of a note with its new content, comments first."""
        if old == new:
            return lines
        comments = lines[: len(lines) - (item.end - item.line)]
        if self._by_field and old.kind == new.kind and item.entries:
            return comments + self._edit_fields(to_dict(old), to_dict(new), item)
        return comments + self._emit_note(new)

    def _edit_fields(
        self, old: dict[str, Any], new: dict[str, Any], item: LayoutItem
    ) -> list[str]:
        """Return the lines of a note, with only the changed fields rewritten."""
        entries = item.entries
        column = entries[0].column
        present = {entry.name for entry in entries}
        lines: list[str] = []
        # The index behind each field, where a new field can be inserted.
        ends: dict[str, int] = {}
        for index, entry in enumerate(entries):
            next_line = (
                entries[index + 1].line if index + 1 < len(entries) else item.end
            )
            lines += self._field(entry, old, new)
            ends[entry.name] = len(lines)
            lines += self._lines[entry.end : next_line]
        names = list(new)
        for name in names:
            if name in present or (name == "kind" and new[name] == old[name]):
                continue
            before = [
                earlier for earlier in names[: names.index(name)] if earlier in ends
            ]
            at = ends[before[-1]] if before else len(lines)
            emitted = _emit_field(name, new[name], column)
            lines[at:at] = emitted
            ends = {
                field_name: end + (len(emitted) if end >= at else 0)
                for field_name, end in ends.items()
            }
            ends[name] = at + len(emitted)
        if entries[0].line != item.line or entries[0].name not in new:
            raise UnusualLayoutError("no field after the hyphen")
        return lines

    def _emit_note(self, note: Note) -> list[str]:
        """Return the lines of a note in canonical form, indented as the file is."""
        text = block({"notes": [to_dict(note)]}, flow=FLOW).removeprefix("notes:\n")
        shift = self._layout.hyphen - _INDENT
        lines = text.splitlines(keepends=True)
        if shift < 0:
            return [
                line[min(-shift, len(line) - len(line.lstrip(" "))) :] for line in lines
            ]
        return [" " * shift + line if line.strip() else line for line in lines]


def _emit_field(name: str, value: Any, column: int) -> list[str]:
    return block({name: value}, " " * column, FLOW).splitlines(keepends=True)


def _is_same(old: Any, new: Any) -> bool:
    """Return whether two values are written in the same way; the order of keys counts."""
    if isinstance(old, dict) and isinstance(new, dict):
        return list(old.items()) == list(new.items())
    return bool(old == new)


def _with_blank_line(lines: list[str], added: list[str], has_blanks: bool) -> list[str]:
    """Return the lines of a moved note, with a blank line above if the notes have one."""
    start = 0
    while start < len(added) and not added[start].strip():
        start += 1
    needs_blank = has_blanks and lines and lines[-1].strip()
    return ["\n", *added[start:]] if needs_blank else added[start:]
