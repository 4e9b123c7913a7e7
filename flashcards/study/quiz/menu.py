"""What a quiz can be composed of: decks, topics and tags, and how many items each has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from flashcards.domain.cards import Scope
from flashcards.grading.presentation import GRADED_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from flashcards.store.reader import Reader

Pick = tuple[str, str]
"""A deck as its key and an empty text, a topic as its deck's key and its slug, a tag as
an empty text and the tag."""


class MenuItem(NamedTuple):
    """One item that can be asked."""

    deck: str
    topic: str
    tags: tuple[str, ...]


class MenuTopic(NamedTuple):
    """One topic of a deck."""

    slug: str
    title: str


class MenuDeck(NamedTuple):
    """One deck that has items."""

    key: str
    title: str
    topics: tuple[MenuTopic, ...]


@dataclass(frozen=True, slots=True)
class QuizMenu:
    """Decks with their topics, tags, and the items behind them."""

    decks: tuple[MenuDeck, ...]
    tags: tuple[str, ...]
    """The most frequent first."""
    items: tuple[MenuItem, ...]

    def scope_of(self, picks: Collection[Pick]) -> Scope:
        """Return the scope of the picks; no pick means everything.

        A deck without a pick among its topics means all of them.
        """
        decks = {deck for deck, _ in picks if deck}
        topics = {(deck, topic) for deck, topic in picks if deck and topic}
        whole = decks - {deck for deck, _ in topics}
        if topics:
            topics |= {
                (item.deck, item.topic) for item in self.items if item.deck in whole
            }
        return Scope(
            decks=tuple(sorted(decks)),
            tags=tuple(sorted(tag for deck, tag in picks if not deck)),
            topics=tuple(sorted({topic for _, topic in topics})),
        )

    def choose_weakest_deck(self, weakness: Callable[[str], float]) -> MenuDeck | None:
        """Return the deck whose key has the lowest weakness; None without decks."""
        return min(self.decks, key=lambda deck: weakness(deck.key), default=None)

    def count(self, scope: Scope) -> int:
        """Return how many items a scope has."""
        return sum(_is_in(item, scope) for item in self.items)


def load_quiz_menu(reader: Reader, day: int) -> QuizMenu:
    """Return what can be asked today."""
    keys = {deck.deck_id: deck for deck in reader.cards.decks()}
    tags, topics = reader.queue.card_tags(GRADED_KINDS), reader.cards.topics()
    items = tuple(
        MenuItem(
            keys[quiz_card.card.deck_id].key,
            quiz_card.topic,
            tags.get(quiz_card.card.card_id, ()),
        )
        for quiz_card in reader.queue.for_quiz(day, Scope(), GRADED_KINDS)
    )
    asked = {(item.deck, item.topic) for item in items}
    decks = tuple(
        MenuDeck(
            deck.key,
            deck.title,
            tuple(
                MenuTopic(slug, title)
                for slug, title in topics.get(deck.deck_id, ())
                if (deck.key, slug) in asked
            ),
        )
        for deck in keys.values()
        if any(key == deck.key for key, _ in asked)
    )
    return QuizMenu(decks, _sort_by_frequency(items), items)


def _sort_by_frequency(items: Iterable[MenuItem]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for item in items:
        for tag in item.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))


def _is_in(item: MenuItem, scope: Scope) -> bool:
    return (
        (not scope.decks or item.deck in scope.decks)
        and (not scope.topics or item.topic in scope.topics)
        and (not scope.tags or not set(scope.tags).isdisjoint(item.tags))
    )
