"""Laws of hashcards Markdown: exports survive an import, and no file breaks the reader."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote, ClozeNote, DeckContent
from tests.examples import scale_examples
from tests.property.decks.test_decks import decks
from tests.property.formats.exchange_laws import export, is_sound, mutate, read

awkward = st.text("ab[]!\\\n (){}:QAC-<>%.png$$^`", min_size=1, max_size=24).filter(
    str.strip
)
basics = st.builds(
    BasicNote, id=st.just(""), front=awkward, back=awkward, reverse=st.booleans()
)
clozes = st.builds(
    "{}{{{{c{}::x{}}}}}{}".format,
    awkward, st.integers(1, 9), st.text("ab[]!\\ ", max_size=6), awkward,
).map(lambda text: ClozeNote(id="", text=text))  # fmt: skip
awkward_decks = st.lists(basics | clozes, min_size=1, max_size=4).map(
    lambda notes: DeckContent(
        key="a/b",
        title="A: b",
        notes=tuple(replace(n, id=f"n{i}") for i, n in enumerate(notes)),
    )
)


@settings(max_examples=scale_examples(200))
@given(decks | awkward_decks)
def test_an_imported_export_is_exported_the_same_again(deck: DeckContent) -> None:
    data = export("hashcards", Bundle(decks=(deck,)))

    bundle = read("hashcards", data, "deck.md")

    assert [p for p in bundle.problems if p.severity == "error"] == []
    assert bundle.decks[0].key == deck.key
    assert export("hashcards", bundle) == data


pieces = st.lists(
    st.sampled_from(
        ["Q:", "A:", "C:", " a", "\n", "[", "]", "\\[", "![", "](", "x.png)", "---", '---\nname = "n"\n---\n',
         "{{c1::", "}}", "::", "\r", "\x00", "\u202e", "é", "   ", "[[[["]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=scale_examples(200))
@given(pieces.map(str.encode) | st.binary(max_size=100))
def test_any_file_gives_problems_or_a_deck(data: bytes) -> None:
    assert is_sound(read("hashcards", data, "a.md"))


GOOD = b'---\nname = "n"\n---\nQ: What?\nA: That.\n\nC: A [gap] and ![](p.png).\n---\nQ: x\nA: y\n'


@settings(max_examples=scale_examples(200))
@given(mutate(GOOD))
def test_damaged_files_give_problems_or_a_deck(data: bytes) -> None:
    assert is_sound(read("hashcards", data, "a.md"))
