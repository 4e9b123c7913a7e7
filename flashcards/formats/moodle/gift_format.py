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
from flashcards.formats.moodle.gift_answers import GiftQuestion, to_note
from flashcards.formats.moodle.gift_escapes import (
    CLOSE,
    GENERAL,
    OPEN,
    TITLE,
    mark_signs,
    split_format,
)
from flashcards.formats.moodle.gift_writing import (
    describe_gift_losses,
    to_gift_questions,
)
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
    """Return whether the beginning of a file has a category, a title, or answers in braces."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    return not _ANKI_HEADER.match(head) and _SIGN.search(head) is not None


class _Block(NamedTuple):
    """The lines of one question, without comments."""

    lines: list[str]
    line: int
    """Line of the first one, from 1."""
    id: str
    tags: tuple[str, ...]


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the decks of a file, one for each category, and its problems."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    if file is None:
        return Bundle(problems=tuple(collector.problems))
    lines = file.text.split("\n")
    builder = DeckBuilder(collector, context.progress, of=len(lines))
    deck = to_file_deck_name(path, context.into)
    for block in _split_blocks(lines):
        question_block = block
        if block.lines[0].lstrip().startswith(CATEGORY):
            name = block.lines[0].strip().removeprefix(CATEGORY)
            deck = to_category_deck(name.strip(), deck)
            question_block = block._replace(lines=block.lines[1:], line=block.line + 1)
        if builder.is_full:
            break
        if question_block.lines:
            _add_question(question_block, deck, builder, collector)
    decks = builder.decks(str(path), file.digest)
    if not decks and not collector.errors:
        advice = "Write answers in braces, as in 2 + 2? {=4}."
        collector = report_no_notes(
            collector, _NAME, advice, reasons=("gift-no-answer",)
        )
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    return Bundle(decks=decks, problems=tuple(collector.problems))


def _split_blocks(lines: list[str]) -> Iterator[_Block]:
    """Yield the questions of a file, which blank lines separate."""
    block = _Block([], 0, "", ())
    for number, line in enumerate([*lines, ""], 1):
        text = line.strip()
        if text.startswith(COMMENT):
            block = _with_comment_fields(block, text)
        elif text:
            block.lines.append(line)
            block = block._replace(line=block.line or number)
        else:
            if block.lines:
                yield block
            block = _Block([], 0, "", ())


def _with_comment_fields(block: _Block, comment: str) -> _Block:
    for name, raw_value in _IN_COMMENT.findall(comment):
        value = _ESCAPED.sub(r"\1", raw_value).strip()
        if name == "id" and value:
            block = block._replace(id=to_note_id(value))
        elif name == "tag" and to_tag(value):
            block = block._replace(
                tags=tuple(dict.fromkeys((*block.tags, to_tag(value))))
            )
    return block


def to_category_deck(name: str, previous_deck: DeckName) -> DeckName:
    """Return the deck of a category, or the previous deck if the category has no name."""
    if is_deck_key(name):
        return DeckName(name, name)
    names = [piece.strip().replace("//", "/") for piece in _SLASH.split(name)]
    if names and _CONTEXT.fullmatch(names[0]):
        # An export of Moodle puts each category below its context and "top".
        names = names[2:] if names[1:2] == ["top"] else names[1:]
    names = list(filter(None, names))
    if not names:
        return previous_deck
    return to_deck_name("\n".join(names), "\n", title="/".join(names))


def _add_question(
    block: _Block, deck: DeckName, builder: DeckBuilder, collector: ProblemCollector
) -> None:
    source = "\n".join(block.lines)
    if not is_within_limits(source, block.line, collector):
        return
    text = mark_signs(source).strip()
    if text.startswith(TITLE):
        _, closing_title, text_after_title = text.removeprefix(TITLE).partition(TITLE)
        text = text_after_title.strip() if closing_title else text
    start, end = text.find(OPEN), text.find(CLOSE)
    if start < 0 and end < 0:
        collector.add_at("gift-description", block.line, 1)
        return
    after = text[end + 1 :]
    # A second open brace means that one of them is text, or never closed.
    is_nested = OPEN in text[start + 1 : end]
    if start < 0 or end < start or is_nested or after.count(OPEN) != after.count(CLOSE):
        collector.add_at("gift-braces", block.line, 1)
        return
    text_format, before = split_format(text[:start])
    answers, general_mark, feedback = text[start + 1 : end].strip().rpartition(GENERAL)
    if not general_mark:
        answers, feedback = feedback, ""
    question = GiftQuestion(
        before=before,
        after=after,
        general_feedback=feedback,
        text_format=text_format,
        line=block.line,
        id=block.id,
        tags=block.tags,
    )
    note = to_note(question, answers.strip(), collector)
    if note is not None:
        builder.add(deck, note, at=block.line)


def write(bundle: Bundle, file: BinaryIO, context: WriteContext) -> list[str]:
    """Write every deck as a category, and return sentences on what was lost."""
    del context
    blocks = []
    for deck in bundle.decks:
        blocks.append(f"{CATEGORY} {deck.key}\n")
        for note in deck.notes:
            blocks += to_gift_questions(note)
    file.write("\n".join(blocks).encode())
    return describe_gift_losses(bundle.decks)
