"""Line breaks that people mean, in text that is not written as Markdown."""

from __future__ import annotations

from flashcards.text.markdown.blocks import opens_block
from flashcards.text.markdown.code_spans import update_fence


def with_hard_breaks(text: str) -> str:
    """Return text whose lines stay lines: Markdown would let them flow together.

    Lists, tables and code keep the form that they have.
    """
    lines = text.split("\n")
    fence = ""
    for place, line in enumerate(lines):
        fence, is_code = update_fence(line.lstrip(), fence)
        flows = place + 1 < len(lines) and _flows(line, lines[place + 1])
        if flows and not is_code:
            lines[place] = f"{line.rstrip()}\\"
    return "\n".join(lines)


def _flows(line: str, after: str) -> bool:
    """Tell whether Markdown would put the next line behind this one."""
    return bool(
        line.strip()
        and after.strip()
        and not line.endswith(("\\", "  "))
        and not opens_block(after)
        and not (opens_block(line) and line.startswith("#"))
        and not ("|" in line and "|" in after)
    )
