"""Tell tags that are markup from words in angle brackets.

People write `vector<int>`, `<s> and </s>` or `a<b and c>d` into cells and fields. Such a text
must never lose a word, so a tag counts only if it is used as markup.
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
"""Elements that start a new line."""
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
"""Elements whose names mostly mean a token, a type or the tag itself."""
_RARE_FORMATTING = frozenset(("bdi", "bdo", "q", "s", "time", "var"))
"""Rare elements that format words."""
KNOWN = BLOCKS | VOID | _FORMATTING | _RARE
_NO_PROOF = (BLOCKS & {"html", "body", "header", "footer", "main", "nav", "section", "article", "aside", "form"}) | (
    _RARE - {"anki-mathjax"}
)  # fmt: skip
"""Elements that alone do not prove that a text is HTML."""
_SKIPPED = frozenset(("script", "style", "template", "head"))
"""Elements whose text is not shown; only declared HTML may have them, or words would be lost."""
_STANDALONE = frozenset(("br", "hr", "wbr"))
"""Elements without content that need no attributes."""
_PARENTS = {
    "li": ("ul", "ol"), "col": ("table",), "dt": ("dl",), "dd": ("dl",), "option": ("select",), "rt": ("ruby",), "rp": ("ruby",),
    **dict.fromkeys(("tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup"), ("table",)),
}  # fmt: skip
"""Elements whose end tag is optional, and their possible parents."""
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
_SPACES = re.compile(r"\s*")
_BETWEEN = re.compile(r"[\s,;/&]*(?:(?:and|or|vs\.?|to|und|oder)[\s,;/&]*)?")
"""Text between two tags that a sentence only mentions."""
_MENTION_BEFORE = re.compile(
    r"\b(?:the|a|an|tags?|elements?|does|do|use|using|with|like)\s+\Z", re.IGNORECASE
)
_MENTION_AFTER = re.compile(r"[?.,;!](?:\s|\Z)|\s+(?:tags?|elements?)\b", re.IGNORECASE)
_MENTION_AROUND = frozenset(("''", '""', "“”", "‘’", "()", ":}"))
"""Characters around a tag that a sentence mentions, or that a gap hides."""
_CONTEXT_LENGTH = 12
"""How many characters next to a tag show whether a sentence mentions it."""


class _Tag(NamedTuple):
    start: int
    end: int
    is_end: bool
    name: str
    attributes: str


def has_html(text: str) -> bool:
    """Return whether a text uses an element as markup, outside of code."""
    if "<" not in text:
        return False
    tags, pairs = _read_tags(text)
    return any(
        tag.name not in _NO_PROOF and _is_used_as_markup(tag, pairs, text)
        for tag in tags
        if tag.name not in VOID or tag.name in _STANDALONE or "src" in tag.attributes
    )


def has_formatting_pair(text: str) -> bool:
    """Return whether a text has a pair such as `<s>old</s>`, outside of code.

    Alone it may name tokens; in a file of HTML it is markup. Both tags touch the text between
    them.
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
        and _is_used_as_markup(tag, pairs, text)
        for tag in tags
    )


def find_markup_tags(html: str) -> frozenset[int]:
    """Find the tags that are markup in undeclared HTML, and return their positions.

    An element counts if its tags pair up around something, or if it needs no end tag. Code
    between backticks has no tags.
    """
    tags, pairs = _read_tags(html)
    spans = _ElementSpans(tags, pairs)
    return frozenset(
        tag.start
        for tag in tags
        if tag.name not in _SKIPPED
        and (
            _is_used_as_markup(tag, pairs, html)
            or (tag.name in _PARENTS and spans.contains(tag.start, _PARENTS[tag.name]))
        )
    )


def has_line_tags(html: str) -> bool:
    """Return whether tags break the lines of a text, so that its line feeds are only spaces."""
    markup = find_markup_tags(html)
    return any(
        tag.start in markup and (tag.name in BLOCKS or tag.name == "br")
        for tag in _read_tags(html)[0]
    )


class DeclaredHtml:
    """Tells markup from text in HTML that its file declares as HTML."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._pairs: dict[int, int] | None = None

    def is_text(self, match: re.Match[str]) -> bool:
        """Return whether a match of `TAG` is text: unknown, broken or without a partner."""
        is_end, raw_name, attributes, end = match.groups()
        name = raw_name.lower()
        if not end or name not in KNOWN:
            return True
        if is_end:
            return name in _RARE and not self._has_partner(match.start())
        if attributes and _has_stray_words(name, attributes):
            return True
        if name in VOID:
            return name not in _STANDALONE | {"col"} and "=" not in attributes
        if name in _RARE or name in _NO_PROOF:
            return not attributes.endswith("/") and not self._has_partner(match.start())
        return (
            name in _FORMATTING
            and not attributes
            and self._html[match.start() - 1 : match.start()].isalnum()
            and not self._has_partner(match.start())
        )

    def _has_partner(self, start: int) -> bool:
        if self._pairs is None:
            self._pairs = _find_pairs(_find_tags(self._html))
        return start in self._pairs


class _ElementSpans:
    """The spans of all closed elements, by name."""

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

    def contains(self, position: int, names: tuple[str, ...]) -> bool:
        """Return whether a position is inside an element with one of the names."""
        for name in names:
            index = bisect_right(self._starts.get(name, ()), position) - 1
            if index >= 0 and position < self._ends[name][index]:
                return True
        return False


@lru_cache(maxsize=4)
def _read_tags(text: str) -> tuple[list[_Tag], dict[int, int]]:
    """Return the tags of a text outside of code, and their pairs; cached for repeated calls."""
    tags = _find_tags(mask_code(text) if "`" in text else text)
    return tags, _find_pairs(tags)


def _find_tags(text: str) -> list[_Tag]:
    """Find the tags of known elements, in order."""
    tags = []
    for match in TAG.finditer(text):
        is_end, raw_name, attributes, end = match.groups()
        name = raw_name.lower()
        if end and name in KNOWN and not _has_stray_words(name, attributes):
            span = match.span()
            tags.append(_Tag(*span, bool(is_end), name, attributes))
    return tags


def _has_stray_words(name: str, attributes: str) -> bool:
    """Return whether the attributes hold words that are none, as in `a<b and c>d`."""
    if not attributes or attributes == "/":
        return False
    words_and_flags, value_count = _VALUE.subn(" ", attributes)
    if value_count and name not in _BARE_NAMES:
        return False
    words = words_and_flags.replace("/", " ").casefold().split()
    return any(word not in _FLAGS and word[:5] != "data-" for word in words)


def _find_pairs(tags: list[_Tag]) -> dict[int, int]:
    """Map the position of each start tag to that of its end tag, and the other way round."""
    open_tags: dict[str, list[_Tag]] = {}
    pairs: dict[int, int] = {}
    for tag in tags:
        if not tag.is_end:
            open_tags.setdefault(tag.name, []).append(tag)
        elif open_tags.get(tag.name):
            start = open_tags[tag.name].pop().start
            pairs[start], pairs[tag.start] = tag.start, start
    return pairs


def _is_used_as_markup(tag: _Tag, pairs: dict[int, int], text: str) -> bool:
    """Return whether a tag is used as markup, alone or with its partner."""
    if tag.name in _STANDALONE:
        return not _is_mentioned(tag, text)
    if tag.name in VOID:
        return "=" in tag.attributes
    partner = pairs.get(tag.start)
    if partner is None:
        return False
    start, end = min(tag.start, partner), max(tag.start, partner)
    opening_tag = TAG.match(text, start)
    if opening_tag is None or opening_tag[3].strip(" /"):
        return opening_tag is not None
    # Use spans, not slices: copying deeply nested elements would take quadratic time.
    inner_span = (opening_tag.end(), end)
    if tag.name in BLOCKS:
        is_blank = _SPACES.fullmatch(text, *inner_span) is not None
        return is_blank or not _BETWEEN.fullmatch(text, *inner_span)
    is_padded = text[inner_span[0]].isspace() and text[end - 1].isspace()
    return not is_padded and not _BETWEEN.fullmatch(text, *inner_span)


def _is_mentioned(tag: _Tag, text: str) -> bool:
    """Return whether a sentence only mentions a tag, as in `the <br> tag`."""
    text_before = text[max(0, tag.start - _CONTEXT_LENGTH) : tag.start]
    text_after = text[tag.end : tag.end + _CONTEXT_LENGTH]
    return (
        text_before[-1:] + text_after[:1] in _MENTION_AROUND
        or _MENTION_BEFORE.search(text_before) is not None
        or _MENTION_AFTER.match(text_after) is not None
    )
