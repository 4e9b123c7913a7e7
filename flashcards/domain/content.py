"""Content of a deck file: notes of every kind, decks, sources, and problems.

Plain frozen values without any rule of scheduling, storage or display. `to_dict` and
`from_dict` are the one mapping between a note and plain data; the deck writer, the store
and the JSON export all use it. Keys appear in the order of the deck format.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar, Literal, NamedTuple

from flashcards.domain.origin import Origin

Plain = dict[str, Any]
Severity = Literal["error", "warning"]
Tier = Literal["core", "depth", "stretch"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault or a weakness found in a file: where, which rule, and what to do."""

    severity: Severity
    path: str
    line: int
    """Counted from 1; 0 where the file has no lines."""
    column: int
    rule: str
    message: str

    def __str__(self) -> str:
        """Return `path:line:column  rule` and the message on a second line."""
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.path}{place}  {self.rule}\n  {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a key of `sources.yaml` and the place in it."""

    key: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice."""

    text: str
    correct: bool = False
    why: str = ""
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One left side and the right side that belongs to it."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Point:
    """One key point of a recall."""

    text: str
    required: bool = False
    weight: float = 1.0
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What every kind of note has."""

    KIND: ClassVar[str] = ""

    id: str
    style: str = ""
    tier: Tier = "core"
    topic: str = ""
    hint: str = ""
    why: str = ""
    source: Source | None = None
    derived: str = ""
    """The arithmetic behind a computed number."""
    tags: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    """Ids of the coverage list that the note answers."""
    links: tuple[str, ...] = ()
    """Confusable or related notes."""
    requires: tuple[str, ...] = ()
    """Notes to be known before this one is shown."""
    as_of: str = ""
    """YYYY-MM for facts that age."""
    line: int = field(default=0, compare=False)
    """The note's line in its file, 0 where unknown."""
    origin: Origin | None = field(default=None, compare=False, repr=False)
    """What the note was in the program that it came from."""

    @property
    def kind(self) -> str:
        """The kind's name as deck files spell it."""
        return self.KIND


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicNote(Note):
    """A question and its answer; with `reverse` asked both ways."""

    KIND: ClassVar[str] = "basic"
    front: str
    back: str
    reverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeNote(Note):
    """A text with gaps `{{c1::gap::hint}}`; one card for each number."""

    KIND: ClassVar[str] = "cloze"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceNote(Note):
    """A question with options, one or several of them correct."""

    KIND: ClassVar[str] = "choice"
    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericNote(Note):
    """A question answered by a number within a tolerance.

    With `variables` the answer is an expression over them and the question names them
    in braces; fresh numbers are drawn each time.
    """

    KIND: ClassVar[str] = "numeric"
    question: str
    answer: float | str
    tolerance: float | str = 0.0
    """Absolute, or a share of the answer such as `5%`."""
    unit: str = ""
    working: str = ""
    variables: tuple[tuple[str, tuple[float, ...]], ...] = ()
    """Names with the values each may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedNote(Note):
    """A question answered by a word or phrase; the first accepted one is shown."""

    KIND: ClassVar[str] = "typed"
    question: str
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNote(Note):
    """Items to be put into order; they are written in the right one."""

    KIND: ClassVar[str] = "order"
    question: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchNote(Note):
    """Left sides to be matched with right sides; lures are rights that belong nowhere."""

    KIND: ClassVar[str] = "match"
    question: str
    pairs: tuple[Pair, ...]
    lures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallNote(Note):
    """A question answered freely and ticked against key points."""

    KIND: ClassVar[str] = "recall"
    question: str
    points: tuple[Point, ...]


NOTE_KINDS: dict[str, type[Note]] = {
    kind.KIND: kind
    for kind in (
        BasicNote,
        ClozeNote,
        ChoiceNote,
        NumericNote,
        TypedNote,
        OrderNote,
        MatchNote,
        RecallNote,
    )
}

COMMON_BEFORE = ("id", "kind", "style", "tier", "topic")
COMMON_AFTER = (
    "hint",
    "why",
    "source",
    "derived",
    "tags",
    "seeds",
    "links",
    "requires",
    "as_of",
)
"""Common fields are written around the kind's own ones, in this order."""

_NESTED: dict[str, type[Option | Pair | Point]] = {
    "options": Option,
    "pairs": Pair,
    "points": Point,
}


class ReadOptions(NamedTuple):
    """How a file was read: should any of it change, the file is read again."""

    given_key: str = ""
    """The deck key that the import gave; empty where the file's own names count."""
    given_format: str = ""
    """The format that the import named; empty where the file was recognized."""
    format: str = ""
    options: str = ""
    """The settings of the reader that decide what it finds."""
    reader_version: int = 0


@dataclass(frozen=True, slots=True)
class DeckContent:
    """One deck file: the deck and its good notes, in the order of the file."""

    key: str
    title: str
    notes: tuple[Note, ...]
    description: str = ""
    version: str = ""
    license: str = ""
    topics: tuple[tuple[str, str], ...] = ()
    """Slug and title of each topic, in teaching order."""
    path: str = ""
    digest: str = ""
    """SHA-256 of the file, empty where the file had errors (so that it is read again)."""
    is_partial: bool = False
    """True where the file need not hold all notes of the deck, so that none is retired."""
    derived_ids: frozenset[str] = frozenset()
    """Ids that were made of the wording, for notes whose file gives them none."""
    name: str = field(default="", compare=False)
    """The deck's name in its own program, nested parts joined by `::`; empty where the file
    gives the key itself."""
    is_of_file: bool = field(default=False, compare=False)
    """True where the file names no deck, so that the deck is called after the file."""
    has_stated_key: bool = field(default=False, compare=False)
    """True where the file gives the key, though it knows the name in another program too."""
    foreign_ids: frozenset[str] = field(default=frozenset(), compare=False)
    """Ids that another source may use for another note, such as `1`."""
    modified: Mapping[str, int] = field(default_factory=dict, compare=False)
    """When notes were last changed, by id, in Unix seconds; empty where nobody knows."""
    is_of_several_files: bool = field(default=False, compare=False)
    """True where the digest, which is that of one file, does not cover the others."""
    read_options: ReadOptions = field(default=ReadOptions(), compare=False)


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One entry of the bibliography `sources.yaml`."""

    key: str
    authors: str
    title: str
    year: int | None = None
    venue: str = ""
    url: str = ""
    kind: str = ""

    @property
    def label(self) -> str:
        """Return the short citation, such as `Opitz & Burst 2019`."""
        return f"{self.authors} {self.year}" if self.year else self.authors


def own_fields(kind: type[Note]) -> tuple[str, ...]:
    """Return the names of the fields that only this kind has, in the order of the format."""
    common = {f.name for f in fields(Note)}
    return tuple(f.name for f in fields(kind) if f.name not in common)


def to_dict(note: Note) -> Plain:
    """Return the note as plain data: only what differs from the defaults, in file order."""
    result: Plain = {"id": note.id, "kind": note.KIND}
    for name, default in _LAYOUT[note.KIND]:
        value = getattr(note, name)
        if value != default:
            result[name] = value if type(value) is str else _plain(name, value)
    return result


def from_dict(data: Plain) -> Note:
    """Return the note that `to_dict` wrote; the data must come from there."""
    kind = NOTE_KINDS[data["kind"]]
    values: Plain = {}
    for name, value in data.items():
        if name == "kind":
            continue
        if name == "source":
            values[name] = Source(**value)
        elif name in _NESTED:
            values[name] = tuple(_nested(_NESTED[name], item) for item in value)
        elif name == "variables":
            values[name] = tuple(
                (key, tuple(options)) for key, options in value.items()
            )
        elif isinstance(value, list):
            values[name] = tuple(value)
        else:
            values[name] = value
    return kind(**values)


def note_to_json(note: Note) -> str:
    """Return the note as compact JSON, equal for equal notes: that of `to_dict`."""
    # An import of many notes spends its time here: texts, which most values are, and lists
    # of texts are quoted at once, only others go through the encoder.
    fields_of, values_of = _JSON[note.KIND]
    parts = [f'{{"id":{_quote(note.id)},"kind":"{note.KIND}"']
    for (name, default, start), value in zip(fields_of, values_of(note), strict=True):
        if value is default or value == default:
            continue
        if type(value) is str:
            parts.append(start + _quote(value))
        elif type(value) is tuple and value and type(value[0]) is str:
            parts.append(f"{start}[{','.join(map(_quote, value))}]")
        else:
            parts.append(start + _encode(_plain(name, value)))
    return f"{''.join(parts)}}}"


def note_from_json(text: str, line: int = 0) -> Note:
    """Return the note that `note_to_json` wrote, at a line of its file where that is known."""
    return from_dict(json.loads(text) | {"line": line})


def _plain(name: str, value: Any) -> Any:
    if name == "variables":
        return {key: list(options) for key, options in value}
    part = _PARTS.get(type(value))
    if part:
        own = ((field_name, getattr(value, field_name)) for field_name, _ in part)
        return {
            field_name: _plain(field_name, given)
            for (field_name, given), (_, default) in zip(own, part, strict=True)
            if given != default
        }
    if isinstance(value, tuple):
        return [_plain("", item) for item in value]
    return value


def _nested(kind: type[Option | Pair | Point], item: Plain) -> Option | Pair | Point:
    values: Plain = {}
    for key, value in item.items():
        values[key] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _layout(kind: type[Note]) -> tuple[tuple[str, object], ...]:
    defaults = {f.name: f.default for f in fields(kind)}
    names = (*COMMON_BEFORE[2:], *own_fields(kind), *COMMON_AFTER)
    return tuple((name, defaults[name]) for name in names)


# Importing many notes spends its time here, so names and defaults are looked up once.
_LAYOUT = {name: _layout(kind) for name, kind in NOTE_KINDS.items()}
_PARTS: dict[type, tuple[tuple[str, object], ...]] = {
    part: tuple((f.name, f.default) for f in fields(part))
    for part in (Source, Option, Pair, Point)
}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quote = json.encoder.encode_basestring
_JSON = {
    name: (
        tuple((own, default, f',"{own}":') for own, default in layout),
        attrgetter(*(own for own, _ in layout)),
    )
    for name, layout in _LAYOUT.items()
}
