"""Decks whose files are renamed, moved, copied, deleted or given a key."""

from __future__ import annotations

import contextlib
import gc
from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.domain.content import Problem
from flashcards.errors import NothingFoundError, UsageError
from flashcards.importing.preview.import_preview import ImportOptions
from flashcards.importing.preview.summary import ImportResult
from tests.conftest import FOUR_NOTES
from tests.helpers import deck

OTHER = deck(
    """
    deck: drift/other
    title: Other
    notes:
      - {id: o-1, front: What moves in covariate shift?, back: P(x)}
    """
)
RENAMED = FOUR_NOTES.replace(b"deck: metrics/tiny", b"deck: metrics/small")


@pytest.fixture
def root(collection: Collection, tmp_path: Path) -> Path:
    """A directory with two imported decks, of which one has a review."""
    directory = tmp_path / "decks"
    (directory / "metrics").mkdir(parents=True)
    (tmp_path / "metrics" / "tiny.yaml").rename(directory / "metrics" / "tiny.yaml")
    (directory / "drift").mkdir()
    (directory / "drift" / "other.yaml").write_bytes(OTHER)
    collection.importing.import_files([directory])
    session = collection.sessions.start_review()
    session.reveal()
    session.rate(Rating.GOOD)
    return directory


def reviews(collection: Collection) -> int:
    rows = (collection.reader.cards.find(key) for key in ("m-1", "o-1"))
    return sum(row.memory.reps for row in rows if not row.retired)


def keys(collection: Collection) -> list[str]:
    return [row.key for row in collection.reader.cards.decks()]


def errors(result: ImportResult) -> list[Problem]:
    return [problem for problem in result.problems if problem.severity == "error"]


def test_a_moved_file_is_stored_with_its_new_path(
    collection: Collection, root: Path
) -> None:
    rows = {deck.key: deck.path for deck in collection.reader.content.decks()}
    assert rows["metrics/tiny"] == str(root / "metrics" / "tiny.yaml")

    result = collection.importing.import_files([root])

    assert result.counts.unchanged == 5
    assert result.operation_id is None


@pytest.mark.parametrize("name", ["small.yaml", "tiny.yaml"])
def test_a_renamed_deck_keeps_its_histories(
    collection: Collection, root: Path, name: str
) -> None:
    (root / "metrics" / "tiny.yaml").unlink()
    (root / "metrics" / name).write_bytes(RENAMED)

    result = collection.importing.import_files([root])

    assert not result.has_errors
    assert (result.counts.moved, result.counts.retired) == (4, 0)
    assert keys(collection) == ["drift/other", "metrics/small"]
    assert reviews(collection) == 1
    assert collection.importing.import_files([root]).operation_id is None


def test_the_deck_of_a_deleted_file_is_retired_and_returns(
    collection: Collection, root: Path
) -> None:
    path = root / "metrics" / "tiny.yaml"
    path.unlink()

    gone = collection.importing.import_files([root])

    assert gone.counts.retired == 4
    assert [file.path for file in gone.files if file.counts.retired] == [str(path)]
    assert keys(collection) == ["drift/other"]
    assert collection.importing.import_files([root]).operation_id is None

    path.write_bytes(FOUR_NOTES)
    assert collection.importing.import_files([root]).counts.returned == 4
    assert reviews(collection) == 1


def test_only_an_import_of_its_directory_retires_a_deck(
    collection: Collection, root: Path
) -> None:
    (root / "metrics" / "tiny.yaml").unlink()

    for path in (root / "drift" / "other.yaml", root / "drift"):
        assert collection.importing.import_files([path]).operation_id is None
    assert keys(collection) == ["drift/other", "metrics/tiny"]


def test_a_file_with_errors_replaces_no_deck(
    collection: Collection, root: Path
) -> None:
    faulty = RENAMED.replace(b"back: TP / (TP + FN)", b"bakc: TP / (TP + FN)")
    (root / "metrics" / "tiny.yaml").write_bytes(faulty)
    assert collection.importing.import_files([root]).counts.retired == 0
    assert not collection.reader.cards.find("m-2").retired

    (root / "metrics" / "tiny.yaml").write_bytes(RENAMED)
    assert collection.importing.import_files([root]).counts.moved == 4
    assert keys(collection) == ["drift/other", "metrics/small"]


def test_of_two_files_with_one_deck_the_stored_one_stays(
    collection: Collection, root: Path
) -> None:
    copy = root / "a-copy.yaml"
    copy.write_bytes(FOUR_NOTES.replace(b"What is recall?", b"Recall?"))

    again = collection.importing.import_files([root])
    result = collection.importing.import_files([root])

    assert result.operation_id is again.operation_id is None
    assert errors(again) == errors(result)
    (problem,) = errors(result)
    assert (problem.rule, problem.path) == ("duplicate-deck", str(copy))
    assert problem.message == (
        f"The deck `metrics/tiny` is also in {root}/metrics/tiny.yaml. "
        "Give one of them another key."
    )


def test_of_two_new_files_with_one_deck_the_first_is_imported(
    collection: Collection, tmp_path: Path
) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "new").mkdir(exist_ok=True)
        (tmp_path / "new" / name).write_bytes(OTHER)

    first = collection.importing.import_files([tmp_path / "new"])
    again = collection.importing.import_files([tmp_path / "new"])

    assert [file.counts.added for file in first.files] == [1, 0]
    assert [problem.rule for problem in errors(again)] == ["duplicate-deck"]
    assert again.operation_id is None


def test_a_file_named_twice_is_read_once(collection: Collection, root: Path) -> None:
    around = root / "metrics" / ".." / "drift"

    result = collection.importing.import_files([root / "drift", around])

    assert len(result.files) == 1
    assert not result.problems


def test_a_key_given_for_an_import_stays_with_the_file(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(OTHER)
    collection.importing.import_files([path], into="mine/drift")

    assert collection.importing.import_files([tmp_path]).operation_id is None
    for text in (b"What shifts?", b"{", b"What moves?"):
        path.write_bytes(OTHER.replace(b"What moves in covariate shift?", text))
        collection.importing.import_files([path])
        assert collection.reader.cards.find("o-1").deck == "mine/drift"
    assert "What moves?" in collection.reader.cards.find("o-1").content

    own = collection.importing.import_files([path], into="drift/other")
    assert own.counts.moved == 1
    assert keys(collection) == ["drift/other", "metrics/tiny"]


def test_a_note_removed_from_a_file_with_a_given_key_is_retired(
    collection: Collection, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    two = OTHER + b"  - {id: o-2, front: And in label shift?, back: P(y)}\n"
    path.write_bytes(two)
    collection.importing.import_files([path], into="mine/drift")
    path.write_bytes(OTHER)

    assert collection.importing.import_files([path]).counts.retired == 1


def test_a_format_that_cannot_be_read_is_named(
    collection: Collection, root: Path
) -> None:
    (file,) = collection.importing.import_files(
        [root / "drift"], file_format="yaml"
    ).files
    assert file.format == "yaml"
    with pytest.raises(UsageError, match="There is no import format doc"):
        collection.importing.import_files([root], file_format="doc")


def test_an_import_leaves_no_garbage_if_the_collector_is_off(
    collection: Collection, tmp_path: Path
) -> None:
    (tmp_path / "other.yaml").write_bytes(OTHER)
    gc.disable()
    try:
        before = gc.get_freeze_count()
        collection.importing.import_files([tmp_path / "other.yaml"])
        assert gc.get_freeze_count() == before
    finally:
        gc.enable()


@pytest.mark.parametrize("remains", ["", "README.md"])
def test_the_deck_of_a_deleted_only_file_of_a_directory_is_retired(
    collection: Collection, tmp_path: Path, remains: str
) -> None:
    directory = tmp_path / "own"
    directory.mkdir()
    (directory / "other.yaml").write_bytes(OTHER)
    collection.importing.import_files([directory])
    (directory / "other.yaml").unlink()
    if remains:
        (directory / remains).write_text("# Words that ask nothing\n")

    options = ImportOptions(lists_changes=True)
    (gone,) = collection.importing.preview([directory], options).decks
    result = collection.importing.import_files([directory])

    assert (gone.deck, gone.is_file_missing) == ("drift/other", True)
    assert result.counts.retired == 1
    (problem,) = result.problems
    assert problem.rule == "file-gone"
    assert "`drift/other` is retired with 1 note" in problem.message
    with pytest.raises(NothingFoundError):
        collection.importing.import_files([directory])
    collection.store().undo(None, collection.moment())
    assert "drift/other" in keys(collection)


def test_a_missing_directory_retires_nothing(
    collection: Collection, root: Path
) -> None:
    root.rename(root.with_name("elsewhere"))
    with contextlib.suppress(NothingFoundError):
        collection.importing.import_files([root])
    assert keys(collection) == ["drift/other", "metrics/tiny"]
