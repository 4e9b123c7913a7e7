"""Charts of decks, cards and notes that go wrong, and of confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, short_date
from flashcards.progress.charts.chart import (
    DAY,
    Chart,
    ChartPoint,
    Kind,
    Measure,
    counted_measure,
    number_measure,
    share_text,
    text_measure,
)
from flashcards.progress.charts.memory_charts import RETENTION
from flashcards.progress.figure_text import percent
from flashcards.progress.statistics.weakness import ENOUGH_IN_GROUP
from flashcards.text.markdown.plain_text import to_plain_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.statistics.calibration import (
        Calibration,
        ConfidenceBin,
        SureButWrong,
    )
    from flashcards.progress.statistics.items import (
        ItemFigures,
        ItemPart,
        ItemStatistics,
    )
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.progress.statistics.weakness import WeakGroup

_COUNTING = "Still counting."


def weakest(groups: Sequence[WeakGroup], noun: str) -> Chart:
    """Chart the decks or topics with enough reviews, the weakest first."""
    compared = [group for group in groups if group.enough]
    need = f"Not enough reviews yet to compare {noun} ({ENOUGH_IN_GROUP} of each)."
    return Chart(
        name=noun,
        kind=Kind.TABLE,
        title=f"Weakest {noun}",
        measures=(
            text_measure(noun.removesuffix("s")),
            text_measure("key" if noun == "decks" else "deck"),
            RETENTION,
            number_measure("lapses"),
            number_measure("cards"),
        ),
        points=tuple(_group(group) for group in compared),
        missing="" if compared else need,
    )


def _group(group: WeakGroup) -> ChartPoint:
    share = (group.retention.share or 0.0, group.retention.asked)
    return ChartPoint(
        group.title,
        share[0],
        (group.title, group.deck, share, group.lapses, group.cards),
        f"{group.title}: {share_text(share)} recalled, {count(group.lapses, 'lapse')}, "
        f"{group.seen:,} of {count(group.cards, 'card')} seen",
        deck=group.deck,
    )


def leeches(figures: Statistics) -> Chart:
    """Chart the cards that are forgotten again and again, most lapses first."""
    cards = figures.leeches
    most = max((card.lapses for card in cards), default=0) or 1
    return Chart(
        name="leeches",
        kind=Kind.TABLE,
        title="Leeches",
        notes=("all decks",),
        measures=(
            text_measure("card", "card"),
            text_measure("deck", "deck"),
            counted_measure("lapse", "lapses"),
        ),
        points=tuple(
            ChartPoint(
                card.card,
                card.lapses / most,
                (card.card, card.deck, card.lapses),
                f"{card.card} in {card.deck}: {count(card.lapses, 'lapse')}",
                deck=card.deck,
            )
            for card in cards
        ),
        missing="" if cards else "No leeches: no card is forgotten again and again.",
    )


def confidence(calibration: Calibration | None) -> Chart:
    """Chart the share right of the answers with each confidence."""
    bins = [bin_ for bin_ in calibration.bins if bin_.answers] if calibration else []
    notes: tuple[str, ...] = ()
    if calibration and calibration.brier is not None:
        notes = (f"Brier score {calibration.brier:.2f}, 0 is best",)
    missing = _missing_confidence(calibration)
    return Chart(
        name="confidence",
        kind=Kind.BARS,
        title="Confidence",
        about="how much was right",
        notes=() if missing else notes,
        measures=(
            text_measure("confidence"),
            Measure("right", share_text),
            Measure("expected", percent),
        ),
        points=tuple(_confidence(bin_) for bin_ in bins),
        missing=missing,
    )


def _missing_confidence(calibration: Calibration | None) -> str:
    if calibration is None:
        return _COUNTING
    if not calibration.answers:
        return "No answers with a confidence yet."
    return calibration.missing


def _confidence(bin_: ConfidenceBin) -> ChartPoint:
    share = (bin_.right, bin_.answers)
    return ChartPoint(
        bin_.confidence,
        bin_.right,
        (bin_.confidence, share, bin_.predicted),
        f"{bin_.confidence.capitalize()}: {share_text(share)} right, "
        f"expected {percent(bin_.predicted)}",
        mark=bin_.predicted,
    )


def sure_but_wrong(calibration: Calibration | None) -> Chart:
    """Chart the cards whose last answer was sure but wrong, with the share right."""
    slips = calibration.sure_but_wrong if calibration else ()
    notes: tuple[str, ...] = ()
    if calibration and calibration.is_enough:
        notes = tuple(
            f"{bin_.confidence} {percent(bin_.right)}"
            for bin_ in calibration.bins
            if bin_.answers
        )
    elif calibration and calibration.answers:
        notes = (calibration.missing,)
    missing = ""
    if calibration is None or not calibration.answers:
        missing = _missing_confidence(calibration)
    elif not slips:
        missing = "No card that you were sure of was wrong when last asked."
    return Chart(
        name="sure",
        kind=Kind.TABLE,
        title="Sure but wrong",
        notes=notes,
        measures=(
            text_measure("card"),
            text_measure("question"),
            text_measure("deck"),
            DAY._replace(is_figure=True),
        ),
        points=tuple(_sure_but_wrong(slip) for slip in slips),
        missing=missing,
    )


def _sure_but_wrong(slip: SureButWrong) -> ChartPoint:
    question = to_plain_line(slip.front)
    return ChartPoint(
        slip.card,
        1 - slip.score,
        (slip.card, question, slip.deck, slip.day),
        f"{slip.card} in {slip.deck}, {short_date(slip.day)}: {question}",
        front=slip.front,
    )


def items(statistics: ItemStatistics | None) -> Chart:
    """Chart the graded notes with enough answers, the lowest score first."""
    shown = statistics.enough if statistics else ()
    if statistics is None:
        missing = _COUNTING
    elif statistics.answers:
        missing = statistics.missing
    else:
        missing = "No answers to graded items yet. Take a quiz to get the first ones."
    return Chart(
        name="items",
        kind=Kind.TABLE,
        title="Items with the lowest scores",
        measures=(
            text_measure("note"),
            text_measure("question"),
            Measure("right", share_text),
            text_measure("slips"),
        ),
        points=tuple(_item(item) for item in shown),
        missing=missing,
    )


def _item(item: ItemFigures) -> ChartPoint:
    slips = [_slip(part, item) for part in item.slips]
    score = f"{item.note}: {percent(item.score)} in {count(item.answers, 'answer')}"
    return ChartPoint(
        item.note,
        item.score,
        (
            item.note,
            to_plain_line(item.front),
            (item.score, item.answers),
            "; ".join(slips),
        ),
        "; ".join([score, *slips]),
        front=item.front,
        slip=slips[0] if slips else "Every answer was right.",
    )


def _slip(part: ItemPart, item: ItemFigures) -> str:
    name = f" ({to_plain_line(part.mixed_up)})" if part.mixed_up else ""
    frequency = f"{part.what} in {part.answers:,} of {item.answers:,}"
    return f"{frequency}: {to_plain_line(part.text)}{name}"
