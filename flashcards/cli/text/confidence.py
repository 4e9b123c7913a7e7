"""Confidence against results, as `flashcards stats` prints it."""

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


def calibration_as_json(calibration: Calibration) -> dict[str, Any]:
    """Return the calibration as JSON; scripts rely on the keys."""
    return {
        "answers": calibration.answers,
        "brier": calibration.brier,
        "bins": [bin_._asdict() for bin_ in calibration.bins],
        "sure_but_wrong": [card.card for card in calibration.sure_but_wrong],
    }


def print_calibration(calibration: Calibration) -> None:
    """Print the calibration; nothing if no answer has a confidence."""
    if not calibration.answers:
        return
    output.print_line()
    if calibration.is_enough and calibration.brier is not None:
        output.print_line(
            f"Confidence: Brier score {calibration.brier:.2f}, 0 is best."
        )
        for bin_ in calibration.bins:
            if bin_.answers:
                right = percent(bin_.right)
                answers = count(bin_.answers, "answer")
                output.print_line(f"  {bin_.confidence}: {right} right in {answers}")
    else:
        output.print_line(calibration.missing)
    if calibration.sure_but_wrong:
        output.print_line("Sure but wrong:")
        for slip in calibration.sure_but_wrong[:_SHOWN]:
            output.print_line(f"  {slip.card}  {readable_line(slip.front, _WIDTH)}")
