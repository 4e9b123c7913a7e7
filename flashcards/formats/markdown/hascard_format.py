"""Text files of hascard: a heading, what belongs to it, and a line of dashes between cards."""

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
    FoundNote,
    lines_of_head,
    read_markdown,
    split_at_rules,
)
from flashcards.formats.markdown.obsidian_text import plain_text
from flashcards.formats.markup.line_breaks import with_hard_breaks
from flashcards.text.markdown.gaps import write_between_gaps, write_gap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.bundle import Bundle
    from flashcards.formats.formats import ReadContext
    from flashcards.formats.markdown.markdown_cards import Line

_HEADING = re.compile(r"#\s+(\S.*)")
_ONE_OF = re.compile(r"([-*])\s+(\S.*)")
_SOME_OF = re.compile(r"\[([* ])\]\s+(\S.*)")
_PLACED = re.compile(r"\[([0-9]{1,3})\]\s+(\S.*)")
_GAP = re.compile(r"(?<![\w\\])_([^_\n]+)_(?!\w)")
_BLANK = "_____"


def looks_like(head: bytes) -> bool:
    """Return whether lines of dashes part a file into cards, each with a heading first."""
    parts = list(split_at_rules(lines_of_head(head)))
    # The last part may be cut off.
    whole = parts[:-1] if len(parts) > 1 else parts
    has_rule = re.search(rb"^---\s*$", head, re.MULTILINE) is not None
    return (
        has_rule and bool(whole) and all(_HEADING.match(part[0].text) for part in whole)
    )


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the deck of a file, with everything that is wrong with it."""
    return read_markdown(path, context, _DIALECT)


def _find_notes(lines: list[Line], collector: ProblemCollector) -> Iterator[FoundNote]:
    for part in split_at_rules(lines):
        heading = _HEADING.match(part[0].text)
        body = "\n".join(line.text for line in part[1:]).strip().split("\n")
        if heading is None:
            collector.add_at("card-without-heading", part[0].number, 1)
        elif not body[0]:
            collector.add_at("heading-without-answer", part[0].number, 1)
        else:
            yield FoundNote(_note(plain_text(heading[1]), body, part[0].number))


def _note(question: str, body: list[str], line: int) -> Note:
    filled = [text.strip() for text in body if text.strip()]
    if placed := _matches(_PLACED, filled):
        placed.sort(key=lambda found: int(found[1]))
        items = tuple(plain_text(found[2]) for found in placed)
        return OrderNote(id="", question=question, items=items, line=line)
    for form, right in ((_SOME_OF, "*"), (_ONE_OF, "*")):
        found = _matches(form, filled)
        if found and any(each[1] == right for each in found):
            options = tuple(
                Option(plain_text(each[2]), correct=each[1] == right) for each in found
            )
            return ChoiceNote(id="", question=question, options=options, line=line)
    return _with_gaps(question, "\n".join(body).strip(), line)


def _matches(form: re.Pattern[str], lines: list[str]) -> list[re.Match[str]]:
    """Return what a form finds in lines; nothing where any line is of another form."""
    found = [match for match in map(form.fullmatch, lines) if match]
    return found if len(found) == len(lines) > 1 else []


def _with_gaps(question: str, text: str, line: int) -> Note:
    """Return the note of a text: with one gap it is typed, with several a cloze."""
    gaps = [] if "```" in text else list(_GAP.finditer(text))
    if not gaps:
        return BasicNote(
            id="", front=question, back=with_hard_breaks(plain_text(text)), line=line
        )
    if len(gaps) == 1 and "\n" not in text:
        accept = tuple(dict.fromkeys(filter(None, map(str.strip, gaps[0][1].split("|")))))  # fmt: skip
        before, after = text[: gaps[0].start()], text[gaps[0].end() :]
        asked = f"{question}\n\n{plain_text(f'{before}{_BLANK}{after}')}"
        if accept:
            return TypedNote(id="", question=asked, accept=accept, line=line)
    parts, last = [f"{write_between_gaps(question)}\n\n"], 0
    for number, gap in enumerate(gaps, 1):
        parts.append(write_between_gaps(plain_line(text[last : gap.start()])))
        parts.append(write_gap(number, " / ".join(gap[1].split("|"))))
        last = gap.end()
    parts.append(write_between_gaps(plain_line(text[last:])))
    return ClozeNote(id="", text=with_hard_breaks("".join(parts)), line=line)


def plain_line(text: str) -> str:
    """Return a piece of a text as ours, with the spaces around it."""
    bare = text.strip()
    if not bare:
        return text
    start = text.index(bare)
    return text[:start] + plain_text(bare) + text[start + len(bare) :]


_DIALECT = Dialect(
    form="hascard",
    advice="Write a heading, the answer below it, and a line of --- between cards.",
    find_notes=_find_notes,
    reasons=("card-without-heading", "heading-without-answer"),
)
