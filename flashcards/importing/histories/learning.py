"""What the files of an import say was learned, as the part of the plan that brings it."""

from __future__ import annotations

from bisect import bisect
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from flashcards.domain.faces import note_key_of
from flashcards.importing.histories.merge import merge_histories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from flashcards.domain.bundle import Bundle, CardHistory, PastReview
    from flashcards.domain.cards import Anchor
    from flashcards.domain.clock import Moment
    from flashcards.domain.settings.settings import Settings
    from flashcards.store.comparison.import_changes import ImportChanges
    from flashcards.store.reader import Reader


def with_learning(
    plan: ImportChanges,
    bundles: Iterable[Bundle],
    *,
    reader: Reader,
    settings: Settings,
    day_of: Callable[[int], int],
    moment: Moment,
) -> ImportChanges:
    """Return a plan with the reviews, memories and marks that the store does not have.

    Args:
        plan: What happens to decks and notes.
        bundles: What the files hold.
        reader: The store as it is.
        settings: The options of decks.
        day_of: Returns the study day of an instant in Unix milliseconds.
        moment: Now.
    """
    read = [each for each in bundles if each.histories or each.marked]
    if not read:
        return plan
    # A note that was refused brings nothing along.
    deck_of = {
        note.id: deck.key
        for deck in plan.decks
        if deck.content
        for note in deck.content.notes
    }
    histories = one_of_a_card(
        history
        for each in read
        for history in each.histories
        if note_key_of(history.card) in deck_of
    )
    marked = {note for each in read for note in each.marked if note in deck_of}
    return replace(
        plan,
        histories=merge_histories(histories, deck_of, reader, settings, day_of, moment),
        marked=frozenset(reader.content.unmarked(marked)),
    )


def one_of_a_card(histories: Iterable[CardHistory]) -> list[CardHistory]:
    """Return the histories of cards, those of one card from several files as one.

    Reviews of all files count; of stated memories, the one of the last file.
    """
    found: dict[str, CardHistory] = {}
    for history in histories:
        before = found.get(history.card)
        found[history.card] = _joined(before, history) if before else history
    return list(found.values())


def _joined(one: CardHistory, other: CardHistory) -> CardHistory:
    named = {(each.at, each.rating): each for each in (*one.reviews, *other.reviews)}
    reviews = [named[name] for name in sorted(named)]
    anchors = {
        anchor.uid or anchor.at: replace(anchor, after=_place(anchor, side, reviews))
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


def _place(anchor: Anchor, side: CardHistory, reviews: Sequence[PastReview]) -> int:
    """Return after how many of all reviews an anchor stands."""
    if not anchor.after:
        return 0
    last = side.reviews[anchor.after - 1].at
    return bisect(reviews, last, key=attrgetter("at"))
