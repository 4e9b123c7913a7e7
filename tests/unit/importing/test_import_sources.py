"""Ids of other programs count within their source: no import changes notes of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashcards.collection.collection import Collection
from flashcards.domain.cards import Rating
from flashcards.domain.faces import answer_text, question_text
from flashcards.domain.note_json import note_from_json
from flashcards.importing.preview.import_preview import ImportOptions
from tests.unit.formats.anki.anki_building import Package

ELEMENTS = {
    "elements.csv": "id,question,answer\n1,Which element is H?,Hydrogen\n2,Which element is He?,Helium\n",
    "elements.tsv": "uuid\tfront\tback\n1\tWhich element is H?\tHydrogen\n2\tWhich element is He?\tHelium\n",
    "elements.txt": "#separator:tab\n#guid column:1\n1\tWhich element is H?\tHydrogen\n2\tWhich element is He?\tHelium\n",
    "elements.gift": "// [id:1]\nWhich element is H? {=Hydrogen}\n\n// [id:2]\nWhich element is He? {=Helium}\n",
    "elements.json": '{"format": "flashcards", "version": 1, "decks": [{"deck": "elements", "title": "Elements", "notes": ['
    '{"id": "1", "kind": "basic", "front": "Which element is H?", "back": "Hydrogen"},'
    '{"id": "2", "kind": "basic", "front": "Which element is He?", "back": "Helium"}]}]}',
}
CAPITALS = {
    name.replace("elements", "capitals"): text.replace("elements", "capitals")
    .replace("Elements", "Capitals")
    .replace("Which element is He?", "Which capital has Italy?")
    .replace("Which element is H?", "Which capital has France?")
    .replace("Hydrogen", "Paris")
    .replace("Helium", "Rome")
    for name, text in ELEMENTS.items()
}
OWN = """\
deck: own
title: Own
notes:
  - {id: "1", front: What is recall?, back: TP / (TP + FN)}
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def package(
    path: Path, guid: str, deck: str, front: str, back: str, **values: int
) -> Path:
    made = Package(decks={1: "Default", 10: deck})
    made.card(made.note(front, back, guid=guid, changed=values.get("changed", 0)))
    return made.write(path)


def answers_by_question(collection: Collection, deck: str) -> dict[str, str]:
    """Return the answers of a deck by their questions."""
    (known,) = (each for each in collection.reader.content.decks() if each.key == deck)
    contents = collection.reader.content.contents_of_deck(known.deck_id)
    notes = [note_from_json(content) for _, content in contents]
    return {question_text(note): answer_text(note) for note in notes}


def learn_all(collection: Collection) -> None:
    session = collection.sessions.start_review()
    while session.current is not None:
        session.reveal()
        session.rate(Rating.EASY)


def reps(collection: Collection, deck: str) -> int:
    day = collection.moment().day
    rows = collection.reader.search.find(f"deck:{deck}", limit=100, day=day)
    return sum(collection.reader.cards.find(row.card).memory.reps for row in rows)


@pytest.mark.parametrize("second", sorted(CAPITALS))
@pytest.mark.parametrize("first", sorted(ELEMENTS))
def test_the_same_ids_in_two_files_are_different_notes(
    collection: Collection, tmp_path: Path, first: str, second: str
) -> None:
    collection.importing.import_files([write(tmp_path / first, ELEMENTS[first])])
    before = answers_by_question(collection, "elements")
    learn_all(collection)
    path = write(tmp_path / second, CAPITALS[second])

    result = collection.importing.import_files([path])

    assert (result.counts.added, result.counts.changed) == (2, 0)
    assert answers_by_question(collection, "elements") == before
    assert answers_by_question(collection, "capitals") == {
        "Which capital has France?": "Paris",
        "Which capital has Italy?": "Rome",
    }
    assert (reps(collection, "elements"), reps(collection, "capitals")) == (2, 0)
    (problem,) = result.problems
    assert problem.rule == "id-used-elsewhere"
    assert "`1`, `2`" in problem.message


def logseq_page(path: Path, own: str, question: str, answer: str) -> Path:
    return write(path, f"- {question} #card\n  id:: {own}\n  - {answer}\n")


def test_ids_that_people_give_logseq_blocks_count_within_their_page(
    collection: Collection, tmp_path: Path
) -> None:
    first = logseq_page(tmp_path / "serving.md", "q1", "What is a canary?", "A release")
    second = logseq_page(tmp_path / "search.md", "q1", "What is NDCG?", "A metric")
    collection.importing.import_files([first])

    result = collection.importing.import_files([second])

    assert (result.counts.added, result.counts.changed) == (1, 0)
    assert answers_by_question(collection, "serving") == {
        "What is a canary?": "A release"
    }
    assert answers_by_question(collection, "search") == {"What is NDCG?": "A metric"}
    logseq_page(second, "q1", "What is NDCG?", "A metric of ranked lists")
    again = collection.importing.import_files([second])
    assert (again.counts.added, again.counts.changed) == (0, 1)
    assert answers_by_question(collection, "serving") == {
        "What is a canary?": "A release"
    }


def test_a_logseq_block_with_a_generated_id_keeps_its_note_on_another_page(
    collection: Collection, tmp_path: Path
) -> None:
    own = "64F0c1b2-0000-4000-8000-00000000000a"
    logseq_page(tmp_path / "a.md", own, "What is a canary?", "A release")
    logseq_page(tmp_path / "b.md", "q1", "What is NDCG?", "A metric")
    collection.importing.import_files([tmp_path])
    logseq_page(tmp_path / "a.md", "q1", "What is recall?", "A share")
    logseq_page(tmp_path / "b.md", own, "What is shadow traffic?", "A mirror")

    result = collection.importing.import_files([tmp_path])

    assert result.counts.moved == 1
    assert answers_by_question(collection, "b")["What is shadow traffic?"] == "A mirror"


def test_a_note_with_a_scoped_id_keeps_its_history(
    collection: Collection, tmp_path: Path
) -> None:
    collection.importing.import_files(
        [write(tmp_path / "elements.csv", ELEMENTS["elements.csv"])]
    )
    path = write(tmp_path / "capitals.csv", CAPITALS["capitals.csv"])
    collection.importing.import_files([path])
    learn_all(collection)
    assert collection.importing.import_files([path]).operation_id is None
    write(path, path.read_text().replace("Paris", "Paris on the Seine"))

    result = collection.importing.import_files([path])

    assert (result.counts.changed, result.counts.added) == (1, 0)
    assert not result.problems
    assert reps(collection, "capitals") == 2
    assert (
        answers_by_question(collection, "elements")["Which element is H?"] == "Hydrogen"
    )


@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_same_ids_in_two_files_of_one_import_are_different_notes(
    collection: Collection, tmp_path: Path, *, is_reversed: bool
) -> None:
    paths = [
        write(tmp_path / name, text)
        for name, text in (
            ("elements.csv", ELEMENTS["elements.csv"]),
            ("capitals.csv", CAPITALS["capitals.csv"]),
        )
    ]
    if is_reversed:
        paths.reverse()

    result = collection.importing.import_files(paths)

    assert result.counts.added == 4
    assert set(collection.reader.cards.find("1").content.split('"')) > {"Paris"}
    assert len(answers_by_question(collection, "elements")) == 2
    assert collection.importing.import_files(paths).operation_id is None


def test_the_same_id_in_two_decks_of_one_file_is_two_notes(
    collection: Collection, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "all.csv",
        "deck,id,question,answer\nElements,1,Which element is H?,Hydrogen\n"
        "Capitals,1,Which capital has France?,Paris\n",
    )
    assert collection.importing.import_files([path]).counts.added == 2
    assert answers_by_question(collection, "elements") == {
        "Which element is H?": "Hydrogen"
    }
    assert answers_by_question(collection, "capitals") == {
        "Which capital has France?": "Paris"
    }
    assert collection.importing.import_files([path]).operation_id is None


def test_a_table_takes_no_note_from_a_deck_file(
    collection: Collection, tmp_path: Path
) -> None:
    own = write(tmp_path / "own.yaml", OWN)
    table = write(tmp_path / "elements.csv", ELEMENTS["elements.csv"])
    collection.importing.import_files([own])
    assert collection.importing.import_files([table]).counts.added == 2
    assert answers_by_question(collection, "own") == {
        "What is recall?": "TP / (TP + FN)"
    }


def test_a_deck_file_takes_no_note_from_a_table(
    collection: Collection, tmp_path: Path
) -> None:
    collection.importing.import_files(
        [write(tmp_path / "elements.csv", ELEMENTS["elements.csv"])]
    )

    (problem,) = collection.importing.import_files(
        [write(tmp_path / "own.yaml", OWN)]
    ).problems

    assert (problem.rule, problem.severity) == ("duplicate-id", "error")
    assert (
        answers_by_question(collection, "elements")["Which element is H?"] == "Hydrogen"
    )


def test_a_deck_file_keeps_its_ids_in_an_import_with_a_table(
    collection: Collection, tmp_path: Path
) -> None:
    own = write(tmp_path / "own.yaml", OWN)
    table = write(tmp_path / "elements.csv", ELEMENTS["elements.csv"])

    result = collection.importing.import_files([table, own])

    assert (result.counts.added, result.has_errors) == (3, False)
    assert answers_by_question(collection, "own") == {
        "What is recall?": "TP / (TP + FN)"
    }


def test_a_note_worded_the_same_is_one_note_in_both_files(
    collection: Collection, tmp_path: Path
) -> None:
    collection.importing.import_files(
        [write(tmp_path / "elements.csv", ELEMENTS["elements.csv"])]
    )
    copy = write(tmp_path / "copy.csv", ELEMENTS["elements.csv"])

    result = collection.importing.import_files([copy])

    assert (result.counts.added, result.counts.unchanged) == (0, 2)
    assert not result.problems


def test_a_random_anki_guid_is_one_note_in_any_deck(
    collection: Collection, tmp_path: Path
) -> None:
    first = package(
        tmp_path / "v1.apkg", "Dy|9&k!xab", "Caches", "What does TTL say?", "Time"
    )
    collection.importing.import_files([first])
    second = package(
        tmp_path / "v2.apkg",
        "Dy|9&k!xab",
        "Caching",
        "Why is a cache stale?",
        "It is old",
    )

    result = collection.importing.import_files([second])

    assert (result.counts.changed, result.counts.added) == (1, 0)
    assert answers_by_question(collection, "caches") == {
        "Why is a cache stale?": "It is old"
    }


def test_a_guid_that_people_wrote_counts_within_its_deck(
    collection: Collection, tmp_path: Path
) -> None:
    first = package(
        tmp_path / "a.apkg", "card-1", "Caches", "What does TTL say?", "Time"
    )
    second = package(
        tmp_path / "b.apkg",
        "card-1",
        "Queues",
        "What is a poison message?",
        "One that fails",
    )
    collection.importing.import_files([first])

    result = collection.importing.import_files([second])

    assert (result.counts.changed, result.counts.added) == (0, 1)
    assert answers_by_question(collection, "caches") == {"What does TTL say?": "Time"}
    assert collection.importing.import_files([first, second]).operation_id is None


def test_block_ids_of_two_notes_of_one_file_name_are_different(
    collection: Collection, tmp_path: Path
) -> None:
    one = write(tmp_path / "a" / "Basics.md", "What does a cache save?::A trip ^q1\n")
    two = write(
        tmp_path / "b" / "Basics.md", "What is a queue for?::Bursts of work ^q1\n"
    )
    collection.importing.import_files([one])

    assert collection.importing.import_files([two]).counts.added == 1
    assert answers_by_question(collection, "basics") == {
        "What does a cache save?": "A trip"
    }
    assert collection.importing.import_files([two, one]).operation_id is None


def test_histories_links_and_marks_follow_the_note(
    collection: Collection, tmp_path: Path
) -> None:
    first = package(
        tmp_path / "a.apkg", "card-1", "Caches", "What does TTL say?", "Time"
    )
    collection.importing.import_files([first])
    made = Package(decks={1: "Default", 10: "Queues"})
    note = made.note(
        "What is a poison message?", "One that fails", guid="card-1", tags="marked"
    )
    card = made.card(note, type=2, queue=2, ivl=10, due=30, reps=1)
    made.review(card, 20, ivl=10)

    collection.importing.import_files([made.write(tmp_path / "b.apkg")])

    day = collection.moment().day
    (row,) = collection.reader.search.find("deck:queues is:marked", limit=9, day=day)
    assert collection.reader.cards.find(row.card).memory.reps == 1
    (other,) = collection.reader.search.find("deck:caches", limit=9, day=day)
    assert collection.reader.cards.find(other.card).memory.reps == 0


def test_files_that_are_put_into_one_deck_keep_separate_notes(
    collection: Collection, tmp_path: Path
) -> None:
    answers = ("Hydrogen", "Paris", "Mozart")
    paths = [
        write(
            tmp_path / f"{answer}.csv",
            f"id,question,answer\n1,Whose name is {answer}?,{answer}\n",
        )
        for answer in answers
    ]
    for path in paths:
        preview = collection.importing.preview([path], ImportOptions(into="mine"))
        assert collection.importing.apply(preview).counts.added == 1

    assert set(answers_by_question(collection, "mine").values()) == set(answers)
    for path in paths:
        preview = collection.importing.preview([path], ImportOptions(into="mine"))
        counts = collection.importing.apply(preview).counts
        assert (counts.added, counts.changed) == (0, 0)
