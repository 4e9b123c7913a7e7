"""Cards in Markdown and plain text: Mochi, hascard, quizdown and Logseq."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    Note,
    Option,
    OrderNote,
    TypedNote,
)
from flashcards.formats.common.naming import derive_id
from flashcards.formats.formats import ReadContext, format_to_read
from flashcards.formats.markdown import (
    hascard_format,
    headings_format,
    logseq_format,
    mochi_format,
    quizdown_format,
)
from tests.unit.formats.conftest import NOW


def read(
    text: str,
    path: Path,
    reading: ReadContext,
    *,
    name: str = "",
    is_known: bool = True,
) -> Bundle:
    path.write_text(dedent(text))
    if is_known:
        assert format_to_read(path).name == name
    return format_to_read(path, name).module.read(path, reading)


def list_notes(bundle: Bundle) -> list[Note]:
    return [note for deck in bundle.decks for note in deck.notes]


def list_sides(bundle: Bundle) -> list[tuple[str, str]]:
    pairs = []
    for note in list_notes(bundle):
        assert isinstance(note, BasicNote)
        pairs.append((note.front, note.back))
    return pairs


def list_rules(bundle: Bundle) -> list[tuple[int, str]]:
    return [(problem.line, problem.rule) for problem in bundle.problems]


def test_each_form_of_hascard_becomes_its_kind_of_note(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read(
        """\
        # Drift
        Inputs move.
        Or labels.

        ---

        # Which one moves under covariate shift?
        - P(y)
        * P(x)
        ---
        # Which ones are losses?
        [*] hinge
        [ ] softmax
        [*] cross-entropy

        ---
        # Complete
        It belongs to the _EU|European Union_.
        ---
        # Gaps
        A _hit_ saves a _trip_ of snake_case.
        ---
        # Order them
        [2] train
        [1] collect
        ---
        """,
        tmp_path / "cards.txt",
        reading,
        name="hascard",
    )

    assert bundle.problems == ()
    drift, single_choice, multiple_choice, typed, cloze, order = list_notes(bundle)
    assert isinstance(drift, BasicNote)
    assert (drift.front, drift.back) == ("Drift", "Inputs move.\\\nOr labels.")
    assert isinstance(single_choice, ChoiceNote)
    assert single_choice.options == (Option("P(y)"), Option("P(x)", correct=True))
    assert isinstance(multiple_choice, ChoiceNote)
    assert [option.correct for option in multiple_choice.options] == [True, False, True]
    assert isinstance(typed, TypedNote)
    assert typed.accept == ("EU", "European Union")
    assert typed.question == "Complete\n\nIt belongs to the _____."
    assert isinstance(cloze, ClozeNote)
    assert cloze.text == "Gaps\n\nA {{c1::hit}} saves a {{c2::trip}} of snake_case."
    assert isinstance(order, OrderNote)
    assert order.items == ("collect", "train")
    (deck,) = bundle.decks
    assert (deck.key, deck.is_partial) == ("cards", False)
    assert [note.line for note in deck.notes] == [1, 7, 11, 17, 20, 23]


def test_cards_of_hascard_without_a_heading_or_answer_are_reported(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read("# A\nb\n---\nno heading\n---\n# C\n", tmp_path / "a.txt", reading, name="hascard", is_known=False)  # fmt: skip

    assert list_sides(bundle) == [("A", "b")]
    assert list_rules(bundle) == [
        (4, "card-without-heading"),
        (6, "heading-without-answer"),
    ]


def test_a_mochi_file_is_one_card(tmp_path: Path, reading: ReadContext) -> None:
    path = tmp_path / "one.mochi.md"
    text = "What does a cache save?\n\n---\n\nA trip.\n\n---\n\nAnd time.\n"

    bundle = read(text, path, reading, name="mochi")

    assert bundle.problems == ()
    assert list_sides(bundle) == [
        ("What does a cache save?", "A trip.\n\n---\n\nAnd time.")
    ]


@pytest.mark.parametrize("name", ["caches.mochi.md", "caches.Mochi.MD"])
def test_the_deck_of_a_mochi_file_is_named_without_the_suffix(
    tmp_path: Path, reading: ReadContext, name: str
) -> None:
    bundle = read("front\n---\nback\n", tmp_path / name, reading, name="mochi")

    assert [(deck.key, deck.title) for deck in bundle.decks] == [("caches", "caches")]


def test_mochi_cards_keep_their_ids(tmp_path: Path, reading: ReadContext) -> None:
    bundle = read(
        """\
        ---
        card_id: aB3
        ---
        front
        ---
        back
        ---
        card_id: "x9"
        ---
        A {{1::hit}} saves {{a {trip}}}.
        """,
        tmp_path / "cards.md",
        reading,
        name="mochi",
    )

    assert bundle.problems == ()
    first, second = list_notes(bundle)
    assert (first.id, second.id) == ("aB3", "x9")
    assert isinstance(second, ClozeNote)
    assert second.text == "A {{c1::hit}} saves {{c2::a {trip}}}."


def test_a_mochi_card_with_one_side_is_reported(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read("Only this.\n", tmp_path / "a.mochi.md", reading, name="mochi")

    assert bundle.decks == ()
    assert list_rules(bundle) == [(1, "side-missing"), (1, "nothing-taken")]


def test_quizdown_questions_have_hints_and_comments(
    tmp_path: Path, reading: ReadContext
) -> None:
    bundle = read(
        """\
        ---
        shuffle_questions: false
        ---
        ### What's the capital of Germany?

        Think of **1990**.

        > The largest city.

        - [x] Berlin
            > Right.
        - [ ] Bonn
          am Rhein

        ### Select your power!

        1. [ ] Strength
        1. [X] Shapeshifting

        ## Bring these into order

        1. One
        2. Two

        # The end
        """,
        tmp_path / "quiz.md",
        reading,
        name="quizdown",
    )

    assert bundle.problems == ()
    capital, power, order = list_notes(bundle)
    assert isinstance(capital, ChoiceNote)
    assert capital.question == "What's the capital of Germany?\n\nThink of **1990**."
    assert capital.hint == "The largest city."
    assert capital.options == (
        Option("Berlin", correct=True, why="Right."),
        Option("Bonn\nam Rhein"),
    )
    assert isinstance(power, ChoiceNote)
    assert [option.correct for option in power.options] == [False, True]
    assert isinstance(order, OrderNote)
    assert order.items == ("One", "Two")


def test_a_to_do_list_is_not_a_quiz() -> None:
    assert not quizdown_format.looks_like(b"# To do\n\n- [x] shop\n- [ ] cook\n")
    assert quizdown_format.looks_like(b"# Which?\n\n- [x] a\n- [ ] b\n")


def test_logseq_blocks_with_a_tag_are_cards(
    tmp_path: Path, reading: ReadContext
) -> None:
    page = dedent(
        """\
        - Notes on caches
            - What does TTL stand for? #card #caching
              id:: 64f-1
              card-last-interval:: 30
              card-repeats:: 4
              card-ease-factor:: 2.5
              card-next-schedule:: 2026-12-20T00:00:00.000Z
              card-last-score:: 5
                - Time to live
            - Which ones evict? #card
                - LRU
                    - by time
                - LFU
            - A {{cloze hit}} avoids a {{cloze trip}}. #card
            - An ordinary block
            - Nothing below #card
        """
    )
    # Logseq indents by tabs.
    page = page.replace("    ", "\t")

    bundle = read(page, tmp_path / "page.md", reading, name="logseq")

    assert list_rules(bundle) == [(16, "card-without-answer")]
    first, second, cloze = list_notes(bundle)
    assert isinstance(first, BasicNote)
    assert (first.front, first.back) == ("What does TTL stand for?", "Time to live")
    assert (first.id, first.tags) == (derive_id("logseq", "64f-1"), ("caching",))
    assert isinstance(second, BasicNote)
    assert second.back == "- LRU\n  - by time\n- LFU"
    assert isinstance(cloze, ClozeNote)
    assert cloze.text == "A {{c1::hit}} avoids a {{c2::trip}}."
    (history,) = bundle.histories
    assert history.memory is not None
    assert history.memory.stability == 30
    assert history.memory.due_day == date(2026, 12, 20).toordinal()


_MODULES = [hascard_format, headings_format, logseq_format, mochi_format, quizdown_format]  # fmt: skip
_PIECES = st.sampled_from(
    ["# ", "## a?", "\n", "\n---\n", "- ", "  - ", "\t- b", "[x] ", "[ ] ", "* ", "[*] ", "_a|b_", "{{1::c}}", "{{",
     "card_id: x", " #card", "{{cloze d}}", "id:: e", "> [!faq] f", "> ", "```", "::", "\x1b", "é", "\n\n"]
)  # fmt: skip


@pytest.mark.parametrize("module", _MODULES, ids=lambda module: module.__name__[20:])
@given(data=st.lists(_PIECES, max_size=25).map("".join))
def test_any_text_is_read_or_has_a_problem_reported(
    module: object, data: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from flashcards.domain.clock import Moment

    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_text(data)
    reading = ReadContext(lambda at: at // 86_400_000, Moment(NOW, 20_000, NOW + 1))

    bundle = module.read(path, reading)  # type: ignore[attr-defined]

    assert bundle.problems or list_notes(bundle)
    assert module.looks_like(path.read_bytes()) in (True, False)  # type: ignore[attr-defined]
