"""CrowdAnki's JSON: nested decks, notetypes, repeated guids, and media next to the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, ClozeNote
from flashcards.formats.anki.crowdanki_format import looks_like, read
from flashcards.formats.formats import ReadContext

BASIC = {
    "__type__": "NoteModel",
    "crowdanki_uuid": "m1",
    "name": "Einfach",
    "type": 0,
    "flds": [{"name": "Rück", "ord": 1}, {"name": "Vor", "ord": 0}],
    "tmpls": [{"name": "1", "ord": 0, "qfmt": "{{Vor}}", "afmt": "{{FrontSide}}<hr id=answer>{{Rück}}"}],
}  # fmt: skip
CLOZE = {
    "crowdanki_uuid": "m2",
    "name": "Lücke",
    "type": 1,
    "flds": [{"name": "Text", "ord": 0}],
    "tmpls": [{"qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}"}],
}


def note(
    guid: str, *fields: str, model: str = "m1", tags: object = ()
) -> dict[str, Any]:
    return {
        "__type__": "Note",
        "guid": guid,
        "fields": list(fields),
        "tags": list(tags) if isinstance(tags, tuple) else tags,
        "note_model_uuid": model,
    }


def deck(name: str, *notes: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"__type__": "Deck", "name": name, "notes": list(notes), **more}


def root(*notes: dict[str, Any], **more: object) -> dict[str, Any]:
    return deck("ML", *notes, note_models=[BASIC, CLOZE], **more)


def bundle_of(data: object, tmp_path: Path, reading: ReadContext) -> Bundle:
    path = tmp_path / "deck.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return read(path, reading)


def rules_of(bundle: Bundle) -> list[str]:
    return [problem.rule for problem in bundle.problems]


def test_nested_decks_share_the_notetypes_of_the_root(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = bundle_of(
        root(
            note("a1b2c3d4e5x", "What <b>drifts</b>?", "P(x)", tags=("f1", "marked")),
            children=[
                deck("Drift", note("z9y8x7w6v5u", "It is {{c1::x::h}}.", model="m2")),
                deck("ML::Old", note("q9y8x7w6v5u", "a", "b")),
            ],
            desc="All of it.",
        ),
        tmp_path,
        reading,
    )

    assert rules_of(bundle) == []
    assert [(deck.key, deck.title) for deck in bundle.decks] == [
        ("ml", "ML"),
        ("ml/drift", "Drift"),
        ("ml/old", "Old"),
    ]
    first, second, _ = bundle.decks
    assert first.description == "All of it."
    assert first.is_partial
    assert first.derived_ids == frozenset()
    assert first.notes == (
        BasicNote(id="a1b2c3d4e5x", front="What **drifts**?", back="P(x)", tags=("f1",)),
    )  # fmt: skip
    assert second.notes == (ClozeNote(id="z9y8x7w6v5u", text="It is {{c1::x::h}}."),)
    assert bundle.marked == {"a1b2c3d4e5x"}


def test_a_guid_that_other_decks_may_use_is_scoped_by_its_deck(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = bundle_of(
        root(
            children=[
                deck("A", note("guid-1", "a", "b"), note("Dy|9&k!x*Q", "c", "d")),
                deck("B", note("guid-1", "e", "f"), note("Dy|9&k!x*Q", "g", "h")),
            ]
        ),
        tmp_path,
        reading,
    )

    ids = [note.id for deck in bundle.decks for note in deck.notes]
    assert ids == [
        "anki.ml.2fa.2fguid-1",
        "anki.Dy.7c9.26k.21x.2aQ",
        "anki.ml.2fb.2fguid-1",
        "anki.ml.2fb.2fDy.7c9.26k.21x.2aQ",
    ]


def test_a_missing_or_repeated_guid_is_replaced_by_an_id_made_of_the_wording(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = bundle_of(
        root(note("x-long-guid", "a", "b"), note("x-long-guid", "c", "d"), note("", "e", "f"), note("", "e", "f")),
        tmp_path,
        reading,
    )  # fmt: skip

    (found_deck,) = bundle.decks
    assert len(found_deck.notes) == 3
    assert len(found_deck.derived_ids) == 2
    assert rules_of(bundle) == ["crowdanki-unclear-guid", "crowdanki-twice"]


def test_media_is_read_only_from_the_directory_next_to_the_file(
    tmp_path: Path, reading: ReadContext
) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "p.png").write_bytes(b"png")
    (tmp_path / "secret.png").write_bytes(b"no")
    (tmp_path / "media" / "link.png").symlink_to(tmp_path / "secret.png")
    fields = '<img src="p.png"><img src="link.png"><img src="gone.png">', "[sound:..]"

    bundle = bundle_of(root(note("a1b2c3d4e5x", *fields)), tmp_path, reading)

    assert [(file.name, file.read()) for file in bundle.media] == [("p.png", b"png")]
    messages = {problem.rule: problem.message for problem in bundle.problems}
    assert "gone.png, link.png" in messages["crowdanki-media-missing"]


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ({"guid": "g", "fields": "no", "note_model_uuid": "m1"}, "crowdanki-broken-note"),
        ({"guid": "g", "fields": [1], "note_model_uuid": "m1"}, "crowdanki-broken-note"),
        (note("g-long-guid", "a", "b", model="gone"), "crowdanki-no-notetype"),
        (note("g-long-guid", "a", ""), "anki-no-answer"),
        (note("g-long-guid", "", ""), "anki-no-question"),
        (note("g-long-guid", "a\x1b[2J", "b\ud800"), "unsafe-characters-removed"),
        (note("g-long-guid", "a", "b", tags=tuple(f"t{n}" for n in range(101))), "anki-many-tags"),
    ],
)  # fmt: skip
def test_a_broken_note_is_reported_and_does_not_block_others(
    entry: dict[str, Any], rule: str, tmp_path: Path, reading: ReadContext
) -> None:
    bundle = bundle_of(root(entry, note("fine-guid-x", "a", "b")), tmp_path, reading)

    assert rule in rules_of(bundle)
    assert "fine-guid-x" in {deck.id for deck in bundle.decks[0].notes}


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("", "broken-json"),
        ('{"__type__": "Deck",', "broken-json"),
        ("[" * 100_000, "broken-json"),
        ("9" * 5000, "broken-json"),
        ("[]", "not-this-format"),
        ("{}", "not-this-format"),
        (json.dumps(deck("A")), "not-this-format"),
        ("[],[]" * 1_000_001, "crowdanki-too-large"),
    ],
)
def test_a_file_without_decks_is_refused_with_one_error(
    data: str, rule: str, tmp_path: Path, reading: ReadContext
) -> None:
    bundle = bundle_of(data, tmp_path, reading)

    assert bundle.decks == ()
    assert rules_of(bundle) == [rule]


@pytest.mark.parametrize(
    ("head", "is_it"),
    [
        (b'{\n  "__type__": "Deck", "children": [', True),
        (b'{"name": "x", "crowdanki_uuid": "1"', True),
        (b'{"decks": [{"deck": "a", "title": "\\"__type__\\": \\"Deck\\""}]', False),
        (b'["note_models"]', False),
        (b"", False),
    ],
)
def test_other_json_is_not_crowdanki(head: bytes, is_it: bool) -> None:
    assert looks_like(head) is is_it


def test_notetypes_that_share_a_uuid_are_distinguished_by_their_fields(
    tmp_path: Path, reading: ReadContext
) -> None:
    template = {"qfmt": "{{A}}", "afmt": "{{B}}<br>{{C}}"}
    fields = [{"name": name, "ord": place} for place, name in enumerate("ABC")]
    more = {"crowdanki_uuid": "m1", "name": "More", "flds": fields, "tmpls": [template]}
    data = root(note("a1b2c3d4e5x", "a", "b", "c"), note("b1b2c3d4e5x", "d", "e"))
    data["note_models"].append(more)

    bundle = bundle_of(data, tmp_path, reading)

    assert rules_of(bundle) == []
    first, second = bundle.decks[0].notes
    assert isinstance(first, BasicNote)
    assert isinstance(second, BasicNote)
    assert (first.front, first.back) == ("a", "b\\\nc")
    assert (second.front, second.back) == ("d", "e")


def test_fields_that_no_notetype_has_are_reported(
    tmp_path: Path, reading: ReadContext
) -> None:
    data = root(
        note("a1b2c3d4e5x", "a", "b", "lost"), note("b1b2c3d4e5x", "d", "e", "")
    )

    (problem,) = bundle_of(data, tmp_path, reading).problems

    assert problem.message == (
        "Notes with more fields than their notetype, whose extra fields were left out: "
        "1 (a1b2c3d4e5x)."
    )
