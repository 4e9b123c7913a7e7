"""Confidence against results, as `stats` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.text.readable import readable_line
from flashcards.domain.formatting import count
from flashcards.progress.figure_text import percent

if TYPE_CHECKING:
    from flashcards.progress.statistics.calibration import Calibration

_SHOWN = 5
_WIDTH = 60


def calibration_as_json(found: Calibration) -> dict[str, Any]:
    """Return the calibration as `--json` has it."""
    return {
        "answers": found.answers,
        "brier": found.brier,
        "bins": [one._asdict() for one in found.bins],
        "sure_but_wrong": [one.card for one in found.sure_but_wrong],
    }


def print_calibration(found: Calibration) -> None:
    """Print the calibration, where the learner ever said how sure they were."""
    if not found.answers:
        return
    output.print_line()
    if found.is_enough and found.brier is not None:
        output.print_line(f"Confidence: Brier score {found.brier:.2f}, 0 is best.")
        for one in found.bins:
            if one.answers:
                told = f"{percent(one.right)} right in {count(one.answers, 'answer')}"
                output.print_line(f"  {one.confidence}: {told}")
    else:
        output.print_line(found.missing)
    if found.sure_but_wrong:
        output.print_line("Sure but wrong:")
        for slip in found.sure_but_wrong[:_SHOWN]:
            output.print_line(f"  {slip.card}  {readable_line(slip.front, _WIDTH)}")
