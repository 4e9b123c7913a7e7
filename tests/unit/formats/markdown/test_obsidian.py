"""Obsidian notes: their cards, decks and schedules are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from flashcards.domain.bundle import Bundle
from flashcards.domain.cards import DAY_SECONDS, State
from flashcards.domain.content import BasicNote, ClozeNote, Note
from flashcards.domain.settings.separators import Separators
from flashcards.formats.formats import ReadContext
from flashcards.formats.hashcards import hashcards_format
from flashcards.formats.markdown.obsidian_format import looks_like, read


def read_bundle(
    text: str, tmp_path: Path, reading: ReadContext, name: str = "Drift notes.md"
) -> Bundle:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(dedent(text))
    return read(path, reading)


def describe(note: Note) -> tuple[str, ...]:
    if isinstance(note, BasicNote):
        return (note.front, note.back, *(["both"] if note.reverse else []))
    assert isinstance(note, ClozeNote)
    return (note.text,)


def list_notes(bundle: Bundle) -> list[tuple[str, ...]]:
    return [describe(note) for deck in bundle.decks for note in deck.notes]


def list_problems(bundle: Bundle) -> list[str]:
    return [f"{problem.line} {problem.rule}" for problem in bundle.problems]


def to_day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_every_form_of_card_is_read_with_its_line(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(
        """\
        # Heading

        Words that are no card.

        What drifts?::P(x)
        - left ::: right
        > 1. quoted::answer `a::b`

        A question
        of two lines
        ?
        An answer

        One side
        ??
        The other
        ```
        code

        more ==code==
        ```
        end

        Recall is ==TP / (TP + FN);;a ratio== and ==precision==,
        `==code==` and a == b.
        """,
        tmp_path,
        reading,
    )

    assert list_problems(bundle) == []
    assert list_notes(bundle) == [
        ("What drifts?", "P(x)"),
        ("left", "right", "both"),
        ("quoted", "answer `a::b`"),
        ("A question\nof two lines", "An answer"),
        ("One side", "The other\n```\ncode\n\nmore ==code==\n```\nend", "both"),
        ("Recall is {{c1::TP / (TP + FN)::a ratio}} and {{c2::precision}},\n`==code==` and a == b.",),
    ]  # fmt: skip
    (deck,) = bundle.decks
    assert [note.line for note in deck.notes] == [5, 6, 7, 9, 14, 24]
    assert (deck.key, deck.title) == ("drift-notes", "Drift notes")
    assert not deck.is_partial
    assert deck.derived_ids == {note.id for note in deck.notes}


def test_highlights_can_have_a_number(tmp_path: Path, reading: ReadContext) -> None:
    bundle = read_bundle("==2;;b;;hint== ==1;;a== ==2;;c==\n", tmp_path, reading)

    assert list_notes(bundle) == [("{{c2::b::hint}} {{c1::a}} {{c2::c}}",)]


def test_bold_and_braces_hide_nothing(tmp_path: Path, reading: ReadContext) -> None:
    bundle = read_bundle("**bold** and {{braces}}\n\na::b\n", tmp_path, reading)

    assert list_notes(bundle) == [("a", "b")]


def test_code_has_no_cards(tmp_path: Path, reading: ReadContext) -> None:
    bundle = read_bundle("```\na::b\n```\n\n`std::vector`\n\nc::d\n", tmp_path, reading)

    assert list_notes(bundle) == [("c", "d")]


def test_a_code_span_in_three_backticks_starts_no_code_block(
    tmp_path: Path, reading: ReadContext
) -> None:
    text = '```py cache.get("key") ```\n\na::b\n\n```\n```py\nc::d\n```\n\ne::f\n'

    bundle = read_bundle(text, tmp_path, reading)

    assert list_notes(bundle) == [("a", "b"), ("e", "f")]
    assert list_problems(bundle) == []


def test_an_unclosed_code_block_is_reported(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle("---\nx: y\n---\na::b\n\n```\nc::d\n", tmp_path, reading)

    assert list_notes(bundle) == [("a", "b")]
    assert list_problems(bundle) == ["6 open-code"]


def test_a_tag_names_the_deck_of_one_card_or_of_all_cards_below(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(
        """\
        ---
        tags: [flashcards/ml/Drift, draft, "two words"]
        ---
        a::b

        #flashcards/metrics c::d

        #flashcards/systems

        e::f

        #flashcards/once
        g
        ?
        h

        #flashcards

        i::j
        """,
        tmp_path,
        reading,
    )

    assert list_problems(bundle) == []
    assert {deck.key: [describe(note)[0] for note in deck.notes] for deck in bundle.decks} == {
        "ml/drift": ["a"],
        "metrics": ["c"],
        "systems": ["e"],
        "once": ["g"],
        "drift-notes": ["i"],
    }  # fmt: skip
    assert [deck.is_partial for deck in bundle.decks] == [True, True, True, True, False]
    assert bundle.decks[0].title == "ml/Drift"
    assert bundle.decks[0].notes[0].tags == ("draft", "two", "words")


def test_the_schedule_of_each_sibling_becomes_its_memory(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(
        """\
        a:::b <!--SR:!2026-12-04,51,230!2000-01-01,1,250-->

        ==c== and ==d==
        <!--SR:!2026-11-02,4.5,130!2026-11-30,10,400-->

        e::f
        <!--SR:!04-12-2026,10,250-->
        """,
        tmp_path,
        reading,
    )

    first, second, third = bundle.decks[0].notes
    assert list_problems(bundle) == []
    by_card = {history.card: history.memory for history in bundle.histories}
    assert list(by_card) == [
        first.id,
        f"{second.id}:c1",
        f"{second.id}:c2",
        third.id,
    ]
    memory = by_card[first.id]
    assert memory is not None
    assert memory.state is State.REVIEW
    assert memory.stability == 51
    assert memory.difficulty == pytest.approx(10 - 9 * 100 / 240)
    assert memory.due_day == to_day("2026-12-04")
    assert memory.last_day == to_day("2026-12-04") - 51
    assert memory.interval_seconds == 51 * DAY_SECONDS
    assert memory.reps == 1
    hard, easy = by_card[f"{second.id}:c1"], by_card[f"{second.id}:c2"]
    assert hard is not None
    assert easy is not None
    assert (hard.stability, hard.difficulty, easy.difficulty) == (4.5, 10, 1)
    assert all(not history.reviews for history in bundle.histories)


def test_an_fsrs_schedule_is_imported_unchanged(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(
        "a::b <!--SR:!fsrs,2026-12-04T09:00:00.000Z,14,13.5,4.25,2,6,1,0,2026-11-20T09:30:00.000Z-->\n"
        "c::d <!--SR:!fsrs,2026-11-20T09:10:00.000Z,0,0.4,7,1,1,0,0,2026-11-20T09:00:00.000Z-->\n"
        "e::f <!--SR:!fsrs,2026-11-20T09:10:00.000Z,0,0,0,0,0,0,0,- -->\n",
        tmp_path,
        reading,
    )

    assert list_problems(bundle) == []
    review, learning = (history.memory for history in bundle.histories)
    assert review is not None
    assert learning is not None
    assert (review.state, review.stability, review.difficulty) == (State.REVIEW, 13.5, 4.25)  # fmt: skip
    assert (review.reps, review.lapses, review.interval_days) == (6, 1, 14)
    assert (review.due_day, review.due_at) == (to_day("2026-12-04"), None)
    assert (learning.state, learning.step) == (State.LEARNING, 0)
    assert learning.interval_seconds == 600
    assert learning.due_at == 1_795_165_800_000


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a::b <!--SR:!soon,1,250-->", "1 bad-schedule"),
        ("a::b <!--SR:!2026-11-02,x,250-->", "1 bad-schedule"),
        ("a::b <!--SR:!0001-01-02,9,250-->", "1 bad-schedule"),
        ("a::b <!--SR:!2026-11-02,1e999,250-->", "1 bad-schedule"),
        ("a::b <!--SR:!fsrs,1,2-->", "1 bad-schedule"),
        ("a::b <!--SR:!2026-11-02,9,250!2026-11-02,9,250-->", "1 schedule-without-card"),
        ("a::b\n\n<!--SR:!2026-11-02,9,250-->", "3 schedule-without-card"),
        ("a::b\n\nc::\n", "3 empty-side"),
        ("a::b\n\n?\nc\n", "3 empty-side"),
        ("a::b\n\na::b\n", "3 same-wording"),
    ],
)  # fmt: skip
def test_an_unreadable_part_is_reported_and_the_valid_card_is_imported(
    text: str, problem: str, tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle(text, tmp_path, reading)

    assert list_problems(bundle) == [problem]
    assert list_notes(bundle) == [("a", "b")]


def test_a_block_id_identifies_a_note_even_if_its_words_change(
    tmp_path: Path, reading: ReadContext
) -> None:
    before = read_bundle("a::b ^x1\n\n==c== ^x2\n", tmp_path, reading)
    after = read_bundle("A?::B ^x1\n\n==C== ^x2\n", tmp_path, reading)

    ids = [note.id for note in before.decks[0].notes]
    assert ids == [note.id for note in after.decks[0].notes]
    assert list_notes(after) == [("A?", "B"), ("{{c1::C}}",)]
    assert after.decks[0].derived_ids == frozenset()


def test_links_embeds_and_comments_are_read_as_people_see_them(
    tmp_path: Path, reading: ReadContext
) -> None:
    (tmp_path / "p.png").write_bytes(b"png")
    bundle = read_bundle(
        "See [[Drift|the drift]] in [[Notes]] <!-- hidden -->::![[p.png|100]] ![x](s.mp3)\n"
        "<!-- a::b\nc::d -->\n",
        tmp_path,
        reading,
    )

    assert list_notes(bundle) == [
        ("See the drift in Notes", "[image: p.png] [sound: s.mp3]")
    ]
    assert [file.name for file in bundle.media] == ["p.png"]


def test_an_obsidian_note_without_cards_is_refused_with_one_error(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle("# Title\n\nWords.\n", tmp_path, reading)

    assert bundle.decks == ()
    assert list_problems(bundle) == ["1 not-this-format"]


@pytest.mark.parametrize(
    ("head", "has_cards"),
    [
        (b"#flashcards/a\n\na::b\n", True),
        (b"---\ntags:\n  - flashcards/ml\n---\nwords\n", True),
        (b"---\ntags: flashcards\n---\nwords\n", True),
        (b"a::b\n<!--SR:!2026-11-02,9,250-->\n", True),
        (b"Question :: answer\n", True),
        (b"#Flashcards\n\na::b\n", True),
        ("#flashcards/हिन्दी\n\na::b\n".encode(), True),
        (b"See #flashcards-old.\n", False),
        (b"Question\n?\nAnswer\n", True),
        (b"# Read me\n\nUse `a :: b` or std::vector, ==always==.\n", False),
        (b"```haskell\nf :: Int\n```\n", False),
        (b"---\ntags: [notes]\n---\n# Title\n", False),
        (b"Q: a\nA: b\n", False),
        (b"", False),
        (b"---\ntags: [[[[\n---\n", False),
    ],
)
def test_a_readme_has_no_flashcards(head: bytes, has_cards: bool) -> None:
    assert looks_like(head) is has_cards
    assert not (has_cards and hashcards_format.looks_like(head))


@pytest.mark.parametrize(
    ("tag", "key"),
    [
        ("#flashcards/हिन्दी", "हिन्दी"),
        ("#flashcards/u\u0308ber", "über"),
        ("#Flashcards/ML", "ml"),
        ("#flashcards/C, #other", "c"),
        ("#flashcards/ml.", "ml"),
    ],
    ids=ascii,
)
def test_a_tag_in_any_script_and_case_names_the_deck(
    tmp_path: Path, reading: ReadContext, tag: str, key: str
) -> None:
    bundle = read_bundle(f"{tag} What drifts?::P(x)\n", tmp_path, reading)

    assert [deck.key for deck in bundle.decks] == [key]


def test_an_obsidian_note_whose_only_card_lacks_a_side_is_refused(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read_bundle("What is drift?::\n", tmp_path, reading)

    assert list_problems(bundle) == ["1 empty-side", "1 nothing-taken"]


def test_colons_after_a_question_mark_need_no_spaces() -> None:
    assert looks_like(b"What is TTL?::time to live\n")
    assert not looks_like(b"Use std::vector here.\n")


def test_the_separators_in_the_settings_split_question_and_answer(
    tmp_path: Path, reading: ReadContext
) -> None:
    own = Separators("=>", "<=>", '<br class="f">', "!!")
    text = """\
        #flashcards

        What is TTL? => time to live::or so

        left <=> right

        A question
        <br class="f">
        An answer

        One side
        !!
        The other

        no::card
        """

    bundle = read_bundle(text, tmp_path, replace(reading, separators=own))

    assert list_notes(bundle) == [
        ("What is TTL?", "time to live::or so"),
        ("left", "right", "both"),
        ("A question", "An answer"),
        ("One side", "The other", "both"),
    ]


def test_changed_separators_are_part_of_what_decides_whether_a_file_is_read_again() -> (
    None
):
    assert Separators().as_line() == ""
    assert Separators(inline=">>").as_line() == "inline=>>"
