"""Confidence against results, as `stats` tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.cli.console import output
from flashcards.cli.line_mode.card_lines import readable_line
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


def say_calibration(found: Calibration) -> None:
    """Print the calibration, where the learner ever said how sure they were."""
    if not found.answers:
        return
    output.say()
    if found.is_enough and found.brier is not None:
        output.say(f"Confidence: Brier score {found.brier:.2f}, 0 is best.")
        for one in found.bins:
            if one.answers:
                told = f"{percent(one.right)} right in {count(one.answers, 'answer')}"
                output.say(f"  {one.confidence}: {told}")
    else:
        output.say(found.missing)
    if found.sure_but_wrong:
        output.say("Sure but wrong:")
        for slip in found.sure_but_wrong[:_SHOWN]:
            output.say(f"  {slip.card}  {readable_line(slip.front, _WIDTH)}")
