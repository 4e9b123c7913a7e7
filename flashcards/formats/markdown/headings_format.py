"""Markdown whose headings or callouts ask, and the text below them answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import BasicNote
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    FoundNote,
    asks,
    heading_in,
    lines_of_head,
    read_markdown,
)
from flashcards.formats.markdown.obsidian_text import plain_text
from flashcards.formats.markup.line_breaks import with_hard_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import Line

_CALLOUT = re.compile(
    r" {0,3}> ?\[!(?:question|faq|help|card|flashcard)\][-+]?\s*(.*)", re.IGNORECASE
)
_QUOTED = re.compile(r" {0,3}> ?(.*)")
_FEW = 2
"""Headings that must ask for a file to show by itself that they are cards."""


class _Section(NamedTuple):
    line: int
    path: tuple[str, ...]
    """The headings above, and its own."""
    body: list[str]

    @property
    def asks(self) -> bool:
        """Whether its heading ends as a question does."""
        return asks(self.path[-1])

    @property
    def answer(self) -> str:
        """The text below it."""
        return "\n".join(self.body).strip()


def looks_like(head: bytes) -> bool:
    """Return whether a file has callouts that ask, or mostly headings that do."""
    lines = lines_of_head(head)
    if any(not line.is_code and _CALLOUT.fullmatch(line.text) for line in lines):
        return True
    sections = [each for each in _sections(lines) if each.answer]
    asking = sum(each.asks for each in sections)
    return asking >= _FEW and 2 * asking >= len(sections)


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a file, with everything that is wrong with it."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(lines: list[Line], collector: ProblemCollector) -> Iterator[FoundNote]:
    """Give the callouts that ask, else the headings that do, else every heading with a text."""
    found = list(_callouts(lines))
    sections = list(_sections(lines))
    if not found:
        asking = [each for each in sections if each.asks]
        found = asking or [each for each in sections if each.answer]
    for each in found:
        if not each.path[-1] or not each.answer:
            collector.add_at("heading-without-answer", each.line, 1)
            continue
        front = each.path[-1] if each.asks else " › ".join(each.path)
        note = BasicNote(
            id="",
            front=plain_text(front),
            back=with_hard_breaks(plain_text(each.answer)),
            line=each.line,
        )
        yield FoundNote(note)


def _callouts(lines: list[Line]) -> Iterator[_Section]:
    callout: _Section | None = None
    for line in lines:
        callout_start = None if line.is_code else _CALLOUT.fullmatch(line.text)
        quoted = _QUOTED.fullmatch(line.text)
        if callout_start or not quoted:
            if callout:
                yield callout
            callout = (
                _Section(line.number, (callout_start[1],), [])
                if callout_start
                else None
            )
        elif callout:
            callout.body.append(quoted[1])
    if callout:
        yield callout


def _sections(lines: list[Line]) -> Iterator[_Section]:
    above: list[tuple[int, str]] = []
    section: _Section | None = None
    for line in lines:
        heading = heading_in(line)
        if heading is None:
            if section:
                section.body.append(line.text)
            continue
        if section:
            yield section
        above = [each for each in above if each[0] < heading[0]]
        above.append(heading)
        section = _Section(line.number, tuple(name for _, name in above), [])
    if section:
        yield section


_DIALECT = Dialect(
    form="Markdown with questions as headings",
    advice="Write a question as a heading, and its answer below it.",
    find_notes=_find_notes,
    reasons=("heading-without-answer",),
)
