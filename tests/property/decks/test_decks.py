"""Properties of the deck format for every deck and for any bytes."""

from __future__ import annotations

import dataclasses
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flashcards.decks.fields.kinds import normalize_text
from flashcards.decks.reader import read_deck_text
from flashcards.decks.sources import read_sources_text
from flashcards.decks.writing.writer import write_deck
from flashcards.decks.yaml import nodes
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    DeckContent,
    MatchNote,
    Note,
    NumericNote,
    Option,
    OrderNote,
    Pair,
    Point,
    RecallNote,
    Source,
    TypedNote,
)
from tests.examples import scale_examples

HOSTILE = (
    "-:", "no", "null", "~", "1:30", "010", "1e3", "2026-11-02", "- a", "a: b", "a #b", "#", "'", '"', "\\",
    "{a}", "[a", "&a", "*a", "!a", "|", ">", "%", "@", "`", "? a", ":", "a:", "---", "...", " lead",
    "trail ", "a\n", "a\n\n", "\na", "a\n b", " a\nb", "a\n \nb", "\ta", "a\tb", "a\n\tb", "é", "日本", "👩‍🔬",
    "\xa0", "a\xa0", "<<", "=", "-1", "+.5", "0x1F", "0o17", "_1", "true", "y", "a,b", "a: |", "x\n  y\n z",
)  # fmt: skip


def writable(value: str) -> str:
    return REFUSED.sub("", value)


NO_GAP_SIGNS = str.maketrans("", "", "{}:")
characters = st.characters(exclude_categories=["Cs"])
texts = (
    (
        st.sampled_from(HOSTILE)
        | st.text(characters, min_size=1, max_size=40)
        | st.text("ab :#-'\"\n\t{}[],|>&*!?\\", min_size=1, max_size=20)
    )
    .map(writable)
    .filter(str.strip)
)
lines = texts.map(lambda value: value.replace("\n", " ")).filter(str.strip)
optional_texts = st.just("") | texts
optional_lines = st.just("") | lines
ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True)
slugs = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,9}", fullmatch=True)
tags = st.text(
    string.ascii_letters + string.digits + "-_#:&*!'\"é{}[]", min_size=1, max_size=8
)
numbers = st.integers(-(10**20), 10**20) | st.floats(
    allow_nan=False, allow_infinity=False
)


def many(
    items: st.SearchStrategy[str], least: int = 0
) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, min_size=least, max_size=4, unique_by=normalize_text).map(
        tuple
    )


common = {
    "style": st.just("") | slugs,
    "tier": st.sampled_from(["core", "depth", "stretch"]),
    "topic": st.just("") | slugs,
    "hint": optional_texts,
    "why": optional_texts,
    "source": st.none() | st.builds(Source, ids, optional_lines),
    "derived": optional_texts,
    "tags": many(tags),
    "seeds": many(ids),
    "as_of": st.sampled_from(["", "2026-11", "1999-01"]),
}
gaps = st.builds(
    "{{{{c{}::{}}}}}".format,
    st.integers(1, 99),
    lines.map(lambda value: value.translate(NO_GAP_SIGNS)).filter(str.strip),
)
options = st.lists(
    st.builds(Option, texts, why=optional_texts, misconception=optional_lines),
    min_size=2,
    max_size=6,
    unique_by=lambda option: normalize_text(option.text),
).map(lambda found: (dataclasses.replace(found[0], correct=True), *found[1:]))
pairs = st.lists(
    st.builds(Pair, texts, texts),
    min_size=2,
    max_size=4,
    unique_by=lambda pair: normalize_text(pair.left),
).map(tuple)
points = st.lists(
    st.builds(
        Point,
        texts,
        st.booleans(),
        st.floats(0.01, 100),
        st.lists(lines, max_size=3, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda point: normalize_text(point.text),
).map(tuple)
kinds: tuple[st.SearchStrategy[Note], ...] = (
    st.builds(BasicNote, id=ids, front=texts, back=texts, reverse=st.booleans(), **common),
    st.builds(
        ClozeNote,
        id=ids,
        text=st.builds("{} {} {}".format, lines, gaps, texts).filter(
            lambda text: text.count("{{") == 1
        ),
        **common,
    ),
    st.builds(ChoiceNote, id=ids, question=texts, options=options, **common),
    st.builds(
        NumericNote,
        id=ids,
        question=texts,
        answer=numbers,
        tolerance=st.floats(0, 1e9) | st.sampled_from(["5%", "0.5%"]),
        unit=optional_lines,
        working=optional_texts,
        **common,
    ),
    st.builds(
        NumericNote,
        id=ids,
        question=st.just("How many at {qps} a second?"),
        answer=st.sampled_from(["qps * 2", "5", "ceil(qps / 3) + 1e3"]),
        variables=st.lists(st.integers(-9, 99) | st.floats(0, 9), min_size=1, max_size=5).map(
            lambda values: (("qps", tuple(values)),)
        ),
        **common,
    ),
    st.builds(
        TypedNote, id=ids, question=texts,
        accept=st.lists(lines, min_size=1, max_size=4, unique=True).map(tuple), **common,
    ),
    st.builds(OrderNote, id=ids, question=texts, items=many(texts, 2), **common),
    st.builds(MatchNote, id=ids, question=texts, pairs=pairs, **common),
    st.builds(RecallNote, id=ids, question=texts, points=points, **common),
)  # fmt: skip
notes = st.one_of(*kinds)
decks = st.builds(
    DeckContent,
    key=st.lists(slugs, min_size=1, max_size=4).map("/".join),
    title=lines,
    notes=st.lists(notes, min_size=1, max_size=3, unique_by=lambda note: note.id).map(
        tuple
    ),
    description=optional_texts,
    version=st.sampled_from(["", "1.0.0", "1.0", "2"]),
    license=optional_lines,
    topics=st.dictionaries(slugs, lines, max_size=3).map(
        lambda found: tuple(found.items())
    ),
)


def read(text: str) -> DeckContent:
    deck, problems = read_deck_text(text.encode(), "")
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert deck is not None
    return dataclasses.replace(deck, digest="")


@settings(max_examples=scale_examples(400))
@given(decks)
def test_a_deck_is_the_same_after_writing_and_reading(deck: DeckContent) -> None:
    text = write_deck(deck)
    again = read(text)
    assert again == deck
    assert write_deck(again) == text


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()])
def test_every_awkward_text_is_the_same_after_writing_and_reading(text: str) -> None:
    note = BasicNote(id="n", front=text, back=text, why=text)
    choice = ChoiceNote(
        id="c",
        question=text,
        options=(Option(text, correct=True), Option("other " + text)),
    )
    deck = DeckContent(
        key="a/b", title=text.strip().split("\n")[0], notes=(note, choice)
    )
    assert read(write_deck(deck)) == deck


@settings(max_examples=scale_examples(300))
@given(decks)
def test_the_parser_in_python_reads_the_same(deck: DeckContent) -> None:
    text = write_deck(deck)
    fast = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "LOADER", yaml.SafeLoader)
        assert read(text) == fast


@settings(max_examples=scale_examples(400))
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))
)
@example(b"")
@example(b"\xff\xfe")
@example(b"notes:\n- ")
@example(b"%YAML 3.0\n---\n")
def test_any_bytes_are_read_as_a_deck_or_reported(data: bytes) -> None:
    deck, problems = read_deck_text(data, "x")
    assert deck is not None or problems
    read_sources_text(data, "x")


yaml_like = st.lists(
    st.sampled_from(
        ["deck: a/b\n", "title: T\n", "notes:\n", "  - id: n1\n", "    front: a\n", "    back: b: c\n",
         "    back: d\n", "- ", "  - ", "'", '"', "\t", "{", "}", "[", "]", "&a ", "*a", "!t ", "| ", "> ", "---\n",
         "    kind: choice\n", "    options: [{text: a}]\n", "\x00", "\u202e", "\ufdd0", "? ", ": ", "#", "\n", "<<: *a\n"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=scale_examples(600))
@given(yaml_like)
def test_anything_like_yaml_is_read_as_a_deck_or_reported(text: str) -> None:
    for parser in (nodes.LOADER, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(nodes, "LOADER", parser)
            deck, problems = read_deck_text(text.encode(), "x")
            assert deck is not None or problems
            lines_of_file = text.count("\n") + 1
            assert all(1 <= problem.line <= lines_of_file + 1 for problem in problems)


@settings(max_examples=scale_examples(200))
@given(st.lists(st.sampled_from(["good", "bad"]), min_size=1, max_size=8), st.data())
def test_invalid_notes_never_affect_valid_ones(
    states: list[str], data: st.DataObject
) -> None:
    broken_lines = ["front: a: b", "front: 'open", 'front: "open', "front: [a", "front: {", "front: @x", "\tfront: x",
              "front: x\n   back: y", "front: &a x", "front: *a", "front: !t x", "front: a\u202eb", "frnt: x",
              "front: x\n    front: y", "front: " + "[" * 30, "front: |x", "front", "  front: x", "front: 'a' b"]  # fmt: skip
    text = "deck: a/b\ntitle: T\nnotes:\n"
    for index, state in enumerate(states):
        front = (
            data.draw(st.sampled_from(broken_lines))
            if state == "bad"
            else "front: Fine?"
        )
        text += f"  - id: n{index}\n    {front}\n    back: b\n"
    deck, problems = read_deck_text(text.encode(), str(Path("a/b.yaml")))
    assert deck is not None
    assert [note.id for note in deck.notes] == [
        f"n{index}" for index, state in enumerate(states) if state == "good"
    ]
    assert len(problems) >= states.count("bad")
