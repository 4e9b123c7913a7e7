"""Packages for Anki: their content, how they read back, and what they cannot hold."""

from __future__ import annotations

import html
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flashcards.domain.bundle import Bundle, CardHistory, MediaFile, PastReview
from flashcards.domain.cards import DAY_SECONDS, Anchor, Memory, Reason, State
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    MatchNote,
    Note,
    Option,
    OrderNote,
    Pair,
    Source,
    SourceEntry,
)
from flashcards.domain.study_plan import StudyPlan
from flashcards.errors import FlashcardsError
from flashcards.formats.anki import package_format

if TYPE_CHECKING:
    from flashcards.formats.formats import ReadContext, WriteContext

DAY = 738_839
"""15 November 2023."""
AT = 1_700_049_600_000
"""Noon of that day, UTC."""
CHOICE = ChoiceNote(
    id="c1",
    question="Which?",
    options=(Option("This & that", correct=True, why="Because"), Option("Other")),
)


class Written:
    """A package as it was written."""

    def __init__(self, bundle: Bundle, directory: Path, writing: WriteContext) -> None:
        self.path = directory / "out.apkg"
        with self.path.open("w+b") as file:
            self.losses = package_format.write(bundle, file, writing)
        self.archive = zipfile.ZipFile(self.path)
        self.database = directory / "out.db"
        self.database.write_bytes(self.archive.read("collection.anki2"))

    def rows(self, query: str) -> list[Any]:
        connection = sqlite3.connect(self.database)
        rows = connection.execute(query).fetchall()
        connection.close()
        return rows

    def changed(self, statement: str, *values: str) -> Path:
        """Return the package after a change of its database."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute(statement, values)
        connection.close()
        path = self.path.with_name("changed.apkg")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("collection.anki2", self.database.read_bytes())
        return path


def deck(
    *notes: Note, key: str = "ml/drift", title: str = "Kinds of drift"
) -> DeckContent:
    return DeckContent(key, title, notes, description="On **drift**.")


def basic(key: str = "b1", **values: Any) -> BasicNote:
    return BasicNote(id=key, front="What?", back="That.", **values)


def review(day: int, rating: int = 3, state: int = 2, days: int = 5) -> PastReview:
    return PastReview(AT + day * 86_400_000, DAY + day, rating, 4000, state, days * DAY_SECONDS)  # fmt: skip


def test_a_card_and_its_history_are_written_as_anki_stores_them(
    tmp_path: Path, writing: WriteContext
) -> None:
    memory = Memory(
        State.REVIEW, None, 12.5, 5.25, DAY + 9, None, DAY + 4, 5 * DAY_SECONDS, 2, 1
    )
    note = basic(tags=("f1", "a::b"))
    history = CardHistory("b1", (review(0, 3, 0, 4), review(4, 2)), memory)
    package = Written(
        Bundle(decks=(deck(note),), histories=(history,), marked=frozenset({"b1"})),
        tmp_path,
        writing,
    )

    assert package.rows("SELECT guid, tags, mod FROM notes") == [
        ("b1", " f1 a::b marked ", writing.moment.at // 1000)
    ]
    ((*values, data),) = package.rows(
        "SELECT type, queue, due, ivl, factor, reps, lapses, data FROM cards"
    )
    (created, config, decks), = package.rows("SELECT crt, conf, decks FROM col")  # fmt: skip
    first_day = created // 86_400 + 719_163
    assert values == [2, 2, DAY + 9 - first_day, 5, 2500, 2, 1]
    assert json.loads(data) == {
        "pos": 1, "s": 12.5, "d": 5.25, "dr": 0.9, "decay": 0.1542, "lrt": AT // 1000 + 4 * 86_400,
    }  # fmt: skip
    assert package.rows("SELECT id, ease, ivl, lastIvl, factor, time, type FROM revlog") == [
        (AT, 3, 4, 0, 224, 4000, 0),
        (AT + 4 * 86_400_000, 2, 5, 4, 517, 4000, 1),
    ]  # fmt: skip
    assert json.loads(config) == {"schedVer": 2, "creationOffset": 0, "rollover": 4}
    (head,) = json.loads(decks).values()
    assert head["name"] == "Ml::Drift"
    assert (
        head["desc"] == 'On <b>drift</b>.<!--flashcards {"title":"Kinds of drift"}-->'
    )


def test_due_days_are_counted_in_the_time_zone_of_the_learner(
    tmp_path: Path, writing: WriteContext
) -> None:
    away = replace(writing, utc_offset_minutes=-480)
    package = Written(Bundle(decks=(deck(basic()),)), tmp_path, away)

    ((created, config),) = package.rows("SELECT crt, conf FROM col")
    assert (created - 480 * 60) % 86_400 == 0
    assert json.loads(config)["creationOffset"] == 480


def test_cards_learned_suspended_and_buried_keep_their_queues(
    tmp_path: Path, writing: WriteContext
) -> None:
    learning = Memory(State.LEARNING, 1, 2.0, 5.0, DAY, AT + 600_000, DAY, 600, 1, 0)
    relearning = replace(learning, state=State.RELEARNING, step=0)
    notes = [basic(f"b{number}") for number in range(4)]
    histories = (
        CardHistory("b0", memory=learning),
        CardHistory("b1", memory=relearning, suspended=True),
        CardHistory("b2", buried_until=writing.moment.day + 1),
        CardHistory("b3", buried_until=writing.moment.day),
    )
    package = Written(
        Bundle(decks=(deck(*notes),), histories=histories), tmp_path, writing
    )

    rows = package.rows(
        "SELECT guid, type, queue, due, ivl, left FROM cards JOIN notes ON nid = notes.id ORDER BY guid"
    )
    assert rows == [
        ("b0", 1, 1, AT // 1000 + 600, 0, 1001),
        ("b1", 3, -1, AT // 1000 + 600, 1, 1001),
        ("b2", 0, -3, 3, 0, 0),
        ("b3", 0, 0, 4, 0, 0),
    ]


def test_a_history_without_a_memory_is_replayed(
    tmp_path: Path, writing: WriteContext, reading: ReadContext
) -> None:
    history = CardHistory("b1", (review(0, 3, 0, 2), review(2)))
    package = Written(
        Bundle(decks=(deck(basic()),), histories=(history,)), tmp_path, writing
    )

    memory = package_format.read(package.path, reading).histories[0].memory

    assert memory
    assert (memory.state, memory.due_day, memory.reps) == (State.REVIEW, DAY + 7, 2)
    # An upstream test of fsrs expects 11 days after Good, and Good two days later.
    assert memory.stability == pytest.approx(11, abs=0.1)


def test_reviews_before_a_reset_are_not_exported(
    tmp_path: Path, writing: WriteContext
) -> None:
    history = CardHistory(
        "b1",
        (review(0), review(3), review(9, 1, 0, 1)),
        anchors=(
            Anchor(Reason.RESET, Memory(), AT, DAY + 5, after=2),
            Anchor(Reason.DUE, Memory(), AT, DAY + 9, after=3),
        ),
    )
    package = Written(
        Bundle(decks=(deck(basic()),), histories=(history,)), tmp_path, writing
    )

    assert package.rows("SELECT id FROM revlog") == [(AT + 9 * 86_400_000,)]
    assert package.losses[0] == ("2 reviews were left out, because a reset came later.")


def test_reviews_at_the_same_instant_get_different_ids(
    tmp_path: Path, writing: WriteContext
) -> None:
    histories = tuple(CardHistory(f"b{n}", (review(0),)) for n in range(3))
    notes = [basic(f"b{n}") for n in range(3)]
    package = Written(
        Bundle(decks=(deck(*notes),), histories=histories), tmp_path, writing
    )

    assert package.rows("SELECT id FROM revlog ORDER BY id") == [
        (AT,),
        (AT + 1,),
        (AT + 2,),
    ]


def test_graded_notes_show_their_options_and_answers(
    tmp_path: Path, writing: WriteContext
) -> None:
    notes = (
        CHOICE,
        OrderNote(id="o1", question="Order?", items=("b", "a")),
        MatchNote(id="m1", question="Match?", pairs=(Pair("x", "y"), Pair("u", "v")), lures=("w",)),
    )  # fmt: skip
    package = Written(Bundle(decks=(deck(*notes),)), tmp_path, writing)

    shown = {
        guid: [html.unescape(part) for part in fields.split("\x1f")[:3]]
        for guid, fields in package.rows("SELECT guid, flds FROM notes")
    }
    assert shown["c1"] == [
        "Which?",
        "<ul><li>This & that</li><li>Other</li></ul>",
        "<ul><li>This & that (Because)</li></ul>",
    ]
    assert shown["o1"][1:] == [
        "<ul><li>a</li><li>b</li></ul>",
        "<ol><li>b</li><li>a</li></ol>",
    ]
    assert "w" in shown["m1"][1]
    assert "x: y" in shown["m1"][2]
    assert package.losses == [
        "3 graded notes were written for Anki to show, not to grade."
    ]


@pytest.mark.parametrize(
    ("note", "edit", "expected"),
    [
        (basic(why="W", style="s"), (0, "<b>How</b>?"), {"front": "**How**?"}),
        (basic(why="W", style="s"), (2, ""), {"why": ""}),
        (ClozeNote(id="b1", text="{{c1::a}}"), (0, "{{c1::b}} c"), {"text": "{{c1::b}} c"}),
    ],
)  # fmt: skip
def test_text_edited_in_anki_is_imported(
    note: Note,
    edit: tuple[int, str],
    expected: dict[str, Any],
    tmp_path: Path,
    writing: WriteContext,
    reading: ReadContext,
) -> None:
    package = Written(Bundle(decks=(deck(note),)), tmp_path, writing)
    ((fields,),) = package.rows("SELECT flds FROM notes")
    values = fields.split("\x1f")
    values[edit[0]] = edit[1]
    path = package.changed("UPDATE notes SET flds = ?", "\x1f".join(values))

    bundle = package_format.read(path, reading)

    assert not bundle.problems
    assert bundle.decks[0].notes == (replace(note, **expected),)


@pytest.mark.parametrize(
    ("in_anki", "expected"),
    [(" a b ", ("b", "a")), (" a b c ", ("a", "b", "c")), (" a ", ("a",))],
)
def test_tags_that_anki_sorts_keep_their_order(
    in_anki: str,
    expected: tuple[str, ...],
    tmp_path: Path,
    writing: WriteContext,
    reading: ReadContext,
) -> None:
    note = BasicNote(id="n1", front="f", back="b", tags=("b", "a"))
    package = Written(Bundle(decks=(deck(note),)), tmp_path, writing)

    bundle = package_format.read(
        package.changed("UPDATE notes SET tags = ?", in_anki), reading
    )

    assert bundle.decks[0].notes == (replace(note, tags=expected),)


def test_an_edit_of_a_graded_note_is_reported_but_not_imported(
    tmp_path: Path, writing: WriteContext, reading: ReadContext
) -> None:
    package = Written(Bundle(decks=(deck(CHOICE),)), tmp_path, writing)
    path = package.changed("UPDATE notes SET flds = 'W' || flds")

    bundle = package_format.read(path, reading)

    assert bundle.decks[0].notes == (CHOICE,)
    assert [problem.rule for problem in bundle.problems] == ["anki-edited"]


@pytest.mark.parametrize("damage", ["{", "[1]", '{"kind":"choice","options":3}'])
def test_a_note_with_damaged_details_is_imported_as_a_plain_card(
    damage: str, tmp_path: Path, writing: WriteContext, reading: ReadContext
) -> None:
    package = Written(Bundle(decks=(deck(CHOICE),)), tmp_path, writing)
    ((fields,),) = package.rows("SELECT flds FROM notes")
    *shown, _ = fields.split("\x1f")
    path = package.changed("UPDATE notes SET flds = ?", "\x1f".join([*shown, damage]))

    bundle = package_format.read(path, reading)

    assert isinstance(bundle.decks[0].notes[0], BasicNote)
    assert [problem.rule for problem in bundle.problems] == ["anki-data-damaged"]


def test_media_and_sources_are_exported_and_read_back(
    tmp_path: Path, writing: WriteContext, reading: ReadContext
) -> None:
    def gone() -> bytes:
        raise FlashcardsError("It is gone.")

    note = BasicNote(
        id="b1",
        front="[image: p.png] [image: lost.png] [sound: gone.mp3]?",
        back="That.",
        source=Source("opitz2019", "sec. 2"),
    )
    entry = SourceEntry("opitz2019", "Opitz & Burst", "Macro F1", 2019)
    media = (
        MediaFile("unused.png", lambda: b"no"),
        MediaFile("p.png", lambda: b"picture"),
        MediaFile("gone.mp3", gone),
    )
    package = Written(
        Bundle(decks=(deck(note),), media=media, sources=(entry,)), tmp_path, writing
    )

    assert package.losses == [
        "Pictures or sounds that were not found: 2 (gone.mp3, lost.png)."
    ]
    assert package.archive.namelist() == ["collection.anki2", "0", "media"]
    bundle = package_format.read(package.path, reading)
    assert [(file.name, file.read()) for file in bundle.media] == [
        ("p.png", b"picture")
    ]
    assert bundle.sources == (entry,)
    assert bundle.decks[0].notes == (note,)


def test_what_anki_cannot_hold_is_reported(
    tmp_path: Path, writing: WriteContext
) -> None:
    answered = replace_answer(review(0, 3, 0))
    histories = (CardHistory("b1", (answered,)), CardHistory("gone", (answered,)))
    bundle = Bundle(decks=(deck(basic()),), histories=histories, plan=StudyPlan(DAY))

    assert Written(bundle, tmp_path, writing).losses == [
        "1 answer was left out, because Anki stores only ratings.",
        "1 learned card was left out, because the note is missing.",
        "The study plan was left out.",
        'In Anki, tick "Import any learning progress", or the cards will be new there.',
    ]


def replace_answer(past: PastReview) -> PastReview:
    return past._replace(answer='{"typed":"x"}')


def test_the_same_bundle_gives_the_same_bytes(writing: WriteContext) -> None:
    bundle = Bundle(decks=(deck(basic(), CHOICE), deck(basic("b2"), key="z")))
    first, second = io.BytesIO(), io.BytesIO()

    package_format.write(bundle, first, writing)
    package_format.write(replace(bundle, decks=bundle.decks[::-1]), second, writing)

    assert first.getvalue() == second.getvalue()


def test_an_id_that_is_a_digest_is_restored(
    tmp_path: Path, writing: WriteContext, reading: ReadContext
) -> None:
    note = basic("anki.0123456789abcdef")
    package = Written(Bundle(decks=(deck(note),)), tmp_path, writing)

    assert package_format.read(package.path, reading).decks[0].notes == (note,)
