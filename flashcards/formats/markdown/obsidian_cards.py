"""Finding the cards of an Obsidian note: its paragraphs, separators, tags and schedules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.settings.separators import DEFAULT_SEPARATORS, Separators
from flashcards.formats.markdown.obsidian_schedule import SCHEDULE
from flashcards.formats.markdown.obsidian_text import has_highlight
from flashcards.text.markdown.code_spans import mask_code_spans, update_fence

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_TAG = r"[^\s!-,./:-@\[-^`{-~]"
"""A sign of a tag: letters with their marks in any script, digits, hyphens, emoji."""
TAG = re.compile(rf"#flashcards((?:/{_OF_TAG}+)*)(?!{_OF_TAG})", re.IGNORECASE)
"""The tag that makes a note or a card one of a deck."""

_LIST_MARK = re.compile(r"\s*(?:>\s?)*(?:[-*+]|[0-9]+[.)]|#{1,6})\s+")
_COMMENT, _COMMENT_END = "<!--", "-->"
_SCHEDULE_START = "<!--SR:"


@dataclass(frozen=True, slots=True)
class FoundCard:
    """The text of one note with its cards, as the file has it."""

    line: int
    """Of the file, from 1."""
    front: str = ""
    back: str = ""
    is_both_ways: bool = False
    hides: tuple[str, ...] = ()
    """The lines of a cloze; other cards have none."""
    schedules: str = ""
    schedule_line: int = 0
    deck: str | None = None
    """The path below `#flashcards` that counts here, None where there is no tag."""


class _Line(NamedTuple):
    number: int
    text: str
    """Without schedules."""
    is_code: bool
    schedules: str


def cards_in(
    lines: list[str],
    first: int,
    deck: str | None,
    separators: Separators = DEFAULT_SEPARATORS,
) -> Iterator[FoundCard]:
    """Give the cards of a note from top to bottom.

    Args:
        lines: The lines of the file.
        first: Index of the first line behind the front matter.
        deck: The deck that the front matter names.
        separators: What parts question and answer.
    """
    for block in _blocks(lines, first):
        tag = TAG.match(block[0].text.lstrip())
        rest = block
        if tag and not block[0].is_code:
            text = block[0].text.lstrip()[tag.end() :].strip()
            rest = [block[0]._replace(text=text), *block[1:]] if text else block[1:]
            if not rest:
                # Alone it is the tag of everything below.
                deck = _path(tag)
                continue
        yield from _cards(rest, _path(tag) if tag else deck, separators)


def _path(tag: re.Match[str]) -> str:
    return tag[1].strip("/")


def _blocks(lines: list[str], first: int) -> Iterator[list[_Line]]:
    """Give the paragraphs, free of comments; code belongs to the one it stands in."""
    block: list[_Line] = []
    fence = ""
    for number, raw in _without_comments(lines, first):
        fence, is_code = update_fence(raw, fence)
        if not is_code and not raw.strip():
            if block:
                yield block
            block = []
            continue
        schedules = "" if is_code else "".join(SCHEDULE.findall(raw))
        text = SCHEDULE.sub("", raw) if schedules else raw
        block.append(_Line(number, text, is_code, schedules))
    if block:
        yield block


def _without_comments(lines: list[str], first: int) -> Iterator[tuple[int, str]]:
    """Give lines with their numbers, without those that are only comment."""
    inside = False
    for number, line in enumerate(lines[first:], first + 1):
        text = line
        if inside:
            _, end, text = line.partition(_COMMENT_END)
            inside = not end
        start = text.find(_COMMENT)
        if start >= 0 and not text.startswith(_SCHEDULE_START, start):
            end_at = text.find(_COMMENT_END, start)
            inside = end_at < 0
            behind = "" if inside else text[end_at + len(_COMMENT_END) :]
            text = text[:start] + behind
        if text == line or text.strip():
            yield number, text


def _cards(
    block: list[_Line], deck: str | None, separators: Separators
) -> Iterator[FoundCard]:
    signs = (separators.multiline, separators.multiline_both_ways)
    for place, line in enumerate(block):
        if not line.is_code and line.text.strip() in signs:
            is_both = line.text.strip() == signs[1]
            yield _several(block, place, deck, is_both_ways=is_both)
            return
    run: list[_Line] = []
    place = 0
    while place < len(block):
        line = block[place]
        following = block[place + 1 : place + 2]
        found = None if line.is_code else _single(line, following, deck, separators)
        if found is None:
            run.append(line)
        else:
            yield from _cloze(run, deck)
            run = []
            yield found
            # A schedule on a line of its own was taken along.
            place += found.schedule_line == line.number + 1
        place += 1
    yield from _cloze(run, deck)


def _several(
    block: list[_Line], place: int, deck: str | None, *, is_both_ways: bool
) -> FoundCard:
    before, behind = block[:place], block[place + 1 :]
    return FoundCard(
        line=block[0].number,
        front="\n".join(line.text for line in before),
        back="\n".join(line.text for line in behind),
        is_both_ways=is_both_ways,
        schedules="".join(line.schedules for line in block),
        schedule_line=next((line.number for line in block if line.schedules), 0),
        deck=deck,
    )


def _single(
    line: _Line, following: list[_Line], deck: str | None, separators: Separators
) -> FoundCard | None:
    shown = mask_code_spans(line.text)
    # The longer one first, as it may hold the other.
    signs = (separators.inline, separators.inline_both_ways)
    separator = next(
        (s for s in sorted(signs, key=len, reverse=True) if s in shown), ""
    )
    if not separator:
        return None
    at = shown.find(separator)
    schedules, schedule_line = line.schedules, line.number
    if not schedules and following and not following[0].text.strip():
        schedules, schedule_line = following[0].schedules, following[0].number
    mark = _LIST_MARK.match(line.text[:at])
    return FoundCard(
        line=line.number,
        front=line.text[mark.end() if mark else 0 : at],
        back=line.text[at + len(separator) :],
        is_both_ways=separator == separators.inline_both_ways,
        schedules=schedules,
        schedule_line=schedule_line if schedules else 0,
        deck=deck,
    )


def _cloze(run: list[_Line], deck: str | None) -> Iterator[FoundCard]:
    """Give the cloze that the lines are, or what is left of their schedules."""
    schedules = "".join(line.schedules for line in run)
    hides = any(not line.is_code and has_highlight(line.text) for line in run)
    if not hides and not schedules:
        return
    texts = [line.text for line in run]
    while texts and not texts[-1].strip():
        texts.pop()
    yield FoundCard(
        line=run[0].number,
        hides=tuple(texts) if hides else (),
        schedules=schedules,
        schedule_line=next((line.number for line in run if line.schedules), 0),
        deck=deck,
    )
