"""Text files of hascard: headings with their text, and lines of dashes between cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.domain.content import (
    BasicNote,
    ChoiceNote,
    ClozeNote,
    Note,
    Option,
    OrderNote,
    TypedNote,
)
from flashcards.formats.markdown.markdown_cards import (
    Dialect,
    ParsedNote,
    read_head_lines,
    read_markdown,
    split_at_rules,
)
from flashcards.formats.markdown.obsidian_text import to_card_text
from flashcards.formats.markup.line_breaks import with_hard_breaks
from flashcards.text.markdown.gaps import write_between_gaps, write_gap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import MarkdownLine

_HEADING = re.compile(r"#\s+(\S.*)")
_SINGLE_CHOICE_OPTION = re.compile(r"([-*])\s+(\S.*)")
_MULTIPLE_CHOICE_OPTION = re.compile(r"\[([* ])\]\s+(\S.*)")
_ORDERED_ITEM = re.compile(r"\[([0-9]{1,3})\]\s+(\S.*)")
_GAP = re.compile(r"(?<![\w\\])_([^_\n]+)_(?!\w)")
_BLANK = "_____"


def looks_like(head: bytes) -> bool:
    """Return whether lines of dashes split a file into cards that begin with a heading."""
    cards = list(split_at_rules(read_head_lines(head)))
    # The last card may be cut off.
    complete_cards = cards[:-1] if len(cards) > 1 else cards
    has_rule = re.search(rb"^---\s*$", head, re.MULTILINE) is not None
    return (
        has_rule
        and bool(complete_cards)
        and all(_HEADING.match(card[0].text) for card in complete_cards)
    )


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the deck of a file, and its problems."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(
    lines: list[MarkdownLine], collector: ProblemCollector
) -> Iterator[ParsedNote]:
    for card in split_at_rules(lines):
        heading = _HEADING.match(card[0].text)
        body = "\n".join(line.text for line in card[1:]).strip().split("\n")
        if heading is None:
            collector.add_at("card-without-heading", card[0].number, 1)
        elif not body[0]:
            collector.add_at("heading-without-answer", card[0].number, 1)
        else:
            yield ParsedNote(_to_note(to_card_text(heading[1]), body, card[0].number))


def _to_note(question: str, body: list[str], line: int) -> Note:
    lines = [text.strip() for text in body if text.strip()]
    if matches := _match_all_lines(_ORDERED_ITEM, lines):
        matches.sort(key=lambda match: int(match[1]))
        items = tuple(to_card_text(match[2]) for match in matches)
        return OrderNote(id="", question=question, items=items, line=line)
    for pattern in (_MULTIPLE_CHOICE_OPTION, _SINGLE_CHOICE_OPTION):
        matches = _match_all_lines(pattern, lines)
        if any(match[1] == "*" for match in matches):
            options = tuple(
                Option(to_card_text(match[2]), correct=match[1] == "*")
                for match in matches
            )
            return ChoiceNote(id="", question=question, options=options, line=line)
    return _to_note_with_gaps(question, "\n".join(body).strip(), line)


def _match_all_lines(pattern: re.Pattern[str], lines: list[str]) -> list[re.Match[str]]:
    """Match a pattern with every line; empty if any line does not match."""
    matches = [match for match in map(pattern.fullmatch, lines) if match]
    return matches if len(matches) == len(lines) > 1 else []


def _to_note_with_gaps(question: str, text: str, line: int) -> Note:
    """Make the note of a text: typed for one gap, a cloze for several, basic for none."""
    gaps = [] if "```" in text else list(_GAP.finditer(text))
    if not gaps:
        return BasicNote(
            id="", front=question, back=with_hard_breaks(to_card_text(text)), line=line
        )
    if len(gaps) == 1 and "\n" not in text:
        spellings = filter(None, map(str.strip, gaps[0][1].split("|")))
        accept = tuple(dict.fromkeys(spellings))
        before, after = text[: gaps[0].start()], text[gaps[0].end() :]
        typed_question = f"{question}\n\n{to_card_text(f'{before}{_BLANK}{after}')}"
        if accept:
            return TypedNote(id="", question=typed_question, accept=accept, line=line)
    pieces, end = [f"{write_between_gaps(question)}\n\n"], 0
    for number, gap in enumerate(gaps, 1):
        pieces.append(write_between_gaps(to_card_line(text[end : gap.start()])))
        pieces.append(write_gap(number, " / ".join(gap[1].split("|"))))
        end = gap.end()
    pieces.append(write_between_gaps(to_card_line(text[end:])))
    return ClozeNote(id="", text=with_hard_breaks("".join(pieces)), line=line)


def to_card_line(text: str) -> str:
    """Convert a piece of a line, and keep the spaces around it."""
    words = text.strip()
    if not words:
        return text
    start = text.index(words)
    return text[:start] + to_card_text(words) + text[start + len(words) :]


_DIALECT = Dialect(
    form="hascard",
    advice="Write a heading, the answer below it, and a line of --- between cards.",
    find_notes=_find_notes,
    reported_rules=("card-without-heading", "heading-without-answer"),
)
