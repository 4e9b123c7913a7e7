"""HTML as a tree, of whatever was written: in linear time, bounded depth, never failing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flashcards.formats.common.cleaning import decode_entities, decode_html
from flashcards.formats.markup.html_tags import (
    BLOCKS,
    TAG,
    VOID,
    DeclaredHtml,
    find_markup_tags,
)
from flashcards.formats.markup.math_marks import MarkedFormula, convert_marked_formula

MOST_DEPTH = 60

_RAW = frozenset(("script", "style", "svg", "template", "head"))
"""Elements whose content nobody reads."""
_ENDED_BY = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("tr", "td", "th")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "tbody": frozenset(("thead", "tbody", "tfoot", "tr", "td", "th")),
    "thead": frozenset(("thead", "tbody", "tfoot", "tr", "td", "th")),
    "tfoot": frozenset(("thead", "tbody", "tfoot", "tr", "td", "th")),
    "option": frozenset(("option",)),
}
"""Open elements that a new one ends, without an end tag of their own."""
_HOLDERS = frozenset(("ul", "ol", "dl", "table", "select", "blockquote"))
"""Elements that nothing inside them ends."""

_DECLARATION = re.compile(r"<!doctype\b|<!\[|<\?xml\b", re.IGNORECASE)
_OF_PROGRAMS = re.compile(r"<!--\s*(?:(?:Start|End)Fragment|\[if\b|<!\[endif)")
"""Begins a comment that programs leave where text was pasted."""

_TITLE = re.compile(r"\s*<title\b[^<>]*>([^<>]{1,200})</title>", re.IGNORECASE)
_UNNAMED = "drawing"
_MARK = re.compile(r"<|\\[(\[]|\[(?:latex|\$\$?)\]")
_ATTRIBUTE = re.compile(
    r"([A-Za-z_:][A-Za-z0-9_:.-]*+)\s*+(?:=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?"
)


@dataclass(slots=True)
class HtmlElement:
    """One element: its name in lower case, its attributes and what it holds, in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[HtmlElement | MarkedFormula | str] = field(default_factory=list)

    def get(self, attribute: str) -> str:
        """Return an attribute, empty where the element has none."""
        return self.attributes.get(attribute, "")


def parse_html(html: str, *, is_guessed: bool = False) -> HtmlElement:
    """Return the root of the tree that the HTML makes.

    What is no markup is text, as people write `vector<int>`; comments and scripts are gone.

    Args:
        html: The text.
        is_guessed: True where nothing but the text itself says that it is HTML.
    """
    return _Builder(html, is_guessed=is_guessed).root


class _Builder:
    """Makes the tree in one pass over the text."""

    def __init__(self, html: str, *, is_guessed: bool) -> None:
        self.root = HtmlElement("")
        self._html = html
        self._open = [self.root]
        self._counts: dict[str, int] = {}
        self._missing: set[str] = set()
        self._literal = 0
        """How many of the open elements keep their text as it is."""
        self._declared = DeclaredHtml(html)
        self._markup = find_markup_tags(html) if is_guessed else None
        """Where the tags begin that count; None where those of `_declared` do."""
        self._decoded = decode_entities if is_guessed else decode_html
        self._build()

    def _build(self) -> None:
        html, at = self._html, 0
        while found := _MARK.search(html, at):
            start = found.start()
            self._text(html[at:start])
            if found[0] == "<":
                at = self._angle(start)
                continue
            formula = None if self._literal else self._formula(found[0], found.end())
            if formula:
                self._open[-1].content.append(formula[0])
                at = formula[1]
            else:
                self._text(found[0])
                at = found.end()
        self._text(html[at:])

    def _formula(self, mark: str, start: int) -> tuple[MarkedFormula, int] | None:
        closing = {"\\(": "\\)", "\\[": "\\]"}.get(mark, f"[/{mark[1:]}")
        end = self._find(closing, start)
        if end < 0:
            return None
        return convert_marked_formula(mark, self._html[start:end], closing), end + len(
            closing
        )

    def _find(self, text: str, start: int) -> int:
        """Return where a text comes next, or -1; no text is searched for in vain twice."""
        if text in self._missing:
            return -1
        found = self._html.find(text, start)
        if found < 0:
            self._missing.add(text)
        return found

    def _text(self, text: str) -> None:
        if text:
            self._open[-1].content.append(self._decoded(text))

    def _angle(self, start: int) -> int:
        """Take in what begins with `<`, and return where it ends."""
        html = self._html
        if html.startswith("<!--", start):
            return self._comment(start)
        if _DECLARATION.match(html, start):
            return self._until(">", start)
        found = TAG.match(html, start)
        if not found:
            self._text("<")
            return start + 1
        is_end, name, attributes, _ = found.groups()
        name = name.lower()
        if self._is_text(found):
            self._text(found[0])
        elif is_end:
            self._close(name)
        elif name in _RAW:
            return self._raw_end(name, found.end(), is_empty=attributes.endswith("/"))
        elif name == "anki-mathjax":
            return self._mathjax(attributes, found.end())
        else:
            self._begin(name, attributes)
        return found.end()

    def _is_text(self, found: re.Match[str]) -> bool:
        if self._markup is None:
            return self._declared.is_text(found)
        return found.start() not in self._markup

    def _comment(self, start: int) -> int:
        if self._markup is not None and not _OF_PROGRAMS.match(self._html, start):
            self._text("<!--")
            return start + 4
        return self._until("-->", start)

    def _until(self, closing: str, start: int) -> int:
        end = self._find(closing, start)
        if end < 0:
            self._text(self._html[start : start + 2])
            return start + 2
        return end + len(closing)

    def _raw_end(self, name: str, start: int, *, is_empty: bool) -> int:
        if name == "svg":
            self._drawing(start)
        if is_empty or name in self._missing:
            return start
        found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._html, start)
        if found:
            return found.end()
        self._missing.add(name)
        return start

    def _drawing(self, start: int) -> None:
        """Add a drawing under its title; one that is hidden from readers is left out."""
        html = self._html
        if "aria-hidden" in html[html.rfind("<", 0, start) : start].casefold():
            return
        title = _TITLE.match(html, start)
        alt = self._decoded(title[1]) if title else _UNNAMED
        self._open[-1].content.append(HtmlElement("img", {"alt": alt}))

    def _mathjax(self, attributes: str, start: int) -> int:
        closing = "</anki-mathjax>"
        end = self._find(closing, start)
        if end < 0 or self._literal:
            return start
        mark = "\\[" if "block" in attributes else "\\("
        formula = convert_marked_formula(
            mark, self._html[start:end], mark.translate({40: 41, 91: 93})
        )
        self._open[-1].content.append(formula)
        return end + len(closing)

    def _begin(self, name: str, attributes: str) -> None:
        ended = _ENDED_BY.get(name)
        if ended:
            self._end_open(ended)
        elif name in BLOCKS and self._open[-1].name == "p":
            self._pop()
        element = HtmlElement(name, _attributes(attributes))
        self._open[-1].content.append(element)
        if name not in VOID and len(self._open) < MOST_DEPTH:
            self._open.append(element)
            self._counts[name] = self._counts.get(name, 0) + 1
            self._literal += name in ("pre", "code")

    def _end_open(self, ended: frozenset[str]) -> None:
        """Close elements that cannot hold the next one."""
        for place in range(len(self._open) - 1, 0, -1):
            name = self._open[place].name
            if name in ended:
                while len(self._open) > place:
                    self._pop()
            elif name in _HOLDERS:
                return

    def _close(self, name: str) -> None:
        if name == "br":
            self._begin("br", "")
        elif self._counts.get(name):
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self._open.pop().name
        self._counts[name] -= 1
        self._literal -= name in ("pre", "code")
        return name


def is_unnamed_drawing(element: HtmlElement) -> bool:
    """Return whether an element stands for a drawing in SVG that has no title."""
    return element.name == "img" and element.attributes == {"alt": _UNNAMED}


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        bare = value[1:-1] if value[:1] in ("'", '"') and value else value
        found.setdefault(name.lower(), decode_html(bare))
    return found
