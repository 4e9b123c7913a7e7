"""Add the review histories and marks of imported files to the changes of an import."""

from __future__ import annotations

from bisect import bisect
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from flashcards.domain.faces import note_key_of
from flashcards.importing.histories.merge import merge_histories

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.domain.bundle import Bundle, CardHistory, PastReview
    from flashcards.domain.cards import Anchor
    from flashcards.importing.context import ImportContext
    from flashcards.store.comparison.import_changes import ImportChanges


def with_learning(
    changes: ImportChanges, bundles: Iterable[Bundle], context: ImportContext
) -> ImportChanges:
    """Return the changes with the reviews, memories and marks that the store does not have.

    Args:
        changes: What happens to decks and notes.
        bundles: What the files hold.
        context: The store before the import, and the options of decks.
    """
    bundles = [each for each in bundles if each.histories or each.marked]
    if not bundles:
        return changes
    # The history of a note that was refused is left out with it.
    deck_of = {
        note.id: deck.key
        for deck in changes.decks
        if deck.content
        for note in deck.content.notes
    }
    histories = join_card_histories(
        history
        for bundle in bundles
        for history in bundle.histories
        if note_key_of(history.card) in deck_of
    )
    marked = {note for bundle in bundles for note in bundle.marked if note in deck_of}
    return replace(
        changes,
        histories=merge_histories(
            histories,
            deck_of,
            context.reader,
            context.settings,
            context.day_of,
            context.moment,
        ),
        marked=frozenset(context.reader.content.unmarked(marked)),
    )


def join_card_histories(histories: Iterable[CardHistory]) -> list[CardHistory]:
    """Return one history for each card, also if several files have one for it.

    Reviews of all files count; of stated memories, that of the last file.
    """
    by_card: dict[str, CardHistory] = {}
    for history in histories:
        earlier = by_card.get(history.card)
        by_card[history.card] = _join(earlier, history) if earlier else history
    return list(by_card.values())


def _join(one: CardHistory, other: CardHistory) -> CardHistory:
    by_name = {(each.at, each.rating): each for each in (*one.reviews, *other.reviews)}
    reviews = [by_name[name] for name in sorted(by_name)]
    anchors = {
        anchor.uid or anchor.at: replace(
            anchor, after=_reviews_before(anchor, side, reviews)
        )
        for side in (one, other)
        for anchor in side.anchors
    }
    return replace(
        other,
        reviews=reviews,
        memory=other.memory or one.memory,
        is_exact=False,
        anchors=sorted(anchors.values(), key=attrgetter("after", "at")),
        suspended=one.suspended or other.suspended,
        leech=one.leech or other.leech,
    )


def _reviews_before(
    anchor: Anchor, side: CardHistory, reviews: Sequence[PastReview]
) -> int:
    """Return how many of the joined reviews come before an anchor of one side."""
    if not anchor.after:
        return 0
    last = side.reviews[anchor.after - 1].at
    return bisect(reviews, last, key=attrgetter("at"))
