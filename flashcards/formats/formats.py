"""The registry of formats; a new format is added here.

A format is a module of this package with `looks_like` and with `read`, `write` or both.
Modules are imported when they are needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from flashcards.domain.settings.separators import DEFAULT_SEPARATORS, Separators
from flashcards.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flashcards.domain.bundle import Bundle
    from flashcards.domain.clock import Moment

HEAD_BYTES = 64 * 1024
"""Bytes at the beginning of a file that are read to recognize its format."""


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a format may need to know to read a file."""

    day_of: Callable[[int], int]
    """Returns the study day of an instant in Unix milliseconds."""
    moment: Moment
    """Now."""
    into: str = ""
    """Deck key for the notes of a file that names no deck; made of the file's name if empty."""
    progress: Callable[[int, int], None] | None = None
    """Called with the amount read so far and the total; may raise to stop reading."""
    separators: Separators = DEFAULT_SEPARATORS
    """What separates question and answer in notes of Obsidian."""
    options: str = ""
    """The settings that affect what is read from a file, in one line; a file is read again
    when they change."""


@dataclass(frozen=True, slots=True)
class WriteContext:
    """What a format may need to know to write a file."""

    moment: Moment
    """Now."""
    rollover_hour: int
    """The hour at which the study day begins."""
    utc_offset_minutes: int
    """Minutes that local time is ahead of UTC."""
    existing: Callable[[], bytes] = bytes
    """Returns the present content of the file, empty for a new file."""
    progress: Callable[[int, int], None] | None = None


class FormatModule(Protocol):
    """The functions of a format's module."""

    def read(self, path: Path, context: ReadContext) -> Bundle:
        """Return the content of a file with all its problems."""

    def write(self, bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
        """Write a bundle and return sentences on what the format cannot hold."""

    def looks_like(self, head: bytes) -> bool:
        """Return whether a file with this beginning is of this format."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format."""

    name: str
    module_name: str
    """Its module, below this package."""
    title: str
    """What people call it."""
    suffixes: tuple[str, ...]
    reads: bool = True
    writes: bool = True
    reads_also: tuple[str, ...] = ()
    """Suffixes of other formats; a file with one is read as this format if it looks like it."""
    sign: str = ""
    """How a card is recognized, for the message that no card was found."""
    is_whole: bool = False
    """True if a file holds its decks completely, so that a note missing from it retires."""
    reader_version: int = 1
    """Raised when the same file gives other notes than before, so that files are read again."""

    @property
    def module(self) -> FormatModule:
        """The module, imported on first use."""
        return cast(
            "FormatModule", import_module(f"flashcards.formats.{self.module_name}")
        )


FORMATS = (
    Format("yaml", "yaml_format", "deck file", (".yaml", ".yml"), is_whole=True),
    Format("csv", "delimited.csv_format", "CSV table", (".csv",)),
    Format(
        "tsv", "delimited.tsv_format", "table with tabs", (".tsv", ".tab"), writes=False
    ),
    Format(
        "hascard",
        "markdown.hascard_format",
        "hascard text",
        (".txt",),
        writes=False,
        sign="a heading with # above each card, and --- between cards",
        is_whole=True,
    ),
    Format(
        "anki-text",
        "delimited.anki_text_format",
        "Anki text",
        (".txt",),
        reads_also=(".csv", ".tsv", ".tab"),
        sign="rows with a tab, comma or semicolon between question and answer",
    ),
    Format(
        "quizlet",
        "delimited.quizlet_format",
        "Quizlet set",
        (".txt",),
        writes=False,
        sign="a term, a tab and its definition on each line",
    ),
    Format("anki", "anki.package_format", "Anki package", (".apkg",)),
    Format(
        "anki-collection",
        "anki.collection_format",
        "Anki collection",
        (".colpkg",),
        writes=False,
    ),
    Format(
        "anki-database",
        "anki.database_format",
        "Anki collection without a package",
        (".anki2", ".anki21", ".anki21b"),
        writes=False,
    ),
    Format("json", "json.json_format", "JSON of everything", (".json",)),
    Format(
        "crowdanki", "anki.crowdanki_format", "CrowdAnki deck", (".json",), writes=False
    ),
    Format(
        "mochi",
        "markdown.mochi_format",
        "Mochi Markdown",
        (".mochi.md", ".md"),
        writes=False,
        sign="card_id in the front matter",
        is_whole=True,
    ),
    Format(
        "hashcards",
        "hashcards.hashcards_format",
        "hashcards Markdown",
        (".md",),
        sign="lines that begin with Q: and A:, or with C:",
        is_whole=True,
    ),
    Format(
        "obsidian",
        "markdown.obsidian_format",
        "Obsidian notes with flashcards",
        (".md",),
        writes=False,
        sign="a tag #flashcards, or question :: answer",
        is_whole=True,
    ),
    Format(
        "logseq",
        "markdown.logseq_format",
        "Logseq page",
        (".md",),
        writes=False,
        sign="a block with #card, and blocks below it",
        is_whole=True,
    ),
    Format(
        "quizdown",
        "markdown.quizdown_format",
        "quizdown quiz",
        (".md",),
        writes=False,
        sign="a heading that asks, and options such as - [x]",
        is_whole=True,
    ),
    Format(
        "headings",
        "markdown.headings_format",
        "Markdown with questions as headings",
        (".md",),
        writes=False,
        sign="headings that end with a question mark, or callouts [!question]",
        is_whole=True,
    ),
    Format("moodle", "moodle.moodle_format", "Moodle XML", (".xml",), writes=False),
    Format(
        "gift",
        "moodle.gift_format",
        "GIFT quiz",
        (".gift", ".txt"),
        sign="answers in braces, as in {=4 ~5}",
    ),
)
"""All formats, that of deck files first. If several share a suffix, the first one that a file
looks like reads it, and the first one that writes is used for exports."""

UNKNOWN = Format(
    "unknown", "unknown_format", "file of no known format", (), writes=False
)
"""For files that look like none of the formats of their suffix: reports that and reads nothing."""


def format_to_read(path: Path, name: str = "") -> Format:
    """Return the format for reading a file: the one of this name, else by suffix and content.

    A file whose suffix and content are unknown is read as a deck file, which reports what is
    wrong; one that looks like none of the formats of its suffix gets `UNKNOWN`.

    Raises:
        UsageError: no readable format has this name.
    """
    readable = [file_format for file_format in FORMATS if file_format.reads]
    if name:
        for file_format in readable:
            if file_format.name == name:
                return file_format
        known = ", ".join(file_format.name for file_format in readable)
        raise UsageError(f"There is no import format {name}. Choose one of: {known}.")
    recognized = recognize_format(path)
    if recognized is not None:
        return recognized
    candidates = formats_of_suffix(path)
    if len(candidates) == 1 or path.suffix.lower() == ".json":
        return candidates[0]
    head = _read_head(path)
    if not candidates:
        alike = (
            file_format
            for file_format in readable[1:]
            if file_format.module.looks_like(head)
        )
        return next(alike, readable[0])
    from flashcards.formats.delimited.anki_text_format import looks_like_rows

    table = next(
        (file_format for file_format in candidates if file_format.name == "anki-text"),
        None,
    )
    return table if table and looks_like_rows(head) else UNKNOWN


def formats_of_suffix(path: Path) -> list[Format]:
    """Return the readable formats of a file's suffix, in the order of `FORMATS`."""
    name, suffix = path.name.lower(), path.suffix.lower()
    readable = [file_format for file_format in FORMATS if file_format.reads]
    for file_format in readable:
        double_suffixes = (own for own in file_format.suffixes if own.count(".") > 1)
        if any(map(name.endswith, double_suffixes)):
            return [file_format]
    return [file_format for file_format in readable if suffix in file_format.suffixes]


def readable_suffixes() -> list[str]:
    """Return the suffixes of all readable formats, each once."""
    suffixes = (
        suffix
        for file_format in FORMATS
        if file_format.reads
        for suffix in file_format.suffixes
    )
    return list(dict.fromkeys(suffixes))


def recognize_format(path: Path) -> Format | None:
    """Return the first readable format of a file's suffix that the file looks like."""
    suffix = path.suffix.lower()
    of_suffix = formats_of_suffix(path)
    if len(of_suffix) == 1 and of_suffix[0].suffixes[0].count(".") > 1:
        return of_suffix[0]
    guests = [
        file_format for file_format in FORMATS if suffix in file_format.reads_also
    ]
    candidates = [*guests, *of_suffix]
    if not candidates:
        return None
    head = _read_head(path)
    return next(
        (
            file_format
            for file_format in candidates
            if file_format.module.looks_like(head)
        ),
        None,
    )


def format_to_write(path: Path, name: str = "") -> Format:
    """Return the format for writing a file: the one of this name, else by suffix.

    Raises:
        UsageError: no writable format has this name or suffix.
    """
    writable = [file_format for file_format in FORMATS if file_format.writes]
    for file_format in writable:
        if file_format.name == name or (
            not name and path.suffix.lower() in file_format.suffixes
        ):
            return file_format
    if name:
        known = ", ".join(file_format.name for file_format in writable)
        raise UsageError(f"There is no export format {name}. Choose one of: {known}.")
    names_by_suffix: dict[str, str] = {}
    for file_format in writable:
        for suffix in file_format.suffixes:
            names_by_suffix.setdefault(suffix, file_format.name)
    known = ", ".join(f"{suffix} ({name})" for suffix, name in names_by_suffix.items())
    reason = (
        f"The suffix of {path.name} is not known"
        if path.suffix
        else f"{path.name} has no suffix"
    )
    raise UsageError(f"{reason}. Use one of {known}; or name the format with --format.")


def _read_head(path: Path) -> bytes:
    """Return the beginning of a file; empty if it cannot be read, which `read` reports."""
    from flashcards.disk.plain_files import read_plain

    try:
        return read_plain(path, HEAD_BYTES)
    except OSError:
        return b""
