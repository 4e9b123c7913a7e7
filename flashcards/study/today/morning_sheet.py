"""The morning sheet: the weakest cards of a plan, to read through before an interview.

It is computed from what is stored and changes nothing: reading it is no review.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.domain.cards import tier_of
from flashcards.domain.content import ChoiceNote, NumericNote, RecallNote
from flashcards.domain.faces import answer_text, question_text
from flashcards.domain.note_json import note_from_json
from flashcards.domain.study_plan import StudyPlan
from flashcards.grading.presentation import present
from flashcards.study.queue.date_queue import sort_weakest_first
from flashcards.study.today.overview import title_from_key
from flashcards.text.markdown.plain_text import to_plain_line
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashcards.domain.cards import CardRow
    from flashcards.domain.content import Note
    from flashcards.domain.settings.settings import Settings
    from flashcards.domain.study_plan import Interview
    from flashcards.store.reader import Reader
    from flashcards.store.rows import FigureCard

USUAL_CARDS = 30
LONGEST_QUESTION, LONGEST_ANSWER = 240, 280
"""Characters; with 30 cards that is about two printed pages."""


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One card of the sheet, in plain text of one line."""

    key: str
    question: str
    answer: str
    recall: float | None
    """Predicted recall on the day of the sheet, 0 to 1; None for a card never seen."""


@dataclass(frozen=True, slots=True)
class SheetArea:
    """The cards of one area, those with most to lose first."""

    title: str
    cards: tuple[SheetCard, ...]


@dataclass(frozen=True, slots=True)
class MorningSheet:
    """The weakest cards, by area."""

    day: int
    """The study day whose recall is predicted: that of the interview, or today."""
    interview: Interview | None
    """The interview of that day; None without one."""
    areas: tuple[SheetArea, ...]
    """The area with the weakest card first."""
    seen: int
    """How many cards of the plan were seen so far."""

    @property
    def cards(self) -> int:
        """How many cards are on the sheet."""
        return sum(len(area.cards) for area in self.areas)

    @property
    def new(self) -> int:
        """How many of them were never seen."""
        return sum(card.recall is None for area in self.areas for card in area.cards)


def load_morning_sheet(
    reader: Reader, settings: Settings, today: int, *, cards: int = USUAL_CARDS
) -> MorningSheet:
    """Return the weakest cards for the interview of today, or the next one.

    They are ordered by weight × chance of forgetting on that day. Where fewer cards were
    seen, core cards that were never seen follow in teaching order.

    Args:
        reader: The store.
        settings: The settings; decks may have weights of their own.
        today: The study day.
        cards: At most so many cards.
    """
    plan = reader.plan.load() or StudyPlan(today)
    interview = plan.interview_on(today) or plan.next_interview(today)
    day = interview.day if interview else today
    decks = reader.cards.deck_keys()
    live = [
        card
        for card in reader.figures.cards()
        if not card.suspended
        and not card.retired
        and card.deck_id in decks
        and plan.weight_of(decks[card.deck_id]) > 0
    ]
    weakest: list[tuple[FigureCard, float | None]] = [
        *sort_weakest_first(
            live, plan, decks, day, lambda deck: settings.options(deck).weights
        )
    ]
    seen = len(weakest)
    unseen = [
        card for card in live if card.stability is None and not tier_of(card.position)
    ]
    weakest += [(card, None) for card in unseen]
    return MorningSheet(
        day,
        interview,
        _group_by_area(_read_cards(reader, _keep_one_per_note(weakest), cards)),
        seen,
    )


def _keep_one_per_note(
    cards: Iterable[tuple[FigureCard, float | None]],
) -> Iterable[tuple[FigureCard, float | None]]:
    notes = set()
    for card, recall in cards:
        if card.note_id not in notes:
            notes.add(card.note_id)
            yield card, recall


def _read_cards(
    reader: Reader, cards: Iterable[tuple[FigureCard, float | None]], most: int
) -> list[tuple[str, SheetCard]]:
    """Return the area and the words of the first cards, without damaged ones."""
    sheet: list[tuple[str, SheetCard]] = []
    for card, recall in cards:
        if len(sheet) >= most:
            break
        row = reader.cards.get_sound(card.card_id)
        if row is not None:
            area = title_from_key(row.deck.partition("/")[0])
            sheet.append((area, _sheet_card(row, recall)))
    return sheet


def _sheet_card(row: CardRow, recall: float | None) -> SheetCard:
    note = note_from_json(row.content)
    question, answer = _words(note, row)
    return SheetCard(
        row.key,
        one_line(to_plain_line(question), LONGEST_QUESTION),
        one_line(to_plain_line(answer), LONGEST_ANSWER),
        recall,
    )


def _words(note: Note, row: CardRow) -> tuple[str, str]:
    """Return question and short answer in Markdown: no reasons and no working."""
    match note:
        case NumericNote():
            # The numbers are those that the next review asks.
            asked = present(note, row.face, row.key, row.memory.reps)
            return asked.question, asked.answer.partition("\n\n")[0]
        case ChoiceNote():
            right = [option.text for option in note.options if option.correct]
            return note.question, "; ".join(right)
        case RecallNote():
            return note.question, "; ".join(point.text for point in note.points)
        case _:
            return question_text(note, row.face), answer_text(note, row.face)


def _group_by_area(cards: Sequence[tuple[str, SheetCard]]) -> tuple[SheetArea, ...]:
    areas: dict[str, list[SheetCard]] = {}
    for area, card in cards:
        areas.setdefault(area, []).append(card)
    return tuple(SheetArea(title, tuple(group)) for title, group in areas.items())
