"""Compare deck files with the store, and apply the changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest

from flashcards.domain.content import DeckContent, Problem, Source, SourceEntry
from flashcards.errors import FlashcardsError
from flashcards.store.comparison.compare import compare_bundle
from flashcards.store.comparison.import_changes import ImportChanges, ImportCounts
from flashcards.store.reader import Reader
from flashcards.store.store import Store
from tests.unit.store.building import DAY, MOMENT, answer, basic, cloze, deck, sync

AB = deck("a/b", basic("n1"), cloze("n2"))
OTHER = deck("other", basic("o1"))


def compare(
    reader: Reader, *decks: DeckContent, gone: Collection[str] = ()
) -> ImportChanges:
    return compare_bundle(
        reader.content.stored_state(decks, gone=gone), decks, gone=gone
    )


def digests(reader: Reader) -> dict[str, str]:
    return {
        deck.key: deck.digest for deck in reader.content.decks() if not deck.retired
    }


def keys(reader: Reader) -> list[str]:
    return [reader.cards.get(card.card_id).key for card in reader.queue.new(DAY)]


def test_a_new_deck_is_stored_with_its_notes_and_cards(
    store: Store, reader: Reader
) -> None:
    assert reader.cards.is_empty()
    report = sync(store, AB)
    assert report.counts == ImportCounts(added=2, new_cards=3)
    assert report.operation_id == 1
    assert keys(reader) == ["n1", "n2:c1", "n2:c2"]
    assert not reader.cards.is_empty()


def test_importing_twice_changes_nothing(store: Store, reader: Reader) -> None:
    sync(store, AB)
    again = sync(store, AB)
    assert again.operation_id is None
    assert again.counts == ImportCounts(unchanged=2)
    reread = sync(store, replace(AB, digest="the same notes in other bytes"))
    assert reread.counts == ImportCounts(unchanged=2)
    assert digests(reader) == {"a/b": "the same notes in other bytes"}


def test_importing_a_deck_with_problems_twice_changes_nothing(store: Store) -> None:
    faulty = replace(AB, digest="")
    sync(store, faulty)
    assert sync(store, faulty).operation_id is None


def test_a_deck_without_a_valid_note_is_not_created(
    store: Store, reader: Reader
) -> None:
    faulty = deck("a/b", digest="")
    assert sync(store, faulty).operation_id is None
    assert reader.content.decks() == []
    sync(store, AB)
    assert [deck.notes for deck in reader.cards.decks()] == [2]
    sync(store, faulty)
    assert [deck.notes for deck in reader.cards.decks()] == [2]


def test_a_file_without_a_valid_note_does_not_change_its_deck(
    store: Store, reader: Reader
) -> None:
    sync(store, replace(AB, title="Letters"))
    before = reader.content.decks()
    report = sync(store, replace(deck("a/b", digest=""), path="/elsewhere.yaml"))
    assert report.operation_id is None
    assert reader.content.decks() == before


def test_a_deck_whose_ids_are_all_taken_is_not_created(
    store: Store, reader: Reader
) -> None:
    sync(store, AB)
    report = sync(store, replace(AB, key="c", path="/c.yaml", digest="other"))
    assert report.operation_id is None
    assert [deck.key for deck in reader.content.decks()] == ["a/b"]


def test_an_unreadable_title_is_not_replaced_by_the_key(
    store: Store, reader: Reader
) -> None:
    sync(store, replace(AB, title="Letters"))
    sync(
        store, replace(deck("a/b", basic("n1", front="Other?")), title="a/b", digest="")
    )
    assert [deck.title for deck in reader.content.decks()] == ["Letters"]
    sync(store, replace(AB, title="a/b", digest="a title that is the key"))
    assert [deck.title for deck in reader.content.decks()] == ["a/b"]


def test_a_reworded_note_keeps_its_history(store: Store, reader: Reader) -> None:
    sync(store, AB)
    given = answer(reader, "n1")
    store.record(given, record_id=None, next_card_id=None, label="x")
    report = sync(
        store, deck("a/b", basic("n1", front="Anew?", tags=("t",)), cloze("n2"))
    )
    assert report.counts == ImportCounts(changed=1, unchanged=1)
    row = reader.cards.find("n1")
    assert "Anew?" in row.content
    assert row.memory == given.after
    assert [found.card for found in reader.search.find("anew tag:t", 5, DAY)] == ["n1"]
    store.undo({"import"}, MOMENT)
    assert reader.search.find("anew", 5, DAY) == []
    assert reader.cards.find("n1").memory == given.after
    store.redo({"import"}, MOMENT)
    assert len(reader.search.find("anew", 5, DAY)) == 1


def test_a_missing_note_is_retired_and_returns_with_its_history(
    store: Store, reader: Reader
) -> None:
    sync(store, AB)
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")
    known = reader.cards.find("n1").memory
    gone = sync(store, deck("a/b", cloze("n2")))
    assert gone.counts == ImportCounts(unchanged=1, retired=1, retired_cards=1)
    assert reader.cards.find("n1").retired
    assert reader.cards.of_note(1) == []
    back = sync(store, AB)
    assert back.counts == ImportCounts(unchanged=1, returned=1)
    row = reader.cards.find("n1")
    assert (row.memory, row.retired) == (known, False)


def test_a_deck_file_with_problems_retires_nothing(
    store: Store, reader: Reader
) -> None:
    sync(store, AB)
    report = sync(store, replace(deck("a/b", cloze("n2")), digest=""))
    assert report.counts == ImportCounts(unchanged=1)
    assert not reader.cards.find("n1").retired
    assert digests(reader) == {"a/b": ""}


def test_a_note_may_move_to_another_deck_of_the_same_import(
    store: Store, reader: Reader
) -> None:
    sync(store, AB)
    store.record(answer(reader, "n1"), record_id=None, next_card_id=None, label="x")
    report = sync(store, deck("a/b", cloze("n2")), deck("c", basic("n1")))
    assert report.counts == ImportCounts(unchanged=1, moved=1)
    row = reader.cards.find("n1")
    assert (row.deck, row.memory.reps) == ("c", 1)
    assert {
        counts.key: counts.review for counts in reader.queue.due_counts(DAY + 9)
    } == {
        "a/b": 0,
        "c": 1,
    }
    store.undo({"import"}, MOMENT)
    assert reader.cards.find("n1").deck == "a/b"
    assert [row.key for row in reader.cards.decks()] == ["a/b"]


def test_a_note_of_a_deck_that_is_not_imported_stays_there(
    store: Store, reader: Reader
) -> None:
    sync(store, AB)
    changes = compare(
        reader, deck("c", basic("n1", line=7), basic("n9"), path="c.yaml")
    )
    assert changes.problems == (
        Problem(
            severity="error",
            path="c.yaml",
            line=7,
            column=1,
            rule="duplicate-id",
            message="The note id `n1` is already used in the deck `a/b`. "
            "Give this note another id, or import both decks together.",
        ),
    )
    assert changes.counts == ImportCounts(added=1, new_cards=1)
    store.apply(changes, MOMENT)
    assert reader.cards.find("n1").deck == "a/b"
    # The file is read again next time, when the note may be free.
    assert digests(reader)["c"] == ""
    freed = sync(store, deck("a/b", cloze("n2")), deck("c", basic("n1"), basic("n9")))
    assert freed.counts == ImportCounts(unchanged=2, moved=1)


def test_a_note_that_two_files_have_stays_in_its_deck(
    store: Store, reader: Reader
) -> None:
    sync(store, AB)
    changes = compare(
        reader,
        deck("0", basic("n1")),
        deck("a/b", basic("n1"), cloze("n2"), basic("n3")),
    )
    assert [problem.message.split("`")[1:4:2] for problem in changes.problems] == [
        ["n1", "a/b"]
    ]
    assert changes.counts == ImportCounts(added=1, unchanged=2, new_cards=1)


def test_an_id_used_twice_in_one_file_is_stored_once(
    store: Store, reader: Reader
) -> None:
    changes = compare(reader, deck("a", basic("n1"), basic("n1", front="Other?")))
    assert len(changes.problems) == 1
    assert store.apply(changes, MOMENT).counts.added == 1


def test_a_note_may_take_the_id_of_a_retired_one(store: Store, reader: Reader) -> None:
    sync(store, AB)
    sync(store, deck("a/b", cloze("n2")))
    report = sync(store, deck("c", basic("n1")))
    assert report.counts == ImportCounts(moved=1, returned=1)
    assert reader.cards.find("n1").deck == "c"


def test_a_missing_deck_is_retired_and_returns(store: Store, reader: Reader) -> None:
    sync(store, AB, OTHER)
    report = sync(store, OTHER, gone=["a/b"])
    assert report.decks["a/b"] == ImportCounts(retired=2, retired_cards=3)
    assert [row.key for row in reader.cards.decks()] == ["other"]
    assert keys(reader) == ["o1"]
    store.undo({"import"}, MOMENT)
    assert [row.key for row in reader.cards.decks()] == ["a/b", "other"]
    sync(store, OTHER, gone=["a/b"])
    assert sync(store, AB, OTHER).counts == ImportCounts(unchanged=1, returned=2)


def test_an_import_does_not_change_decks_of_other_files(
    store: Store, reader: Reader
) -> None:
    sync(store, AB, OTHER)
    assert compare(reader, OTHER).is_empty
    assert len(compare(reader, deck("other", basic("o1"), basic("n1"))).problems) == 1


def test_notes_may_move_out_of_missing_decks(store: Store, reader: Reader) -> None:
    sync(store, AB)
    report = sync(store, deck("c", basic("n1")), gone=["a/b"])
    assert report.counts == ImportCounts(moved=1, retired=1, retired_cards=2)
    assert reader.cards.find("n1").deck == "c"


def test_a_removed_face_retires_its_card_and_a_new_face_adds_a_card(
    store: Store, reader: Reader
) -> None:
    sync(store, deck("a", cloze("n2")))
    store.record(answer(reader, "n2:c2"), record_id=None, next_card_id=None, label="x")
    report = sync(store, deck("a", cloze("n2", "{{c1::one}} and {{c3::three}}")))
    assert report.counts == ImportCounts(changed=1, new_cards=1, retired_cards=1)
    assert [row.face for row in reader.cards.of_note(1)] == ["c1", "c3"]
    assert len(reader.log.reviews(2)) == 1
    store.undo({"import"}, MOMENT)
    assert [row.face for row in reader.cards.of_note(1)] == ["c1", "c2"]
    store.redo({"import"}, MOMENT)
    assert [row.face for row in reader.cards.of_note(1)] == ["c1", "c3"]
    back = sync(store, deck("a", cloze("n2")))
    assert back.counts == ImportCounts(changed=1, retired_cards=1)
    assert reader.cards.find("n2:c2").memory.reps == 1


def test_undoing_an_import_retires_its_notes_and_redo_restores_them(
    store: Store, reader: Reader
) -> None:
    sync(store, AB)
    store.undo(None, MOMENT)
    assert reader.cards.is_empty()
    assert keys(reader) == []
    assert reader.search.find("n1", 5, DAY) == []
    assert digests(reader) == {}
    store.redo(None, MOMENT)
    assert keys(reader) == ["n1", "n2:c1", "n2:c2"]
    assert sync(store, AB).operation_id is None
    store.undo(None, MOMENT)
    assert sync(store, AB).counts == ImportCounts(returned=2)
    assert keys(reader) == ["n1", "n2:c1", "n2:c2"]


def test_notes_follow_the_order_of_their_file_within_tiers(
    store: Store, reader: Reader
) -> None:
    sync(
        store,
        deck("b", basic("b1", tier="stretch"), basic("b2"), basic("b3")),
        deck("a", basic("a1", tier="depth"), basic("a2")),
    )
    assert keys(reader) == ["b2", "a2", "b3", "a1", "b1"]
    report = sync(
        store, deck("b", basic("b3"), basic("b1", tier="stretch"), basic("b2"))
    )
    assert report.counts == ImportCounts(unchanged=3)
    assert keys(reader) == ["b3", "a2", "b2", "a1", "b1"]
    store.undo(None, MOMENT)
    assert keys(reader) == ["b2", "a2", "b3", "a1", "b1"]


def test_requirements_and_links_follow_the_file(store: Store, reader: Reader) -> None:
    sync(
        store, deck("a", basic("n1"), basic("n2", requires=("n1",), links=("n1", "n1")))
    )
    assert keys(reader) == ["n1"]
    assert reader.queue.linked_notes([1, 2]) == {1: {2}, 2: {1}}
    sync(store, deck("a", basic("n1"), basic("n2")))
    assert keys(reader) == ["n1", "n2"]
    assert reader.queue.linked_notes([1, 2]) == {}
    store.undo(None, MOMENT)
    assert keys(reader) == ["n1"]
    assert reader.queue.linked_notes([1]) == {1: {2}}
    store.redo(None, MOMENT)
    assert keys(reader) == ["n1", "n2"]


def test_the_bibliography_is_stored_and_cited(store: Store, reader: Reader) -> None:
    cited = deck("a", basic("n1", source=Source("opitz", "sec. 2")))
    entry = SourceEntry("opitz", "Opitz & Burst", "Macro F1", 2019)
    store.apply(
        compare_bundle(reader.content.stored_state([cited]), [cited], sources=[entry]),
        MOMENT,
    )
    assert reader.content.sources() == [entry]
    assert reader.cards.find("n1").source_label == "Opitz & Burst 2019, sec. 2"
    changes = compare_bundle(
        reader.content.stored_state([cited]), [cited], sources=[entry]
    )
    assert changes.is_empty
    later = replace(entry, year=2021)
    store.apply(
        compare_bundle(reader.content.stored_state([cited]), [cited], sources=[later]),
        MOMENT,
    )
    assert reader.content.sources() == [later]
    store.undo(None, MOMENT)
    assert reader.content.sources() == [entry]
    store.undo(None, MOMENT)
    assert reader.content.sources() == []


def test_changes_are_not_applied_after_another_import(
    store: Store, reader: Reader
) -> None:
    changes = compare(reader, AB)
    sync(store, OTHER)
    with pytest.raises(FlashcardsError) as raised:
        store.apply(changes, MOMENT)
    assert str(raised.value) == (
        "The decks were changed in another window, so nothing was imported. "
        "Start the import again."
    )
    changes = compare(reader, AB)
    store.undo({"import"}, MOMENT)
    with pytest.raises(FlashcardsError):
        store.apply(changes, MOMENT)


def test_progress_is_reported_up_to_the_last_note(store: Store, reader: Reader) -> None:
    reported: list[tuple[int, int]] = []
    store.apply(
        compare(reader, AB, OTHER),
        MOMENT,
        lambda done, total: reported.append((done, total)),
    )
    assert reported == [(2, 3), (3, 3)]


def test_a_deck_whose_title_changed_is_updated(store: Store, reader: Reader) -> None:
    sync(store, AB)
    report = sync(store, replace(AB, title="Another title", digest="other"))
    assert report.operation_id is not None
    assert reader.cards.decks()[0].title == "Another title"
    store.undo(None, MOMENT)
    assert reader.cards.decks()[0].title == "A/B"


def test_an_import_of_many_changes_backs_the_store_up_first(store: Store) -> None:
    sync(store, deck("a", *(basic(f"n{number}") for number in range(1001))))
    sync(store, deck("a"))
    names = [file.name for file in (store.path.parent / "backups").iterdir()]
    assert any(name.endswith("-before-import.db") for name in names)
