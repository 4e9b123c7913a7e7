"""Laws of GIFT: exports survive an import, and no file breaks the reader."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    MatchNote,
    Note,
    NumericNote,
    Option,
    TypedNote,
)
from tests.examples import scale_examples
from tests.property.decks.test_decks import (
    decks,
    ids,
    many,
    numbers,
    optional_texts,
    options,
    pairs,
    texts,
)
from tests.property.formats.exchange_laws import export, is_sound, mutate, read

awkward = st.text("ab~=#{}:\\n\n%5[]>-. /*", min_size=1, max_size=24).filter(str.strip)
lines = awkward.map(lambda text: text.replace("\n", "") or "x").filter(str.strip)
awkward_notes = st.one_of(
    st.builds(BasicNote, id=st.just(""), front=awkward, back=awkward, why=st.just("") | awkward),
    st.builds(
        ChoiceNote,
        id=st.just(""),
        question=awkward,
        options=st.tuples(
            st.builds(Option, awkward.map("1{}".format), correct=st.just(True), why=awkward),
            st.builds(Option, awkward.map("2{}".format), correct=st.booleans(), why=awkward),
            st.builds(Option, awkward.map("3{}".format)),
        ),
    ),
    st.builds(TypedNote, id=st.just(""), question=awkward, accept=st.tuples(lines)),
    st.builds("{}{{{{c1::{}}}}}{}".format, awkward, st.text("ab=#~%-> ", max_size=6).map("x{}".format), awkward)
    .map(lambda text: ClozeNote(id="", text=text)),
)  # fmt: skip


def has_no_arrow(note: Note) -> bool:
    return "->" not in repr(note)


mapped = [
    st.builds(ChoiceNote, id=ids, question=texts, options=options, why=optional_texts),
    st.builds(MatchNote, id=ids, question=texts, pairs=pairs, why=optional_texts).filter(has_no_arrow),
    st.builds(TypedNote, id=ids, question=texts, accept=many(lines, 1)).filter(has_no_arrow),
    st.builds(NumericNote, id=ids, question=texts, answer=numbers, tolerance=st.floats(0, 9)),
]  # fmt: skip
awkward_decks = st.lists(awkward_notes, min_size=1, max_size=4).map(
    lambda notes: DeckContent(
        key="a/b",
        title="a/b",
        notes=tuple(replace(n, id=f"n{i}") for i, n in enumerate(notes)),
    )
)


@settings(max_examples=scale_examples(200))
@given(decks | awkward_decks)
def test_an_imported_export_is_exported_the_same_again(deck: DeckContent) -> None:
    data = export("gift", Bundle(decks=(deck,)))

    bundle = read("gift", data, "quiz.gift")

    assert [p for p in bundle.problems if p.severity == "error"] == []
    assert bundle.decks[0].key == deck.key
    assert export("gift", bundle) == data


@given(st.lists(st.one_of(*mapped), min_size=1, max_size=4))
def test_a_note_with_a_question_type_keeps_its_kind_and_id(notes: list[Note]) -> None:
    numbered = [replace(note, id=f"n{index}") for index, note in enumerate(notes)]
    deck = DeckContent(key="a", title="a", notes=tuple(numbered))

    bundle = read("gift", export("gift", Bundle(decks=(deck,))), "quiz.gift")

    again = bundle.decks[0].notes
    assert [(note.id, note.kind) for note in again] == [
        (note.id, note.kind) for note in numbered
    ]


pieces = st.lists(
    st.sampled_from(
        ["What", "{", "}", "=", "~", "#", "####", "->", ":", "::", "%50%", "%", "\\", "\n", "\n\n", "// [id:x]\n",
         "$CATEGORY: a/b\n", "[html]", "1..2", "3:1", "T", "FALSE", "*", "\x00", "{{c1::", "}}", "_____", "- a\\n- b"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=scale_examples(300))
@given(pieces.map(str.encode) | st.binary(max_size=100))
def test_any_file_gives_problems_or_a_deck(data: bytes) -> None:
    assert is_sound(read("gift", data, "a.gift"))


GOOD = (
    b"// [id:a] [tag:t]\n::T::[html]Which? {=a#w ~b ####g}\n\n$CATEGORY: x/y\n\n"
    b"Pi?{#3.14:0.01}\n\nMatch {=a -> b =c -> d}\n\nIs {=x} it.\n\nSo? {TRUE#n#y}\n"
)


@settings(max_examples=scale_examples(200))
@given(mutate(GOOD))
def test_damaged_files_give_problems_or_a_deck(data: bytes) -> None:
    assert is_sound(read("gift", data, "a.gift"))
