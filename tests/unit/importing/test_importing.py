"""An import is one operation that keeps every history and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, State
from flashcards.errors import FlashcardsError, NothingFoundError, UsageError
from flashcards.importing.preview.summary import ImportResult
from tests.conftest import FOUR_NOTES, OpenCollection
from tests.helpers import deck


def counts(result: ImportResult) -> dict[str, int]:
    names = ("added", "changed", "unchanged", "moved", "returned", "retired")
    return {
        name: getattr(result.counts, name)
        for name in names
        if getattr(result.counts, name)
    }


def write(path: Path, text: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    return path


def tiny(tmp_path: Path, *replacements: tuple[bytes, bytes]) -> Path:
    text = FOUR_NOTES
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return write(tmp_path / "metrics" / "tiny.yaml", text)


WITHOUT_SECOND = (
    b"  - {id: m-2, topic: rates, front: What is recall?, back: TP / (TP + FN)}\n",
    b"",
)


def review_second(collection: Collection) -> None:
    session = collection.sessions.start_review()
    while session.current:
        is_second = session.current.row.key == "m-2"
        session.reveal()
        session.rate(Rating.GOOD if is_second else Rating.EASY)
        if is_second:
            break


def test_importing_twice_changes_nothing(
    collection: Collection, tmp_path: Path
) -> None:
    again = collection.importing.import_files([tmp_path / "metrics"])

    assert counts(again) == {"unchanged": 4}
    assert again.operation_id is None


def test_the_same_deck_written_differently_changes_nothing(
    collection: Collection, tmp_path: Path
) -> None:
    path = tiny(
        tmp_path, (b"why: Of what was flagged.", b'why: "Of what was flagged."')
    )

    assert counts(collection.importing.import_files([path])) == {"unchanged": 4}


def test_a_new_wording_keeps_the_history(
    collection: Collection, tmp_path: Path
) -> None:
    review_second(collection)
    before = collection.reader.cards.find("m-2").memory
    path = tiny(tmp_path, (b"What is recall?", b"How is recall computed?"))

    assert counts(collection.importing.import_files([path])) == {
        "changed": 1,
        "unchanged": 3,
    }
    card = collection.reader.cards.find("m-2")
    assert "How is recall computed?" in card.content
    assert card.memory == before
    assert len(collection.reader.log.reviews(card.card_id)) == 1


def test_a_removed_note_is_retired_and_returns_with_its_history(
    collection: Collection, tmp_path: Path
) -> None:
    review_second(collection)
    before = collection.reader.cards.find("m-2").memory

    gone = collection.importing.import_files([tiny(tmp_path, WITHOUT_SECOND)])
    assert counts(gone) == {"unchanged": 3, "retired": 1}
    assert collection.reader.cards.find("m-2").retired

    back = collection.importing.import_files([tiny(tmp_path)])
    assert counts(back) == {"unchanged": 3, "returned": 1}
    card = collection.reader.cards.find("m-2")
    assert not card.retired
    assert card.memory == before
    assert len(collection.reader.log.reviews(card.card_id)) == 1


def test_a_note_keeps_its_history_when_it_moves_to_another_deck(
    collection: Collection, tmp_path: Path
) -> None:
    review_second(collection)
    tiny(tmp_path, WITHOUT_SECOND)
    write(
        tmp_path / "metrics" / "other.yaml",
        deck(
            """
            deck: metrics/other
            title: Other
            notes:
              - {id: m-2, front: What is recall?, back: TP / (TP + FN)}
            """
        ),
    )

    result = collection.importing.import_files([tmp_path / "metrics"])

    assert result.counts.moved == 1
    card = collection.reader.cards.find("m-2")
    assert card.deck == "metrics/other"
    assert card.memory.state is State.LEARNING


def test_an_import_can_be_undone_and_redone(
    collection: Collection, tmp_path: Path
) -> None:
    path = tiny(tmp_path, (b"What is recall?", b"How is recall computed?"))
    collection.importing.import_files([path])

    collection.store().undo(None, collection.moment())
    assert "What is recall?" in collection.reader.cards.find("m-2").content

    collection.store().redo(None, collection.moment())
    assert "How is recall computed?" in collection.reader.cards.find("m-2").content


def test_an_undone_import_can_be_imported_again(
    collection: Collection, tmp_path: Path
) -> None:
    collection.store().undo(None, collection.moment())
    assert collection.reader.cards.decks() == []

    again = collection.importing.import_files([tmp_path / "metrics"])

    assert again.counts.returned + again.counts.added == 4
    assert collection.reader.cards.decks()[0].notes == 4


def test_a_dry_run_previews_the_import_and_changes_nothing(
    collection: Collection, tmp_path: Path
) -> None:
    path = tiny(tmp_path, WITHOUT_SECOND)

    result = collection.importing.import_files([path], dry_run=True)

    assert counts(result) == {"unchanged": 3, "retired": 1}
    assert result.operation_id is None
    assert not collection.reader.cards.find("m-2").retired


FAULTY = deck(
    """
    deck: drift/faulty
    title: Faulty
    notes:
      - {id: f-1, front: What moves in covariate shift?, back: P(x)}
      - {id: f-2, front: What moves in label shift?}
      - {id: m-1, front: Whose id is this already?, back: That of another deck.}
    """
)


def test_good_notes_of_a_faulty_file_are_imported_and_problems_reported(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(tmp_path / "drift" / "faulty.yaml", FAULTY)

    result = collection.importing.import_files([path])

    assert counts(result) == {"added": 1}
    assert {problem.rule for problem in result.problems} == {
        "missing-field",
        "duplicate-id",
    }
    assert collection.reader.cards.find("f-1").deck == "drift/faulty"
    assert collection.reader.cards.find("m-1").deck == "metrics/tiny"


def test_a_faulty_file_is_read_again_and_retires_nothing(
    collection: Collection, tmp_path: Path
) -> None:
    broken = tiny(tmp_path, (b"back: TP / (TP + FN)", b"bakc: TP / (TP + FN)"))

    for _ in range(2):
        result = collection.importing.import_files([broken])
        assert result.has_errors
        assert result.counts.retired == 0
    assert not collection.reader.cards.find("m-2").retired


def test_a_strict_import_of_a_faulty_file_imports_nothing(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(tmp_path / "drift" / "faulty.yaml", FAULTY)

    result = collection.importing.import_files([path], strict=True)

    assert result.refused
    with pytest.raises(NothingFoundError):
        collection.reader.cards.find("f-1")


def test_a_file_can_be_imported_under_another_key(
    collection: Collection, tmp_path: Path
) -> None:
    text = FOUR_NOTES.replace(b"id: m-", b"id: n-")
    path = write(tmp_path / "metrics" / "mine.yaml", text)

    collection.importing.import_files([path], into="mine/metrics")

    assert collection.reader.cards.find("n-1").deck == "mine/metrics"
    with pytest.raises(UsageError, match="not a deck key"):
        collection.importing.import_files([path], into="Not A Key")


def test_a_directory_without_decks_is_an_error(
    collection: Collection, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    with pytest.raises(NothingFoundError, match=r"No file to import .* is in"):
        collection.importing.import_files([empty])


def test_the_first_start_imports_the_shipped_decks(
    open_collection: OpenCollection,
) -> None:
    fresh = open_collection()

    result = fresh.first_start()

    assert result is not None
    assert not result.problems
    assert {row.key for row in fresh.reader.cards.decks()} >= {
        "metrics/classification",
        "drift/types",
        "scaling/systems",
        "ethics/fairness",
    }
    assert open_collection().first_start() is None


def test_an_import_in_another_window_while_files_are_read_is_noticed(
    collection: Collection, open_collection: OpenCollection, tmp_path: Path
) -> None:
    path = tmp_path / "other.yaml"
    path.write_text("deck: o\ntitle: O\nnotes:\n  - {id: o-1, front: x, back: y}\n")
    there = open_collection()

    def meanwhile(what: str, done: int, total: int) -> None:
        if there.reader.content.unknown_keys(["o-1"]):
            there.importing.import_files([path])

    preview = collection.importing.preview([tmp_path], progress=meanwhile)

    with pytest.raises(FlashcardsError, match="changed in another window"):
        collection.importing.apply(preview)
