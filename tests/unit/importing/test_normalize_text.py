"""The store has all texts in composed characters (NFC), whatever form a file uses."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from flashcards.cli.scope import resolve_scope
from flashcards.domain.bundle import Bundle, MediaFile
from flashcards.domain.content import BasicNote, ChoiceNote, DeckContent, Option
from flashcards.formats.common.sibling_files import is_sibling, to_media_file
from flashcards.formats.markup.markdown_media import find_sibling_media
from flashcards.importing.reading.normalize_text import normalize_bundle


def decomposed(text: str) -> str:
    return normalize("NFD", text)


def test_texts_tags_and_media_names_are_normalized_and_ids_are_not() -> None:
    note = ChoiceNote(
        id=decomposed("é1"),
        question=decomposed("Où?"),
        options=(Option(decomposed("là"), True), Option("ici")),
        tags=(decomposed("résumé"), "résumé"),
        requires=(decomposed("é0"),),
    )
    deck = DeckContent(
        key="a",
        title=decomposed("Été"),
        notes=(note, BasicNote(id="b", front="b", back="b")),
    )
    media = (MediaFile(decomposed("naïve.png"), bytes),)

    bundle = normalize_bundle(Bundle(decks=(deck,), media=media))

    (imported_deck,) = bundle.decks
    assert imported_deck.title == "Été"
    assert imported_deck.notes[0] == ChoiceNote(
        id=note.id,
        question="Où?",
        options=(Option("là", True), Option("ici")),
        tags=("résumé",),
        requires=note.requires,
    )
    assert imported_deck.notes[1] is deck.notes[1]
    assert bundle.media[0].name == "naïve.png"


def test_a_normalized_bundle_stays_the_same_object() -> None:
    deck = DeckContent(
        key="a", title="Été", notes=(BasicNote(id="b", front="où", back="là"),)
    )
    bundle = Bundle(decks=(deck,))

    assert normalize_bundle(bundle) is bundle


@pytest.mark.parametrize("is_composed", [True, False])
def test_a_picture_is_found_in_any_unicode_form_of_its_name(
    tmp_path: Path, is_composed: bool
) -> None:
    forms = ("naïve.png", decomposed("naïve.png"))
    on_disk, named = forms if is_composed else forms[::-1]
    (tmp_path / on_disk).write_bytes(b"data")

    assert is_sibling(tmp_path, named)
    assert to_media_file(tmp_path, named).read() == b"data"
    (file,) = find_sibling_media(tmp_path, [named])
    assert file.read() == b"data"


def test_a_tag_matches_in_any_unicode_form() -> None:
    assert resolve_scope((), (), tags=(decomposed("résumé"),)).tags == ("résumé",)
