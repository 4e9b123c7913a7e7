"""Sets that Quizlet exports: term, tab, definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.bundle import Bundle
from flashcards.domain.content import BasicNote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from flashcards.formats.formats import ReadContext

_HYPHENS = (" - ", " – ")
_SEPARATORS = ("\t", *_HYPHENS, ";", ",")
"""Possible separators of term and definition; a tab by default."""
_MIN_SHARE = 0.8
"""The least share of lines with the separator; a definition may have several lines."""
_ADVICE = "Write a term, a tab and its definition on each line."


def looks_like(head: bytes) -> bool:
    """Return whether most lines of a file have two columns, and no line has more.

    A line without a tab continues the definition before it. In a file without tabs a spaced
    hyphen shows a set; text with semicolons or commas may be anything.
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
    """Read the deck of a set, and its problems."""
    from flashcards.formats.common.deck_builder import DeckBuilder
    from flashcards.formats.common.naming import to_file_deck_name
    from flashcards.formats.common.rules import new_collector
    from flashcards.formats.delimited.rows import build_bundle, read_lines
    from flashcards.formats.markup.line_breaks import with_hard_breaks

    collector = new_collector(str(path))
    content = read_lines(path, collector)
    if content is None:
        return Bundle(problems=tuple(collector.problems))
    lines, digest = content
    deck = to_file_deck_name(path, context.into)
    builder = DeckBuilder(collector, context.progress, of=len(lines))
    separator = _guess_separator(lines)
    for line, term, definition in _split_cards(lines, separator):
        if builder.is_full:
            break
        if not definition:
            collector.add_at("row-without-answer", line, 1)
            continue
        note = BasicNote(
            id="", front=term, back=with_hard_breaks(definition), line=line
        )
        builder.add(deck, note, at=line)
    decks = builder.decks(str(path), digest)
    return build_bundle(decks, collector, "Quizlet", _ADVICE)


def _guess_separator(lines: Sequence[str]) -> str:
    filled_lines = [line for line in lines if line.strip()]
    for separator in _SEPARATORS:
        if sum(separator in line for line in filled_lines) >= _MIN_SHARE * len(
            filled_lines
        ):
            return separator
    return _SEPARATORS[0]


def _is_hyphenated(lines: Sequence[str]) -> bool:
    """Return whether a hyphen splits nearly all lines in two, with no tabs or braces."""
    if not lines or any(sign in line for line in lines for sign in "\t{}"):
        return False
    return _guess_separator(lines) in _HYPHENS


def _split_cards(
    lines: Sequence[str], separator: str
) -> Iterator[tuple[int, str, str]]:
    """Yield line, term and definition of each card; a line without a term continues it."""
    start, term = 0, ""
    definition: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        first_part, match, remaining = line.partition(separator)
        if not text or (not match and start):
            definition.append(text)
            continue
        if start:
            yield start, term, "\n".join(definition).strip()
        start, term, definition = number, first_part.strip(), [remaining.strip()]
    if start:
        yield start, term, "\n".join(definition).strip()
