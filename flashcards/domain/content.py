"""Content of a deck file: notes of every kind, decks, sources, and problems.

Plain frozen values without any rule of scheduling, storage or display. `note_json` converts
notes to plain data and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, NamedTuple

from flashcards.domain.origin import Origin

Severity = Literal["error", "warning"]
Tier = Literal["core", "depth", "stretch"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a file: its place, the rule, and what to do."""

    severity: Severity
    path: str
    line: int
    """Counted from 1; 0 where the file has no lines."""
    column: int
    rule: str
    message: str

    def __str__(self) -> str:
        """Return `path:line:column  rule` and the message on a second line."""
        position = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.path}{position}  {self.rule}\n  {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a fact: a key of `sources.yaml` and the place in the work."""

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
    """The fields that every kind of note has."""

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
    """Notes to learn before this one is shown."""
    as_of: str = ""
    """YYYY-MM of the last check of a fact that goes out of date."""
    line: int = field(default=0, compare=False)
    """The note's line in its file, 0 where unknown."""
    origin: Origin | None = field(default=None, compare=False, repr=False)
    """The note of another program that this one was imported from."""

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
    """Items to be put in order, written in the right order."""

    KIND: ClassVar[str] = "order"
    question: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchNote(Note):
    """Left sides to be matched with right sides; lures are extra right sides."""

    KIND: ClassVar[str] = "match"
    question: str
    pairs: tuple[Pair, ...]
    lures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallNote(Note):
    """A question answered freely, then compared with key points."""

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


class ReadOptions(NamedTuple):
    """How a file was read; if any of it changes, the file is read again."""

    given_key: str = ""
    """The deck key of `--into`; empty where the names in the file count."""
    given_format: str = ""
    """The format of `--format`; empty where the file was recognized."""
    format: str = ""
    options: str = ""
    """The settings that affect what the reader finds."""
    reader_version: int = 0


@dataclass(frozen=True, slots=True)
class DeckContent:
    """One deck file: the deck and its valid notes, in the order of the file."""

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
    """True where the file may contain only some notes of the deck, so that none is retired."""
    derived_ids: frozenset[str] = frozenset()
    """Ids derived from the wording, for notes without an id in the file."""
    name: str = field(default="", compare=False)
    """The deck's name in its own program, nested parts joined by `::`; empty where the file
    gives the key itself."""
    is_of_file: bool = field(default=False, compare=False)
    """True where the file has no deck name, so that the deck is named after the file."""
    has_stated_key: bool = field(default=False, compare=False)
    """True where the file has the key as well as the name in another program."""
    foreign_ids: frozenset[str] = field(default=frozenset(), compare=False)
    """Ids that another source may use for another note, such as `1`."""
    modified: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Time of the last change by note id, in Unix seconds; empty if unknown."""
    is_of_several_files: bool = field(default=False, compare=False)
    """True where the deck comes from several files, of which the digest covers only one."""
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
