"""A deck named after its file belongs to that file as long as the file exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.note_json import note_from_json
from tests.unit.importing.test_import_sources import (
    answers_by_question,
    learn_all,
    reps,
    write,
)

FIRST = "id,question,answer\n1,What is bias?,systematic error\n2,What is sharding?,splitting data over nodes\n"
FIRST_WORDS = {
    "What is bias?": "systematic error",
    "What is sharding?": "splitting data over nodes",
}
SECOND = {
    ".csv": "id,question,answer\n1,What is bias?,the constant term of a linear model\n"
    "2,What is a canary release?,a release to a few users first\n",
    ".tsv": "id\tquestion\tanswer\n1\tWhat is bias?\tthe constant term of a linear model\n"
    "2\tWhat is a canary release?\ta release to a few users first\n",
    ".txt": "#separator:tab\n#guid column:1\n"
    "1\tWhat is bias?\tthe constant term of a linear model\n"
    "2\tWhat is a canary release?\ta release to a few users first\n",
    ".gift": "// [id:1]\nWhat is bias? {=the constant term of a linear model}\n\n"
    "// [id:2]\nWhat is a canary release? {=a release to a few users first}\n",
}
SECOND_WORDS = {
    "What is bias?": "the constant term of a linear model",
    "What is a canary release?": "a release to a few users first",
}
WITHOUT_IDS = {
    ".gift": (
        "What is bias? {=systematic error}\n\nWhat is drift? {=a change of data}\n",
        "What is bias? {=the constant term}\n\nWhat is a canary? {=a small release}\n",
    ),
    ".txt": (
        "What is bias?\tsystematic error\nWhat is drift?\ta change of data\n",
        "What is bias?\tthe constant term\nWhat is a canary?\ta small release\n",
    ),
    ".csv": (
        "question,answer\nWhat is bias?,systematic error\nWhat is drift?,a change of data\n",
        "question,answer\nWhat is bias?,the constant term\nWhat is a canary?,a small release\n",
    ),
    ".md": (
        "Q: What is bias?\nA: systematic error\n\nQ: What is drift?\nA: a change of data\n",
        "Q: What is bias?\nA: the constant term\n\nQ: What is a canary?\nA: a small release\n",
    ),
}
NAMED = {
    "named.gift": "$CATEGORY: sys\n\n// [id:1]\nWhat is recall? {=a share of what was there}\n",
    "named.csv": "deck,id,question,answer\nsys,1,What is recall?,a share of what was there\n",
    "named.txt": "#separator:tab\n#guid column:1\n#deck column:2\n1\tsys\tWhat is recall?\ta share of what was there\n",
    "tagged.md": "#flashcards/sys\n\nWhat is bias?::the constant term\n",
    "header.md": '---\ndeck = "sys"\n---\n\nQ: What is bias?\nA: the constant term\n',
}


def keys(collection: Collection) -> set[str]:
    return {deck.key for deck in collection.reader.cards.decks()} - {"metrics/tiny"}


@pytest.mark.parametrize("suffix", sorted(SECOND))
def test_a_second_file_with_the_same_stem_is_another_deck(
    collection: Collection, tmp_path: Path, suffix: str
) -> None:
    one = write(tmp_path / "x" / "quiz.csv", FIRST)
    two = write(tmp_path / "y" / f"quiz{suffix}", SECOND[suffix])
    collection.importing.import_files([one])
    learn_all(collection)

    result = collection.importing.import_files([two])

    assert (result.counts.added, result.counts.changed) == (2, 0)
    assert "key-taken" in {problem.rule for problem in result.problems}
    assert answers_by_question(collection, "quiz") == FIRST_WORDS
    assert answers_by_question(collection, "y/quiz") == SECOND_WORDS
    assert (reps(collection, "quiz"), reps(collection, "y/quiz")) == (2, 0)
    for again in ([one], [two], [tmp_path / "x", tmp_path / "y"]):
        assert collection.importing.import_files(again).operation_id is None


@pytest.mark.parametrize("suffix", sorted(WITHOUT_IDS))
@pytest.mark.parametrize("is_together", [False, True])
def test_the_same_question_with_another_answer_is_another_note(
    collection: Collection, tmp_path: Path, suffix: str, *, is_together: bool
) -> None:
    paths = [
        write(tmp_path / "v" / name / f"terms{suffix}", text)
        for name, text in zip("xy", WITHOUT_IDS[suffix], strict=True)
    ]
    for import_paths in (
        [[tmp_path / "v"]] if is_together else [[path] for path in paths]
    ):
        assert collection.importing.import_files(import_paths).counts.changed == 0

    assert (
        answers_by_question(collection, "terms")["What is bias?"] == "systematic error"
    )
    assert (
        answers_by_question(collection, "y/terms")["What is bias?"]
        == "the constant term"
    )
    for again in (paths[:1], paths[1:], paths, paths[::-1]):
        assert collection.importing.import_files(again).operation_id is None


def test_two_files_with_the_same_stem_in_one_directory_are_two_decks(
    collection: Collection, tmp_path: Path
) -> None:
    write(tmp_path / "v" / "x" / "quiz.csv", FIRST)
    write(tmp_path / "v" / "y" / "quiz.csv", SECOND[".csv"])

    result = collection.importing.import_files([tmp_path / "v"])

    assert [file.counts.added for file in result.files] == [2, 2]
    assert answers_by_question(collection, "quiz") == FIRST_WORDS
    assert answers_by_question(collection, "y/quiz") == SECOND_WORDS
    assert collection.importing.import_files([tmp_path / "v"]).operation_id is None


@pytest.mark.parametrize("second", ["o/can.csv", "o/can.txt"])
def test_a_second_file_removes_no_field_from_the_notes_of_the_first(
    collection: Collection, tmp_path: Path, second: str
) -> None:
    first = "question,answer,why,hint,tags\nWhat is a canary?,A small release,It is safe,Birds,ops\n"
    plain = "question,answer\nWhat is a canary?,A small release\n"
    text = plain if second.endswith(".csv") else "What is a canary?\tA small release\n"
    collection.importing.import_files([write(tmp_path / "can.csv", first)])

    collection.importing.import_files([write(tmp_path / second, text)])

    (known,) = (deck for deck in collection.reader.content.decks() if deck.key == "can")
    ((_, content),) = collection.reader.content.contents_of_deck(known.deck_id)
    note = note_from_json(content)
    assert (note.why, note.hint, note.tags) == ("It is safe", "Birds", ("ops",))


def test_a_second_file_does_not_change_a_note_that_it_has_with_fewer_fields(
    collection: Collection, tmp_path: Path
) -> None:
    first = "id,question,answer,why\n1,What is a canary?,A small release,It is safe\n"
    one = write(tmp_path / "x" / "can.csv", first)
    two = write(tmp_path / "y" / "can.csv", first.replace("It is safe", ""))
    collection.importing.import_files([one])

    assert collection.importing.import_files([two]).counts.changed == 0
    assert "It is safe" in collection.reader.cards.find("1").content
    assert collection.importing.import_files([one]).operation_id is None


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_file_that_names_a_deck_does_not_overwrite_the_deck_of_another_file(
    collection: Collection, tmp_path: Path, name: str
) -> None:
    own = write(tmp_path / "sys.csv", FIRST)
    path = write(tmp_path / name, NAMED[name])
    collection.importing.import_files([own])

    result = collection.importing.import_files([path])

    assert (result.counts.added, result.counts.changed) == (1, 0)
    assert "key-taken" in {problem.rule for problem in result.problems}
    assert answers_by_question(collection, "sys") == FIRST_WORDS
    assert len(keys(collection)) == 2
    for again in ([own], [path], [own, path], [path, own]):
        assert collection.importing.import_files(again).operation_id is None
        assert len(keys(collection)) == 2


def test_files_that_name_the_same_deck_share_it_even_if_its_key_is_taken(
    collection: Collection, tmp_path: Path
) -> None:
    collection.importing.import_files([write(tmp_path / "sys.csv", FIRST)])
    for name in ("named.gift", "header.md"):
        collection.importing.import_files([write(tmp_path / name, NAMED[name])])

    (key,) = keys(collection) - {"sys"}
    assert len(answers_by_question(collection, key)) == 2


def test_an_exported_table_is_imported_into_its_deck(
    collection: Collection, tmp_path: Path
) -> None:
    own = write(tmp_path / "sys.csv", FIRST)
    collection.importing.import_files([own])
    exported = tmp_path / "out.csv"
    with exported.open("wb") as file:
        collection.exporting.write(collection.exporting.bundle(["sys"]), file, exported)
    text = exported.read_text(encoding="utf-8")
    write(exported, text.replace("over nodes", "over many nodes"))

    result = collection.importing.import_files([exported])

    assert (result.counts.changed, result.counts.added) == (1, 0)
    assert keys(collection) == {"sys"}
    for again in (exported, own):
        assert collection.importing.import_files([again]).operation_id is None


def test_an_import_with_a_deck_file_gives_no_history_to_different_notes(
    collection: Collection, tmp_path: Path
) -> None:
    table = write(tmp_path / "sys.csv", FIRST)
    collection.importing.import_files([table])
    learn_all(collection)
    write(table, FIRST + "3,What is a shard?,One part\n")
    own = write(
        tmp_path / "own.yaml",
        'deck: own\ntitle: Own\nnotes:\n  - {id: "1", front: Is this mine?, back: It is}\n',
    )

    result = collection.importing.import_files([table, own])

    (problem,) = (
        reported for reported in result.problems if reported.severity == "error"
    )
    assert problem.rule == "duplicate-id"
    assert "import both" not in problem.message
    assert answers_by_question(collection, "sys")["What is bias?"] == "systematic error"
    write(own, own.read_text(encoding="utf-8").replace('"1"', "own-1"))
    assert collection.importing.import_files([own]).counts.added == 1
