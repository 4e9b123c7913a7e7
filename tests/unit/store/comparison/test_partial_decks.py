"""Files with only part of a deck add and change notes, but retire none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from flashcards.domain.content import DeckContent, Note
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.comparison.import_changes import (
    AppliedImport,
    ImportChanges,
    ImportCounts,
)
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import MOMENT, basic, deck, sync

FILE = "/decks/a/b.yaml"
TABLE = "/tables/b.csv"
MASTER = deck("a/b", basic("n1", line=4), basic("n2", line=5), path=FILE)


def partial(key: str, *notes: Note, path: str = TABLE) -> DeckContent:
    return deck(key, *notes, path=path, is_partial=True)


def compare(
    reader: Reader, *decks: DeckContent, complete: Collection[str] = ()
) -> ImportChanges:
    return compare_bundle(reader.content.stored_state(decks), decks, complete=complete)


def import_decks(
    store: Store, *decks: DeckContent, complete: Collection[str] = ()
) -> AppliedImport:
    with Reader(store.path) as reader:
        return store.apply(compare(reader, *decks, complete=complete), MOMENT)


def deck_of(reader: Reader, key: str) -> str:
    return reader.cards.find(key).deck


def test_a_partial_deck_retires_no_note(store: Store, reader: Reader) -> None:
    import_decks(store, partial("mine", basic("n1"), basic("n2")))
    report = import_decks(store, partial("mine", basic("n2"), basic("n3")))
    assert report.counts == ImportCounts(added=1, unchanged=1, new_cards=1)
    assert not reader.cards.find("n1").retired


def test_importing_a_second_file_of_a_deck_again_changes_nothing(
    store: Store, reader: Reader
) -> None:
    one = partial("mine", basic("n1"), path="/one.csv")
    two = partial("mine", basic("n2"), path="/two.csv")
    import_decks(store, one)
    import_decks(store, two)
    for again in (one, two, one):
        assert import_decks(store, again).operation_id is None
    assert {row.path for row in reader.content.decks()} == {"/two.csv"}


def test_a_note_the_learner_moved_is_updated_where_it_is(
    store: Store, reader: Reader
) -> None:
    import_decks(store, partial("mine", basic("n1"), basic("n2")))
    sync(store, deck("other", basic("n1")), deck("mine", basic("n2"), path=TABLE))
    reworded = basic("n1", front="What is n1 really?")

    report = import_decks(store, partial("mine", reworded, basic("n2")))

    assert report.counts == ImportCounts(changed=1, unchanged=1)
    assert deck_of(reader, "n1") == "other"
    assert "What is n1 really?" in reader.cards.find("n1").content
    assert (
        import_decks(store, partial("mine", reworded, basic("n2"))).operation_id is None
    )


def test_a_note_that_moved_between_decks_of_a_file_moves_in_the_store(
    store: Store, reader: Reader
) -> None:
    import_decks(store, partial("x", basic("n1")), partial("y", basic("n2")))
    report = import_decks(store, partial("x"), partial("y", basic("n1"), basic("n2")))
    assert report.counts == ImportCounts(moved=1, unchanged=1)
    assert deck_of(reader, "n1") == "y"


def test_notes_of_a_deck_file_are_not_changed_by_other_files(
    store: Store, reader: Reader
) -> None:
    sync(store, MASTER)
    foreign = partial("a/b", basic("n1", back="Otherwise."), basic("n2"))

    found = compare(reader, foreign, complete=["a/b"])

    assert found.is_empty
    assert found.counts == ImportCounts(unchanged=2)
    (problem,) = found.problems
    assert (problem.severity, problem.rule) == ("warning", "kept-by-deck-file")
    assert problem.message == (
        f"1 note stays as in {FILE}, the file of the deck. Make changes there."
    )


def test_notes_added_to_the_deck_of_a_file_survive_its_next_import(
    store: Store, reader: Reader
) -> None:
    sync(store, MASTER)
    report = import_decks(store, partial("a/b", basic("own", line=7)), complete=["a/b"])
    assert report.counts.added == 1
    assert [row.path for row in reader.content.decks()] == [FILE]

    shorter = replace(MASTER, notes=MASTER.notes[:1], digest="shorter")
    assert import_decks(store, shorter, complete=["a/b"]).counts.retired == 1
    assert not reader.cards.find("own").retired
    assert reader.cards.find("n2").retired

    changed = partial("a/b", basic("own", back="Mine."))
    assert import_decks(store, changed, complete=["a/b"]).counts.changed == 1


def test_a_package_moves_no_note_out_of_its_deck_file(
    store: Store, reader: Reader
) -> None:
    sync(store, MASTER)
    found = compare(
        reader, partial("a/b", basic("n2")), partial("c", basic("n1")), complete=["a/b"]
    )
    assert found.counts == ImportCounts(unchanged=2)
    assert [planned.key for planned in found.decks] == ["a/b"]
