"""The keys that answer each kind of card, and what is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.grading.lines import expected
from flashcards.tui.widgets.answering.arranging import MatchDraft, OrderDraft
from flashcards.tui.widgets.answering.draft import Draft
from flashcards.tui.widgets.answering.drafts import ChoiceDraft
from flashcards.tui.widgets.rating_bar import AnswerPrompt

if TYPE_CHECKING:
    from flashcards.study.session.current_card import CurrentCard
    from flashcards.tui.keys.keymap import Hint, Keymap


def answer_hints(draft: Draft, keymap: Keymap, *, is_typing: bool) -> list[Hint]:
    """Return the keys that change and submit an answer, the most useful first."""
    answer = keymap.hint("answer.answer")
    match draft:
        case ChoiceDraft(several=True):
            return [keymap.rows_hint(draft.count, draft.count, "tick"), answer]
        case ChoiceDraft():
            return [keymap.rows_hint(draft.count, draft.count, "choose"), answer]
        case OrderDraft():
            hold = keymap.hint("answer.toggle", "drop" if draft.is_holding else "grab")
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


def answer_prompt(
    draft: Draft,
    current: CurrentCard,
    keymap: Keymap,
    *,
    is_typing: bool,
    others: tuple[Hint, ...],
) -> AnswerPrompt:
    """Return what the rating bar shows before the answer; `others` are more keys."""
    hints = (*answer_hints(draft, keymap, is_typing=is_typing), *others)
    return AnswerPrompt(hints, note=_expected_text(draft, current))


def _expected_text(draft: Draft, current: CurrentCard) -> str:
    match draft:
        case ChoiceDraft(several=True):
            return "several answers are right"
        case ChoiceDraft():
            return "one answer is right"
        case OrderDraft():
            return "first item on top"
        case MatchDraft():
            return "a number, then its letter"
        case _ if draft.is_long:
            return "write it, or say it aloud and tick the points"
        case _:
            words = expected(current.note, current.presentation)
            return words[:1].lower() + words[1:]
