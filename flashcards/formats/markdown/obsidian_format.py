"""Notes of Obsidian with flashcards of its spaced-repetition plugin, with their schedule."""

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
from flashcards.formats.common.media_names import report_missing
from flashcards.formats.common.naming import (
    DeckName,
    derive_id,
    to_deck_name,
    to_file_deck_name,
    to_tag,
)
from flashcards.formats.common.rules import new_collector
from flashcards.formats.common.text_file import read_text_file
from flashcards.formats.markdown.obsidian_cards import TAG, FoundCard, cards_in
from flashcards.formats.markdown.obsidian_schedule import (
    SCHEDULE,
    groups_of,
    memory_from,
)
from flashcards.formats.markdown.obsidian_text import (
    block_id,
    cloze_text,
    embedded_paths,
    plain_text,
)
from flashcards.formats.markup.front_matter import parse_front_matter
from flashcards.formats.markup.markdown_media import (
    find_embedded_paths,
    find_sibling_media,
)
from flashcards.text.deck_keys import is_deck_key
from flashcards.text.markdown.code_spans import (
    find_open_fence,
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
_SPACED = re.compile(r"\S\s+:::?\s+\S|\?\s*:::?\s*\S")
_REASONS = ("empty-side", "schedule-without-card", "open-code")
_SEPARATOR = re.compile(r"\s*\?\??\s*")


def looks_like(head: bytes) -> bool:
    """Tell whether a file that begins so has the plugin's tag, a schedule or a separator."""
    text = head.decode(errors="replace")
    fence, before = "", ""
    for line in text.splitlines():
        fence, is_code = update_fence(line, fence)
        if not is_code:
            shown = mask_code_spans(line)
            if SCHEDULE.search(shown) or TAG.search(shown) or _SPACED.search(shown):
                return True
            if before.strip() and _SEPARATOR.fullmatch(line):
                return True
        before = line
    head_of = parse_front_matter(text.splitlines())
    return any(_deck_of(word) is not None for word in _words(head_of.text))


def read(path: Path, context: ReadContext) -> Bundle:
    """Return the decks of a note with what was learned of them, and everything that is wrong."""
    collector = new_collector(str(path))
    file = read_text_file(path, collector)
    if file is None:
        return Bundle(problems=tuple(collector.problems))
    lines = file.text.split("\n")
    head = parse_front_matter(lines)
    words = _words(head.text)
    named = [deck for deck in map(_deck_of, words) if deck is not None]
    collected = DeckBuilder(collector, context.progress, of=len(lines))
    reader = _Reader(path, context, collected, collector)
    others = (to_tag(word) for word in words if _deck_of(word) is None)
    reader.tags = tuple(dict.fromkeys(filter(None, others)))[:MOST_TAGS]
    for card in cards_in(
        lines, head.first_line, named[0] if named else None, context.separators
    ):
        if collected.is_full:
            break
        reader.take(card)
    opened = find_open_fence(lines[head.first_line :])
    if opened:
        collector.add_at("open-code", head.first_line + opened, 1)
    whole = () if reader.shares_own_deck else (reader.own_deck.key,)
    decks = collected.decks(str(path), file.digest, whole=whole)
    if not decks and not collector.errors:
        advice = "Write a card as question :: answer."
        collector = report_no_notes(collector, _NAME, advice, reasons=_REASONS)
    collector.problems.sort(key=lambda problem: (problem.line, problem.column))
    paths = (*find_embedded_paths(file.text), *embedded_paths(file.text))
    media = find_sibling_media(path.parent, paths) if decks else ()
    report_missing(decks, media, collector)
    return Bundle(
        decks=decks,
        problems=tuple(collector.problems),
        histories=tuple(reader.histories),
        media=media,
    )


class _Reader:
    """Makes notes and histories of the cards that were found."""

    def __init__(
        self,
        path: Path,
        context: ReadContext,
        collected: DeckBuilder,
        collector: ProblemCollector,
    ) -> None:
        self.own_deck = to_file_deck_name(path, context.into)
        """The deck of cards without a tag."""
        self.shares_own_deck = False
        """True where a tag names that deck too, so that other files may hold cards of it."""
        self.tags: tuple[str, ...] = ()
        self.histories: list[CardHistory] = []
        self._stem = path.stem
        self._day_of = context.day_of
        self._collected = collected
        self._collector = collector

    def take(self, card: FoundCard) -> None:
        """Add a card's note and what was learned of it."""
        source = "".join((card.front, card.back, *card.hides))
        if not is_within_limits(source, card.line, self._collector):
            return
        note = self._note(card)
        if note is None:
            if card.schedules:
                line, value = card.schedule_line, card.schedules
                self._collector.add_at("schedule-without-card", line, 1, value=value)
            return
        deck = self._deck(card.deck) if card.deck else self.own_deck
        # Two notes of one file name may both have a block of this id.
        added = self._collected.add(deck, note, at=card.line, is_foreign=bool(note.id))
        if added is not None:
            self.histories += self._learned(added, card)

    def _deck(self, name: str) -> DeckName:
        """Return the deck that a tag names."""
        is_key = is_deck_key(name)
        deck = DeckName(name, name) if is_key else to_deck_name(name, "/")
        self.shares_own_deck |= deck.key == self.own_deck.key
        return deck

    def _note(self, card: FoundCard) -> Note | None:
        if card.hides:
            *lines, last = card.hides
            last, block = block_id(last)
            return ClozeNote(
                id=self._id(block),
                text=cloze_text([*lines, last]),
                tags=self.tags,
                line=card.line,
            )
        back, block = block_id(card.back)
        front, back = plain_text(card.front), plain_text(back)
        if not front or not back:
            if front or back:
                value = front or back
                self._collector.add_at("empty-side", card.line, 1, value=value)
            return None
        return BasicNote(
            id=self._id(block),
            front=front,
            back=back,
            reverse=card.is_both_ways,
            tags=self.tags,
            line=card.line,
        )

    def _id(self, block: str) -> str:
        return derive_id(self._stem, f"^{block}") if block else ""

    def _learned(self, note: Note, card: FoundCard) -> Iterator[CardHistory]:
        groups = groups_of(card.schedules)
        faces = faces_of(note)
        for face, group in zip(faces, groups, strict=False):
            try:
                memory = memory_from(group, self._day_of)
            except ValueError:
                line = card.schedule_line
                self._collector.add_at("bad-schedule", line, 1, value=group)
                continue
            if memory is not None:
                yield CardHistory(card_key(note.id, face), memory=memory)
        for group in groups[len(faces) :]:
            line = card.schedule_line
            self._collector.add_at("schedule-without-card", line, 1, value=group)


def _words(head: str) -> list[str]:
    """Return the tags that front matter names; none where it is not YAML."""
    if "tag" not in head or len(head) > MOST_SOURCE:
        return []
    document = YamlDocument(head.encode(), ProblemCollector(""))
    document.read()
    words = []
    for name in ("tags", "tag"):
        _, node = document.head.get(name, (None, None))
        items = node if isinstance(node, ListNode) else [node]
        for item in items:
            text = getattr(item, "value", "")
            words += [word.lstrip("#") for word in re.split(r"[\s,]+", text) if word]
    return words


def _deck_of(word: str) -> str | None:
    """Return the deck that a tag names below `flashcards`, None for another tag."""
    first, _, rest = word.partition("/")
    return rest.strip("/") if first.casefold() == _TAG_NAME else None
