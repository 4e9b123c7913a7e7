"""Our own table: one row a note, readable in a spreadsheet, and read back whole.

What the plain columns cannot hold, such as the options of a choice, stands in the column
`json` under the names of the deck format.
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
_ASKED = {"basic": "front", "cloze": "text"}
_TEXTS = ("tier", "topic", "hint", "why")
_ID = re.compile(ID, re.ASCII)
_STAND_IN = "x"
"""Takes the place of the id of a row without one, while its note is read."""


def row_of(deck: str, note: Note) -> tuple[str, ...]:
    """Return the cells of a note."""
    data = to_dict(note)
    asked = _ASKED.get(note.kind, "question")
    shown = {"id", "kind", "tags", asked, *_TEXTS}
    back = ""
    if isinstance(note, BasicNote):
        shown.add("back")
        back = note.back
    elif note.kind != "cloze":
        back = answer_text(note)
    rest = {name: value for name, value in data.items() if name not in shown}
    return (
        deck,
        note.id,
        note.kind,
        note.tier,
        note.topic,
        data[asked],
        back,
        note.hint,
        note.why,
        " ".join(note.tags),
        json.dumps(rest, ensure_ascii=False) if rest else "",
    )


def own_note(
    columns: Columns, cells: Sequence[str], line: int, collector: ProblemCollector
) -> Note | None:
    """Return the note of a row of our own table, or None with its problems.

    A row without an id gives a note without one.
    """

    def cell(role: str) -> str:
        place = columns.places.get(role)
        return "" if place is None else cells[place]

    data = _rest(cell("json"))
    if data is None:
        collector.add_at("broken-json-cell", line, 1)
        return None
    kind = cell("kind") or "basic"
    raw = cell("id").strip()
    made = raw if _ID.fullmatch(raw) else to_note_id(raw)
    data |= {"id": made if raw else _STAND_IN, "kind": kind}
    data[_ASKED.get(kind, "question")] = cell("front")
    if kind == "basic":
        data["back"] = cell("back")
    data |= {name: cell(name) for name in _TEXTS if cell(name)}
    if cell("tags"):
        data["tags"] = cell("tags").split()
    try:
        note = note_of(data, collector, line)
    except RecursionError:
        collector.add_at("broken-json-cell", line, 1)
        return None
    if note is None:
        return None
    if kind in NOTE_KINDS and kind not in _ASKED and cell("back").strip():
        _compare(note, cell("back"), collector)
    return note if raw else replace(note, id="")


def _rest(text: str) -> dict[str, Any] | None:
    if not text.strip():
        return {}
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _compare(note: Note, back: str, collector: ProblemCollector) -> None:
    """Tell of an answer that was edited where nobody reads it."""
    if answer_text(note).split() != back.split():
        collector.add_at("answer-left-out", note.line, 1, value=f"a {note.kind}")
