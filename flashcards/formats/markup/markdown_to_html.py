"""From our Markdown to HTML, as far as other programs show it."""

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
_SIGNS = re.compile(r"[\x00-\x7f]+")


def markdown_to_html(text: str, *, is_tight: bool) -> str:
    """Return text as HTML.

    Args:
        text: Text in our Markdown.
        is_tight: Whether a list, code or table follows the line before it closely.
    """
    return _html(parse_blocks(text), is_tight=is_tight)


def with_media_tags(html: str) -> str:
    """Return HTML with its pictures and sounds as Anki writes them."""
    return NAMED_MEDIA.sub(_media, html)


def _html(blocks: Sequence[Block], *, is_tight: bool) -> str:
    parts: list[str] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if isinstance(block, ListItem):
            end = place
            while end < len(blocks) and isinstance(blocks[end], ListItem):
                end += 1
            items = [
                each for each in blocks[place - 1 : end] if isinstance(each, ListItem)
            ]
            parts.append(_lists(items, 0))
            place = end
        elif isinstance(block, Paragraph):
            after = blocks[place] if place < len(blocks) else None
            is_bare = len(blocks) == 1 or (
                is_tight and isinstance(after, (ListItem, Code, Table))
            )
            parts.append(_paragraph(block, is_bare=is_bare))
        else:
            parts.append(_larger(block, is_tight=is_tight))
    return "".join(parts)


def _paragraph(block: Paragraph, *, is_bare: bool) -> str:
    inner = _inline(block.text)
    if block.heading:
        return f"<h{block.heading}>{inner}</h{block.heading}>"
    if inner == "---":
        return "<hr>"
    return inner if is_bare else f"<p>{inner}</p>"


def _larger(block: Code | Quote | Table, *, is_tight: bool) -> str:
    match block:
        case Code():
            name = (
                f' class="language-{escape(block.language)}"' if block.language else ""
            )
            code = escape("\n".join(block.lines), quote=False)
            return f"<pre><code{name}>{code}</code></pre>"
        case Quote():
            return f"<blockquote>{_html(block.blocks, is_tight=is_tight)}</blockquote>"
        case Table():
            rows = [_row(block.header, block.right, "th")]
            rows.extend(_row(row, block.right, "td") for row in block.rows)
            return f"<table>{''.join(rows)}</table>"


def _row(cells: Sequence[str], right: Sequence[bool], name: str) -> str:
    shown = (
        f"<{name}{_RIGHT if is_right else ''}>{_inline(cell)}</{name}>"
        for cell, is_right in zip(cells, right, strict=True)
    )
    return f"<tr>{''.join(shown)}</tr>"


def _lists(items: Sequence[ListItem], depth: int) -> str:
    """Return items of a depth and deeper as nested lists."""
    parts = []
    for is_ordered, group in groupby(_with_deeper(items, depth), _is_ordered):
        entries = []
        number = 0
        for item, deeper in group:
            inner = _lists(deeper, depth + 1) if deeper else ""
            if item is None:
                entries.append(inner)
                continue
            value = ""
            if is_ordered:
                given = int(item.marker[:-1])
                value = f' value="{given}"' if given != number + 1 else ""
                number = given
            entries.append(f"<li{value}>{_inline(item.text)}{inner}</li>")
        name = "ol" if is_ordered else "ul"
        parts.append(f"<{name}>{''.join(entries)}</{name}>")
    return "".join(parts)


_Entry = tuple[ListItem | None, list[ListItem]]


def _with_deeper(items: Sequence[ListItem], depth: int) -> list[_Entry]:
    """Return each item of a depth with the deeper ones after it; none where they come first."""
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


def _inline(text: str) -> str:
    plain, spans = parse_inline(text)
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    openings: dict[int, list[str]] = {}
    closings: dict[int, list[str]] = {}
    for start, _, name in ordered:
        openings.setdefault(start, []).append(f"<{_TAGS[name]}>")
    for _, end, name in reversed(ordered):
        closings.setdefault(end, []).append(f"</{_TAGS[name]}>")
    codes = {start: end for start, end, name in spans if name == "code"}
    cuts = sorted({0, len(plain), *openings, *closings})
    parts: list[str] = []
    code_end = 0
    for at, until in zip(cuts, [*cuts[1:], len(plain)], strict=True):
        parts.extend(closings.get(at, ()))
        parts.extend(openings.get(at, ()))
        code_end = max(code_end, codes.get(at, 0))
        escaped = escape(plain[at:until], quote=False)
        parts.append(escaped if at < code_end else with_media_tags(escaped))
    return "".join(parts).replace("\n", "<br>")


def _media(found: re.Match[str]) -> str:
    sort, name = found.groups()
    if sort == "sound":
        return f"[sound:{name}]"
    plain = unescape(name)
    source = plain if _ADDRESS.match(plain) else _SIGNS.sub(_quoted, plain)
    return f'<img src="{escape(source)}">'


def _quoted(found: re.Match[str]) -> str:
    # Anki finds a file by its name as it is, so that letters must stay.
    return quote(found[0], safe="/()!*',;:@&=+$ ")
