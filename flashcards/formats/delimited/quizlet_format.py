"""Sets of Quizlet, as its box for exporting gives them: term, tab, definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from flashcards.formats.formats import ReadContext

_HYPHENS = (" - ", " – ")
_BETWEEN = ("\t", *_HYPHENS, ";", ",")
"""What may stand between term and definition; a tab unless somebody chose otherwise."""
_SHARE = 0.8
"""Of the lines that need it, since definitions may have several."""
_ADVICE = "Write a term, a tab and its definition on each line."


def looks_like(head: bytes) -> bool:
    """Tell whether most lines of a file that begins so are two texts, and none is more.

    Lines without a tab go on with the definition before them. Without any tab a spaced
    hyphen tells a set; what semicolons and commas part may be any text.
    """
    from flashcards.formats.markup.markup import looks_like_html

    if b"\0" in head or head.lstrip(b"\xef\xbb\xbf").startswith(b"#"):
        return False
    text = head.decode("utf-8-sig", errors="replace")
    lines = [line for line in text.split("\n") if line.strip()]
    tabs = [line.strip().count("\t") for line in lines]
    is_two_columns = max(tabs, default=0) == 1 and 2 * sum(tabs) > len(lines)
    return (is_two_columns or _is_hyphenated(lines)) and not any(
        map(looks_like_html, lines)
    )


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a set, with everything that is wrong with it."""
    from flashcards.formats.common.deck_builder import DeckBuilder
    from flashcards.formats.common.naming import to_file_deck_name
    from flashcards.formats.common.rules import new_collector
    from flashcards.formats.common.text_file import read_text_file
    from flashcards.formats.delimited.rows import lines_of
    from flashcards.formats.markup.line_breaks import with_hard_breaks

    collector = new_collector(str(path))
    file = read_text_file(path, collector, any_encoding=True)
    lines = lines_of(file.text, collector) if file else None
    if file is None or lines is None:
        return Bundle(problems=tuple(collector.problems))
    deck = to_file_deck_name(path, context.into)
    collected = DeckBuilder(collector, context.progress, of=len(lines))
    between = _between(lines)
    for line, term, definition in _pairs(lines, between):
        if collected.is_full:
            break
        if not definition:
            collector.add_at("row-without-answer", line, 1)
            continue
        note = BasicNote(
            id="", front=term, back=with_hard_breaks(definition), line=line
        )
        collected.add(deck, note, at=line)
    decks = collected.decks(str(path), file.digest)
    if not decks and not collector.errors:
        collector.add_at("not-this-format", 1, 1, form="Quizlet", advice=_ADVICE)
    return Bundle(decks=decks, problems=tuple(collector.problems))


def _between(lines: Sequence[str]) -> str:
    filled = [line for line in lines if line.strip()]
    for each in _BETWEEN:
        if sum(each in line for line in filled) >= _SHARE * len(filled):
            return each
    return _BETWEEN[0]


def _is_hyphenated(lines: Sequence[str]) -> bool:
    """Tell whether a hyphen parts nearly all lines in two, and nothing else is written there."""
    if not lines or any(sign in line for line in lines for sign in "\t{}"):
        return False
    return _between(lines) in _HYPHENS


def _pairs(lines: Sequence[str], between: str) -> Iterator[tuple[int, str, str]]:
    """Give line, term and definition of each card; lines without a term go on with it."""
    start, term = 0, ""
    definition: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        first, found, rest = line.partition(between)
        if not text or (not found and start):
            definition.append(text)
            continue
        if start:
            yield start, term, "\n".join(definition).strip()
        start, term, definition = number, first.strip(), [rest.strip()]
    if start:
        yield start, term, "\n".join(definition).strip()
