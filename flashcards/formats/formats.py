"""The formats that are read and written: the one place to register another.

A format is a module of this package with `read`, `write` and `looks_like`, as far as it
reads and writes. Modules load when they are needed.
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
"""How many bytes of a file are read to recognize its format."""


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a format may need to know to read a file."""

    day_of: Callable[[int], int]
    """Returns the study day of an instant in Unix milliseconds."""
    moment: Moment
    """Now."""
    into: str = ""
    """The deck key for notes of a file that names no deck; by the file's name if empty."""
    progress: Callable[[int, int], None] | None = None
    """Called with how much was read and the total; may raise to stop reading."""
    separators: Separators = DEFAULT_SEPARATORS
    """What parts question and answer in notes of Obsidian."""
    options: str = ""
    """The settings that decide what is found in a file, in one line; a file is read again
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
    """Returns what the file holds so far, nothing for a new one."""
    progress: Callable[[int, int], None] | None = None


class Module(Protocol):
    """What the module of a format offers."""

    def read(self, path: Path, context: ReadContext) -> Bundle:
        """Return what a file holds, with everything that is wrong with it."""

    def write(self, bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
        """Write a bundle and return sentences on what the format could not hold."""

    def looks_like(self, head: bytes) -> bool:
        """Tell whether a file that begins so is of this format."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of files."""

    name: str
    module_name: str
    """The module that reads and writes it, below this package."""
    title: str
    """What people call it."""
    suffixes: tuple[str, ...]
    reads: bool = True
    writes: bool = True
    reads_also: tuple[str, ...] = ()
    """Suffixes of other formats whose files are of this one where they look like it."""
    sign: str = ""
    """What shows a card of it, for people whose file shows none."""
    is_whole: bool = False
    """True where a file is all there is of its decks, so that notes gone from it retire."""
    reader_version: int = 1
    """To be raised when the same files give other notes, so that they are read again."""

    @property
    def module(self) -> Module:
        """The module that reads and writes it."""
        return cast("Module", import_module(f"flashcards.formats.{self.module_name}"))


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
"""Every format; the first one is that of deck files. Where several have a suffix, the
first one that a file looks like reads it, and the first one writes it."""

UNKNOWN = Format(
    "unknown", "unknown_format", "file of no known format", (), writes=False
)
"""Reads the files that look like no format of their suffix: it says so."""


def format_to_read(path: Path, name: str = "") -> Format:
    """Return the format to read a file as: the one named, else by its suffix and content.

    A file of an unknown suffix and look is read as a deck file, which reports what is wrong;
    one that looks like none of the formats of its suffix is of an unknown format.

    Raises:
        UsageError: no format of this name can be read.
    """
    readable = [each for each in FORMATS if each.reads]
    if name:
        for each in readable:
            if each.name == name:
                return each
        known = ", ".join(each.name for each in readable)
        raise UsageError(f"There is no import format {name}. There are: {known}.")
    found = recognize_format(path)
    if found is not None:
        return found
    fitting = fitting_suffix(path)
    if len(fitting) == 1 or path.suffix.lower() == ".json":
        return fitting[0]
    head = _head(path)
    if not fitting:
        looks = (each for each in readable[1:] if each.module.looks_like(head))
        return next(looks, readable[0])
    from flashcards.formats.delimited.anki_text_format import may_be_rows

    rows = next((each for each in fitting if each.name == "anki-text"), None)
    return rows if rows and may_be_rows(head) else UNKNOWN


def fitting_suffix(path: Path) -> list[Format]:
    """Return the formats that can be read whose suffix a file has, in their order."""
    name, suffix = path.name.lower(), path.suffix.lower()
    readable = [each for each in FORMATS if each.reads]
    for each in readable:
        if any(name.endswith(own) for own in each.suffixes if own.count(".") > 1):
            return [each]
    return [each for each in readable if suffix in each.suffixes]


def readable_suffixes() -> list[str]:
    """Return the suffixes of all formats that can be read, each once."""
    every = (suffix for each in FORMATS if each.reads for suffix in each.suffixes)
    return list(dict.fromkeys(every))


def recognize_format(path: Path) -> Format | None:
    """Return the format that can be read whose suffix a file has and which it looks like."""
    suffix = path.suffix.lower()
    named = fitting_suffix(path)
    if len(named) == 1 and named[0].suffixes[0].count(".") > 1:
        return named[0]
    guests = [each for each in FORMATS if suffix in each.reads_also]
    fitting = [*guests, *named]
    if not fitting:
        return None
    head = _head(path)
    return next((each for each in fitting if each.module.looks_like(head)), None)


def format_to_write(path: Path, name: str = "") -> Format:
    """Return the format to write a file in: the one named, else by its suffix.

    Raises:
        UsageError: there is no such format.
    """
    writable = [each for each in FORMATS if each.writes]
    for each in writable:
        if each.name == name or (not name and path.suffix.lower() in each.suffixes):
            return each
    if name:
        known = ", ".join(each.name for each in writable)
        raise UsageError(f"There is no export format {name}. There are: {known}.")
    of_suffix: dict[str, str] = {}
    for each in writable:
        for suffix in each.suffixes:
            of_suffix.setdefault(suffix, each.name)
    known = ", ".join(f"{suffix} ({name})" for suffix, name in of_suffix.items())
    wrong = (
        f"The suffix of {path.name} is not known"
        if path.suffix
        else f"{path.name} has no suffix"
    )
    raise UsageError(f"{wrong}. Use one of {known}; or name the format with --format.")


def _head(path: Path) -> bytes:
    """Return how a file begins; nothing where it cannot be read, which reading it reports."""
    from flashcards.disk.plain_files import read_plain

    try:
        return read_plain(path, HEAD_BYTES)
    except OSError:
        return b""
