"""Open the zip file around an Anki collection, in any of three generations.

Packages come from anywhere, so nothing is unpacked before its size and ratio are known, and
only plain tables of the database are read, in a bounded number of steps.
"""

from __future__ import annotations

import errno
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from flashcards.disk.plain_files import open_plain
from flashcards.disk.temporary import temporary_directory
from flashcards.formats.anki.package import protobuf
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_DATABASE = 512 * 1024 * 1024
"""Bytes of the largest collection that is unpacked: about 400,000 notes with their reviews."""
MOST_RATIO = 200
"""Unpacked bytes per packed byte above which a member is refused as a zip bomb."""
_NO_RATIO_BELOW = 16 * 1024 * 1024
_MOST_DIRECTORY = 16 * 1024 * 1024
_MOST_VALUE = 16 * 1024 * 1024
_STEPS_AT_ONCE = 1_000_000
_MOST_STEPS = 3000
"""Millions of SQLite steps for one package: about ten seconds."""
_CHUNK = 1024 * 1024
_META_BYTES = 1024

LEGACY, LEGACY_2, LATEST = 1, 2, 3
_COLLECTIONS = {
    LEGACY: "collection.anki2",
    LEGACY_2: "collection.anki21",
    LATEST: "collection.anki21b",
}
_TABLES = ("col", "notes", "cards", "revlog")
_SQLITE = b"SQLite format 3\0"
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
_ZIP = b"PK"
_ENCRYPTED = 1
_LONGEST_REASON = 120
_JOURNAL_MODES = slice(18, 20)


class UnreadablePackageError(Exception):
    """A package cannot be read; holds the broken rule and the values for its message."""

    def __init__(self, rule: str, **words: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.words = words


_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)
"""Errors for a damaged zip file, an unknown compression or an impossible size."""


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package, or a collection without one."""

    archive: zipfile.ZipFile | None
    """None for a collection without a package."""
    generation: int
    connection: sqlite3.Connection
    tables: frozenset[str]
    """Names of the tables that may be read."""


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a package with its collection.

    Raises:
        UnreadablePackageError: the file is not a package, or is refused.
        sqlite3.Error: the collection is damaged.
    """
    try:
        package = open_plain(path)
    except OSError as error:
        raise UnreadablePackageError(
            "file-unreadable", reason=error.strerror
        ) from error
    with package, temporary_directory() as folder:
        file = folder / "collection"
        with _unpacking():
            _refuse_directory(package)
            archive = zipfile.ZipFile(package)
        with archive:
            with _unpacking():
                generation = _generation(archive)
                _unpack(archive, generation, file)
            with closing(_connect(file)) as connection:
                tables = _plain_tables(connection)
                yield Package(archive, generation, connection, tables)


@contextmanager
def open_bare_database(path: Path) -> Iterator[Package]:
    """Open a collection without a package, as in a profile of Anki.

    A copy is opened, so the file itself is neither written nor locked.

    Raises:
        UnreadablePackageError: the file is not a collection, or Anki is still writing it.
        sqlite3.Error: the collection is damaged.
    """
    try:
        _refuse_placeholder(path)
        for ending in ("-wal", "-journal"):
            sibling = path.with_name(path.name + ending)
            if sibling.exists() and sibling.stat().st_size:
                raise UnreadablePackageError("anki-in-use", name=sibling.name)
        collection = open_plain(path)
    except OSError as error:
        raise UnreadablePackageError(
            "file-unreadable", reason=error.strerror
        ) from error
    with collection, temporary_directory() as folder:
        file = folder / "collection"
        with _unpacking():
            _write_collection(_collection_pieces(collection), file)
        with closing(_connect(file)) as connection:
            yield Package(None, LEGACY, connection, _plain_tables(connection))


def _refuse_placeholder(path: Path) -> None:
    """Refuse the placeholder that newer packages hold for older programs."""
    if path.name != _COLLECTIONS[LEGACY]:
        return
    for newer in (LATEST, LEGACY_2):
        sibling = path.with_name(_COLLECTIONS[newer])
        if sibling.exists():
            raise UnreadablePackageError("anki-placeholder", name=sibling.name)


def _collection_pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of a collection, decompressed if it comes from the newest packages."""
    size = file.seek(0, 2)
    file.seek(0)
    is_packed = file.read(len(_ZSTANDARD)) == _ZSTANDARD
    file.seek(0)
    most = min(MOST_DATABASE, max(_NO_RATIO_BELOW, size * MOST_RATIO))
    count = 0
    for piece in _decompress(file) if is_packed else _chunks(file):
        count += len(piece)
        if count > most:
            raise UnreadablePackageError(
                "anki-too-large", what=f"it has more than {most:,} bytes"
            )
        yield piece


def read_member(
    archive: zipfile.ZipFile, name: str, generation: int, most: int
) -> bytes:
    """Return the bytes of a member, which the newest generation compresses once more.

    Raises:
        UnreadablePackageError: the member is missing, damaged, or larger than `most` bytes.
    """
    with _unpacking():
        return b"".join(_member_pieces(archive, name, generation, most))


@contextmanager
def _unpacking() -> Iterator[None]:
    """Translate errors of the file, its zip or its compression to `UnreadablePackageError`."""
    try:
        yield
    except OSError as error:
        # A damaged table of contents gives offsets outside of the file.
        if error.errno == errno.EINVAL:
            raise UnreadablePackageError(
                "anki-damaged", reason="its table of contents is damaged"
            ) from error
        raise UnreadablePackageError(
            "file-unreadable", reason=error.strerror
        ) from error
    except _DAMAGES as error:
        reason = one_line(str(error), _LONGEST_REASON) or "it ends too early"
        raise UnreadablePackageError("anki-damaged", reason=reason) from error


def _refuse_directory(file: BinaryIO) -> None:
    """Refuse a file that is not a zip file, or whose table of contents is too large for memory."""
    # A special file, such as one of the kernel, may return nothing.
    head = file.read(len(_SQLITE)) or b""
    size = file.seek(0, 2)
    file.seek(max(0, size - 0xFFFF - 22))
    tail = file.read(0xFFFF + 22) or b""
    at = tail.rfind(b"PK\5\6")
    if not head.startswith(_ZIP) or at < 0:
        raise UnreadablePackageError("anki-not-a-package", reason=_kind_of(head))
    entries, length = struct.unpack_from("<HL", tail, at + 10)
    locator = at - 20
    if locator >= 0 and tail[locator : locator + 4] == b"PK\6\7":
        file.seek(struct.unpack_from("<Q", tail, locator + 8)[0])
        record = file.read(56)
        entries, length = struct.unpack_from("<QQ", record, 32)
    if length > _MOST_DIRECTORY:
        raise UnreadablePackageError(
            "anki-too-large", what=f"it holds {entries:,} files"
        )


def _kind_of(head: bytes) -> str:
    if head == _SQLITE:
        return "it is a bare database, which --format anki-database reads"
    if head.startswith(_ZIP):
        return "its end is missing"
    return "it is not a zip file"


def _generation(archive: zipfile.ZipFile) -> int:
    """Return the generation of a package, ignoring the placeholder next to a newer collection."""
    names = set(archive.namelist())
    if "meta" in names:
        meta = b"".join(_member_pieces(archive, "meta", LEGACY, _META_BYTES))
        generation = protobuf.number_at(meta, (1,)) or LEGACY
        if generation not in _COLLECTIONS:
            raise UnreadablePackageError("anki-too-new", version=generation)
    else:
        present = [number for number, name in _COLLECTIONS.items() if name in names]
        generation = max(present, default=0)
    if _COLLECTIONS.get(generation) not in names:
        raise UnreadablePackageError(
            "anki-not-a-package", reason="it holds no collection"
        )
    return generation


def _unpack(archive: zipfile.ZipFile, generation: int, target: Path) -> None:
    name = _COLLECTIONS[generation]
    _write_collection(_member_pieces(archive, name, generation, MOST_DATABASE), target)


def _write_collection(pieces: Iterator[bytes], target: Path) -> None:
    with target.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    with target.open("r+b") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise UnreadablePackageError(
                "anki-database", reason="it is not a SQLite database"
            )
        # A database in WAL mode cannot be opened for reading only.
        file.seek(_JOURNAL_MODES.start)
        file.write(b"\1\1")


def _member_pieces(
    archive: zipfile.ZipFile, name: str, generation: int, most: int
) -> Iterator[bytes]:
    """Yield the bytes of a member piece by piece; refuse more than `most` bytes."""
    info = archive.getinfo(name)
    if info.flag_bits & _ENCRYPTED:
        raise UnreadablePackageError("anki-damaged", reason="it is encrypted")
    most = min(most, max(_NO_RATIO_BELOW, info.compress_size * MOST_RATIO))
    if info.file_size > most:
        raise UnreadablePackageError(
            "anki-too-large", what=f"{name} has {info.file_size:,} bytes"
        )
    with archive.open(info) as packed:
        count = 0
        pieces = _decompress(packed) if generation == LATEST else _chunks(packed)
        for piece in pieces:
            count += len(piece)
            if count > most:
                raise UnreadablePackageError(
                    "anki-too-large", what=f"{name} has more than {most:,} bytes"
                )
            yield piece


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_CHUNK):
        yield piece


def _decompress(packed: IO[bytes]) -> Iterator[bytes]:
    import zstandard

    # Anki's frames do not state their size, so only a stream can read them.
    with zstandard.ZstdDecompressor().stream_reader(packed) as stream:
        try:
            yield from _chunks(stream)
        except zstandard.ZstdError as error:
            raise zipfile.BadZipFile(str(error)) from error


def _connect(file: Path) -> sqlite3.Connection:
    """Return a read-only connection with limits on values and steps."""
    address = f"file:{quote(str(file))}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_VALUE)
    connection.text_factory = _text
    # Created first: a schema that once fails to load without the collation never loads.
    connection.create_collation("unicase", _compare_folded)
    steps = iter(range(_MOST_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS_AT_ONCE)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _plain_tables(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the tables with plain rows: no views, no virtual tables, no computed columns."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    ).fetchall()
    tables = {
        name
        for (name,) in rows
        if not any(
            hidden
            for *_, hidden in connection.execute(
                "SELECT * FROM pragma_table_xinfo(?)", (name,)
            )
        )
    }
    for name in _TABLES:
        if name not in tables:
            raise UnreadablePackageError(
                "anki-database", reason=f"it has no table {name}"
            )
    return frozenset(tables)


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _compare_folded(text: str, other: str) -> int:
    text, other = text.casefold(), other.casefold()
    return (text > other) - (text < other)
