"""Anki's notes in plain text: rows below headers such as `#separator:tab`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from flashcards.domain.bundle import Bundle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from flashcards.domain.content import DeckContent, Note
    from flashcards.formats.delimited.columns import Columns
    from flashcards.formats.formats import ReadContext, WriteContext

_HEADER = re.compile(r"#([A-Za-z ]+):(.*)")
_MIN_ROW_SHARE = 0.5
"""The least share of lines with several columns in a table without a header."""
_FIRST_TAGS = re.compile(r"tags:(.*)", re.IGNORECASE)
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}  # fmt: skip
_DELIMITERS = " \t,;|"
_BLANK_LINE = _DELIMITERS + "\n"
_ROLES = {"guid column": "id", "notetype column": "kind", "deck column": "deck", "tags column": "tags"}  # fmt: skip
_KNOWN_HEADERS = frozenset(
    (*_ROLES, "separator", "html", "tags", "columns", "notetype", "deck", "if matches", "match scope")
)  # fmt: skip
_NEEDS_QUOTES = re.compile(r'[\t\n"]|\A#')
_WRITTEN_HEADERS = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n"
    "#deck column:3\n#tags column:6\n"
)
_ADVICE = "Export the notes from Anki as plain text, or write question, tab, answer on each line."


def looks_like(head: bytes) -> bool:
    """Return whether the beginning of a file has a header of Anki."""
    first_line = (
        head.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").split("\n", 1)[0]
    )
    return (
        bool(_FIRST_TAGS.match(first_line))
        or _parse_header_line(first_line) is not None
    )


def looks_like_rows(head: bytes) -> bool:
    """Return whether a file without a header holds rows of cells instead of running text."""
    from flashcards.formats.common.rules import new_collector
    from flashcards.formats.delimited.rows import DelimitedTable, guess_delimiter

    if b"\0" in head:
        return True
    text = head.decode("utf-8-sig", errors="replace")
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    delimiter = guess_delimiter(lines, "\t", lambda _: False)
    table = DelimitedTable(lines, delimiter, new_collector(""))
    wide = sum(len(row) > 1 for row in table.sample)
    return wide >= _MIN_ROW_SHARE * len(table.sample) > 0 and not table.is_running_text


def _parse_header_line(line: str) -> tuple[str, str] | None:
    """Parse a header line into name and value, or return None if it is not one.

    A spreadsheet may put quotes around a header and the delimiters of other columns after it.
    """
    header = line.strip()
    if header.startswith('"#'):
        quoted_header, _, surplus_cells = header[1:].replace('""', "\0").partition('"')
        header = (
            quoted_header.replace("\0", '"')
            if not surplus_cells.strip(_DELIMITERS)
            else ""
        )
    match = _HEADER.match(header)
    name = match[1].strip().casefold() if match else ""
    if match is None or name not in _KNOWN_HEADERS:
        return None
    value = match[2]
    return name, value.rstrip(_DELIMITERS) or value.strip(" ")[:1]


@dataclass(slots=True)
class _Headers:
    """The headers of a file."""

    values: dict[str, str] = field(default_factory=dict)
    line_count: int = 0
    """The number of lines they take."""

    @property
    def separator(self) -> str:
        """The separator, or an empty string if none is named."""
        value = self.values.get("separator", "")
        name = value.strip().casefold()
        return _SEPARATORS.get(name, (value.strip(" ") or value)[:1]).strip('"')

    def column(self, name: str) -> int:
        """Return the column that a header names, counted from 0; -1 if there is none."""
        value = self.values.get(name, "").strip()
        if not value.isascii() or not value.isdecimal() or len(value) > 4:  # noqa: PLR2004
            return -1
        return int(value) - 1


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the decks of a file, and its problems."""
    from flashcards.decks.fields.limits import MOST_TAGS
    from flashcards.formats.common.deck_builder import DeckBuilder
    from flashcards.formats.common.naming import to_deck_name, to_file_deck_name, to_tag
    from flashcards.formats.common.rules import new_collector
    from flashcards.formats.delimited.note_kinds import TextFormat
    from flashcards.formats.delimited.notes import TableLayout, TableReader
    from flashcards.formats.delimited.rows import (
        DelimitedTable,
        build_bundle,
        guess_delimiter,
        read_lines,
    )

    collector = new_collector(str(path))
    content = read_lines(path, collector)
    if content is None:
        return Bundle(problems=tuple(collector.problems))
    lines, digest = content
    headers = _read_headers(lines)
    body = lines[headers.line_count :]
    delimiter = headers.separator or guess_delimiter(body, "\t", lambda _: False)
    table = DelimitedTable(
        lines, delimiter, collector, first=headers.line_count, comment="#"
    )
    columns = _build_columns(headers, delimiter, table.width)
    last_column = max(*columns.by_role.values(), *columns.extra, *columns.options)
    table.width = max(table.width, last_column + 1)
    deck_name = headers.values.get("deck", "").strip()
    tags = map(to_tag, headers.values.get("tags", "").split())
    html_value = headers.values.get("html", "").strip().casefold()
    text_formats = {"true": TextFormat.HTML, "false": TextFormat.PLAIN}
    layout = TableLayout(
        columns,
        text_formats.get(html_value, TextFormat.UNDECLARED),
        to_deck_name(deck_name) if deck_name else to_file_deck_name(path, context.into),
        kind=headers.values.get("notetype", "").strip(),
        tags=tuple(dict.fromkeys(filter(None, tags)))[:MOST_TAGS],
        joins_surplus_cells=True,
    )
    builder = DeckBuilder(collector, context.progress, of=len(lines))
    TableReader(table, builder, collector, layout).add_all(table)
    decks = builder.decks(str(path), digest)
    return build_bundle(decks, collector, "Anki text", _ADVICE)


def _read_headers(lines: Sequence[str]) -> _Headers:
    headers = _Headers()
    for line in lines:
        header = _parse_header_line(line)
        if not header and not line.startswith("#") and line.strip(_BLANK_LINE):
            break
        headers.line_count += 1
        if header:
            headers.values.setdefault(*header)
    first_tags = (
        _FIRST_TAGS.match(lines[headers.line_count])
        if headers.line_count < len(lines)
        else None
    )
    if first_tags:
        headers.values["tags"] = f"{headers.values.get('tags', '')} {first_tags[1]}"
        headers.line_count += 1
    return headers


def _build_columns(headers: _Headers, delimiter: str, width: int) -> Columns:
    """Return what the columns hold: as the headers say; all others are fields."""
    from flashcards.formats.delimited.columns import Columns, parse_header
    from flashcards.formats.delimited.rows import parse_first_row

    by_role = {role: headers.column(name) for name, role in _ROLES.items()}
    by_role = {role: column for role, column in by_role.items() if column >= 0}
    taken_columns = set(by_role.values())
    column_names = headers.values.get("columns", "")
    name_cells = parse_first_row([column_names], delimiter)
    named_columns = parse_header(name_cells)
    if named_columns.by_role:
        free_roles = {
            role: column
            for role, column in named_columns.by_role.items()
            if column not in taken_columns
        }
        remaining = (
            set(range(len(name_cells)))
            - taken_columns
            - set(free_roles.values())
            - set(named_columns.options)
        )
        return Columns(
            free_roles | by_role, named_columns.options, tuple(sorted(remaining))
        )
    fields = [
        column
        for column in range(max(width, len(name_cells), 2))
        if column not in taken_columns
    ]
    by_role |= dict(zip(("front", "back"), fields, strict=False))
    return Columns(by_role, extra=tuple(fields[2:]))


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write every note, so that Anki updates it by its id when it imports the file again.

    Only the note types that every collection has are used. Return sentences on what was lost.
    """
    del context
    from flashcards.formats.common.losses import describe_lost_deck_fields

    file.write(_WRITTEN_HEADERS.encode())
    used_guids: set[str] = set()
    for deck in bundle.decks:
        rows = _to_rows(deck, used_guids)
        file.writelines(f"{line}\n".encode() for line in map("\t".join, rows))
    return [
        *_describe_losses(bundle.decks),
        *describe_lost_deck_fields("Anki text", bundle.decks),
    ]


def _to_rows(deck: DeckContent, used_guids: set[str]) -> Iterator[list[str]]:
    """Yield the cells of each note, and add their ids to `used_guids`."""
    from flashcards.formats.markup.markup import to_html

    name = deck.name or deck.key.replace("/", "::")
    for note in deck.notes:
        kind, first, second = _to_fields(note)
        guid = _to_guid(note, used_guids)
        used_guids.add(guid)
        cells = (guid, kind, name, to_html(first), to_html(second))
        yield [_quote_cell(cell) for cell in (*cells, _to_tags(note))]


def _to_guid(note: Note, used_guids: set[str]) -> str:
    """Return the id of a note in Anki, so that Anki updates it."""
    from flashcards.formats.common.naming import to_foreign_id

    origin = note.origin
    is_whole = origin is not None and not origin.part and origin.guid not in used_guids
    return origin.guid if origin and is_whole else to_foreign_id(note.id)


def _to_tags(note: Note) -> str:
    """Return the tags of a note, in Anki's spelling if the note was not changed here."""
    origin = note.origin
    if origin is None or not origin.is_unchanged:
        return " ".join(note.tags)
    return origin.tags


def _to_fields(note: Note) -> tuple[str, str, str]:
    """Return the note type of a note, and its two fields."""
    from flashcards.domain.content import ClozeNote
    from flashcards.formats.common.flatten import to_questions

    if isinstance(note, ClozeNote):
        return "Cloze", note.text, note.why
    question = to_questions(note)[0]
    return "Basic", question.question, question.answer


def _quote_cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _describe_losses(decks: Sequence[DeckContent]) -> list[str]:
    from flashcards.domain.content import BasicNote, ClozeNote
    from flashcards.formats.common.anki_flags import is_flag
    from flashcards.formats.common.losses import describe_count, describe_lost_fields
    from flashcards.formats.markup.markup import find_media_names_in_text

    notes = [note for deck in decks for note in deck.notes]
    others = sum(not isinstance(note, (BasicNote, ClozeNote)) for note in notes)
    reversed_notes = sum(isinstance(note, BasicNote) and note.reverse for note in notes)
    flagging = sum(any(map(is_flag, note.tags)) for note in notes)
    media = {
        name
        for note in notes
        for text in _to_fields(note)
        for name in find_media_names_in_text(text)
    }
    return [
        *describe_count(others, "note", "written as a plain question with its answer, as Anki text knows no other kind"),
        *describe_count(reversed_notes, "note", "written without the reverse"),
        *describe_count(len(media), "picture or sound", "left out, as text has no place for files"),
        *describe_count(flagging, "note", "written with its tag `marked` or `leech`, which sets a flag in Anki"),
        *describe_lost_fields("Anki text", notes, held=("why", "tags")),
    ]  # fmt: skip
