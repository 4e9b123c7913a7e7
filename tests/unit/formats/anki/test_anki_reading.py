"""Packages of Anki in all three generations become decks, histories and media."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flashcards.domain.bundle import PastReview
from flashcards.domain.cards import DAY_SECONDS, Memory, State
from flashcards.domain.content import BasicNote, ChoiceNote, ClozeNote, Option
from flashcards.formats.anki import package_format
from flashcards.formats.formats import format_to_read
from tests.unit.formats.anki.anki_building import (
    ANKI2,
    ANKI21,
    ANKI21B,
    CREATED,
    CREATED_DAY,
    Kind,
    Package,
)

if TYPE_CHECKING:
    from flashcards.domain.bundle import Bundle, CardHistory
    from flashcards.domain.content import Note
    from flashcards.formats.formats import ReadContext

GENERATIONS = pytest.mark.parametrize("generation", [ANKI2, ANKI21, ANKI21B])
NOON = (CREATED + 43_200) * 1000


def read(
    package: Package, directory: Path, reading: ReadContext, generation: int = ANKI2
) -> Bundle:
    return package_format.read(package.write(directory / "a.apkg", generation), reading)


def notes_of(bundle: Bundle) -> list[Note]:
    return [note for deck in bundle.decks for note in deck.notes]


def build_rules(bundle: Bundle) -> list[str]:
    return [problem.rule for problem in bundle.problems]


def history_of(bundle: Bundle, card: str) -> CardHistory:
    return next(history for history in bundle.histories if history.card == card)


@pytest.fixture
def package() -> Package:
    return Package()


@GENERATIONS
def test_every_generation_gives_the_same_bundle(
    package: Package, tmp_path: Path, reading: ReadContext, generation: int
) -> None:
    package.decks[11] = "Andere"
    note = package.note("What <b>drifts</b>?", 'A <img src="p.png">', guid="k[h&",
                       tags=" a marked b::c ")  # fmt: skip
    package.card(note)
    other = package.note("Say {{c1::yes::a word}} or {{c2::no}}.", "Why", kind=3, guid="x1")  # fmt: skip
    package.card(other, 0, 11)
    package.card(other, 1, 11)
    package.media["p.png"] = b"picture" * 100

    bundle = read(package, tmp_path, reading, generation)

    assert not bundle.problems
    assert [(deck.key, deck.title) for deck in bundle.decks] == [
        ("andere", "Andere"),
        ("machine-learning/drift", "Drift"),
    ]
    assert bundle.decks[1].description == "About it"
    assert all(deck.is_partial and deck.digest for deck in bundle.decks)
    assert notes_of(bundle) == [
        ClozeNote(id="x1", text="Say {{c1::yes::a word}} or {{c2::no}}.", why="Why"),
        BasicNote(
            id="anki.k.5bh.26",
            front="What **drifts**?",
            back="A [image: p.png]",
            tags=("a", "b::c"),
        ),
    ]
    assert bundle.marked == {"anki.k.5bh.26"}
    assert [(file.name, file.read()) for file in bundle.media] == [
        ("p.png", b"picture" * 100)
    ]


@GENERATIONS
def test_the_placeholder_next_to_a_newer_collection_is_not_read(
    package: Package, tmp_path: Path, reading: ReadContext, generation: int
) -> None:
    package.basic()

    bundle = read(package, tmp_path, reading, generation)

    assert [note.id for note in notes_of(bundle)] == ["guid0"]


def test_a_package_is_recognized_by_its_suffix_or_its_content(
    package: Package, tmp_path: Path
) -> None:
    for name in ("a.apkg", "c.download"):
        assert format_to_read(package.write(tmp_path / name)).name == "anki"
    whole = format_to_read(package.write(tmp_path / "b.colpkg"))
    assert whole.name == "anki-collection"
    assert not whole.writes


def test_notetypes_in_any_language_are_recognized_by_their_templates(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.kinds[5] = Kind(
        ("Вопрос", "Ответ"),
        (
            ("{{Вопрос}}", "{{FrontSide}}<hr id=answer>{{Ответ}}"),
            (
                "{{#Ответ}}{{Ответ}}{{/Ответ}}",
                "{{FrontSide}}<hr id='answer'>{{Вопрос}}",
            ),
        ),
    )
    note = package.note("Да?", "Нет", kind=5, guid="r")
    package.card(note, 0)
    package.card(note, 1)

    bundle = read(package, tmp_path, reading)

    assert notes_of(bundle) == [
        BasicNote(id="r", front="Да?", back="Нет", reverse=True)
    ]


def test_templates_with_different_questions_become_separate_notes(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.kinds[5] = Kind(
        ("Term", "Meaning", "Formula", "Note"),
        (
            ("{{Term}}", "{{FrontSide}}<hr id=answer>{{Meaning}}"),
            ("Formula of {{Term}}? {{hint:Note}}", "{{Formula}}"),
            ("{{#Note}}{{Note}}{{/Note}}", "{{Term}}"),
        ),
    )
    note = package.note("PSI", "Index", "&Sigma; x", "log", kind=5, guid="t")
    for ord_ in (0, 1):
        package.card(note, ord_, type=2, queue=2, due=9, ivl=3, factor=2500)

    bundle = read(package, tmp_path, reading)

    assert notes_of(bundle) == [
        BasicNote(id="t", front="PSI", back="Index"),
        BasicNote(id="t.2", front="Formula of PSI?", back="Σ x", hint="log"),
    ]
    assert [history.card for history in bundle.histories] == ["t", "t.2"]
    assert build_rules(bundle) == ["anki-split"]


def test_gaps_that_one_note_cannot_hold_become_a_note_for_each_number(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    note = package.note("{{c1::A {{c2::B::h}} C}} {{c0::D}} {{c3,4::E}}", "", kind=3, guid="n")  # fmt: skip
    for ord_ in range(4):
        package.card(note, ord_)

    bundle = read(package, tmp_path, reading)

    assert [(history.id, history.text) for history in notes_of(bundle)] == [  # type: ignore[attr-defined]
        ("n", "{{c1::A B C}} D E"),
        ("n.2", "A {{c2::B::h}} C D E"),
        ("n.3", "A B C D {{c3::E}}"),
        ("n.4", "A B C D {{c4::E}}"),
    ]


def test_multiple_choice_is_recognized_by_the_names_of_its_fields(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    rows = ("Question", "Title", "QType (0=kprim,1=mc,2=sc)", "Q_1", "Q_2", "Q_3", "Answers", "Extra 1")  # fmt: skip
    script = (("<script>show()</script>{{Question}}", "{{Question}}"),)
    package.kinds[5] = Kind(rows, script)
    package.kinds[6] = Kind(("question", "a", "b", "c", "answers", "explanation"), script)  # fmt: skip
    package.card(
        package.note("Which?", "", "1", "x", "", "z", "1 0 0", "Because", kind=5)
    )
    package.card(package.note("Which?", "x", "y", "", "A", "Because", kind=6))
    package.card(package.note("Which?", "x", "y", "", "A,B", "", kind=6))

    bundle = read(package, tmp_path, reading)

    options = (Option("x", correct=True), Option("z"))
    assert notes_of(bundle) == [
        ChoiceNote(id="guid0", question="Which?", options=options, why="Because"),
        ChoiceNote(
            id="guid1",
            question="Which?",
            options=(Option("x", correct=True), Option("y")),
            why="Because",
        ),
        # Where all are correct there is nothing to grade.
        BasicNote(id="guid2", front="Which?\n\n- x\n- y", back="- x\n- y"),
    ]


@GENERATIONS
def test_memories_reviews_and_queues_are_imported(
    package: Package, tmp_path: Path, reading: ReadContext, generation: int
) -> None:
    data = f'{{"pos":3,"s":12.5,"d":5.25,"dr":0.9,"decay":0.154,"lrt":{NOON // 1000 + 5 * 86_400}}}'  # fmt: skip
    package.decks[12] = "Filtered"
    known = package.basic(
        type=2, queue=2, due=15, ivl=10, factor=2500, reps=2, lapses=1, data=data
    )
    package.review(known, 2, ease=3, ivl=3, type=0)
    package.review(known, 5, ease=2, ivl=10)
    package.basic(type=1, queue=1, due=CREATED + 600, left=1001, reps=1,
                  data=f'{{"s":2.3,"d":2.1,"lrt":{CREATED}}}')  # fmt: skip
    package.basic(queue=-1)
    package.basic(queue=-3)
    package.basic(deck=12, odid=10, odue=20, type=2, queue=2, due=-100, ivl=10, factor=2500)  # fmt: skip
    package.basic(type=3, queue=3, due=6, ivl=2, factor=1300, lapses=2)
    package.basic()

    bundle = read(package, tmp_path, reading, generation)

    assert not bundle.problems
    assert [deck.key for deck in bundle.decks] == ["machine-learning/drift"]
    history = history_of(bundle, "guid0")
    assert history.memory == Memory(
        State.REVIEW, None, 12.5, 5.25, CREATED_DAY + 15, None, CREATED_DAY + 5, 10 * DAY_SECONDS, 2, 1,
    )  # fmt: skip
    assert history.reviews == [
        PastReview(NOON + 2 * 86_400_000, CREATED_DAY + 2, 3, 4000, 0, 3 * DAY_SECONDS),
        PastReview(NOON + 5 * 86_400_000, CREATED_DAY + 5, 2, 4000, 2, 10 * DAY_SECONDS),
    ]  # fmt: skip
    assert history_of(bundle, "guid1").memory == Memory(
        State.LEARNING, 1, 2.3, 2.1, CREATED_DAY - 1, (CREATED + 600) * 1000, CREATED_DAY - 1, 600, 1, 0,
    )  # fmt: skip
    assert history_of(bundle, "guid2").suspended
    assert history_of(bundle, "guid3").buried_until == reading.moment.day + 1
    filtered = history_of(bundle, "guid4").memory
    assert filtered
    assert filtered.due_day == CREATED_DAY + 20
    # What fsrs-rs makes of this ease and interval, by its own tests.
    assert filtered.stability == pytest.approx(10)
    assert filtered.difficulty == pytest.approx(6.914056)
    relearnt = history_of(bundle, "guid5").memory
    assert relearnt
    assert (relearnt.state, relearnt.due_day) == (State.RELEARNING, CREATED_DAY + 6)
    assert len(bundle.histories) == 6


def test_ratings_of_the_first_scheduler_are_converted(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.config = {"rollover": 4}
    card = package.basic(type=2, queue=2, due=9, ivl=3, factor=2500)
    for place, (kind, ease) in enumerate(((0, 2), (0, 3), (1, 2), (2, 2), (2, 1))):
        package.review(card, place, ease=ease, type=kind)

    bundle = read(package, tmp_path, reading)

    ratings = [history.rating for history in bundle.histories[0].reviews]
    assert ratings == [3, 4, 2, 3, 1]


def test_reviews_before_a_reset_are_left_out_and_counted(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    reset = package.basic(type=2, queue=2, due=9, ivl=3, factor=2500)
    package.review(reset, 0, type=0)
    package.review(reset, 1, ease=0, factor=0, type=4)
    package.review(reset, 2, type=0, ease=2)
    package.review(reset, 3, ease=0, type=5)
    package.review(reset, 3, type=3, factor=0)
    package.review(reset, 4, type=3, ease=4)
    relearned = package.basic(type=2, queue=2, due=9, ivl=3, factor=2500)
    package.review(relearned, 0, type=0)
    package.review(relearned, 3)
    package.review(relearned, 5, type=0, ease=1)
    package.review(relearned, 5, type=0, ease=4)
    forgotten = package.basic()
    package.review(forgotten, 3)
    package.review(12345, 3)

    bundle = read(package, tmp_path, reading)

    days = {
        history.card: [
            (review.day - CREATED_DAY, review.rating) for review in history.reviews
        ]
        for history in bundle.histories
    }
    assert days == {"guid0": [(2, 2), (4, 4)], "guid1": [(5, 1), (5, 4)]}
    assert build_rules(bundle) == ["anki-old-reviews"]
    assert bundle.problems[0].message.endswith("is not in the package: 5.")


def test_the_days_of_an_old_collection_start_at_its_instant_of_creation(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    package.config = {}
    package.created = CREATED + 4 * 3600
    package.basic(type=2, queue=2, due=9, ivl=3, factor=2500)

    memory = read(package, tmp_path, reading).histories[0].memory

    assert memory
    assert memory.due_day == CREATED_DAY + 9


def test_new_cards_keep_their_order_of_learning(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    for due in (7, 5, 6):
        package.basic(due=due)
    package.basic(type=2, queue=2, due=9, ivl=3, factor=2500, data='{"pos":4}')

    notes = notes_of(read(package, tmp_path, reading))

    assert [note.id for note in notes] == ["guid3", "guid1", "guid2", "guid0"]


def test_the_card_with_most_lapses_is_the_leech(
    package: Package, tmp_path: Path, reading: ReadContext
) -> None:
    note = package.note("a", "b", kind=2, guid="n", tags=" Leech x ")
    package.card(note, 0, type=2, queue=-1, due=9, ivl=3, factor=2500, lapses=8)
    package.card(note, 1, type=2, queue=2, due=9, ivl=3, factor=2500, lapses=2)

    bundle = read(package, tmp_path, reading)

    assert [
        (history.card, history.leech, history.suspended) for history in bundle.histories
    ] == [
        ("n", True, True),
        ("n:reverse", False, False),
    ]
    assert notes_of(bundle)[0].tags == ("x",)
