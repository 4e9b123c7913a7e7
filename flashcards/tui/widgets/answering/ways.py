"""What the keys of answering are called, and what is expected, for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.lines import expected
from flashcards.tui.widgets.answering.arranging import MatchDraft, OrderDraft
from flashcards.tui.widgets.answering.draft import Draft
from flashcards.tui.widgets.answering.drafts import ChoiceDraft
from flashcards.tui.widgets.rating_bar import Ways

if TYPE_CHECKING:
    from flashcards.study.session.current_card import CurrentCard
    from flashcards.tui.keys.keymap import Hint, Keymap


def answer_hints(draft: Draft, keymap: Keymap, *, is_typing: bool) -> list[Hint]:
    """Return the keys that make and give an answer, the most useful first."""
    answer = keymap.hint("answer.answer")
    match draft:
        case ChoiceDraft(several=True):
            return [keymap.rows_hint(draft.count, draft.count, "tick"), answer]
        case ChoiceDraft():
            return [keymap.rows_hint(draft.count, draft.count, "choose"), answer]
        case OrderDraft():
            hold = keymap.hint("answer.toggle", "let go" if draft.held else "hold")
            move = keymap.pair_hint("answer.up", "answer.down", "move")
            return [hold, move, answer]
        case MatchDraft():
            pair = keymap.rows_hint(draft.numbers, draft.letters, "pair", " ")
            side = keymap.hint("answer.side")
            return [pair, side, answer]
        case _ if draft.takes_text and not is_typing:
            return [answer._replace(words="type")]
        case _:
            words = "show the points" if draft.is_long else "answer"
            return [answer._replace(words=words)]


def ways_to_answer(
    draft: Draft,
    shown: CurrentCard,
    keymap: Keymap,
    *,
    is_typing: bool,
    others: tuple[Hint, ...],
) -> Ways:
    """Return what stands where the ratings will be."""
    hints = (*answer_hints(draft, keymap, is_typing=is_typing), *others)
    return Ways(hints, aside=_aside(draft, shown))


def _aside(draft: Draft, shown: CurrentCard) -> str:
    match draft:
        case ChoiceDraft(several=True):
            return "several are right"
        case ChoiceDraft():
            return "one is right"
        case OrderDraft():
            return "put the first on top"
        case MatchDraft():
            return "a number, then its letter"
        case _ if draft.is_long:
            return "write it, or say it aloud and tick the points"
        case _:
            words = expected(shown.note, shown.presentation)
            return words[:1].lower() + words[1:]
