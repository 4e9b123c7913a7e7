"""Quizzes of quizdown: a heading asks, a list with boxes or numbers answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.content import ChoiceNote, Note, Option, OrderNote
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    FoundNote,
    asks,
    heading_in,
    lines_of_head,
    read_markdown,
)
from flashcards.formats.markdown.obsidian_text import plain_text
from flashcards.formats.markup.front_matter import parse_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import Line

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
    """`x` or a space where it has a box; else empty."""
    text: list[str]
    comment: list[str]


def looks_like(head: bytes) -> bool:
    """Return whether a file has settings of quizdown, or questions with boxes to choose from.

    A list of things to do below a heading that asks nothing is none.
    """
    text = head.decode("utf-8-sig", errors="replace")
    if _SETTING.search(parse_front_matter(text.splitlines()).text):
        return True
    asking = [each for each in _questions(lines_of_head(head)) if _is_choice(each)]
    return any(
        asks(each.heading) or each.items[0].marker[0].isdigit() for each in asking
    )


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a file, with everything that is wrong with it."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(lines: list[Line], collector: ProblemCollector) -> Iterator[FoundNote]:
    for question in _questions(lines):
        note = _note(question)
        if note is not None:
            yield FoundNote(note)
        elif asks(question.heading):
            collector.add_at("heading-without-answer", question.line, 1)


def _questions(lines: list[Line]) -> Iterator[_Question]:
    question: _Question | None = None
    for line in lines:
        heading = heading_in(line)
        if heading:
            if question:
                yield question
            question = _Question(line.number, heading[1], [], [], [])
        elif question:
            _take(question, line)
    if question:
        yield question


def _take(question: _Question, line: Line) -> None:
    """Put a line where it belongs: to the text, the hint, an item or its comment."""
    item = None if line.is_code else _ITEM.fullmatch(line.text)
    quote = None if line.is_code else _QUOTE.fullmatch(line.text)
    last = question.items[-1] if question.items else None
    if item:
        question.items.append(_Item(item[1], (item[2] or "").lower(), [item[3]], []))
    elif quote and last and quote[1]:
        last.comment.append(quote[2])
    elif quote:
        question.hint.append(quote[2])
    elif last and line.text.strip() and line.text[0].isspace():
        last.text.append(line.text.strip())
    elif not last:
        question.text.append(line.text)


def _is_choice(question: _Question) -> bool:
    items = question.items
    return len(items) > 1 and all(each.box for each in items) and _rights(items) > 0


def _rights(items: list[_Item]) -> int:
    return sum(each.box == "x" for each in items)


def _note(question: _Question) -> Note | None:
    below = "\n".join(question.text).strip()
    asked = f"{question.heading}\n\n{below}".strip()
    text, hint = plain_text(asked), plain_text("\n".join(question.hint))
    if _is_choice(question):
        options = tuple(
            Option(
                plain_text("\n".join(each.text)),
                correct=each.box == "x",
                why=plain_text("\n".join(each.comment)),
            )
            for each in question.items
        )
        return ChoiceNote(
            id="", question=text, options=options, hint=hint, line=question.line
        )
    is_ordered = all(each.marker[0].isdigit() for each in question.items)
    if (
        len(question.items) > 1
        and is_ordered
        and not any(i.box for i in question.items)
    ):
        items = tuple(plain_text("\n".join(each.text)) for each in question.items)
        return OrderNote(
            id="", question=text, items=items, hint=hint, line=question.line
        )
    return None


_DIALECT = Dialect(
    form="quizdown",
    advice="Write a heading, and options with boxes below it: - [x] right, - [ ] wrong.",
    find_notes=_find_notes,
    reasons=("heading-without-answer",),
)
