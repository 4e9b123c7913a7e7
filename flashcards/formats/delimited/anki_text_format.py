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
_FEW_ROWS = 0.5
"""The least share of lines with as many columns as most have, in rows without a header."""
_FIRST_TAGS = re.compile(r"tags:(.*)", re.IGNORECASE)
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}  # fmt: skip
_DELIMITERS = " \t,;|"
_BLANK = _DELIMITERS + "\n"
_COLUMNS = {"guid column": "id", "notetype column": "kind", "deck column": "deck", "tags column": "tags"}  # fmt: skip
_KNOWN = frozenset(
    (*_COLUMNS, "separator", "html", "tags", "columns", "notetype", "deck", "if matches", "match scope")
)  # fmt: skip
_QUOTED = re.compile(r'[\t\n"]|\A#')
_HEAD = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n"
    "#deck column:3\n#tags column:6\n"
)
_ADVICE = "Export the notes from Anki as plain text, or write question, tab, answer on each line."


def looks_like(head: bytes) -> bool:
    """Return whether a file that begins so has a header of Anki."""
    first = (
        head.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").split("\n", 1)[0]
    )
    return bool(_FIRST_TAGS.match(first)) or _header_in(first) is not None


def may_be_rows(head: bytes) -> bool:
    """Return whether a file without a header holds rows of cells, not running text."""
    from flashcards.formats.common.rules import new_collector
    from flashcards.formats.delimited.rows import DelimitedTable, delimiter_of

    if b"\0" in head:
        return True
    text = head.decode("utf-8-sig", errors="replace")
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    delimiter = delimiter_of(lines, "\t", lambda _: False)
    table = DelimitedTable(lines, delimiter, new_collector(""))
    wide = sum(len(row) > 1 for row in table.sample)
    return wide >= _FEW_ROWS * len(table.sample) > 0 and not table.is_running_text


def _header_in(line: str) -> tuple[str, str] | None:
    """Return name and value of a header, None where a line is none.

    A spreadsheet puts a header in quotes, and the delimiters of the other columns behind it.
    """
    bare = line.strip()
    if bare.startswith('"#'):
        quoted, _, rest = bare[1:].replace('""', "\0").partition('"')
        bare = quoted.replace("\0", '"') if not rest.strip(_DELIMITERS) else ""
    found = _HEADER.match(bare)
    name = found[1].strip().casefold() if found else ""
    if found is None or name not in _KNOWN:
        return None
    value = found[2]
    return name, value.rstrip(_DELIMITERS) or value.strip(" ")[:1]


@dataclass(slots=True)
class _Head:
    """What the headers of a file say."""

    values: dict[str, str] = field(default_factory=dict)
    lines: int = 0
    """How many lines they take."""

    @property
    def separator(self) -> str:
        """The separator, empty where none is named."""
        given = self.values.get("separator", "")
        name = given.strip().casefold()
        return _SEPARATORS.get(name, (given.strip(" ") or given)[:1]).strip('"')

    def column(self, name: str) -> int:
        """Return a column, counted from 0; -1 where none is named."""
        given = self.values.get(name, "").strip()
        if not given.isascii() or not given.isdecimal() or len(given) > 4:  # noqa: PLR2004
            return -1
        return int(given) - 1


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a file, with everything that is wrong with it."""
    from flashcards.decks.fields.limits import MOST_TAGS
    from flashcards.formats.common.deck_builder import DeckBuilder
    from flashcards.formats.common.naming import to_deck_name, to_file_deck_name, to_tag
    from flashcards.formats.common.rules import new_collector
    from flashcards.formats.common.text_file import read_text_file
    from flashcards.formats.delimited.note_kinds import TextFormat
    from flashcards.formats.delimited.notes import Rows, TableLayout
    from flashcards.formats.delimited.rows import DelimitedTable, delimiter_of, lines_of

    collector = new_collector(str(path))
    file = read_text_file(path, collector, any_encoding=True)
    lines = lines_of(file.text, collector) if file else None
    if file is None or lines is None:
        return Bundle(problems=tuple(collector.problems))
    head = _head(lines)
    body = lines[head.lines :]
    delimiter = head.separator or delimiter_of(body, "\t", lambda _: False)
    table = DelimitedTable(lines, delimiter, collector, first=head.lines, comment="#")
    columns = _columns(head, delimiter, table.width)
    last = max(*columns.places.values(), *columns.more, *columns.options)
    table.width = max(table.width, last + 1)
    name = head.values.get("deck", "").strip()
    tags = map(to_tag, head.values.get("tags", "").split())
    said = head.values.get("html", "").strip().casefold()
    writs = {"true": TextFormat.HTML, "false": TextFormat.PLAIN}
    layout = TableLayout(
        columns,
        writs.get(said, TextFormat.UNDECLARED),
        to_deck_name(name) if name else to_file_deck_name(path, context.into),
        kind=head.values.get("notetype", "").strip(),
        tags=tuple(dict.fromkeys(filter(None, tags)))[:MOST_TAGS],
        is_loose=True,
    )
    collected = DeckBuilder(collector, context.progress, of=len(lines))
    Rows(table, collected, collector, layout).add_all(table)
    decks = collected.decks(str(path), file.digest)
    if not decks and not collector.errors:
        collector.add_at("not-this-format", 1, 1, form="Anki text", advice=_ADVICE)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return Bundle(decks=decks, problems=tuple(collector.problems))


def _head(lines: Sequence[str]) -> _Head:
    head = _Head()
    for line in lines:
        found = _header_in(line)
        if not found and not line.startswith("#") and line.strip(_BLANK):
            break
        head.lines += 1
        if found:
            head.values.setdefault(*found)
    first = _FIRST_TAGS.match(lines[head.lines]) if head.lines < len(lines) else None
    if first:
        head.values["tags"] = f"{head.values.get('tags', '')} {first[1]}"
        head.lines += 1
    return head


def _columns(head: _Head, delimiter: str, width: int) -> Columns:
    """Return what the columns hold: the headers say it of some, the others are fields."""
    from flashcards.formats.delimited.columns import Columns, columns_of
    from flashcards.formats.delimited.rows import first_row

    places = {role: head.column(name) for name, role in _COLUMNS.items()}
    places = {role: place for role, place in places.items() if place >= 0}
    taken = set(places.values())
    names = head.values.get("columns", "")
    named = first_row([names], delimiter)
    found = columns_of(named)
    if found.places:
        own = {r: p for r, p in found.places.items() if p not in taken}
        rest = set(range(len(named))) - taken - set(own.values()) - set(found.options)
        return Columns(own | places, found.options, tuple(sorted(rest)))
    fields = [place for place in range(max(width, len(named), 2)) if place not in taken]
    places |= dict(zip(("front", "back"), fields, strict=False))
    return Columns(places, more=tuple(fields[2:]))


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write every note so that Anki updates it by its id when it is imported again.

    Only the note types that every collection has are used. Returned are sentences on what
    they could not hold.
    """
    del context
    from flashcards.formats.common.losses import describe_lost_deck_fields

    file.write(_HEAD.encode())
    guids: set[str] = set()
    for deck in bundle.decks:
        rows = _rows(deck, guids)
        file.writelines(f"{line}\n".encode() for line in map("\t".join, rows))
    return [
        *_remarks(bundle.decks),
        *describe_lost_deck_fields("Anki text", bundle.decks),
    ]


def _rows(deck: DeckContent, guids: set[str]) -> Iterator[list[str]]:
    """Give the cells of each note; `guids` takes the ids that were used."""
    from flashcards.formats.markup.markup import to_html

    name = deck.name or deck.key.replace("/", "::")
    for note in deck.notes:
        kind, first, second = _fields(note)
        guid = _guid(note, guids)
        guids.add(guid)
        cells = (guid, kind, name, to_html(first), to_html(second))
        yield [_quoted(cell) for cell in (*cells, _tags(note))]


def _guid(note: Note, used: set[str]) -> str:
    """Return the id that a note has in Anki, so that it is updated there."""
    from flashcards.formats.common.naming import to_foreign_id

    origin = note.origin
    is_whole = origin is not None and not origin.part and origin.guid not in used
    return origin.guid if origin and is_whole else to_foreign_id(note.id)


def _tags(note: Note) -> str:
    """Return the tags of a note, as Anki spelled them where the note is as it came."""
    origin = note.origin
    if origin is None or not origin.is_unchanged:
        return " ".join(note.tags)
    return origin.tags


def _fields(note: Note) -> tuple[str, str, str]:
    """Return the note type and its two fields."""
    from flashcards.domain.content import ClozeNote
    from flashcards.formats.common.flatten import to_questions

    if isinstance(note, ClozeNote):
        return "Cloze", note.text, note.why
    asked = to_questions(note)[0]
    return "Basic", asked.question, asked.answer


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _remarks(decks: Sequence[DeckContent]) -> list[str]:
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
        for part in _fields(note)
        for name in find_media_names_in_text(part)
    }
    return [
        *describe_count(others, "note", "written as a plain question with its answer, as Anki text knows no other kind"),
        *describe_count(reversed_notes, "note", "written without the reverse"),
        *describe_count(len(media), "picture or sound", "left out, as text has no place for files"),
        *describe_count(flagging, "note", "written with its tag `marked` or `leech`, which sets a flag in Anki"),
        *describe_lost_fields("Anki text", notes, held=("why", "tags")),
    ]  # fmt: skip
