"""What single elements of HTML say: pictures, addresses, languages, numbers and rows."""

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
"""Begins a link that leads somewhere else."""
_IN_ADDRESS = re.compile(r"<[^<>]*>|\n\s*")
_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
MOST_NUMBER = 999
"""The highest number of an item."""
_MOST_COLUMNS = 20
# A name has an end, so that a text full of beginnings takes linear time.
_SOUND = re.compile(r"\[sound:\s{0,9}([^\]\n]{1,255}?)\s{0,9}\]")


def get_address(element: HtmlElement, attribute: str) -> str:
    """Return the address that an attribute holds, without tags that a template put into it."""
    return _IN_ADDRESS.sub("", clean_text(element.get(attribute))[0]).strip()


def find_picture_addresses(element: HtmlElement) -> list[str]:
    """Return the addresses of the pictures in an element."""
    found = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if each.name == "img":
            found.append(get_address(each, "src"))
        waiting += [inner for inner in each.content if isinstance(inner, HtmlElement)]
    return found


def format_image(element: HtmlElement) -> str:
    """Return how our text names a picture."""
    address = get_address(element, "src")
    if address.startswith("data:") or not address:
        return f"[image: {_name(element.get('alt')) or 'without a name'}]"
    return f"[image: {to_media_name(address)}]"


def to_media_name(address: str) -> str:
    """Return the name of a file of the collection, or the whole address of another."""
    name = address if ADDRESS.match(address) else unquote(address, errors="replace")
    return _name(clean_text(name)[0])


def with_named_sounds(text: str) -> str:
    """Return a text in which sounds, as Anki marks them, are named as ours are."""
    return _SOUND.sub(r"[sound: \1]", text) if "[" in text else text


def _name(text: str) -> str:
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def without_unnamed_drawings(heading: HtmlElement) -> HtmlElement:
    """Return a heading without drawings that have no title: the icons of links to it."""
    content: list[HtmlElement | MarkedFormula | str] = []
    for each in heading.content:
        if not isinstance(each, HtmlElement):
            content.append(each)
        elif not is_unnamed_drawing(each):
            content.append(without_unnamed_drawings(each))
    return HtmlElement(heading.name, heading.attributes, content)


def normalize_address(address: str) -> str:
    """Return an address without what differs where it is the same."""
    bare = address.partition("//")[2] or address.removeprefix("mailto:")
    return bare.rstrip("/").removeprefix("www.")


def get_language(element: HtmlElement) -> str:
    """Return the language of code that its class names; empty where it names none."""
    for each in (element, *element.content):
        if isinstance(each, HtmlElement):
            for name in each.get("class").split():
                if (
                    name.startswith("language-")
                    and name.removeprefix("language-").isalnum()
                ):
                    return name.removeprefix("language-")
    return ""


def parse_item_number(text: str, default: int) -> int:
    """Return the number of an item that an attribute gives, else the default."""
    is_small = (
        text.isdecimal() and text.isascii() and len(text) <= len(str(MOST_NUMBER))
    )
    return int(text) if is_small else default


def find_rows(table: HtmlElement) -> list[HtmlElement]:
    """Return the rows of a table, wherever in it they stand."""
    rows: list[HtmlElement] = []
    loose: HtmlElement | None = None
    for each in table.content:
        if not isinstance(each, HtmlElement):
            continue
        if each.name in ("td", "th"):
            if loose is None:
                loose = HtmlElement("tr")
                rows.append(loose)
            loose.content.append(each)
            continue
        loose = None
        if each.name == "tr":
            rows.append(each)
        elif each.name in ("thead", "tbody", "tfoot"):
            rows.extend(find_rows(each))
    return rows


def find_content_outside_cells(
    table: HtmlElement,
) -> list[HtmlElement | MarkedFormula | str]:
    """Return what stands in a table but in no cell, such as its caption."""
    found: list[HtmlElement | MarkedFormula | str] = []
    for each in table.content:
        if not isinstance(each, HtmlElement):
            found.append(each)
        elif each.name in ("thead", "tbody", "tfoot", "tr"):
            found.extend(find_content_outside_cells(each))
        elif each.name not in ("td", "th"):
            found.append(each)
    return found


def limit_columns(row: list[HtmlElement]) -> list[HtmlElement]:
    """Return a row of as many cells as a table may have; the last one takes in the others."""
    if len(row) <= _MOST_COLUMNS:
        return row
    last = HtmlElement("td", content=[*row[_MOST_COLUMNS - 1 :]])
    return [*row[: _MOST_COLUMNS - 1], last]


def escape_closing_signs(heading: str) -> str:
    """Return a heading whose last signs are not taken for its closing ones."""
    bare = heading.rstrip("#")
    if bare and not bare.endswith(" "):
        return heading
    return bare + "\\#" * (len(heading) - len(bare))


def is_right_aligned(rows: Sequence[Sequence[HtmlElement]], column: int) -> bool:
    """Tell whether a column stands at the right."""
    for row in rows[:2]:
        if column < len(row):
            cell = row[column]
            if cell.get("align") == "right" or _RIGHT.search(cell.get("style")):
                return True
    return False
