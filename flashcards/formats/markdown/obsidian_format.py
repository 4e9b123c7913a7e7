"""Obsidian notes with cards of the spaced-repetition plugin, and their schedules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.decks.fields.limits import MOST_SOURCE, MOST_TAGS
from flashcards.decks.problem_collector import ProblemCollector
from flashcards.decks.yaml.document import YamlDocument
from flashcards.decks.yaml.nodes import ListNode
from flashcards.domain.bundle import Bundle, CardHistory
from flashcards.domain.content import BasicNote, ClozeNote
from flashcards.domain.faces import card_key, faces_of
from flashcards.formats.common.deck_builder import (
    DeckBuilder,
    is_within_limits,
    report_no_notes,
)
from flashcards.formats.common.naming import (
    DeckName,
    derive_id,
    to_deck_name,
    to_file_deck_name,
    to_tag,
)
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.text_file import read_text_file
from flashcards.formats.markdown.markdown_cards import build_bundle, report_open_code
from flashcards.formats.markdown.obsidian_cards import TAG, ObsidianCard, find_cards
from flashcards.formats.markdown.obsidian_schedule import (
    SCHEDULE,
    parse_memory,
    split_schedules,
)
from flashcards.formats.markdown.obsidian_text import (
    split_block_id,
    to_card_text,
    to_cloze_text,
)
from flashcards.formats.markup.front_matter import parse_front_matter
from flashcards.text.deck_keys import is_deck_key
from flashcards.text.markdown.code_spans import (
    mask_code_spans,
    update_fence,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flashcards.domain.content import Note
    from flashcards.formats.formats import ReadContext

_NAME = "Obsidian's flashcards"
_TAG_NAME = "flashcards"
_INLINE_CARD = re.compile(r"\S\s+:::?\s+\S|\?\s*:::?\s*\S")
_REPORTED_RULES = ("empty-side", "schedule-without-card", "open-code")
_MULTILINE_SEPARATOR = re.compile(r"\s*\?\??\s*")


def looks_like(head: bytes) -> bool:
    """Return whether the beginning of a file has the plugin's tag, a schedule or a separator."""
    text = head.decode(errors="replace")
    fence, previous_line = "", ""
    for line in text.splitlines():
        fence, is_code = update_fence(line, fence)
        if not is_code:
            masked_line = mask_code_spans(line)
            if (
                SCHEDULE.search(masked_line)
                or TAG.search(masked_line)
                or _INLINE_CARD.search(masked_line)
            ):
                return True
            if previous_line.strip() and _MULTILINE_SEPARATOR.fullmatch(line):
                return True
        previous_line = line
    front_matter = parse_front_matter(text.splitlines())
    return any(_deck_of_tag(tag) is not None for tag in _read_tags(front_matter.text))


def read(path: Path, context: ReadContext) -> Bundle:
    """Read the decks of an Obsidian note with their memories, and its problems."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    if file is None:
        return Bundle(problems=tuple(collector.problems))
    lines = file.text.split("\n")
    head = parse_front_matter(lines)
    tags_in_head = _read_tags(head.text)
    deck_tags = [deck for deck in map(_deck_of_tag, tags_in_head) if deck is not None]
    builder = DeckBuilder(collector, context.progress, of=len(lines))
    reader = _Reader(path, context, builder, collector)
    other_tags = (
        to_tag(tag_name) for tag_name in tags_in_head if _deck_of_tag(tag_name) is None
    )
    reader.tags = tuple(dict.fromkeys(filter(None, other_tags)))[:MOST_TAGS]
    for card in find_cards(
        lines, head.first_line, deck_tags[0] if deck_tags else None, context.separators
    ):
        if builder.is_full:
            break
        reader.add_card(card)
    report_open_code(lines, head.first_line, collector)
    whole = () if reader.shares_own_deck else (reader.own_deck.key,)
    decks = builder.decks(str(path), file.digest, whole=whole)
    if not decks and not collector.errors:
        advice = "Write a card as question :: answer."
        collector = report_no_notes(collector, _NAME, advice, reasons=_REPORTED_RULES)
    return build_bundle(path, file.text, decks, collector, reader.histories)


class _Reader:
    """Makes notes and histories from the cards of a file."""

    def __init__(
        self,
        path: Path,
        context: ReadContext,
        builder: DeckBuilder,
        collector: ProblemCollector,
    ) -> None:
        self.own_deck = to_file_deck_name(path, context.into)
        """The deck of cards without a tag."""
        self.shares_own_deck = False
        """Whether a tag names that deck too, so that other files may have cards of it."""
        self.tags: tuple[str, ...] = ()
        self.histories: list[CardHistory] = []
        self._stem = path.stem
        self._day_of = context.day_of
        self._builder = builder
        self._collector = collector

    def add_card(self, card: ObsidianCard) -> None:
        """Add the note of a card and its memories."""
        source = "".join((card.front, card.back, *card.cloze_lines))
        if not is_within_limits(source, card.line, self._collector):
            return
        note = self._to_note(card)
        if note is None:
            if card.schedules:
                line, value = card.schedule_line, card.schedules
                self._collector.add_at("schedule-without-card", line, 1, value=value)
            return
        deck = self._get_deck_name(card.deck) if card.deck else self.own_deck
        # Two Obsidian notes with the same file name may both have a block with this id.
        added_note = self._builder.add(
            deck, note, at=card.line, is_foreign=bool(note.id)
        )
        if added_note is not None:
            self.histories += self._read_histories(added_note, card)

    def _get_deck_name(self, name: str) -> DeckName:
        """Return the name of the deck that a tag names."""
        is_key = is_deck_key(name)
        deck = DeckName(name, name) if is_key else to_deck_name(name, "/")
        self.shares_own_deck |= deck.key == self.own_deck.key
        return deck

    def _to_note(self, card: ObsidianCard) -> Note | None:
        if card.cloze_lines:
            *lines, last_line = card.cloze_lines
            last_line, block_id = split_block_id(last_line)
            return ClozeNote(
                id=self._to_note_id(block_id),
                text=to_cloze_text([*lines, last_line]),
                tags=self.tags,
                line=card.line,
            )
        back, block_id = split_block_id(card.back)
        front, back = to_card_text(card.front), to_card_text(back)
        if not front or not back:
            if front or back:
                value = front or back
                self._collector.add_at("empty-side", card.line, 1, value=value)
            return None
        return BasicNote(
            id=self._to_note_id(block_id),
            front=front,
            back=back,
            reverse=card.is_both_ways,
            tags=self.tags,
            line=card.line,
        )

    def _to_note_id(self, block_id: str) -> str:
        return derive_id(self._stem, f"^{block_id}") if block_id else ""

    def _read_histories(self, note: Note, card: ObsidianCard) -> Iterator[CardHistory]:
        schedules = split_schedules(card.schedules)
        faces = faces_of(note)
        for face, schedule in zip(faces, schedules, strict=False):
            try:
                memory = parse_memory(schedule, self._day_of)
            except ValueError:
                line = card.schedule_line
                self._collector.add_at("bad-schedule", line, 1, value=schedule)
                continue
            if memory is not None:
                yield CardHistory(card_key(note.id, face), memory=memory)
        for schedule in schedules[len(faces) :]:
            line = card.schedule_line
            self._collector.add_at("schedule-without-card", line, 1, value=schedule)


def _read_tags(head: str) -> list[str]:
    """Return the tags in front matter; none if it is not YAML."""
    if "tag" not in head or len(head) > MOST_SOURCE:
        return []
    document = YamlDocument(head.encode(), ProblemCollector(""))
    document.read()
    tags = []
    for name in ("tags", "tag"):
        _, node = document.head.get(name, (None, None))
        items = node if isinstance(node, ListNode) else [node]
        for item in items:
            text = getattr(item, "value", "")
            tags += [tag.lstrip("#") for tag in re.split(r"[\s,]+", text) if tag]
    return tags


def _deck_of_tag(tag: str) -> str | None:
    """Return the deck that a tag names below `flashcards`, or None for any other tag."""
    root, _, path = tag.partition("/")
    return path.strip("/") if root.casefold() == _TAG_NAME else None
