"""Parse the front matter of Markdown files, between two lines of `---` at the top."""

from __future__ import annotations

from typing import NamedTuple

RULE = "---"


class FrontMatter(NamedTuple):
    """The front matter of a file, and where the text after it begins."""

    text: str
    first_line: int
    """Index of the first line after it; 0 if there is none."""
    is_open: bool
    """Whether it is opened but never closed, so that it does not count."""


def parse_front_matter(lines: list[str]) -> FrontMatter:
    """Parse the front matter of a file."""
    if not lines or lines[0].strip() != RULE:
        return FrontMatter("", 0, is_open=False)
    for index, line in enumerate(lines[1:], 1):
        if line.strip() == RULE:
            return FrontMatter("\n".join(lines[1:index]), index + 1, is_open=False)
    return FrontMatter("", 0, is_open=True)
