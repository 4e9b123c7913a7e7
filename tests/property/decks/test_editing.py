"""An edited deck file reads back as the deck, and unchanged text stays byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.decks.writing.editing import edit_deck_text
from flashcards.decks.writing.writer import FLOW, head_to_dict
from flashcards.decks.yaml.emitter import block, flow
from flashcards.domain.content import (
    BasicNote,
    DeckContent,
    MatchNote,
    Note,
    NumericNote,
    TypedNote,
)
from flashcards.domain.note_json import to_dict
from tests.examples import scale_examples
from tests.property.decks.test_decks import (
    decks,
    ids,
    lines,
    many,
    numbers,
    optional_lines,
    optional_texts,
    pairs,
    read,
    slugs,
    tags,
    texts,
)

# Few fields, so that there is room for changes of all sorts.
notes = st.one_of(
    st.builds(BasicNote, id=ids, front=texts, back=texts, why=optional_texts),
    st.builds(TypedNote, id=ids, question=texts, accept=many(lines, 1), topic=slugs),
    st.builds(NumericNote, id=ids, question=texts, answer=numbers, unit=optional_lines),
    st.builds(MatchNote, id=ids, question=texts, pairs=pairs, tags=many(tags)),
)
some_decks = st.builds(
    DeckContent,
    key=slugs,
    title=lines,
    notes=st.lists(notes, min_size=1, max_size=4, unique_by=lambda note: note.id).map(
        tuple
    ),
    description=optional_texts,
    topics=st.dictionaries(slugs, lines, max_size=2).map(
        lambda found: tuple(found.items())
    ),
)


@dataclass(frozen=True)
class Written:
    """A deck file as an author wrote it, and the parts that an edit must keep."""

    text: str
    deck: DeckContent
    blocks: dict[str, str]
    """Each note with its own comment, by id."""
    remarks: list[str]
    """Comments that belong to no note."""


@st.composite
def written_decks(draw: st.DrawFn) -> Written:
    deck = draw(some_decks)
    indent = draw(st.sampled_from(["", "  ", "    "]))
    gap = draw(st.sampled_from(["", "\n", "\n\n"]))
    blocks, remarks, parts = {}, ["# first"], ["# first\n"]
    for key, value in head_to_dict(deck).items():
        remarks.append(f"# about {key}")
        parts.append(f"{gap}# about {key}\n{block({key: value}, flow=FLOW)}")
    parts.append("notes:   # all of them\n")
    for index, note in enumerate(deck.notes):
        if draw(st.booleans()):
            remarks.append(f"# part {index}")
            parts.append(f"{indent}# part {index}\n\n")
        comment = f"{indent}# note {index}\n" if draw(st.booleans()) else ""
        blocks[note.id] = comment + _note_text(
            note, indent, is_flow=draw(st.booleans())
        )
        parts += [blocks[note.id], gap]
    if draw(st.booleans()):
        remarks.append("# last")
        parts.append("# last\n")
    return Written("".join(parts), deck, blocks, remarks)


def _note_text(note: Note, indent: str, *, is_flow: bool) -> str:
    if is_flow:
        return f"{indent}- {flow(to_dict(note))}\n"
    lines = block({"notes": [to_dict(note)]}, flow=FLOW).split("\n")[1:-1]
    return "".join(f"{indent}{line[2:]}\n" if line.strip() else "\n" for line in lines)


@st.composite
def changed_decks(draw: st.DrawFn, deck: DeckContent) -> DeckContent:
    order = draw(st.just(list(deck.notes)) | st.permutations(deck.notes))
    kept = [note for note in order if draw(st.integers(0, 3))]
    new = [
        replace(note, id=f"newly-added-{index}")
        for index, note in enumerate(draw(st.lists(notes, max_size=2)))
    ]
    found: list[Note] = []
    for note in kept:
        change = draw(st.sampled_from(["none", "none", "hint", "why", "tags", "all"]))
        if change == "tags":
            given_tags = draw(st.lists(tags, max_size=3, unique=True))
            found.append(replace(note, tags=tuple(given_tags)))
        elif change == "all":
            found.append(replace(draw(notes), id=note.id))
        elif change == "none":
            found.append(note)
        else:
            text = draw(optional_texts)
            found.append(
                replace(note, hint=text)
                if change == "hint"
                else replace(note, why=text)
            )
    for note in new:
        found.insert(draw(st.integers(0, len(found))), note)
    if draw(st.booleans()):
        title, license_ = draw(lines), draw(optional_lines)
        deck = replace(deck, title=title, license=license_, description="", topics=())
    return replace(deck, notes=tuple(found))


@settings(max_examples=scale_examples(150))
@given(st.data())
def test_an_edited_file_has_the_new_deck_and_keeps_unchanged_notes(
    data: st.DataObject,
) -> None:
    written = data.draw(written_decks())
    assert read(written.text) == written.deck
    deck = data.draw(changed_decks(written.deck))

    text = edit_deck_text(written.text.encode(), deck).decode()

    assert read(text) == deck
    stored = {note.id: note for note in written.deck.notes}
    for note in deck.notes:
        if stored.get(note.id) == note:
            assert written.blocks[note.id] in text
    lines = [line.strip() for line in text.split("\n")]
    assert [remark for remark in written.remarks if remark not in lines] == []


@settings(max_examples=scale_examples(80))
@given(written_decks())
def test_an_edit_without_changes_returns_the_same_bytes(written: Written) -> None:
    data = written.text.encode()

    assert edit_deck_text(data, written.deck) == data


@settings(max_examples=scale_examples(80))
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode), decks)
def test_any_bytes_are_replaced_by_the_deck(data: bytes, deck: DeckContent) -> None:
    assert read(edit_deck_text(data, deck).decode()) == deck
