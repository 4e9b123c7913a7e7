"""Keep the line breaks of text that is not written as Markdown."""

from __future__ import annotations

from flashcards.text.markdown.blocks import opens_block
from flashcards.text.markdown.code_spans import update_fence


def with_hard_breaks(text: str) -> str:
    """Add hard breaks to lines that Markdown would join.

    Lists, tables and code stay as they are.
    """
    lines = text.split("\n")
    fence = ""
    for index, line in enumerate(lines):
        fence, is_code = update_fence(line.lstrip(), fence)
        joins_next = index + 1 < len(lines) and _would_join(line, lines[index + 1])
        if joins_next and not is_code:
            lines[index] = f"{line.rstrip()}\\"
    return "\n".join(lines)


def _would_join(line: str, next_line: str) -> bool:
    """Return whether Markdown would join the next line to this one."""
    return bool(
        line.strip()
        and next_line.strip()
        and not line.endswith(("\\", "  "))
        and not opens_block(next_line)
        and not (opens_block(line) and line.startswith("#"))
        and not ("|" in line and "|" in next_line)
    )
