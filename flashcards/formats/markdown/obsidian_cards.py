"""Find the cards of an Obsidian note by its paragraphs, separators, tags and schedules."""

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

_TAG_CHARACTER = r"[^\s!-,./:-@\[-^`{-~]"
"""A character of a tag: letters with their marks in any script, digits, hyphens, emoji."""
TAG = re.compile(
    rf"#flashcards((?:/{_TAG_CHARACTER}+)*)(?!{_TAG_CHARACTER})", re.IGNORECASE
)
"""The tag that puts a note or a card into a deck."""

_LIST_MARK = re.compile(r"\s*(?:>\s?)*(?:[-*+]|[0-9]+[.)]|#{1,6})\s+")
_COMMENT, _COMMENT_END = "<!--", "-->"
_SCHEDULE_START = "<!--SR:"


@dataclass(frozen=True, slots=True)
class ObsidianCard:
    """The text and schedules of one note, as they are in the file."""

    line: int
    """Its first line in the file, from 1."""
    front: str = ""
    back: str = ""
    is_both_ways: bool = False
    cloze_lines: tuple[str, ...] = ()
    """The lines of a cloze; empty for other cards."""
    schedules: str = ""
    schedule_line: int = 0
    deck: str | None = None
    """The path below `#flashcards` that applies here; None if there is no tag."""


class _Line(NamedTuple):
    number: int
    text: str
    """The line without schedules."""
    is_code: bool
    schedules: str


def find_cards(
    lines: list[str],
    first: int,
    deck: str | None,
    separators: Separators = DEFAULT_SEPARATORS,
) -> Iterator[ObsidianCard]:
    """Yield the cards of a note from top to bottom.

    Args:
        lines: The lines of the file.
        first: Index of the first line after the front matter.
        deck: The deck that the front matter names.
        separators: The separators of question and answer.
    """
    for block in _split_blocks(lines, first):
        tag = TAG.match(block[0].text.lstrip())
        card_lines = block
        if tag and not block[0].is_code:
            text = block[0].text.lstrip()[tag.end() :].strip()
            card_lines = (
                [block[0]._replace(text=text), *block[1:]] if text else block[1:]
            )
            if not card_lines:
                # On a line of its own, the tag applies to everything below.
                deck = _tag_path(tag)
                continue
        yield from _find_cards_in_block(
            card_lines, _tag_path(tag) if tag else deck, separators
        )


def _tag_path(tag: re.Match[str]) -> str:
    return tag[1].strip("/")


def _split_blocks(lines: list[str], first: int) -> Iterator[list[_Line]]:
    """Yield the paragraphs without comments; code belongs to the paragraph around it."""
    block: list[_Line] = []
    fence = ""
    for number, raw in _strip_comments(lines, first):
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


def _strip_comments(lines: list[str], first: int) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers, without comments and the lines that have nothing else."""
    is_in_comment = False
    for number, line in enumerate(lines[first:], first + 1):
        text = line
        if is_in_comment:
            _, end, text = line.partition(_COMMENT_END)
            is_in_comment = not end
        start = text.find(_COMMENT)
        if start >= 0 and not text.startswith(_SCHEDULE_START, start):
            comment_end = text.find(_COMMENT_END, start)
            is_in_comment = comment_end < 0
            text_after = (
                "" if is_in_comment else text[comment_end + len(_COMMENT_END) :]
            )
            text = text[:start] + text_after
        if text == line or text.strip():
            yield number, text


def _find_cards_in_block(
    block: list[_Line], deck: str | None, separators: Separators
) -> Iterator[ObsidianCard]:
    multiline_separators = (separators.multiline, separators.multiline_both_ways)
    for index, line in enumerate(block):
        if not line.is_code and line.text.strip() in multiline_separators:
            is_both = line.text.strip() == multiline_separators[1]
            yield _to_multiline_card(block, index, deck, is_both_ways=is_both)
            return
    run: list[_Line] = []
    index = 0
    while index < len(block):
        line = block[index]
        following = block[index + 1 : index + 2]
        card = (
            None if line.is_code else _to_inline_card(line, following, deck, separators)
        )
        if card is None:
            run.append(line)
        else:
            yield from _to_cloze(run, deck)
            run = []
            yield card
            # The card has taken the schedule on the next line.
            index += card.schedule_line == line.number + 1
        index += 1
    yield from _to_cloze(run, deck)


def _to_multiline_card(
    block: list[_Line], separator_index: int, deck: str | None, *, is_both_ways: bool
) -> ObsidianCard:
    front_lines, back_lines = block[:separator_index], block[separator_index + 1 :]
    return ObsidianCard(
        line=block[0].number,
        front="\n".join(line.text for line in front_lines),
        back="\n".join(line.text for line in back_lines),
        is_both_ways=is_both_ways,
        schedules="".join(line.schedules for line in block),
        schedule_line=next((line.number for line in block if line.schedules), 0),
        deck=deck,
    )


def _to_inline_card(
    line: _Line, following: list[_Line], deck: str | None, separators: Separators
) -> ObsidianCard | None:
    masked_text = mask_code_spans(line.text)
    # Try the longer separator first, as it may contain the other one.
    inline_separators = (separators.inline, separators.inline_both_ways)
    separator = next(
        (
            sign
            for sign in sorted(inline_separators, key=len, reverse=True)
            if sign in masked_text
        ),
        "",
    )
    if not separator:
        return None
    position = masked_text.find(separator)
    schedules, schedule_line = line.schedules, line.number
    if not schedules and following and not following[0].text.strip():
        schedules, schedule_line = following[0].schedules, following[0].number
    list_mark = _LIST_MARK.match(line.text[:position])
    return ObsidianCard(
        line=line.number,
        front=line.text[list_mark.end() if list_mark else 0 : position],
        back=line.text[position + len(separator) :],
        is_both_ways=separator == separators.inline_both_ways,
        schedules=schedules,
        schedule_line=schedule_line if schedules else 0,
        deck=deck,
    )


def _to_cloze(lines: list[_Line], deck: str | None) -> Iterator[ObsidianCard]:
    """Yield the cloze of some lines, or the schedules of lines without a card."""
    schedules = "".join(line.schedules for line in lines)
    has_gaps = any(not line.is_code and has_highlight(line.text) for line in lines)
    if not has_gaps and not schedules:
        return
    texts = [line.text for line in lines]
    while texts and not texts[-1].strip():
        texts.pop()
    yield ObsidianCard(
        line=lines[0].number,
        cloze_lines=tuple(texts) if has_gaps else (),
        schedules=schedules,
        schedule_line=next((line.number for line in lines if line.schedules), 0),
        deck=deck,
    )
