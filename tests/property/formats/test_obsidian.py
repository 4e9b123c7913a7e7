"""No content of an Obsidian note breaks the reader."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.domain.faces import card_key, faces_of
from tests.examples import scale_examples
from tests.property.formats.exchange_laws import is_sound, mutate, read

pieces = st.lists(
    st.sampled_from(
        ["What", "::", ":::", "\n", "\n\n", "\n?\n", "\n??\n", "==", "==x==", ";;", "1;;", "`", "```\n", "~~~",
         "<!--SR:!2026-11-02,9,250", "!fsrs,2026-12-04T09:00:00Z,1,2,3,2,1,0,0,2026-11-20T09:30:00Z", "-->", "<!--",
         "#flashcards/a/b", "---\ntags: [flashcards/x]\n---\n", "[[a|b]]", "![[p.png]]", " ^id", "- ", "\x00", "{{c1::", "}}"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=scale_examples(300))
@given(pieces.map(str.encode) | st.binary(max_size=100))
def test_any_file_gives_problems_or_decks_with_the_cards_of_their_histories(
    data: bytes,
) -> None:
    bundle = read("obsidian", data, "a.md")

    cards = {
        card_key(note.id, face)
        for deck in bundle.decks
        for note in deck.notes
        for face in faces_of(note)
    }
    assert is_sound(bundle)
    assert {history.card for history in bundle.histories} <= cards


GOOD = (
    b"---\ntags: [flashcards/x]\n---\na::b <!--SR:!2026-11-02,9,250-->\n\nq\n??\na\n"
    b"<!--SR:!2026-11-02,9,250!2026-11-03,4,230-->\n\n==x;;h== and ==y== ^id\n"
)


@settings(max_examples=scale_examples(200))
@given(mutate(GOOD))
def test_damaged_files_give_problems_or_decks(data: bytes) -> None:
    assert is_sound(read("obsidian", data, "a.md"))
