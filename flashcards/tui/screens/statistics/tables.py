"""Row charts of the statistics screen: retention, answers, weak spots, predictions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from flashcards.domain.cards import Rating
from flashcards.domain.formatting import count
from flashcards.progress.figure_text import month, percent
from flashcards.progress.statistics.weakness import ENOUGH_IN_GROUP
from flashcards.tui.rendering.charts import level
from flashcards.tui.rendering.lines import justify, pad, span
from flashcards.tui.rendering.markdown import stored
from flashcards.tui.screens.statistics.chart import ChartPanel
from flashcards.tui.theme.themes import area_role
from flashcards.tui.widgets.rating_bar import RATING_NAMES, RATING_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
    from flashcards.progress.statistics.calibration import Calibration
    from flashcards.progress.statistics.retention import Share
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.progress.statistics.weakness import WeakGroup
    from flashcards.tui.theme.themes import Look


def seconds_caption(figures: Statistics) -> str:
    """Return the caption of the seconds per answer: `a card, 22 s when wrong`."""
    again = figures.answers.median_again_seconds
    return "a card" if again is None else f"a card, {again:.0f} s when wrong"


def bar_row(
    look: Look,
    width: int,
    name: Content,
    bar: tuple[float, float | None],
    right: str,
    role: str = "good",
) -> Content:
    """Return a row of name, bar with an optional mark, and figures."""
    room = width - name.cell_length - len(right) - 2
    runs = level(bar[0], bar[0], max(room, 4), look.glyphs, bar[1])
    roles = {"solid": role, "band": role, "track": "line", "target": "text"}
    drawn = Content.assemble(*((text, look.style(roles[kind])) for text, kind in runs))
    return name + drawn + span(f"  {right}", look.style("text"))


def table(
    rows: Sequence[tuple[str, float, str]],
    mark: Sequence[float | None],
    role: str,
    *,
    ends_now: bool = False,
) -> Callable[[Look, int, int, int | None], list[Content]]:
    """Return a function that draws rows of name, bar and figures; the selected one is raised.

    Args:
        rows: Names, shares and figures.
        mark: For each row the share to mark, if any.
        role: The role of the bars' color.
        ends_now: Whether to show the last rows if there is no room for all.
    """

    def draw(look: Look, width: int, rows_left: int, at: int | None) -> list[Content]:
        seen = at if at is not None else len(rows) - 1 if ends_now else 0
        first = min(max(seen - rows_left + 1, 0), max(len(rows) - rows_left, 0))
        cells = max((len(name) for name, _, _ in rows), default=0) + 2
        figures = max((len(text) for _, _, text in rows), default=0)
        lines = []
        for index, (name, share, text) in enumerate(rows):
            raised = index == at
            style = look.style("accent" if raised else "muted", bold=raised)
            head = pad(span(name, style), cells)
            value = (share, mark[index])
            lines.append(bar_row(look, width, head, value, f"{text:>{figures}}", role))
        return lines[first : first + rows_left]

    return draw


def _share_text(share: Share) -> str:
    return f"{percent(share.share or 0)} of {share.asked:,}"


def retention(figures: Statistics, target: float, most: int, dot: str) -> ChartPanel:
    """Chart the share recalled by month."""
    shares = figures.retention
    months = shares.months[-most:]
    names = [month(row.year, row.month) for row in months]
    rows = [
        (
            name.partition(" ")[0],
            row.retention.share or 0.0,
            f"{percent(row.retention.share or 0):>5} {row.retention.asked:>6,}",
        )
        for name, row in zip(names, months, strict=True)
    ]
    parts = [
        f"{name} {percent(share.share)}"
        for name, share in (("mature", shares.mature), ("young", shares.young))
        if share.share is not None
    ]
    return ChartPanel(
        "Retention",
        "" if shares.missing else f" {dot} ".join(parts),
        tuple(
            f"{name}: {_share_text(row.retention)} recalled"
            for name, row in zip(names, months, strict=True)
        ),
        table(rows, [target] * len(rows), "good", ends_now=True),
        shares.missing,
        starts_at_end=True,
    )


def answers(figures: Statistics, calibration: Calibration | None) -> ChartPanel:
    """Show the shares of the four ratings, the seconds, and cards that were sure but wrong."""
    counts = figures.answers
    slips = calibration.sure_but_wrong if calibration else ()
    most = Counter(slip.deck for slip in slips).most_common(1)
    time = "not timed"
    if counts.median_seconds is not None:
        again = counts.median_again_seconds
        slow = "" if again is None else f", {again:.0f} s when wrong"
        time = f"{counts.median_seconds:.0f} s each{slow}"

    def sure_but_wrong(width: int) -> str:
        short = f"Sure but wrong: {len(slips):,}" if slips else ""
        whole = "".join(f"{short}, most in {deck}" for deck, _ in most)
        return whole if len(whole) <= width else short

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        parts = [
            span(
                f"{look.glyphs.rating(rating)} {percent(counts.share(rating))}",
                look.style(RATING_ROLES[rating], bold=at == index, raised=at == index),
            )
            for index, rating in enumerate(Rating)
        ]
        return [
            Content("   ").join(parts),
            stored(sure_but_wrong(width), look.style("text")),
        ]

    return ChartPanel(
        "Answers",
        "" if counts.missing else time,
        (
            *(
                f"{RATING_NAMES[rating]}: {count(counts.ratings[rating], 'answer')}, "
                f"{percent(counts.share(rating))}"
                for rating in Rating
            ),
            *(
                f"Cards in {state.name.capitalize()}: {seconds:.0f} s (median)"
                for state, seconds in counts.seconds_by_state.items()
            ),
        ),
        draw,
        counts.missing,
    )


def weakest(candidates: Sequence[WeakGroup], noun: str) -> ChartPanel:
    """Show the decks or topics with enough reviews, the weakest first."""
    groups = [group for group in candidates if group.enough]
    need = f"Not enough reviews yet to compare {noun} ({ENOUGH_IN_GROUP} of each)."
    missing = "" if groups else need
    cells = (11, 9, 9)

    def row(look: Look, width: int, index: int, at: int | None) -> Content:
        group, raised = groups[index], index == at
        numbers = (
            percent(group.retention.share or 0),
            f"{group.lapses:,}",
            f"{group.cards:,}",
        )
        right = "".join(f"{n:>{cell}}" for n, cell in zip(numbers, cells, strict=True))
        left = Content.assemble(
            (look.glyphs.bar, look.style(area_role(group.deck))),
            " ",
            stored(group.title, look.style("accent" if raised else "text")),
            "   ",
            stored(group.deck, look.style("muted")),
        )
        return justify(left, span(right, look.style("text")), width, look.glyphs.more)

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        first = max((at or 0) - rows + 1, 0)
        shown = range(first, min(first + rows, len(groups)))
        return [row(look, width, index, at) for index in shown]

    heads = zip(("retention", "lapses", "cards"), cells, strict=True)
    return ChartPanel(
        f"Weakest {noun}",
        "" if missing else "".join(f"{head:>{cell}}" for head, cell in heads),
        tuple(
            f"{group.title}: {_share_text(group.retention)} recalled, "
            f"{count(group.lapses, 'lapse')}, {group.seen:,} of "
            f"{count(group.cards, 'card')} seen"
            for group in groups
        ),
        draw,
        missing,
    )


def predictions(
    figures: Statistics, forecast_accuracy: ForecastAccuracy | None
) -> ChartPanel:
    """Chart predicted against actual recall, with the accuracy of readiness forecasts."""
    check = figures.check
    accuracy_steps: tuple[str, ...] = ()
    if (
        forecast_accuracy
        and not forecast_accuracy.missing
        and forecast_accuracy.bias is not None
    ):
        accuracy_text = (
            f"Readiness forecasts: {forecast_accuracy.held:,} of {forecast_accuracy.compared:,} held within "
            f"their band, {100 * forecast_accuracy.bias:+.0f} points on average"
        )
        accuracy_steps = (accuracy_text,)
    bins = [bin_ for bin_ in check.bins if bin_.actual is not None]
    rows = [
        (
            f"{100 * bin_.low:.0f}-{100 * bin_.high:.0f}%",
            bin_.actual or 0.0,
            f"{percent(bin_.actual or 0):>5} {bin_.count:>6,}",
        )
        for bin_ in bins
    ]
    aside = ""
    if check.log_loss is not None and check.constant_log_loss is not None:
        aside = (
            f"log loss {check.log_loss:.3f}, of the mean {check.constant_log_loss:.3f}"
        )
    return ChartPanel(
        "Predicted and actual recall",
        "" if check.missing else aside,
        (
            *(
                f"Predicted {percent(bin_.predicted or 0)}, actual "
                f"{percent(bin_.actual or 0)} of {bin_.count:,}"
                for bin_ in bins
            ),
            *accuracy_steps,
        ),
        table(rows, [bin_.predicted for bin_ in bins], "accent"),
        check.missing,
    )


def leeches(figures: Statistics) -> ChartPanel:
    """Show the cards that are forgotten again and again."""
    cards = figures.leeches

    def draw(look: Look, width: int, rows: int, at: int | None) -> list[Content]:
        first = max((at or 0) - rows + 1, 0)
        return [
            justify(
                stored(card.card, look.style("accent" if index == at else "text"))
                + "   "
                + stored(card.deck, look.style("muted")),
                span(count(card.lapses, "lapse"), look.style("text")),
                width,
                look.glyphs.more,
            )
            for index, card in enumerate(cards)
        ][first : first + rows]

    return ChartPanel(
        "Leeches",
        "all decks",
        tuple(
            f"{card.card} in {card.deck}: {count(card.lapses, 'lapse')}"
            for card in cards
        ),
        draw,
        "" if cards else "No leeches: no card is forgotten again and again.",
    )
