"""Convert our Markdown to HTML that other programs can show."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from flashcards.formats.markup.markdown_media import NAMED_MEDIA
from flashcards.text.markdown.blocks import (
    Block,
    Code,
    ListItem,
    Paragraph,
    Quote,
    Table,
    parse_blocks,
)
from flashcards.text.markdown.inline import parse_inline

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAGS = {"bold": "b", "italic": "i", "code": "code", "strike": "s"}
_RIGHT = ' style="text-align: right"'
_ADDRESS = re.compile(r"[a-z]+://")
_ASCII = re.compile(r"[\x00-\x7f]+")


def markdown_to_html(text: str, *, is_tight: bool) -> str:
    """Convert Markdown to HTML.

    Args:
        text: Text in our Markdown.
        is_tight: Whether a list, code or table follows a line of text without a blank line.
    """
    return _blocks_to_html(parse_blocks(text), is_tight=is_tight)


def with_media_tags(html: str) -> str:
    """Replace the names of pictures and sounds in HTML by the tags that Anki uses."""
    return NAMED_MEDIA.sub(_media_to_tag, html)


def _blocks_to_html(blocks: Sequence[Block], *, is_tight: bool) -> str:
    pieces: list[str] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        if isinstance(block, ListItem):
            end = index
            while end < len(blocks) and isinstance(blocks[end], ListItem):
                end += 1
            items = [
                item for item in blocks[index - 1 : end] if isinstance(item, ListItem)
            ]
            pieces.append(_lists_to_html(items, 0))
            index = end
        elif isinstance(block, Paragraph):
            next_block = blocks[index] if index < len(blocks) else None
            is_bare = len(blocks) == 1 or (
                is_tight and isinstance(next_block, (ListItem, Code, Table))
            )
            pieces.append(_paragraph_to_html(block, is_bare=is_bare))
        else:
            pieces.append(_block_to_html(block, is_tight=is_tight))
    return "".join(pieces)


def _paragraph_to_html(block: Paragraph, *, is_bare: bool) -> str:
    inner = _inline_to_html(block.text)
    if block.heading:
        return f"<h{block.heading}>{inner}</h{block.heading}>"
    if inner == "---":
        return "<hr>"
    return inner if is_bare else f"<p>{inner}</p>"


def _block_to_html(block: Code | Quote | Table, *, is_tight: bool) -> str:
    match block:
        case Code():
            class_attribute = (
                f' class="language-{escape(block.language)}"' if block.language else ""
            )
            code = escape("\n".join(block.lines), quote=False)
            return f"<pre><code{class_attribute}>{code}</code></pre>"
        case Quote():
            return f"<blockquote>{_blocks_to_html(block.blocks, is_tight=is_tight)}</blockquote>"
        case Table():
            rows = [_row_to_html(block.header, block.right, "th")]
            rows.extend(_row_to_html(row, block.right, "td") for row in block.rows)
            return f"<table>{''.join(rows)}</table>"


def _row_to_html(cells: Sequence[str], right: Sequence[bool], name: str) -> str:
    cells_html = (
        f"<{name}{_RIGHT if is_right else ''}>{_inline_to_html(cell)}</{name}>"
        for cell, is_right in zip(cells, right, strict=True)
    )
    return f"<tr>{''.join(cells_html)}</tr>"


def _lists_to_html(items: Sequence[ListItem], depth: int) -> str:
    """Convert list items of a depth, and deeper ones, to nested lists."""
    lists = []
    for is_ordered, group in groupby(_group_by_depth(items, depth), _is_ordered):
        entries = []
        last_number = 0
        for item, deeper in group:
            inner = _lists_to_html(deeper, depth + 1) if deeper else ""
            if item is None:
                entries.append(inner)
                continue
            value = ""
            if is_ordered:
                item_number = int(item.marker[:-1])
                value = (
                    f' value="{item_number}"' if item_number != last_number + 1 else ""
                )
                last_number = item_number
            entries.append(f"<li{value}>{_inline_to_html(item.text)}{inner}</li>")
        name = "ol" if is_ordered else "ul"
        lists.append(f"<{name}>{''.join(entries)}</{name}>")
    return "".join(lists)


_Entry = tuple[ListItem | None, list[ListItem]]


def _group_by_depth(items: Sequence[ListItem], depth: int) -> list[_Entry]:
    """Group items by those of a depth, each with the deeper items after it.

    Deeper items before the first one of the depth make a group without an item.
    """
    entries: list[_Entry] = []
    for item in items:
        if item.depth <= depth:
            entries.append((item, []))
        elif not entries:
            entries.append((None, [item]))
        else:
            entries[-1][1].append(item)
    return entries


def _is_ordered(entry: _Entry) -> bool:
    return entry[0] is not None and bool(entry[0].marker)


def _inline_to_html(text: str) -> str:
    plain, spans = parse_inline(text)
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    openings: dict[int, list[str]] = {}
    closings: dict[int, list[str]] = {}
    for start, _, name in ordered:
        openings.setdefault(start, []).append(f"<{_TAGS[name]}>")
    for _, end, name in reversed(ordered):
        closings.setdefault(end, []).append(f"</{_TAGS[name]}>")
    codes = {start: end for start, end, name in spans if name == "code"}
    boundaries = sorted({0, len(plain), *openings, *closings})
    pieces: list[str] = []
    code_end = 0
    for position, next_position in zip(
        boundaries, [*boundaries[1:], len(plain)], strict=True
    ):
        pieces.extend(closings.get(position, ()))
        pieces.extend(openings.get(position, ()))
        code_end = max(code_end, codes.get(position, 0))
        escaped = escape(plain[position:next_position], quote=False)
        pieces.append(escaped if position < code_end else with_media_tags(escaped))
    return "".join(pieces).replace("\n", "<br>")


def _media_to_tag(match: re.Match[str]) -> str:
    kind, name = match.groups()
    if kind == "sound":
        return f"[sound:{name}]"
    address = unescape(name)
    source = address if _ADDRESS.match(address) else _ASCII.sub(_quote_ascii, address)
    return f'<img src="{escape(source)}">'


def _quote_ascii(match: re.Match[str]) -> str:
    # Anki looks a file up by its literal name, so other letters must stay.
    return quote(match[0], safe="/()!*',;:@&=+$ ")
