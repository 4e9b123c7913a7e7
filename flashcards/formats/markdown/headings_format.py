"""Markdown whose headings or callouts are questions, with the answers below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import BasicNote
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    ParsedNote,
    is_question,
    parse_heading,
    read_head_lines,
    read_markdown,
)
from flashcards.formats.markdown.obsidian_text import to_card_text
from flashcards.formats.markup.line_breaks import with_hard_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import MarkdownLine

_QUESTION_CALLOUT = re.compile(
    r" {0,3}> ?\[!(?:question|faq|help|card|flashcard)\][-+]?\s*(.*)", re.IGNORECASE
)
_QUOTED = re.compile(r" {0,3}> ?(.*)")
_MIN_QUESTIONS = 2
"""The least number of questions in a file that is recognized as this format."""


class _Section(NamedTuple):
    line: int
    path: tuple[str, ...]
    """The headings around it, and its own."""
    body: list[str]

    @property
    def is_question(self) -> bool:
        """Whether its heading is a question."""
        return is_question(self.path[-1])

    @property
    def answer(self) -> str:
        """The text below the heading."""
        return "\n".join(self.body).strip()


def looks_like(head: bytes) -> bool:
    """Return whether a file has question callouts, or mostly headings that are questions."""
    lines = read_head_lines(head)
    if any(
        not line.is_code and _QUESTION_CALLOUT.fullmatch(line.text) for line in lines
    ):
        return True
    sections = [section for section in _find_sections(lines) if section.answer]
    question_count = sum(section.is_question for section in sections)
    return question_count >= _MIN_QUESTIONS and 2 * question_count >= len(sections)


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the deck of a file, and its problems."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(
    lines: list[MarkdownLine], collector: ProblemCollector
) -> Iterator[ParsedNote]:
    """Yield notes of question callouts, else of question headings, else of all headings with text."""
    answered_sections = list(_find_callouts(lines))
    sections = list(_find_sections(lines))
    if not answered_sections:
        question_sections = [section for section in sections if section.is_question]
        answered_sections = question_sections or [
            section for section in sections if section.answer
        ]
    for section in answered_sections:
        if not section.path[-1] or not section.answer:
            collector.add_at("heading-without-answer", section.line, 1)
            continue
        front = section.path[-1] if section.is_question else " › ".join(section.path)
        note = BasicNote(
            id="",
            front=to_card_text(front),
            back=with_hard_breaks(to_card_text(section.answer)),
            line=section.line,
        )
        yield ParsedNote(note)


def _find_callouts(lines: list[MarkdownLine]) -> Iterator[_Section]:
    callout: _Section | None = None
    for line in lines:
        callout_start = None if line.is_code else _QUESTION_CALLOUT.fullmatch(line.text)
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


def _find_sections(lines: list[MarkdownLine]) -> Iterator[_Section]:
    outer_headings: list[tuple[int, str]] = []
    section: _Section | None = None
    for line in lines:
        heading = parse_heading(line)
        if heading is None:
            if section:
                section.body.append(line.text)
            continue
        if section:
            yield section
        outer_headings = [outer for outer in outer_headings if outer[0] < heading[0]]
        outer_headings.append(heading)
        section = _Section(line.number, tuple(name for _, name in outer_headings), [])
    if section:
        yield section


_DIALECT = Dialect(
    form="Markdown with questions as headings",
    advice="Write a question as a heading, and its answer below it.",
    find_notes=_find_notes,
    reported_rules=("heading-without-answer",),
)
