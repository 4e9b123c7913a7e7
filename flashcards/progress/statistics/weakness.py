"""Weak spots: decks and topics by retention."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from flashcards.progress.statistics.retention import (
    Share,
    count_shares,
    sort_by_retention,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flashcards.progress.log.card_table import CardTable
    from flashcards.progress.log.review_log import Integers, Log

ENOUGH_IN_GROUP = 10
"""A deck or topic is compared with others from so many reviews on."""

Deck = tuple[str, str, Any]
"""Key, title, and topics as JSON."""


@dataclass(frozen=True, slots=True)
class WeakGroup:
    """A deck, or a topic of one."""

    deck: str
    topic: str
    """Slug; empty for a whole deck."""
    title: str
    retention: Share
    lapses: int
    cards: int
    seen: int
    enough: bool
    """Whether there are enough reviews to compare it with others."""


def compare_decks(
    log: Log, cards: CardTable, decks: Mapping[int, Deck]
) -> tuple[WeakGroup, ...]:
    """Return every deck that has cards, the weakest first, those with few reviews last."""
    numbers, group_of_card = np.unique(cards.deck_id, return_inverse=True)
    keys = [(int(deck), "") for deck in numbers]
    return _groups(log, cards, decks, keys, group_of_card)


def compare_topics(
    log: Log, cards: CardTable, decks: Mapping[int, Deck]
) -> tuple[WeakGroup, ...]:
    """Return every topic that has cards, the weakest first, those with few reviews last."""
    owners = list(zip(cards.deck_id.tolist(), cards.topic, strict=True))
    keys = sorted({owner for owner in owners if owner[1]})
    number_of = {key: number for number, key in enumerate(keys)}
    without_topic = len(keys)
    group_of_card = np.array(
        [number_of.get(owner, without_topic) for owner in owners], dtype=np.int64
    )
    return _groups(log, cards, decks, keys, group_of_card)


def _groups(
    log: Log,
    cards: CardTable,
    decks: Mapping[int, Deck],
    keys: list[tuple[int, str]],
    group_of_card: Integers,
) -> tuple[WeakGroup, ...]:
    """Return the groups of some keys; `group_of_card` holds the number of each card's key."""
    # One more group for cards that belong to none.
    size = len(keys)
    owner = np.append(group_of_card, size)[cards.find_rows(log.card)]
    shares = count_shares(log, owner, size + 1)
    live = ~cards.retired
    counts = np.stack(
        [
            np.bincount(group_of_card[live], weights=values[live], minlength=size + 1)
            for values in (cards.lapses, np.ones(len(cards)), cards.is_seen)
        ],
        axis=1,
    )
    groups = [
        _group(keys[number], decks, share, [int(n) for n in counts[number]])
        for number, share in sort_by_retention(list(enumerate(shares[:size])))
    ]
    return tuple(
        sorted((g for g in groups if g.cards), key=lambda group: not group.enough)
    )


def _group(
    key: tuple[int, str], decks: Mapping[int, Deck], share: Share, counts: list[int]
) -> WeakGroup:
    deck, title, topics = decks[key[0]]
    slug = key[1]
    if slug:
        title = dict(json.loads(topics)).get(slug, slug)
    lapses, cards, seen = counts
    enough = share.asked >= ENOUGH_IN_GROUP
    return WeakGroup(deck, slug, title, share, lapses, cards, seen, enough)
