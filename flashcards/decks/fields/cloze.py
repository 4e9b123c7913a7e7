"""Checks the gaps of cloze texts."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from flashcards.decks.fields.limits import MOST_GAPS
from flashcards.text.markdown.gaps import Gap, find_gaps

if TYPE_CHECKING:
    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.decks.yaml.nodes import MappingNode

_OPENING = re.compile(r"\{\{\s*[cC]\d+")
_MAX_REPORTED = 20
"""Broken gaps of one text that are reported."""
_GAP_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


def check_cloze(
    values: dict[str, Any], note: MappingNode, collector: ProblemCollector
) -> None:
    """Add a problem for each gap that cannot be asked."""
    text: str = values["text"]
    node = note["text"][1]
    gaps = list(find_gaps(text))
    starts = {gap.start for gap in gaps}
    openings = [match.start() for match in _OPENING.finditer(text)]
    broken = (at for at in openings if at not in starts)
    for at in islice(broken, _MAX_REPORTED):
        outer = next((gap for gap in gaps if gap.start < at < gap.end), None)
        if outer:
            collector.add("cloze-nested-gap", node, value=text[outer.start : outer.end])
        else:
            collector.add("cloze-broken-gap", node, value=text[at : at + 40])
    if not gaps and not openings:
        collector.add("cloze-without-gap", node)
    for gap in gaps[:MOST_GAPS]:
        value = text[gap.start : gap.end]
        if not _GAP_NUMBER.fullmatch(gap.number):
            collector.add("cloze-number", node, value=gap.number)
        if not gap.hidden.strip():
            collector.add("cloze-empty-gap", node, value=value)
        elif _ends_uncertainly(gap, text):
            collector.add("cloze-uncertain-end", node, value=value)
    if len(gaps) > MOST_GAPS:
        collector.add(
            "too-many", node, key="text", count=f"{len(gaps)} gaps", most=MOST_GAPS
        )


def _ends_uncertainly(gap: Gap, text: str) -> bool:
    """Return whether a gap with an open brace could also end at a later `}}`."""
    if gap.is_balanced or _OPENING.search(text, gap.start + 2, gap.end):
        return False
    next_gap = text.find("{{c", gap.end)
    end = next_gap if next_gap >= 0 else len(text)
    return text.startswith("}", gap.end) or "}}" in text[gap.end : end]
