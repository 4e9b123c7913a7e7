"""The rules of cloze texts."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from flashcards.faces import GAP

if TYPE_CHECKING:
    from flashcards.decks.faults import Faults
    from flashcards.decks.nodes import MappingNode

MOST_GAPS = 20
_OPENING = re.compile(r"\{\{\s*[cC]\d+")
_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)


def check_cloze(values: dict[str, Any], note: MappingNode, faults: Faults) -> None:
    """Add a problem for each gap that could not be asked."""
    text: str = values["text"]
    node = note["text"][1]
    # What is opened after the last end need not be looked through again and again.
    gaps = list(GAP.finditer(text, 0, text.rfind("}}") + 2))
    starts = {gap.start() for gap in gaps}
    faulty = (one for one in _OPENING.finditer(text) if one.start() not in starts)
    for opening in islice(faulty, MOST_GAPS):
        at = opening.start()
        around = next((gap for gap in gaps if gap.start() < at < gap.end()), None)
        if around:
            faults.add("cloze-nested-gap", node, value=around[0])
        else:
            faults.add("cloze-broken-gap", node, value=text[at : at + 40])
    if not gaps and not _OPENING.search(text):
        faults.add("cloze-without-gap", node)
    for gap in gaps[:MOST_GAPS]:
        if not _NUMBER.fullmatch(gap[1]):
            faults.add("cloze-number", node, value=gap[1])
        if not gap[2].strip():
            faults.add("cloze-empty-gap", node, value=gap[0])
    if len(gaps) > MOST_GAPS:
        faults.add(
            "too-many", node, key="text", count=f"{len(gaps)} gaps", most=MOST_GAPS
        )
