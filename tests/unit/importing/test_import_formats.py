"""Files of other programs: notes match by their wording, and histories are imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating, State
from flashcards.errors import UsageError
from flashcards.importing.preview.changed_decks import ChangeKind
from flashcards.importing.preview.import_preview import ImportOptions, RewordedPolicy
from flashcards.store.rows import SearchRow
from tests.conftest import FOUR_NOTES
from tests.helpers import FixedClock

TODAY = FixedClock().moment().day
HASHCARDS = """\
Q: Which metric is the share of true alarms?
A: Precision, TP / (TP + FP)

Q: Which metric is the share of what was found?
A: Recall, TP / (TP + FN)
"""
OBSIDIAN = """\
#flashcards/drift

What moves in covariate shift?::P(x) <!--SR:!2026-03-20,12,250-->
What moves in label shift?::P(y)
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def edit(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    return write(path, text.replace(old, new))


def find_cards(collection: Collection, words: str) -> list[SearchRow]:
    day = collection.moment().day
    return collection.reader.search.find(words, limit=100, day=day)


def learn(collection: Collection, words: str) -> str:
    """Recall the card that has some words; return its key."""
    session = collection.sessions.start_review()
    while session.current is not None:
        key = session.current.row.key
        is_wanted = words in session.current.row.content
        session.reveal()
        session.rate(Rating.EASY)
        if is_wanted:
            return key
    raise AssertionError(words)


def test_an_edited_note_without_an_id_keeps_its_history(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(tmp_path / "shares.md", HASHCARDS)
    assert collection.importing.import_files([path]).counts.added == 2
    key = learn(collection, "share of true alarms")

    edit(path, "share of true alarms", "share of alarms that were true")
    result = collection.importing.import_files([path])

    assert (result.counts.changed, result.counts.added) == (1, 0)
    card = collection.reader.cards.find(key)
    assert "share of alarms that were true" in card.content
    assert card.memory.reps == 1
    assert collection.importing.import_files([path]).operation_id is None
    edit(
        path,
        "Q: Which metric is the share of what",
        "\nQ: Which metric is the share of what",
    )
    assert collection.importing.import_files([path]).counts.changed == 0


def test_a_schedule_is_imported_with_the_notes_once(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(tmp_path / "drift.md", OBSIDIAN)
    collection.importing.import_files([path])

    (key,) = (row.card for row in find_cards(collection, "covariate"))
    memory = collection.reader.cards.find(key).memory
    assert memory.state is State.REVIEW
    assert memory.stability == 12
    assert collection.importing.import_files([path]).operation_id is None


def test_an_import_with_a_schedule_is_undone_in_one_step(
    collection: Collection, tmp_path: Path
) -> None:
    before = len(collection.reader.log.operations(100))
    collection.importing.import_files([write(tmp_path / "drift.md", OBSIDIAN)])
    assert len(collection.reader.log.operations(100)) == before + 1

    collection.store().undo(None, collection.moment())
    assert not find_cards(collection, "covariate")
    collection.store().redo(None, collection.moment())
    (row,) = find_cards(collection, "covariate")
    assert collection.reader.cards.find(row.card).memory.stability == 12


def test_files_that_share_a_deck_join_their_notes(
    collection: Collection, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    write(vault / "one.md", "#flashcards/shared\n\nFirst question?::First answer\n")
    write(vault / "two.md", "#flashcards/shared\n\nSecond question?::Second answer\n")

    result = collection.importing.import_files([vault])

    assert not result.problems
    assert [file.counts.added for file in result.files] == [1, 1]
    assert len({row.deck for row in find_cards(collection, "question")}) == 1
    assert collection.importing.import_files([vault]).operation_id is None
    edit(vault / "one.md", "First answer", "Another answer")
    again = collection.importing.import_files([vault])
    assert (again.counts.changed, again.counts.retired) == (1, 0)
    assert not again.problems


def test_only_files_that_look_like_decks_are_imported_from_a_directory(
    collection: Collection, tmp_path: Path
) -> None:
    directory = tmp_path / "mixed"
    write(directory / "README.md", "# A project\n\nWords that ask nothing.\n")
    write(directory / "shares.md", HASHCARDS)
    write(
        directory / "tiny.yaml",
        FOUR_NOTES.decode().replace("m-", "x-").replace("metrics/tiny", "x"),
    )

    result = collection.importing.import_files([directory])

    assert [Path(file.path).name for file in result.files] == ["shares.md", "tiny.yaml"]


def test_skipped_tables_and_packages_of_a_directory_are_reported(
    collection: Collection, tmp_path: Path
) -> None:
    directory = tmp_path / "mixed"
    write(directory / "shares.md", HASHCARDS)
    write(directory / "broken.apkg", "no package")
    table = write(directory / "figures.csv", "Month,Sales\nMay,12\n")

    result = collection.importing.import_files([directory])

    assert {
        (Path(reported.path).name, reported.rule) for reported in result.problems
    } == {
        ("broken.apkg", "anki-not-a-package"),
        ("figures.csv", "passed-over"),
    }
    assert not any(
        problem.rule == "passed-over"
        for problem in collection.importing.import_files(
            [directory / "shares.md"]
        ).problems
    )
    assert collection.importing.import_files([table]).counts.added == 2
    (problem,) = collection.importing.import_files([directory]).problems
    assert problem.rule == "anki-not-a-package"


def test_the_key_given_with_into_is_remembered_for_the_file(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(tmp_path / "shares.md", HASHCARDS)
    collection.importing.import_files([path], into="mine/shares")
    edit(path, "true alarms", "real alarms")

    result = collection.importing.import_files([path])

    assert result.counts.changed == 1
    assert {row.deck for row in find_cards(collection, "share of")} == {"mine/shares"}
    with pytest.raises(UsageError, match="`--into` takes one file"):
        collection.importing.import_files(
            [path, write(tmp_path / "b.md", HASHCARDS)], into="mine"
        )


@pytest.mark.parametrize(
    ("policy", "state", "stability"),
    [
        (RewordedPolicy.KEEP, State.REVIEW, 1.0),
        (RewordedPolicy.SOFTEN, State.REVIEW, 0.5),
        (RewordedPolicy.RESET, State.NEW, 0.0),
    ],
)
def test_the_history_of_a_reworded_note_is_kept_softened_or_reset(
    collection: Collection,
    tmp_path: Path,
    clock: FixedClock,
    policy: RewordedPolicy,
    state: State,
    stability: float,
) -> None:
    key = learn(collection, "What is recall?")
    before = collection.reader.cards.find(key).memory
    clock.forward(days=1)
    path = edit(
        tmp_path / "metrics" / "tiny.yaml",
        "What is recall?, back: TP / (TP + FN)",
        "Who wrote the first paper on drift?, back: Nobody knows",
    )

    preview = collection.importing.preview([path], ImportOptions(lists_changes=True))
    assert [note.change for deck in preview.decks for note in deck.notes] == [
        ChangeKind.REWORDED
    ]
    result = collection.importing.apply(preview, reworded=policy)

    memory = collection.reader.cards.find(key).memory
    assert memory.state is state
    assert memory.stability == (
        pytest.approx((before.stability or 0) * stability) if stability else None
    )
    assert result.operation_id is not None
    collection.store().undo(None, collection.moment())
    assert collection.reader.cards.find(key).memory == before


TABLE = "front,back\n" + "".join(
    f"Which drift has number {n} in the list of {word}?,The one that {word} calls {n}\n"
    for n, word in enumerate(("shift", "label", "concept", "prior"))
)


def test_an_edited_table_keeps_the_histories_of_its_rows(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(tmp_path / "drift.csv", TABLE)
    collection.importing.import_files([path])
    key = learn(collection, "list of concept")

    edit(path, "The one that concept calls 2", "What concept calls number 2")
    edit(
        path,
        "Which drift has number 0 in the list of shift?",
        "Which drift is number 0 in lists of shifts?",
    )
    result = collection.importing.import_files([path])

    assert (result.counts.changed, result.counts.added) == (2, 0)
    assert (result.counts.unchanged, result.counts.retired) == (2, 0)
    assert collection.reader.cards.find(key).memory.reps == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "shares.csv",
            "Question,Answer\nWhat is true alarms?,TP\nWhat was found?,FN\n",
        ),
        ("shares.md", HASHCARDS),
    ],
)
def test_a_renamed_file_without_ids_keeps_its_deck(
    collection: Collection, tmp_path: Path, name: str, text: str
) -> None:
    path = write(tmp_path / name, text)
    collection.importing.import_files([path])
    key = learn(collection, "true alarms")

    path = path.rename(tmp_path / f"ratios{path.suffix}")
    edit(path, "true alarms", "real alarms")
    result = collection.importing.import_files([path])

    assert (result.counts.changed, result.counts.added) == (1, 0)
    card = collection.reader.cards.find(key)
    assert card.memory.reps == 1
    assert find_cards(collection, "deck:shares real alarms")
    edit(path, "real alarms", "right alarms")
    again = collection.importing.import_files([path])
    assert (again.counts.changed, again.counts.retired) == (1, 0)
    assert [file.decks for file in again.files] == [("shares",)]


def test_a_file_is_the_same_by_every_path_to_it(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(tmp_path / "tables" / "drift.csv", TABLE)
    around = tmp_path / "tables" / ".." / "tables" / "drift.csv"
    collection.importing.import_files([around], into="my/drift")

    edit(path, "The one that concept calls 2", "What concept calls number 2")
    result = collection.importing.import_files([path])

    assert (result.counts.changed, result.counts.added) == (1, 0)
    assert [file.decks for file in result.files] == [("my/drift",)]
    assert ".." not in collection.reader.log.operations(1)[0].label


def test_a_file_does_not_take_over_a_deck_whose_file_still_exists(
    collection: Collection, tmp_path: Path
) -> None:
    table = "Question,Answer\nWhat is it?,A thing\n"
    collection.importing.import_files([write(tmp_path / "one.csv", table)])

    result = collection.importing.import_files([write(tmp_path / "two.csv", table)])

    assert result.counts.added == 1
    (tmp_path / "one.csv").unlink()
    other = "Question,Answer\nWhat else?,Another\n"
    (report,) = collection.importing.import_files(
        [write(tmp_path / "three.csv", other)]
    ).files
    assert report.decks == ("three",)


def test_a_table_adds_notes_to_the_deck_of_a_file_but_changes_none(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "own.csv",
        "front,back\nWhat is recall?,TP / (TP + FN)\nWhat is mine?,This.\n",
    )

    result = collection.importing.import_files([path], into="metrics/tiny")

    assert (result.counts.added, result.counts.unchanged) == (1, 1)
    deck_file = edit(
        tmp_path / "metrics" / "tiny.yaml", "What is recall?", "And recall?"
    )
    again = collection.importing.import_files([deck_file])
    assert (again.counts.changed, again.counts.retired) == (1, 0)
    assert [row.deck for row in find_cards(collection, '"what is mine?"')] == [
        "metrics/tiny"
    ]


def test_decks_of_a_package_are_put_below_the_given_key(
    collection: Collection, tmp_path: Path
) -> None:
    collection.importing.import_files([write(tmp_path / "shares.md", HASHCARDS)])
    package = tmp_path / "all.apkg"
    with package.open("wb") as file:
        bundle = collection.exporting.bundle(
            collection.reader.cards.deck_keys().values()
        )
        collection.exporting.write(bundle, file, package)
    collection.store().undo(None, collection.moment())
    collection.store().undo(None, collection.moment())

    collection.importing.import_files([package], into="from/anki")

    assert set(collection.reader.cards.deck_keys().values()) == {
        "from/anki/metrics/tiny",
        "from/anki/shares",
    }
    assert collection.importing.import_files([package]).operation_id is None


def test_several_packages_are_imported_in_one_operation(
    collection: Collection, tmp_path: Path
) -> None:
    paths = []
    for key in ("metrics/tiny", "shares"):
        collection.importing.import_files([write(tmp_path / "shares.md", HASHCARDS)])
        paths.append(tmp_path / f"{key.replace('/', '-')}.apkg")
        with paths[-1].open("wb") as file:
            collection.exporting.write(
                collection.exporting.bundle([key]), file, paths[-1]
            )
    while collection.store().undo(None, collection.moment()):
        pass
    assert collection.reader.cards.decks() == []

    result = collection.importing.import_files(paths)

    assert [len(file.decks) for file in result.files] == [1, 1]
    assert result.counts.added + result.counts.returned == 6
    collection.store().undo(None, collection.moment())
    assert collection.reader.cards.decks() == []
