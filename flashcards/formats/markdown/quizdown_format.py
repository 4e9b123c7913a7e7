"""Quizzes of quizdown: headings with questions, lists with checkboxes or numbers as answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import ChoiceNote, Note, Option, OrderNote
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    ParsedNote,
    is_question,
    parse_heading,
    read_head_lines,
    read_markdown,
)
from flashcards.formats.markdown.obsidian_text import to_card_text
from flashcards.formats.markup.front_matter import parse_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import MarkdownLine

_ITEM = re.compile(r"\s{0,3}([-*+]|[0-9]{1,3}[.)])\s+(?:\[([ xX])\]\s+)?(\S.*)")
_QUOTE = re.compile(r"(\s*)>\s?(.*)")
_SETTING = re.compile(
    r"^(?:shuffle_(?:answers|questions)|n_questions|pass_mark|start_on_load|primary_color|"
    r"secondary_color|enable_(?:regex|retry))\s*:",
    re.MULTILINE,
)


class _Question(NamedTuple):
    line: int
    heading: str
    text: list[str]
    """The lines below the heading, before the list."""
    hint: list[str]
    items: list[_Item]


class _Item(NamedTuple):
    marker: str
    box: str
    """`x` or a space in its checkbox; empty if it has none."""
    text: list[str]
    comment: list[str]


def looks_like(head: bytes) -> bool:
    """Return whether a file has settings of quizdown, or questions with checkboxes.

    A to-do list below a heading that asks nothing is not a quiz.
    """
    text = head.decode("utf-8-sig", errors="replace")
    if _SETTING.search(parse_front_matter(text.splitlines()).text):
        return True
    choices = [
        question
        for question in _find_questions(read_head_lines(head))
        if _is_choice(question)
    ]
    return any(
        is_question(question.heading) or question.items[0].marker[0].isdigit()
        for question in choices
    )


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the deck of a file, and its problems."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(
    lines: list[MarkdownLine], collector: ProblemCollector
) -> Iterator[ParsedNote]:
    for question in _find_questions(lines):
        note = _to_note(question)
        if note is not None:
            yield ParsedNote(note)
        elif is_question(question.heading):
            collector.add_at("heading-without-answer", question.line, 1)


def _find_questions(lines: list[MarkdownLine]) -> Iterator[_Question]:
    question: _Question | None = None
    for line in lines:
        heading = parse_heading(line)
        if heading:
            if question:
                yield question
            question = _Question(line.number, heading[1], [], [], [])
        elif question:
            _add_line(question, line)
    if question:
        yield question


def _add_line(question: _Question, line: MarkdownLine) -> None:
    """Add a line to the text, the hint, an item or the comment of an item."""
    item = None if line.is_code else _ITEM.fullmatch(line.text)
    quote = None if line.is_code else _QUOTE.fullmatch(line.text)
    last_item = question.items[-1] if question.items else None
    if item:
        question.items.append(_Item(item[1], (item[2] or "").lower(), [item[3]], []))
    elif quote and last_item and quote[1]:
        last_item.comment.append(quote[2])
    elif quote:
        question.hint.append(quote[2])
    elif last_item and line.text.strip() and line.text[0].isspace():
        last_item.text.append(line.text.strip())
    elif not last_item:
        question.text.append(line.text)


def _is_choice(question: _Question) -> bool:
    items = question.items
    return (
        len(items) > 1 and all(item.box for item in items) and _count_right(items) > 0
    )


def _count_right(items: list[_Item]) -> int:
    return sum(item.box == "x" for item in items)


def _to_note(question: _Question) -> Note | None:
    text_below_heading = "\n".join(question.text).strip()
    whole_question = f"{question.heading}\n\n{text_below_heading}".strip()
    question_text, hint = (
        to_card_text(whole_question),
        to_card_text("\n".join(question.hint)),
    )
    if _is_choice(question):
        options = tuple(
            Option(
                to_card_text("\n".join(item.text)),
                correct=item.box == "x",
                why=to_card_text("\n".join(item.comment)),
            )
            for item in question.items
        )
        return ChoiceNote(
            id="",
            question=question_text,
            options=options,
            hint=hint,
            line=question.line,
        )
    is_ordered = all(item.marker[0].isdigit() for item in question.items)
    if (
        len(question.items) > 1
        and is_ordered
        and not any(item.box for item in question.items)
    ):
        items = tuple(to_card_text("\n".join(item.text)) for item in question.items)
        return OrderNote(
            id="", question=question_text, items=items, hint=hint, line=question.line
        )
    return None


_DIALECT = Dialect(
    form="quizdown",
    advice="Write a heading, and options with boxes below it: - [x] right, - [ ] wrong.",
    find_notes=_find_notes,
    reported_rules=("heading-without-answer",),
)
