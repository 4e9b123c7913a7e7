"""Laws of Anki packages: they read back to the same bytes, and no file breaks reading."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashcards.decks.fields.limits import MOST_TAGS
from flashcards.domain.bundle import Bundle, CardHistory, MediaFile, PastReview
from flashcards.domain.cards import DAY_SECONDS, Memory, State
from flashcards.domain.clock import study_day
from flashcards.domain.content import BasicNote, DeckContent, SourceEntry
from flashcards.domain.faces import card_key, faces_of
from flashcards.formats.anki.notes.cloze import to_cloze_texts
from flashcards.formats.anki.notes.templates import (
    compile_template,
    list_fields,
    render,
)
from tests.examples import scale_examples
from tests.property.decks.test_decks import decks, lines
from tests.property.formats.exchange_laws import (
    READING,
    export,
    is_sound,
    mutate,
    read,
)
from tests.unit.formats.anki.anki_building import (
    ANKI2,
    ANKI21B,
    Kind,
    Package,
    write_zip,
)

SECONDS = st.integers(1_300_000_000, 1_790_000_000)
WAITS = st.integers(1, 40).map(lambda days: days * DAY_SECONDS) | st.sampled_from(
    [0, 60, 600, 90_000]
)


def day_of(at: int) -> int:
    return study_day(at, UTC, 4)


def reviewed(
    answers: list[tuple[int, int, int, int, int]],
) -> list[PastReview]:
    """Return reviews, oldest first and no two at the same instant."""
    by_instant = {seconds * 1000 + rating: row for row in answers for seconds, rating in [row[:2]]}  # fmt: skip
    return [
        PastReview(at, day_of(at), rating, duration, state, wait)
        for at, (_, rating, duration, state, wait) in sorted(by_instant.items())
    ]


reviews = st.lists(
    st.tuples(SECONDS, st.integers(1, 4), st.integers(0, 90_000), st.integers(0, 3), WAITS),
    max_size=6,
).map(reviewed)  # fmt: skip


@st.composite
def memories(draw: st.DrawFn) -> Memory:
    last_at = draw(SECONDS)
    interval = draw(st.integers(1, 900))
    common: dict[str, Any] = {
        "stability": draw(st.floats(0.001, 30_000)),
        "difficulty": draw(st.floats(1, 10)),
        "last_day": day_of(last_at * 1000),
        "reps": draw(st.integers(1, 50)),
        "lapses": draw(st.integers(0, 20)),
    }
    if draw(st.booleans()):
        due_day = common["last_day"] + interval
        return Memory(
            State.REVIEW,
            due_day=due_day,
            interval_seconds=interval * DAY_SECONDS,
            **common,
        )
    due_at = (last_at + interval) * 1000
    return Memory(
        draw(st.sampled_from([State.LEARNING, State.RELEARNING])),
        step=draw(st.integers(0, 1)),
        due_at=due_at,
        due_day=day_of(due_at),
        interval_seconds=interval,
        **common,
    )


def tagged(draw: st.DrawFn, deck: DeckContent) -> DeckContent:
    """Return a deck with notes some of which have tags that Anki gives a meaning."""
    names = st.sampled_from(["marked", "MARKED", "Leech"])
    more = st.lists(names, max_size=2, unique=True).map(tuple)
    notes = (replace(note, tags=tuple(dict.fromkeys((*note.tags, *draw(more))))[-MOST_TAGS:]) for note in deck.notes)  # fmt: skip
    return replace(deck, notes=tuple(notes))


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    drawn_decks = draw(st.lists(decks, min_size=1, max_size=2, unique_by=lambda deck: deck.key))  # fmt: skip
    # Ids are unique over all decks, and the name of a picture stands in one of the notes.
    numbered = [
        replace(deck, notes=tuple(
            replace(note, id=f"{'anki.' if draw(st.booleans()) else ''}{index}.{number}{note.id}"[:64])
            for number, note in enumerate(deck.notes)
        ))
        for index, deck in enumerate(drawn_decks)
    ]  # fmt: skip
    picture = BasicNote(id="picture", front="[image: p q.png]?", back="[sound: é.mp3]")
    numbered.append(DeckContent(key="zz/media", title="Media", notes=(picture,)))
    cards = [(note, face) for deck in numbered for note in deck.notes for face in faces_of(note)]  # fmt: skip
    histories = []
    for note, face in cards:
        if draw(st.booleans()):
            past = draw(reviews)
            histories.append(
                CardHistory(
                    card_key(note.id, face),
                    past,
                    draw(st.none() | memories()),
                    suspended=draw(st.booleans()),
                    buried_until=draw(st.none() | st.just(READING.moment.day + 1)),
                    leech=draw(st.booleans()),
                )
            )
    flagged = [tagged(draw, deck) for deck in numbered]
    return Bundle(
        decks=tuple(flagged),
        histories=tuple(histories),
        marked=frozenset(note.id for note, _ in cards if draw(st.booleans())),
        media=(MediaFile("p q.png", lambda: b"p" * 99), MediaFile("é.mp3", lambda: b"")),
        sources=tuple(
            SourceEntry(note.source.key, draw(lines), "Title", 2019)
            for note, _ in cards
            if note.source
        ),
    )  # fmt: skip


# Awkward texts come from filters, and a bundle has many texts.
@settings(max_examples=scale_examples(60), suppress_health_check=list(HealthCheck))
@given(bundles())
def test_a_written_package_reads_back_to_the_same_bytes(bundle: Bundle) -> None:
    data = export("anki", bundle)

    with TemporaryDirectory() as directory:
        path = Path(directory) / "a.apkg"
        path.write_bytes(data)
        bundle_read = read_here(path)
        assert [
            problem for problem in bundle_read.problems if problem.severity == "error"
        ] == []
        assert export("anki", bundle_read) == data

    heads = {deck.key: (deck.title, deck.description, deck.version, deck.license, deck.topics) for deck in bundle_read.decks}  # fmt: skip
    for deck in bundle.decks:
        assert heads[deck.key] == (deck.title, deck.description, deck.version, deck.license, deck.topics)  # fmt: skip
    assert {note.id: note for deck in bundle_read.decks for note in deck.notes} == {
        note.id: note for deck in bundle.decks for note in deck.notes
    }
    assert [[note.id for note in deck.notes] for deck in bundle_read.decks] == [
        [note.id for note in deck.notes]
        for deck in sorted(bundle.decks, key=lambda deck: deck.key)
    ]


def read_here(path: Path) -> Bundle:
    from flashcards.formats.anki import package_format

    return package_format.read(path, READING)


fragments = st.lists(
    st.sampled_from(
        ["{{", "}}", "{{c1::", "{{c2::", "{{c0::", "{{c1,2::", "::", "{{c99999::", "<b>", "</b>", "a", " b", "<br>",
         "{{Front}}", "{{#Front}}", "{{^Back}}", "{{/Front}}", "{{type:Back}}", "{{hint:Front}}", "{{FrontSide}}",
         "<hr id=answer>", "<!--", "-->", "<script>", "</script>", "[sound:x.mp3]", "<img src=x.png>", "\\(", "\\)",
         "\x00", "\u202e", "&nbsp;", "image-occlusion:", "é", "\x1f", "{{Tags}}", "{{cloze:Front}}", "Question", "A"]
    ),
    max_size=12,
).map("".join)  # fmt: skip
numbers = st.integers(-(2**63), 2**63 - 1) | st.integers(-5, 5) | st.none() | st.text(max_size=3)  # fmt: skip


@st.composite
def hostile(draw: st.DrawFn) -> tuple[Package, int]:
    names = draw(st.sampled_from([("Front", "Back"), ("Question", "A", "B", "Answers"), ("Front", "Why", "Hint", "Source", "Flashcards data")]))  # fmt: skip
    package = Package(created=draw(st.integers(-(2**40), 2**40)))
    package.kinds[1] = Kind(
        names,
        draw(st.lists(st.tuples(fragments, fragments), max_size=3).map(tuple)),
        draw(st.booleans()),
    )
    package.config = draw(st.dictionaries(st.sampled_from(["schedVer", "creationOffset"]), st.integers(-(10**6), 10**6) | st.none()))  # fmt: skip
    data = st.text(max_size=5) | st.sampled_from(
        ['{"s":1e999,"d":5}', '{"s":3,"d":4,"lrt":1e5}', "[" * 5000, '{"pos":true}', '{"s":5,"d":5,"lrt":99999999999999999}']
    )  # fmt: skip
    for _ in range(draw(st.integers(0, 4))):
        note = package.note(*draw(st.lists(fragments, max_size=5)), tags=draw(st.text(max_size=9)))  # fmt: skip
        for ord_ in draw(st.lists(st.integers(-1, 3), max_size=3)):
            values = {name: draw(numbers) for name in ("due", "ivl", "factor", "reps", "lapses", "left", "odue")}  # fmt: skip
            card = package.card(
                note, ord_, deck=draw(st.sampled_from([10, 1, 77])), type=draw(st.integers(-1, 5)),
                queue=draw(st.integers(-4, 5)), data=draw(data), **values,
            )  # fmt: skip
            package.reviews.append(
                (len(package.reviews) + draw(st.sampled_from([-5, 0, 10**12, 2**62])), card, -1,
                 *(draw(numbers) for _ in range(5)), draw(st.integers(-1, 6)))
            )  # fmt: skip
    package.reviews = list({row[0]: row for row in package.reviews}.values())
    return package, draw(st.sampled_from([ANKI2, ANKI21B]))


@settings(max_examples=scale_examples(150))
@given(hostile())
def test_any_collection_gives_problems_or_decks(made: tuple[Package, int]) -> None:
    package, generation = made
    with TemporaryDirectory() as directory:
        bundle = read_here(package.write(Path(directory) / "a.apkg", generation))

    assert is_sound(bundle) or not package.notes
    assert all(
        0 < review.day < 3_652_060 and 1 <= review.rating <= 4
        for history in bundle.histories
        for review in history.reviews
    )


def small(generation: int) -> bytes:
    package = Package(media={"p.png": b"picture"})
    for number in range(3):
        card = package.basic(f"<img src=p.png> {number}?", type=2, queue=2, due=9, ivl=3, factor=2500)  # fmt: skip
        package.review(card, number)
    with TemporaryDirectory() as directory:
        return package.write(Path(directory) / "a.apkg", generation).read_bytes()


def stored(schema: int) -> bytes:
    """Return a database that lies in the zip as it is, so that every damage reaches it."""
    package = Package(config={})
    for number in range(20):
        card = package.basic(f"{number}?", type=2, queue=2, due=9, ivl=3, factor=2500)
        package.review(card, number, type=0)
        package.review(card, number + 1)
    with TemporaryDirectory() as directory:
        return package.database(Path(directory) / "a.db", schema)


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """Return a database with many bytes changed, most of them in its tables of contents."""

    def apply(changes: list[tuple[int, int]]) -> bytes:
        found = bytearray(data)
        for at, value in changes:
            found[at % len(found)] = value
        return bytes(found)

    places = st.integers(0, 4096) | st.integers(0, len(data))
    return st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=60).map(apply)  # fmt: skip


OLD, NEW = small(ANKI2), small(ANKI21B)


@settings(max_examples=scale_examples(150))
@given(mutate(OLD) | mutate(NEW))
def test_mutated_bytes_give_problems_or_decks(data: bytes) -> None:
    assert is_sound(read("anki", data, "a.apkg"))


@settings(max_examples=scale_examples(200))
@given(damaged(stored(11)) | damaged(stored(18)))
def test_a_mutated_database_gives_problems_or_decks(database: bytes) -> None:
    with TemporaryDirectory() as directory:
        path = Path(directory) / "a.apkg"
        write_zip(path, database, {}, ANKI2)
        assert is_sound(read_here(path))


@settings(max_examples=scale_examples(200))
@given(fragments, fragments)
def test_any_template_renders_to_a_bounded_length(template: str, value: str) -> None:
    parts = compile_template(template)
    shown = render(parts, {"Front": value, "Back": value}, is_front=False)

    assert len(shown) <= len(template) + len(value) * template.count("{{")
    assert all(name in template for name in list_fields(parts))


@settings(max_examples=scale_examples(200))
@given(fragments)
def test_any_cloze_text_keeps_its_words(html: str) -> None:
    for text in to_cloze_texts(html, lambda text: text).values():
        assert text.count("é") <= html.count("é")


def test_a_package_is_a_zip_that_has_no_timestamps() -> None:
    note = BasicNote(id="a", front="b", back="c")
    data = export("anki", Bundle(decks=(DeckContent("d", "D", (note,)),)))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}  # fmt: skip
        assert archive.namelist() == ["collection.anki2", "media"]
