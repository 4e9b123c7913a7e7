"""Pictures and sounds are saved in the media directory, and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.bundle import Bundle, MediaFile
from flashcards.domain.content import BasicNote, DeckContent, Note
from flashcards.domain.origin import NoteType, Origin
from flashcards.errors import FlashcardsError
from flashcards.formats.common.media_names import is_safe_name
from flashcards.formats.common.sibling_files import MOST_BYTES
from flashcards.importing.media import MediaNamer


def bundle(text: str, **files: bytes) -> Bundle:
    """Return a note with files, whose names end in `.png`."""
    note = BasicNote(id="n1", front=text, back="y")
    media = tuple(
        MediaFile(f"{name}.png", lambda data=data: data)  # type: ignore[misc]
        for name, data in files.items()
    )
    return Bundle(decks=(DeckContent("a", "A", (note,)),), media=media)


def front(imported: Bundle) -> str:
    (note,) = imported.decks[0].notes
    assert isinstance(note, BasicNote)
    return note.front


def front_of(note: Note) -> str:
    assert isinstance(note, BasicNote)
    return note.front


def test_files_are_saved_under_their_names(tmp_path: Path) -> None:
    namer = MediaNamer(tmp_path / "media")
    renamed = namer.rename(bundle("See [image: roc.png].", roc=b"1", unused=b"2"), "x")
    assert not (tmp_path / "media").exists()
    namer.new_media.write()

    assert front(renamed) == "See [image: roc.png]."
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["roc.png"]


def test_different_content_with_the_same_name_gets_another_name(
    tmp_path: Path,
) -> None:
    renamed = bundle("")
    for data in (b"1", b"2", b"2"):
        namer = MediaNamer(tmp_path)
        renamed = namer.rename(bundle(r"[image: my\_roc.png]", my_roc=data), "x")
        namer.new_media.write()

    saved_files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (other,) = set(saved_files) - {"my_roc.png"}
    assert saved_files == {"my_roc.png": b"1", other: b"2"}
    assert front(renamed) == rf"[image: my\_roc{other.removeprefix('my_roc')}]"


@pytest.mark.parametrize(
    ("field", "renamed"),
    [
        ('<img src="my roc.png">', '<img src="my roc{}.png">'),
        ("<IMG SRC='my%20roc.png' width=3>", "<IMG SRC='my%20roc{}.png' width=3>"),
        (
            "<img src=my%20roc.png>\x1f[sound:my roc.png]",
            "<img src=my%20roc{}.png>\x1f[sound:my roc{}.png]",
        ),
        ('<img src="other.png">', '<img src="other.png">'),
    ],
)
def test_the_original_fields_of_a_note_name_a_renamed_file_too(
    tmp_path: Path, field: str, renamed: str
) -> None:
    (tmp_path / "my roc.png").write_bytes(b"1")
    origin = Origin(NoteType("anki", 1, "{}"), guid="g", fields=field)
    note = BasicNote(id="n", front="[image: my roc.png]", back="A.", origin=origin)
    file = MediaFile("my roc.png", lambda: b"2")
    namer = MediaNamer(tmp_path)

    deck = DeckContent(key="d", title="D", notes=(note,))
    renamed_note = (
        namer.rename(Bundle(decks=(deck,), media=(file,)), "x").decks[0].notes[0]
    )

    assert renamed_note.origin is not None
    addition = (
        front_of(renamed_note).removeprefix("[image: my roc").removesuffix(".png]")
    )
    assert addition
    assert renamed_note.origin.fields == renamed.replace("{}", addition)


def test_an_unreadable_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "roc.png").mkdir()
    namer = MediaNamer(tmp_path)
    renamed = namer.rename(bundle("[image: roc.png]", roc=b"1"), "x")
    namer.new_media.write()

    name = front(renamed).removeprefix("[image: ").removesuffix("]")
    assert name != "roc.png"
    assert (tmp_path / name).read_bytes() == b"1"


def test_two_files_of_one_import_get_different_names(tmp_path: Path) -> None:
    namer = MediaNamer(tmp_path)
    first = namer.rename(bundle("[image: a.png]", a=b"1"), "x")
    second = namer.rename(bundle("[image: a.png]", a=b"2"), "y")
    namer.new_media.write()

    assert front(first) != front(second)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a.png",
        "a/b.png",
        "a\\b.png",
        ".hidden",
        "a\nb",
        "c:d",
        "x" * 300,
        "\x1b[1m",
    ],
)
def test_names_that_point_outside_the_directory_are_refused(name: str) -> None:
    assert not is_safe_name(name)


def test_files_that_cannot_be_saved_are_reported(tmp_path: Path) -> None:
    namer = MediaNamer(tmp_path / "media")
    large = bytes(MOST_BYTES + 1)
    renamed = namer.rename(
        bundle("[image: .x.png] [image: b.png]", **{".x": b"1", "b": large}), "x"
    )

    assert [problem.rule for problem in renamed.problems] == [
        "media-name",
        "media-too-large",
    ]
    assert namer.new_media.files == ()


@pytest.mark.skipif(sys.platform == "win32", reason="directories are no files there")
def test_a_directory_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("in the way")
    namer = MediaNamer(tmp_path / "media")
    namer.rename(bundle("[image: a.png]", a=b"1"), "x")

    with pytest.raises(FlashcardsError, match="cannot be made"):
        namer.new_media.write()


def test_media_are_exported_again(collection: Collection, tmp_path: Path) -> None:
    collection.directories.media.mkdir()
    (collection.directories.media / "roc.png").write_bytes(b"picture")
    path = tmp_path / "more.yaml"
    path.write_text(
        "deck: more\ntitle: More\nnotes:\n"
        "  - {id: p, front: '[image: roc.png] [image: gone.png] [image: ../flashcards.db]', back: y}\n"
    )
    collection.importing.import_files([path])

    (file,) = collection.exporting.bundle(["more"]).media
    assert (file.name, file.read()) == ("roc.png", b"picture")


def test_a_picture_that_disappears_during_an_export_is_reported(
    collection: Collection, tmp_path: Path
) -> None:
    collection.directories.media.mkdir()
    (collection.directories.media / "roc.png").write_bytes(b"picture")
    path = tmp_path / "more.yaml"
    path.write_text(
        "deck: more\ntitle: More\nnotes:\n"
        "  - {id: p, front: '[image: roc.png]', back: y}\n"
    )
    collection.importing.import_files([path])
    (file,) = collection.exporting.bundle(["more"]).media
    (collection.directories.media / "roc.png").unlink()

    with pytest.raises(FlashcardsError, match=r"roc\.png cannot be read"):
        file.read()


@pytest.mark.parametrize("other", ["ROC", "Roc"])
def test_names_that_differ_only_in_case_are_two_files_on_every_disk(
    tmp_path: Path, other: str
) -> None:
    namer = MediaNamer(tmp_path)
    namer.rename(bundle("[image: roc.png]", roc=b"1"), "x")
    namer.new_media.write()
    again = MediaNamer(tmp_path)
    renamed = again.rename(bundle(f"[image: {other}.png]", **{other: b"2"}), "y")
    again.new_media.write()

    saved_names = [path.name for path in tmp_path.iterdir()]
    assert len({name.casefold() for name in saved_names}) == len(saved_names) == 2
    assert front(renamed) != f"[image: {other}.png]"


def test_names_that_differ_only_in_case_are_two_files_in_one_import(
    tmp_path: Path,
) -> None:
    namer = MediaNamer(tmp_path)
    namer.rename(bundle("[image: roc.png] [image: ROC.png]", roc=b"1", ROC=b"2"), "x")
    namer.new_media.write()

    saved_names = [path.name for path in tmp_path.iterdir()]
    assert len({name.casefold() for name in saved_names}) == len(saved_names) == 2
