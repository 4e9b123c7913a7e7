"""Read single HTML elements: pictures, addresses, code languages, item numbers and rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from flashcards.formats.common.cleaning import clean_text
from flashcards.formats.markup.html_tree import HtmlElement, is_unnamed_drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.formats.markup.math_marks import MarkedFormula

ADDRESS = re.compile(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)
"""The beginning of an external link."""
_TAG_OR_BREAK = re.compile(r"<[^<>]*>|\n\s*")
_RIGHT_ALIGNED = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
MOST_NUMBER = 999
"""The highest number of a list item."""
_MOST_COLUMNS = 20
# The length of a name is limited, so that unclosed brackets do not cost quadratic time.
_SOUND = re.compile(r"\[sound:\s{0,9}([^\]\n]{1,255}?)\s{0,9}\]")


def get_address(element: HtmlElement, attribute: str) -> str:
    """Return the address in an attribute, without tags that a template inserted."""
    return _TAG_OR_BREAK.sub("", clean_text(element.get(attribute))[0]).strip()


def find_picture_addresses(element: HtmlElement) -> list[str]:
    """Find the addresses of the pictures in an element."""
    addresses = []
    elements = [element]
    while elements:
        current = elements.pop()
        if current.name == "img":
            addresses.append(get_address(current, "src"))
        elements += [
            child for child in current.content if isinstance(child, HtmlElement)
        ]
    return addresses


def format_image(element: HtmlElement) -> str:
    """Format a picture as our texts name it."""
    address = get_address(element, "src")
    if address.startswith("data:") or not address:
        return f"[image: {_without_brackets(element.get('alt')) or 'without a name'}]"
    return f"[image: {to_media_name(address)}]"


def to_media_name(address: str) -> str:
    """Return the file name of a local address, or the whole external address."""
    name = address if ADDRESS.match(address) else unquote(address, errors="replace")
    return _without_brackets(clean_text(name)[0])


def with_named_sounds(text: str) -> str:
    """Convert sounds as Anki marks them to the form of our texts."""
    return _SOUND.sub(r"[sound: \1]", text) if "[" in text else text


def _without_brackets(text: str) -> str:
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def without_unnamed_drawings(heading: HtmlElement) -> HtmlElement:
    """Return a heading without drawings that have no title, such as link icons."""
    content: list[HtmlElement | MarkedFormula | str] = []
    for child in heading.content:
        if not isinstance(child, HtmlElement):
            content.append(child)
        elif not is_unnamed_drawing(child):
            content.append(without_unnamed_drawings(child))
    return HtmlElement(heading.name, heading.attributes, content)


def normalize_address(address: str) -> str:
    """Normalize an address: no scheme, no `www.` and no slash at the end."""
    short = address.partition("//")[2] or address.removeprefix("mailto:")
    return short.rstrip("/").removeprefix("www.")


def get_language(element: HtmlElement) -> str:
    """Return the language that the class of a code element names, or an empty string."""
    for candidate in (element, *element.content):
        if isinstance(candidate, HtmlElement):
            for name in candidate.get("class").split():
                if (
                    name.startswith("language-")
                    and name.removeprefix("language-").isalnum()
                ):
                    return name.removeprefix("language-")
    return ""


def parse_item_number(text: str, default: int) -> int:
    """Parse the number of a list item, or return the default if it is not a small number."""
    is_small = (
        text.isdecimal() and text.isascii() and len(text) <= len(str(MOST_NUMBER))
    )
    return int(text) if is_small else default


def find_rows(table: HtmlElement) -> list[HtmlElement]:
    """Find the rows of a table, also in its sections; loose cells make a row."""
    rows: list[HtmlElement] = []
    loose_row: HtmlElement | None = None
    for child in table.content:
        if not isinstance(child, HtmlElement):
            continue
        if child.name in ("td", "th"):
            if loose_row is None:
                loose_row = HtmlElement("tr")
                rows.append(loose_row)
            loose_row.content.append(child)
            continue
        loose_row = None
        if child.name == "tr":
            rows.append(child)
        elif child.name in ("thead", "tbody", "tfoot"):
            rows.extend(find_rows(child))
    return rows


def find_content_outside_cells(
    table: HtmlElement,
) -> list[HtmlElement | MarkedFormula | str]:
    """Find the content of a table that is in no cell, such as its caption."""
    content: list[HtmlElement | MarkedFormula | str] = []
    for child in table.content:
        if not isinstance(child, HtmlElement):
            content.append(child)
        elif child.name in ("thead", "tbody", "tfoot", "tr"):
            content.extend(find_content_outside_cells(child))
        elif child.name not in ("td", "th"):
            content.append(child)
    return content


def limit_columns(row: list[HtmlElement]) -> list[HtmlElement]:
    """Limit the cells of a row; the last one takes the content of the surplus ones."""
    if len(row) <= _MOST_COLUMNS:
        return row
    last = HtmlElement("td", content=[*row[_MOST_COLUMNS - 1 :]])
    return [*row[: _MOST_COLUMNS - 1], last]


def escape_closing_signs(heading: str) -> str:
    """Escape `#` at the end of a heading, which Markdown would drop."""
    trimmed = heading.rstrip("#")
    if trimmed and not trimmed.endswith(" "):
        return heading
    return trimmed + "\\#" * (len(heading) - len(trimmed))


def is_right_aligned(rows: Sequence[Sequence[HtmlElement]], column: int) -> bool:
    """Return whether a column is aligned right."""
    for row in rows[:2]:
        if column < len(row):
            cell = row[column]
            if cell.get("align") == "right" or _RIGHT_ALIGNED.search(cell.get("style")):
                return True
    return False
