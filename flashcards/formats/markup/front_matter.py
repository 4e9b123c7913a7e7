"""The front matter of Markdown files: what stands between two lines of `---` at the top."""

from __future__ import annotations

from typing import NamedTuple

RULE = "---"


class FrontMatter(NamedTuple):
    """The front matter of a file and where the rest begins."""

    text: str
    first_line: int
    """Index of the first line behind it, 0 where there is none."""
    is_open: bool
    """True where it begins but is never closed, so that there is none."""


def parse_front_matter(lines: list[str]) -> FrontMatter:
    """Return the front matter of a file with these lines."""
    if not lines or lines[0].strip() != RULE:
        return FrontMatter("", 0, is_open=False)
    for index, line in enumerate(lines[1:], 1):
        if line.strip() == RULE:
            return FrontMatter("\n".join(lines[1:index]), index + 1, is_open=False)
    return FrontMatter("", 0, is_open=True)
