"""Which tags in a text are markup, and which are words in angle brackets.

People write `vector<int>`, `<s> and </s>` or `a<b and c>d` into cells and fields. Such a text
must never lose a word, so a tag counts only where it is used as one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from flashcards.text.markdown.code_spans import mask_code

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
    "caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr",
))  # fmt: skip
"""Elements that begin a line of their own."""
VOID = frozenset(
    ("br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)  # fmt: skip
"""Elements without content."""
_FORMATTING = frozenset((
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "nobr", "rp", "rt", "ruby", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
))  # fmt: skip
_RARE = frozenset((
    "anki-mathjax", "audio", "bdi", "bdo", "button", "canvas", "data", "head", "iframe", "label", "map", "math",
    "meter", "noscript", "object", "optgroup", "option", "output", "picture", "progress", "q", "s", "script",
    "select", "style", "svg", "template", "textarea", "time", "title", "var", "video",
))  # fmt: skip
"""Elements whose names people mostly write when they mean a token, a type or the tag itself."""
_RARE_FORMATTING = frozenset(("bdi", "bdo", "q", "s", "time", "var"))
"""Those of them that format words."""
KNOWN = BLOCKS | VOID | _FORMATTING | _RARE
_NO_SIGN = (BLOCKS & {"html", "body", "header", "footer", "main", "nav", "section", "article", "aside", "form"}) | (
    _RARE - {"anki-mathjax"}
)  # fmt: skip
"""Elements that by themselves do not show that a text is HTML."""
_UNREAD = frozenset(("script", "style", "template", "head"))
"""Elements whose text would be gone: only HTML that is declared may have them."""
_NEEDS_NOTHING = frozenset(("br", "hr", "wbr"))
"""Elements without content that mean something without attributes."""
_HOLDERS = {
    "li": ("ul", "ol"), "col": ("table",), "dt": ("dl",), "dd": ("dl",), "option": ("select",), "rt": ("ruby",), "rp": ("ruby",),
    **dict.fromkeys(("tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup"), ("table",)),
}  # fmt: skip
"""Elements that may go without an end tag, and what they lie in."""
_BARE_NAMES = _FORMATTING - {"a", "font", "span"}
"""Elements that rarely have attributes."""
_FLAGS = frozenset((
    "allowfullscreen", "async", "autofocus", "autoplay", "block", "checked", "compact", "controls", "default",
    "defer", "disabled", "download", "hidden", "ismap", "itemscope", "loop", "multiple", "muted", "novalidate",
    "nowrap", "noshade", "open", "readonly", "required", "reversed", "selected", "start",
))  # fmt: skip
"""Attributes that need no value."""

TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)(>?)"
)
_VALUE = re.compile(r"[^\s/=]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++)")
_ROOM = re.compile(r"\s*")
_BETWEEN = re.compile(r"[\s,;/&]*(?:(?:and|or|vs\.?|to|und|oder)[\s,;/&]*)?")
"""What stands between two tags that a sentence only names."""
_NAMED_BEFORE = re.compile(
    r"\b(?:the|a|an|tags?|elements?|does|do|use|using|with|like)\s+\Z", re.IGNORECASE
)
_NAMED_AFTER = re.compile(r"[?.,;!](?:\s|\Z)|\s+(?:tags?|elements?)\b", re.IGNORECASE)
_NAMED_BETWEEN = frozenset(("''", '""', "“”", "‘’", "()", ":}"))
"""Signs before and behind a tag that a sentence names, or that a gap hides."""
_NEAR = 12
"""Characters next to a tag that show whether a sentence names it."""


class _Tag(NamedTuple):
    start: int
    end: int
    is_end: bool
    name: str
    attributes: str


def has_html(text: str) -> bool:
    """Return whether a text holds an element that is used as markup, outside of code."""
    if "<" not in text:
        return False
    tags, pairs = _read_tags(text)
    return any(
        tag.name not in _NO_SIGN and _is_used(tag, pairs, text)
        for tag in tags
        if tag.name not in VOID or tag.name in _NEEDS_NOTHING or "src" in tag.attributes
    )


def has_formatting_pair(text: str) -> bool:
    """Return whether a text holds `<s>old</s>` or the like, outside of code.

    By itself it may name tokens; in a file of HTML it is markup. Both of its tags touch what
    is between them.
    """
    if "</" not in text:
        return False
    tags, pairs = _read_tags(text)
    return any(
        tag.name in _RARE_FORMATTING
        and not tag.is_end
        and pairs.get(tag.start, -1) > tag.end
        and not text[tag.end].isspace()
        and not text[pairs[tag.start] - 1].isspace()
        and _is_used(tag, pairs, text)
        for tag in tags
    )


def find_markup_tags(html: str) -> frozenset[int]:
    """Return where the tags begin that are markup, in HTML that nobody declared.

    An element counts where its tags pair up around something, or where it needs no end. Code
    between backticks has none.
    """
    tags, pairs = _read_tags(html)
    inside = _Inside(tags, pairs)
    return frozenset(
        tag.start
        for tag in tags
        if tag.name not in _UNREAD
        and (
            _is_used(tag, pairs, html)
            or (tag.name in _HOLDERS and inside.has(tag.start, _HOLDERS[tag.name]))
        )
    )


def has_line_tags(html: str) -> bool:
    """Return whether tags make the lines of such a text, so that its line feeds are spaces."""
    markup = find_markup_tags(html)
    return any(
        tag.start in markup and (tag.name in BLOCKS or tag.name == "br")
        for tag in _read_tags(html)[0]
    )


class DeclaredHtml:
    """Judges the tags of HTML that its file declares to be HTML."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._pairs: dict[int, int] | None = None

    def is_text(self, found: re.Match[str]) -> bool:
        """Return whether a tag, found by `TAG`, is text: unknown, broken or alone."""
        is_end, raw, attributes, end = found.groups()
        name = raw.lower()
        if not end or name not in KNOWN:
            return True
        if is_end:
            return name in _RARE and not self._is_paired(found.start())
        if attributes and _has_words(name, attributes):
            return True
        if name in VOID:
            return name not in _NEEDS_NOTHING | {"col"} and "=" not in attributes
        if name in _RARE or name in _NO_SIGN:
            return not attributes.endswith("/") and not self._is_paired(found.start())
        return (
            name in _FORMATTING
            and not attributes
            and self._html[found.start() - 1 : found.start()].isalnum()
            and not self._is_paired(found.start())
        )

    def _is_paired(self, start: int) -> bool:
        if self._pairs is None:
            self._pairs = _pairs(_tags(self._html))
        return start in self._pairs


class _Inside:
    """Tells whether a place lies inside of an element of some names."""

    def __init__(self, tags: list[_Tag], pairs: dict[int, int]) -> None:
        self._starts: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        for tag in tags:
            end = pairs.get(tag.start, -1)
            if end > tag.start and not (
                self._ends.get(tag.name) and end < self._ends[tag.name][-1]
            ):
                self._starts.setdefault(tag.name, []).append(tag.start)
                self._ends.setdefault(tag.name, []).append(end)

    def has(self, place: int, names: tuple[str, ...]) -> bool:
        """Return whether a place lies in an element of one of the names."""
        for name in names:
            at = bisect_right(self._starts.get(name, ()), place) - 1
            if at >= 0 and place < self._ends[name][at]:
                return True
        return False


@lru_cache(maxsize=4)
def _read_tags(text: str) -> tuple[list[_Tag], dict[int, int]]:
    """Return the tags of a text outside of code, and their pairs; asked for in a row."""
    tags = _tags(mask_code(text) if "`" in text else text)
    return tags, _pairs(tags)


def _tags(text: str) -> list[_Tag]:
    """Return the tags of elements that HTML has, in order."""
    found = []
    for match in TAG.finditer(text):
        is_end, raw, attributes, end = match.groups()
        name = raw.lower()
        if end and name in KNOWN and not _has_words(name, attributes):
            span = match.span()
            found.append(_Tag(*span, bool(is_end), name, attributes))
    return found


def _has_words(name: str, attributes: str) -> bool:
    """Return whether something stands among attributes that is none, as in `a<b and c>d`."""
    if not attributes or attributes == "/":
        return False
    bare, values = _VALUE.subn(" ", attributes)
    if values and name not in _BARE_NAMES:
        return False
    words = bare.replace("/", " ").casefold().split()
    return any(word not in _FLAGS and word[:5] != "data-" for word in words)


def _pairs(tags: list[_Tag]) -> dict[int, int]:
    """Return the place of the end tag of each element that has one, and the other way round."""
    opened: dict[str, list[_Tag]] = {}
    found: dict[int, int] = {}
    for tag in tags:
        if not tag.is_end:
            opened.setdefault(tag.name, []).append(tag)
        elif opened.get(tag.name):
            start = opened[tag.name].pop().start
            found[start], found[tag.start] = tag.start, start
    return found


def _is_used(tag: _Tag, pairs: dict[int, int], text: str) -> bool:
    """Return whether a tag is markup by itself, or by the partner that it has."""
    if tag.name in _NEEDS_NOTHING:
        return not _is_named(tag, text)
    if tag.name in VOID:
        return "=" in tag.attributes
    partner = pairs.get(tag.start)
    if partner is None:
        return False
    start, end = min(tag.start, partner), max(tag.start, partner)
    first = TAG.match(text, start)
    if first is None or first[3].strip(" /"):
        return first is not None
    # Spans, not slices: elements may nest as deep as the text is long.
    inside = (first.end(), end)
    if tag.name in BLOCKS:
        is_blank = _ROOM.fullmatch(text, *inside) is not None
        return is_blank or not _BETWEEN.fullmatch(text, *inside)
    has_room = text[inside[0]].isspace() and text[end - 1].isspace()
    return not has_room and not _BETWEEN.fullmatch(text, *inside)


def _is_named(tag: _Tag, text: str) -> bool:
    """Return whether a sentence names a tag, as in `the <br> tag`, and does not use it."""
    before = text[max(0, tag.start - _NEAR) : tag.start]
    after = text[tag.end : tag.end + _NEAR]
    return (
        before[-1:] + after[:1] in _NAMED_BETWEEN
        or _NAMED_BEFORE.search(before) is not None
        or _NAMED_AFTER.match(after) is not None
    )
