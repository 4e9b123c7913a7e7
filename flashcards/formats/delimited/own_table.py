"""Our own table: one row per note, readable in a spreadsheet, read back without loss.

The column `json` holds what the other columns cannot, such as the options of a choice, with
the field names of the deck format.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flashcards.decks.fields.kinds import ID
from flashcards.decks.plain import note_of
from flashcards.domain.content import NOTE_KINDS, BasicNote, Note
from flashcards.domain.faces import answer_text
from flashcards.domain.note_json import to_dict
from flashcards.formats.common.naming import to_note_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.delimited.columns import Columns

COLUMNS = (
    "deck",
    "id",
    "kind",
    "tier",
    "topic",
    "front",
    "back",
    "hint",
    "why",
    "tags",
    "json",
)
_QUESTION_FIELDS = {"basic": "front", "cloze": "text"}
_TEXT_COLUMNS = ("tier", "topic", "hint", "why")
_ID = re.compile(ID, re.ASCII)
_PLACEHOLDER_ID = "x"
"""A temporary id for a row without one, while its note is parsed."""


def to_own_row(deck: str, note: Note) -> tuple[str, ...]:
    """Return the cells of the row of a note."""
    data = to_dict(note)
    question_field = _QUESTION_FIELDS.get(note.kind, "question")
    own_columns = {"id", "kind", "tags", question_field, *_TEXT_COLUMNS}
    back = ""
    if isinstance(note, BasicNote):
        own_columns.add("back")
        back = note.back
    elif note.kind != "cloze":
        back = answer_text(note)
    remaining_fields = {
        name: value for name, value in data.items() if name not in own_columns
    }
    return (
        deck,
        note.id,
        note.kind,
        note.tier,
        note.topic,
        data[question_field],
        back,
        note.hint,
        note.why,
        " ".join(note.tags),
        json.dumps(remaining_fields, ensure_ascii=False) if remaining_fields else "",
    )


def to_own_note(
    columns: Columns, cells: Sequence[str], line: int, collector: ProblemCollector
) -> Note | None:
    """Parse a row of our own table into a note, or return None and report its problems.

    A row without an id gives a note without an id.
    """

    def cell(role: str) -> str:
        column = columns.by_role.get(role)
        return "" if column is None else cells[column]

    data = _parse_json_cell(cell("json"))
    if data is None:
        collector.add_at("broken-json-cell", line, 1)
        return None
    kind = cell("kind") or "basic"
    raw_id = cell("id").strip()
    own_id = raw_id if _ID.fullmatch(raw_id) else to_note_id(raw_id)
    data |= {"id": own_id if raw_id else _PLACEHOLDER_ID, "kind": kind}
    data[_QUESTION_FIELDS.get(kind, "question")] = cell("front")
    if kind == "basic":
        data["back"] = cell("back")
    data |= {name: cell(name) for name in _TEXT_COLUMNS if cell(name)}
    if cell("tags"):
        data["tags"] = cell("tags").split()
    try:
        note = note_of(data, collector, line)
    except RecursionError:
        collector.add_at("broken-json-cell", line, 1)
        return None
    if note is None:
        return None
    if kind in NOTE_KINDS and kind not in _QUESTION_FIELDS and cell("back").strip():
        _report_lost_answer(note, cell("back"), collector)
    return note if raw_id else replace(note, id="")


def _parse_json_cell(text: str) -> dict[str, Any] | None:
    if not text.strip():
        return {}
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _report_lost_answer(note: Note, back: str, collector: ProblemCollector) -> None:
    """Report an edit of the column `back`, which is not read for graded notes."""
    if answer_text(note).split() != back.split():
        collector.add_at("answer-left-out", note.line, 1, value=f"a {note.kind}")
