"""Any file is imported or reported, and importing it again changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.collection.collection import Collection
from flashcards.domain.settings.settings import AppDirectories, Settings
from flashcards.errors import FlashcardsError
from flashcards.formats.formats import readable_suffixes
from flashcards.importing.preview.import_preview import ImportOptions
from tests.conftest import FOUR_NOTES
from tests.examples import scale_examples
from tests.helpers import FixedClock

words = st.text("ab ,:;\t\n\"'#-?=~{}[]\\\\|<>&é\u202e", max_size=30)
tables = st.lists(st.tuples(words, words), max_size=12).map(
    lambda rows: "".join(f"{front}\t{back}\n" for front, back in rows).encode()
)
mutated = st.tuples(
    st.integers(0, len(FOUR_NOTES)), st.integers(0, 40), st.binary(max_size=20)
).map(lambda at: FOUR_NOTES[: at[0]] + at[2] + FOUR_NOTES[at[0] + at[1] :])
contents = st.one_of(st.binary(max_size=200), tables, mutated)


@pytest.mark.parametrize("suffix", readable_suffixes())
@settings(max_examples=scale_examples(12))
@given(data=contents)
def test_any_file_is_imported_or_reported_and_importing_again_changes_nothing(
    suffix: str, data: bytes
) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"file{suffix}"
        path.write_bytes(data)
        home = AppDirectories(Path(place) / "home")
        collection = Collection(home, Settings(timezone="UTC"), FixedClock())
        collection.store()
        try:
            first = collection.importing.import_files([path])
            assert first.notes or first.problems
            options = ImportOptions(lists_changes=True)
            changed_decks = collection.importing.preview([path], options).decks
            again = collection.importing.import_files([path])
            assert again.operation_id is None
            assert changed_decks == ()
            assert [problem.rule for problem in again.problems if first.has_errors] == [
                problem.rule for problem in first.problems if first.has_errors
            ]
            if first.operation_id:
                collection.store().undo(None, collection.moment())
                assert collection.reader.cards.decks() == []
        except FlashcardsError as error:
            message = str(error)
        else:
            message = "."
        finally:
            collection.close()
        assert message.endswith(".")
