"""Notes and cards that cannot be imported are counted and reported; the others are imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flashcards.domain.faces import question_text
from flashcards.errors import FlashcardsError
from flashcards.formats.anki import package_format
from tests.unit.formats.anki.anki_building import (
    ANKI2,
    ANKI21B,
    Kind,
    Package,
)

if TYPE_CHECKING:
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext


@pytest.fixture
def package() -> Package:
    return Package()


def read(path: Path, reading: ReadContext) -> Bundle:
    return package_format.read(path, reading)


def reported_problems(bundle: Bundle) -> list[tuple[str, str]]:
    return [(problem.severity, problem.message) for problem in bundle.problems]


def test_a_bad_note_does_not_block_the_good_ones(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.kinds[5] = Kind(stock=6)
    package.kinds[7] = Kind(("Header", "Back"), (("{{Header}}", "{{Back}}"),))
    package.card(package.note("<br>", "b"))
    package.card(package.note("a", " &nbsp;"))
    package.card(package.note("x", "y", kind=5))
    package.card(package.note("{{c1::image-occlusion:rect:left=1}}", "", kind=3))
    package.card(package.note("no gap", "", kind=3))
    package.card(package.note("a", "b", kind=77))
    package.card(package.note("long", "b" * 100_001))
    package.basic("Good?", "Yes.")

    for generation in (ANKI2, ANKI21B):
        bundle = read(package.write(tmp_path / "a.apkg", generation), reading)

        assert [note.id for deck in bundle.decks for note in deck.notes] == ["guid7"]
        assert not bundle.decks[0].digest
        assert reported_problems(bundle) == [
            ("error", "nid:1600000000000: none of its cards has a question. Fill its first field in Anki."),
            ("error", "nid:1600000000001: one of its cards has no answer. Fill its back in Anki."),
            ("error", ("nid:1600000000002: it hides parts of a picture, which a terminal cannot show. Keep it in Anki, "
                      "or ask for the same in words.")),
            ("error", ("nid:1600000000003: it hides parts of a picture, which a terminal cannot show. Keep it in Anki, "
                      "or ask for the same in words.")),
            ("error", "nid:1600000000004: The text has no gap. Hide a part of it, as in {{c1::gap}}."),
            ("error", ("nid:1600000000005: its notetype is not in the package, so it cannot be read. In Anki, run Tools "
                      "> Check Database, then export it again.")),
            ("error", 'nid:1600000000006: "back" has 100,001 characters, more than 100,000. Shorten it.'),
            ("warning", ("Cards left out because they have no question: 2 (nid:1600000000000, nid:1600000000004). In Anki, "
                        "Tools > Empty Cards shows them.")),
        ]  # fmt: skip


def test_splitting_a_note_does_not_take_the_id_of_another_note(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.kinds[5] = Kind(templates=(("{{Front}}", "1"), ("{{Back}}", "2")))
    package.card(package.note("a", "b", guid="n.2"))
    both = package.note("c", "d", kind=5, guid="n")
    package.card(both, 0)
    package.card(both, 1)

    bundle = read(package.write(tmp_path / "a.apkg"), reading)

    assert {note.id: question_text(note) for note in bundle.decks[0].notes} == {
        "n.2": "a",
        "n": "c",
        f"nid-{both}.1": "d",
    }
    assert {problem.rule for problem in bundle.problems} == {
        "anki-split",
        "anki-unclear-id",
    }


def test_a_picture_embedded_in_the_text_does_not_make_a_field_too_long(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 500_000}">'
    package.basic(f"What is this? {picture}", "A cat.")
    package.basic("What is this?", "A cat. " * 60_000)

    bundle = read(package.write(tmp_path / "a.apkg"), reading)

    (note,) = bundle.decks[0].notes
    assert question_text(note) == "What is this? [image: without a name]"
    assert [problem.rule for problem in bundle.problems] == [
        "anki-long-field",
        "anki-media-missing",
    ]


def test_changed_notes_are_counted_by_reason(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.decks[11] = "Other"
    package.basic("[sound:a.mp3]", "Bark")
    package.basic('<img src="../../etc/passwd"> What?', "<img src='nowhere.png'>")
    package.card(package.note("Hid\u202eden \x1b[2Jtext", "b"))
    package.card(package.note("same guid", "b", guid="guid0"))
    package.card(package.note("no guid", "b", guid=""))
    both = package.note("front", "back", kind=2)
    package.card(both, 0)
    package.card(both, 1, deck=11)
    package.card(package.note("tags", "b", tags=" ".join(f"t{n}" for n in range(101))))
    package.media = {"../../etc/passwd": b"root", "a.mp3": b"sound"}

    bundle = read(package.write(tmp_path / "a.apkg"), reading)

    assert len(bundle.decks[0].notes) == 7
    assert [file.name for file in bundle.media] == ["a.mp3"]
    assert {problem.rule: problem.message.partition("(")[0] for problem in bundle.problems} == {
        "anki-media-only": "Cards whose question is only a picture or a sound, of which a terminal shows the name: 1 ",
        "unsafe-characters-removed": "Notes from which invisible or control characters were removed: 1 ",
        "anki-unclear-id": "Notes without an id of their own, identified by their number from now on: 2 ",
        "anki-several-decks": "Notes with cards in several decks, imported into the deck of their first card: 1 ",
        "anki-many-tags": "Notes with more than 100 tags, of which the first 100 were imported: 1 ",
        "anki-media-missing": "Pictures or sounds that notes name but that are not in the package: 1 ",
        "anki-media-refused": "Pictures or sounds left out because their name or size is not safe: 1 ",
    }  # fmt: skip
    assert all(problem.severity == "warning" for problem in bundle.problems)


@pytest.mark.parametrize("generation", [ANKI2, ANKI21B])
def test_a_package_that_changes_before_its_media_is_read_is_reported(
    package: Package, tmp_path: Path, reading: ReadContext, generation: int
) -> None:
    package.basic('<img src="p.png"> What?', "b")
    package.media = {"p.png": b"picture"}
    path = package.write(tmp_path / "a.apkg", generation)
    (file,) = read(path, reading).media
    path.write_bytes(b"")

    with pytest.raises(FlashcardsError, match=r"p\.png cannot be read from .*a\.apkg"):
        file.read()


def test_a_picture_that_unpacks_to_too_many_bytes_is_refused(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.basic('<img src="p.png"> What?', "b")
    package.media = {"p.png": bytes(40 * 1024 * 1024)}
    (file,) = read(package.write(tmp_path / "a.apkg", ANKI21B), reading).media

    with pytest.raises(FlashcardsError, match="too large to be read safely: 0 has"):
        file.read()


def test_a_deck_with_an_unsafe_name_gets_a_title_that_can_be_shown(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.decks[10] = "A\ud800\x1b[2J\nB"
    package.basic()

    (deck,) = read(package.write(tmp_path / "a.apkg"), reading).decks

    assert deck.title == "A [2J B"
    assert deck.title.encode()


def test_notes_without_cards_or_decks_are_imported_into_the_deck_given_by_into(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.note("a", "b")
    package.basic(deck=99)

    named = read(package.write(tmp_path / "My deck.apkg"), reading)
    assert [(deck.key, len(deck.notes)) for deck in named.decks] == [("my-deck", 2)]
