"""Card text as lines for a screen reader or a pipe: Markdown read, not shown."""

from __future__ import annotations

from flashcards.markdown.inline import parse_inline
from flashcards.text import clean

_FENCE = "```"


def readable(text: str) -> str:
    """Return card text without its markup, cleaned; code blocks are set in by four spaces."""
    lines = []
    in_code = False
    for line in clean(text).split("\n"):
        if line.lstrip().startswith(_FENCE):
            in_code = not in_code
        elif in_code:
            lines.append(f"    {line}")
        else:
            lines.append(parse_inline(line)[0])
    return "\n".join(lines).strip("\n")
