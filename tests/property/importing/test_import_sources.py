"""Any files, one by one or together: nothing is overwritten, and importing again changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.faces import answer_text, question_text
from flashcards.domain.note_json import note_from_json
from flashcards.domain.settings.settings import AppDirectories, Settings
from tests.examples import scale_examples
from tests.helpers import FixedClock

stems = st.sampled_from(
    ["one", "two", "Part 1: A", "Part 1. A", "数据 1", "模型 1", "C", "C++"]
)
directories = st.sampled_from(["", "a/", "b/"])
decks = st.sampled_from(
    ["", "Area", "one", "One", "Part 1: A", "Part 1. A", "Глава 1", "C#"]
)
ids = st.sampled_from(["1", "2", "q-1", "Dy|9&k!xab"])
facts = st.sampled_from(
    [
        ("Which element is H?", "Hydrogen"),
        ("Which element is H?", "The lightest one of them all"),
        ("Which capital has France?", "Paris"),
        ("What does a queue even out?", "Bursts of work"),
        ("Why do labels lag behind?", "Outcomes take their time"),
    ]
)
rows = st.lists(st.tuples(decks, ids, facts), min_size=1, max_size=4)


def csv_of(table: list[tuple[str, str, tuple[str, str]]]) -> str:
    lines = [f"{deck},{note},{front},{back}" for deck, note, (front, back) in table]
    return "\n".join(["deck,id,question,answer", *lines, ""])


def guid_text_of(table: list[tuple[str, str, tuple[str, str]]]) -> str:
    lines = [f"{note}\t{deck}\t{front}\t{back}" for deck, note, (front, back) in table]
    return "\n".join(["#separator:tab", "#guid column:1", "#deck column:2", *lines, ""])


def plain_csv_of(table: list[tuple[str, str, tuple[str, str]]]) -> str:
    """Return a table whose deck is called after its file, and whose notes have no ids."""
    lines = [f"{front},{back}" for _, _, (front, back) in table]
    return "\n".join(["question,answer", *lines, ""])


def own_tsv_of(table: list[tuple[str, str, tuple[str, str]]]) -> str:
    """Return a table whose deck is called after its file."""
    lines = [f"{note}\t{front}\t{back}" for _, note, (front, back) in table]
    return "\n".join(["id\tquestion\tanswer", *lines, ""])


def gift_of(table: list[tuple[str, str, tuple[str, str]]]) -> str:
    blocks = [
        f"// [id:{note}]\n{front} {{={back}}}\n"
        if not deck
        else f"$CATEGORY: {deck}\n\n// [id:{note}]\n{front} {{={back}}}\n"
        for deck, note, (front, back) in table
    ]
    return "\n".join(blocks)


def obsidian_of(table: list[tuple[str, str, tuple[str, str]]]) -> str:
    return "".join(
        f"{front}::{back} ^b{note[0]}\n\n" for _, note, (front, back) in table
    )


WRITERS = {
    ".csv": csv_of,
    ".txt": guid_text_of,
    ".gift": gift_of,
    ".md": obsidian_of,
    ".tsv": own_tsv_of,
}
files = st.dictionaries(
    st.tuples(directories, stems, st.sampled_from(sorted(WRITERS))).map("".join),
    rows,
    min_size=1,
    max_size=4,
)


@contextmanager
def opened(directory: Path) -> Iterator[Collection]:
    home = AppDirectories(directory / "home")
    collection = Collection(home, Settings(timezone="UTC"), FixedClock())
    collection.store()
    try:
        yield collection
    finally:
        collection.close()


def write_tables(
    directory: Path, tables: Mapping[str, list[tuple[str, str, tuple[str, str]]]]
) -> list[Path]:
    paths = []
    for name, table in tables.items():
        path = directory / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WRITERS[path.suffix](table), encoding="utf-8")
        paths.append(path)
    return paths


def stored(collection: Collection) -> dict[str, tuple[str, str, str]]:
    """Return deck, question and answer of every note in use, by its id."""
    notes = {}
    for deck in collection.reader.content.decks():
        for key, content in collection.reader.content.contents_of_deck(deck.deck_id):
            note = note_from_json(content)
            notes[key] = (deck.key, question_text(note), answer_text(note))
    return notes


@settings(max_examples=scale_examples(40))
@given(tables=files, data=st.data())
def test_importing_files_twice_changes_nothing_and_their_order_does_not_matter(
    tables: Mapping[str, list[tuple[str, str, tuple[str, str]]]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        paths = write_tables(place, tables)
        other = data.draw(st.permutations(paths))
        with opened(place) as collection:
            collection.importing.import_files(paths)
            before = stored(collection)
            again = collection.importing.import_files(paths)
            assert (again.operation_id, stored(collection)) == (None, before)
            assert collection.importing.import_files(other).operation_id is None
        with opened(place / "second") as collection:
            collection.importing.import_files(other)
            assert stored(collection) == before


@settings(max_examples=scale_examples(40))
@given(tables=files)
def test_no_file_changes_the_notes_of_another_file_or_deck(
    tables: Mapping[str, list[tuple[str, str, tuple[str, str]]]],
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        with opened(place) as collection:
            for path in write_tables(place, tables):
                before = stored(collection)
                of_others = {
                    deck.key
                    for deck in collection.reader.content.decks()
                    if deck.is_of_file and deck.path != str(path.resolve())
                }
                result = collection.importing.import_files([path])
                after = stored(collection)
                mine = {key for file in result.files for key in file.decks}
                assert before.keys() <= after.keys()
                changed = {key for key in before if after[key] != before[key]}
                for key in changed:
                    is_random = key.startswith("anki.")
                    assert is_random or before[key][0] in mine - of_others
                assert not result.counts.retired


same_stem_files = st.dictionaries(
    st.tuples(
        st.sampled_from(["x", "y", "z"]),
        st.just("/quiz"),
        st.sampled_from([".csv", ".tsv"]),
    ).map("".join),
    st.lists(
        st.tuples(st.just(""), st.sampled_from(["1", "2", "q-1"]), facts),
        min_size=1,
        max_size=3,
    ),
    min_size=2,
    max_size=3,
)


@settings(max_examples=scale_examples(25))
@given(tables=same_stem_files, data=st.data())
def test_files_with_the_same_stem_keep_their_own_decks_in_any_order(
    tables: Mapping[str, list[tuple[str, str, tuple[str, str]]]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        paths = write_tables(place, tables)
        for path in paths:
            if path.suffix == ".csv":
                path.write_text(
                    plain_csv_of(tables[str(path.relative_to(place / "files"))]),
                    encoding="utf-8",
                )
        with opened(place) as collection:
            for path in paths:
                collection.importing.import_files([path])
            before = stored(collection)
            for path in data.draw(st.permutations(paths)):
                assert collection.importing.import_files([path]).operation_id is None
            assert collection.importing.import_files(paths).operation_id is None
            assert stored(collection) == before
            homes = {deck.key: deck.path for deck in collection.reader.content.decks()}
            assert len(set(homes.values())) == len(homes)
            for path in paths:
                if path.suffix == ".csv":
                    table = tables[str(path.relative_to(place / "files"))]
                    (key,) = (
                        key
                        for key, home in homes.items()
                        if home == str(path.resolve())
                    )
                    words = {row[1:] for row in before.values() if row[0] == key}
                    assert words == {fact for _, _, fact in table}
