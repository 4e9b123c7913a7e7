"""GIFT, the quiz format of Moodle that people write by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from flashcards.domain.bundle import Bundle
from flashcards.formats.common.deck_builder import (
    DeckBuilder,
    is_within_limits,
    report_no_notes,
)
from flashcards.formats.common.naming import (
    DeckName,
    to_deck_name,
    to_file_deck_name,
    to_note_id,
    to_tag,
)
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.text_file import read_text_file
from flashcards.formats.moodle.gift_answers import Asked, note_of
from flashcards.formats.moodle.gift_escapes import (
    CLOSE,
    GENERAL,
    OPEN,
    TITLE,
    format_of,
    marked,
)
from flashcards.formats.moodle.gift_writing import question_lines, remarks_on
from flashcards.text.deck_keys import is_deck_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.formats.formats import ReadContext, WriteContext

COMMENT = "//"
CATEGORY = "$CATEGORY:"
_NAME = "GIFT"
_IN_COMMENT = re.compile(r"\[(id|tag):((?:[^\[\]\\]|\\.)+)\]")
_ESCAPED = re.compile(r"\\(.)")
_SLASH = re.compile(r"(?<!/)/(?!/)")
_CONTEXT = re.compile(r"\$[a-z]+\$", re.IGNORECASE)
_SIGN = re.compile(
    rb"^[ \t]*(?:::[^\n]+?::|\$CATEGORY:)"
    rb"|(?<!\\)\{\s*(?:[=~]|#\s*[=0-9.-]|(?:T|F|TRUE|FALSE)\s*[#}])",
    re.MULTILINE,
)
_ANKI_HEADER = re.compile(rb"\s*#[a-z ]+:", re.IGNORECASE)


def looks_like(head: bytes) -> bool:
    """Tell whether a file that begins so names a category, a title, or has answers in braces."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    return not _ANKI_HEADER.match(head) and _SIGN.search(head) is not None


class _Block(NamedTuple):
    """The lines of one question, comments apart."""

    lines: list[str]
    line: int
    """Line of the first one, from 1."""
    id: str
    tags: tuple[str, ...]


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a file, one for each category, with everything that is wrong."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    if file is None:
        return Bundle(problems=tuple(collector.problems))
    lines = file.text.split("\n")
    collected = DeckBuilder(collector, context.progress, of=len(lines))
    deck = to_file_deck_name(path, context.into)
    for block in _blocks(lines):
        rest = block
        if block.lines[0].lstrip().startswith(CATEGORY):
            name = block.lines[0].strip().removeprefix(CATEGORY)
            deck = category_deck(name.strip(), deck)
            rest = block._replace(lines=block.lines[1:], line=block.line + 1)
        if collected.is_full:
            break
        if rest.lines:
            _add(rest, deck, collected, collector)
    decks = collected.decks(str(path), file.digest)
    if not decks and not collector.errors:
        advice = "Write answers in braces, as in 2 + 2? {=4}."
        collector = report_no_notes(
            collector, _NAME, advice, reasons=("gift-no-answer",)
        )
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return Bundle(decks=decks, problems=tuple(collector.problems))


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Give the questions of a file; a blank line ends each."""
    block = _Block([], 0, "", ())
    for number, line in enumerate([*lines, ""], 1):
        text = line.strip()
        if text.startswith(COMMENT):
            block = _with_comment(block, text)
        elif text:
            block.lines.append(line)
            block = block._replace(line=block.line or number)
        else:
            if block.lines:
                yield block
            block = _Block([], 0, "", ())


def _with_comment(block: _Block, comment: str) -> _Block:
    for name, raw in _IN_COMMENT.findall(comment):
        value = _ESCAPED.sub(r"\1", raw).strip()
        if name == "id" and value:
            block = block._replace(id=to_note_id(value))
        elif name == "tag" and to_tag(value):
            block = block._replace(
                tags=tuple(dict.fromkeys((*block.tags, to_tag(value))))
            )
    return block


def category_deck(name: str, before: DeckName) -> DeckName:
    """Return the deck that a category stands for; the one before where it names none."""
    if is_deck_key(name):
        return DeckName(name, name)
    parts = [part.strip().replace("//", "/") for part in _SLASH.split(name)]
    if parts and _CONTEXT.fullmatch(parts[0]):
        # Moodle puts every category below where it was exported from, and that below "top".
        parts = parts[2:] if parts[1:2] == ["top"] else parts[1:]
    parts = [part for part in parts if part]
    if not parts:
        return before
    return to_deck_name("\n".join(parts), "\n", title="/".join(parts))


def _add(
    block: _Block, deck: DeckName, collected: DeckBuilder, collector: ProblemCollector
) -> None:
    source = "\n".join(block.lines)
    if not is_within_limits(source, block.line, collector):
        return
    text = marked(source).strip()
    if text.startswith(TITLE):
        _, closed, rest = text.removeprefix(TITLE).partition(TITLE)
        text = rest.strip() if closed else text
    start, end = text.find(OPEN), text.find(CLOSE)
    if start < 0 and end < 0:
        collector.add_at("gift-description", block.line, 1)
        return
    after = text[end + 1 :]
    # An open brace within the answers means that one of the two is text, or never closed.
    is_nested = OPEN in text[start + 1 : end]
    if start < 0 or end < start or is_nested or after.count(OPEN) != after.count(CLOSE):
        collector.add_at("gift-braces", block.line, 1)
        return
    text_format, before = format_of(text[:start])
    answers, general, feedback = text[start + 1 : end].strip().rpartition(GENERAL)
    if not general:
        answers, feedback = feedback, ""
    asked = Asked(
        before=before,
        after=after,
        general=feedback,
        text_format=text_format,
        line=block.line,
        id=block.id,
        tags=block.tags,
    )
    note = note_of(asked, answers.strip(), collector)
    if note is not None:
        collected.add(deck, note, at=block.line)


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write every deck as a category; return sentences on what the format could not hold."""
    del context
    blocks = []
    for deck in bundle.decks:
        blocks.append(f"{CATEGORY} {deck.key}\n")
        for note in deck.notes:
            blocks += question_lines(note)
    file.write("\n".join(blocks).encode())
    return remarks_on(bundle.decks)
