"""Parse any HTML into a tree, in linear time and bounded depth, without ever failing."""

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

_SKIPPED = frozenset(("script", "style", "svg", "template", "head"))
"""Elements whose content is not shown."""
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
"""Open elements that a new element closes implicitly."""
_BARRIERS = frozenset(("ul", "ol", "dl", "table", "select", "blockquote"))
"""Elements that no element inside them closes."""

_DECLARATION = re.compile(r"<!doctype\b|<!\[|<\?xml\b", re.IGNORECASE)
_PROGRAM_COMMENT = re.compile(r"<!--\s*(?:(?:Start|End)Fragment|\[if\b|<!\[endif)")
"""The beginning of a comment that programs add to pasted text."""

_TITLE = re.compile(r"\s*<title\b[^<>]*>([^<>]{1,200})</title>", re.IGNORECASE)
_UNNAMED_DRAWING = "drawing"
_NEXT_MARK = re.compile(r"<|\\[(\[]|\[(?:latex|\$\$?)\]")
_ATTRIBUTE = re.compile(
    r"([A-Za-z_:][A-Za-z0-9_:.-]*+)\s*+(?:=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?"
)


@dataclass(slots=True)
class HtmlElement:
    """One element: its name in lower case, its attributes and its content in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[HtmlElement | MarkedFormula | str] = field(default_factory=list)

    def get(self, attribute: str) -> str:
        """Return an attribute, or an empty string if the element lacks it."""
        return self.attributes.get(attribute, "")


def parse_html(html: str, *, is_guessed: bool = False) -> HtmlElement:
    """Parse HTML and return the root of its tree.

    Angle brackets that are not markup are text, as in `vector<int>`; comments and scripts are
    dropped.

    Args:
        html: The HTML.
        is_guessed: Whether only the text itself suggests that it is HTML.
    """
    return _TreeBuilder(html, is_guessed=is_guessed).root


class _TreeBuilder:
    """Builds the tree in one pass over the text."""

    def __init__(self, html: str, *, is_guessed: bool) -> None:
        self.root = HtmlElement("")
        self._html = html
        self._open_elements = [self.root]
        self._open_counts: dict[str, int] = {}
        self._absent_texts: set[str] = set()
        self._literal_depth = 0
        """How many open elements keep their text as it is."""
        self._declared = DeclaredHtml(html)
        self._markup_tags = find_markup_tags(html) if is_guessed else None
        """Positions of the tags that are markup; None if `_declared` decides."""
        self._decode = decode_entities if is_guessed else decode_html
        self._build()

    def _build(self) -> None:
        html, position = self._html, 0
        while mark := _NEXT_MARK.search(html, position):
            start = mark.start()
            self._add_text(html[position:start])
            if mark[0] == "<":
                position = self._read_angle_bracket(start)
                continue
            formula = (
                None if self._literal_depth else self._read_formula(mark[0], mark.end())
            )
            if formula:
                self._open_elements[-1].content.append(formula[0])
                position = formula[1]
            else:
                self._add_text(mark[0])
                position = mark.end()
        self._add_text(html[position:])

    def _read_formula(self, mark: str, start: int) -> tuple[MarkedFormula, int] | None:
        closing = {"\\(": "\\)", "\\[": "\\]"}.get(mark, f"[/{mark[1:]}")
        end = self._find_next(closing, start)
        if end < 0:
            return None
        return convert_marked_formula(mark, self._html[start:end], closing), end + len(
            closing
        )

    def _find_next(self, text: str, start: int) -> int:
        """Return the next position of a text, or -1; an absent text is searched only once."""
        if text in self._absent_texts:
            return -1
        position = self._html.find(text, start)
        if position < 0:
            self._absent_texts.add(text)
        return position

    def _add_text(self, text: str) -> None:
        if text:
            self._open_elements[-1].content.append(self._decode(text))

    def _read_angle_bracket(self, start: int) -> int:
        """Read what begins with `<`, and return its end."""
        html = self._html
        if html.startswith("<!--", start):
            return self._skip_comment(start)
        if _DECLARATION.match(html, start):
            return self._skip_to(">", start)
        tag = TAG.match(html, start)
        if not tag:
            self._add_text("<")
            return start + 1
        is_end, name, attributes, _ = tag.groups()
        name = name.lower()
        if self._is_text(tag):
            self._add_text(tag[0])
        elif is_end:
            self._close_element(name)
        elif name in _SKIPPED:
            return self._skip_element(
                name, tag.end(), is_empty=attributes.endswith("/")
            )
        elif name == "anki-mathjax":
            return self._read_mathjax(attributes, tag.end())
        else:
            self._open_element(name, attributes)
        return tag.end()

    def _is_text(self, tag: re.Match[str]) -> bool:
        if self._markup_tags is None:
            return self._declared.is_text(tag)
        return tag.start() not in self._markup_tags

    def _skip_comment(self, start: int) -> int:
        if self._markup_tags is not None and not _PROGRAM_COMMENT.match(
            self._html, start
        ):
            self._add_text("<!--")
            return start + 4
        return self._skip_to("-->", start)

    def _skip_to(self, closing: str, start: int) -> int:
        end = self._find_next(closing, start)
        if end < 0:
            self._add_text(self._html[start : start + 2])
            return start + 2
        return end + len(closing)

    def _skip_element(self, name: str, start: int, *, is_empty: bool) -> int:
        if name == "svg":
            self._add_drawing(start)
        if is_empty or name in self._absent_texts:
            return start
        end_tag = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._html, start)
        if end_tag:
            return end_tag.end()
        self._absent_texts.add(name)
        return start

    def _add_drawing(self, start: int) -> None:
        """Add a drawing with its title, unless it is hidden from screen readers."""
        html = self._html
        if "aria-hidden" in html[html.rfind("<", 0, start) : start].casefold():
            return
        title = _TITLE.match(html, start)
        alt = self._decode(title[1]) if title else _UNNAMED_DRAWING
        self._open_elements[-1].content.append(HtmlElement("img", {"alt": alt}))

    def _read_mathjax(self, attributes: str, start: int) -> int:
        closing = "</anki-mathjax>"
        end = self._find_next(closing, start)
        if end < 0 or self._literal_depth:
            return start
        mark = "\\[" if "block" in attributes else "\\("
        formula = convert_marked_formula(
            mark, self._html[start:end], mark.translate({40: 41, 91: 93})
        )
        self._open_elements[-1].content.append(formula)
        return end + len(closing)

    def _open_element(self, name: str, attributes: str) -> None:
        ended_names = _ENDED_BY.get(name)
        if ended_names:
            self._close_elements(ended_names)
        elif name in BLOCKS and self._open_elements[-1].name == "p":
            self._pop_element()
        element = HtmlElement(name, _parse_attributes(attributes))
        self._open_elements[-1].content.append(element)
        if name not in VOID and len(self._open_elements) < MOST_DEPTH:
            self._open_elements.append(element)
            self._open_counts[name] = self._open_counts.get(name, 0) + 1
            self._literal_depth += name in ("pre", "code")

    def _close_elements(self, ended_names: frozenset[str]) -> None:
        """Close the open elements that a new one ends implicitly."""
        for index in range(len(self._open_elements) - 1, 0, -1):
            name = self._open_elements[index].name
            if name in ended_names:
                while len(self._open_elements) > index:
                    self._pop_element()
            elif name in _BARRIERS:
                return

    def _close_element(self, name: str) -> None:
        if name == "br":
            self._open_element("br", "")
        elif self._open_counts.get(name):
            while self._pop_element() != name:
                pass

    def _pop_element(self) -> str:
        name = self._open_elements.pop().name
        self._open_counts[name] -= 1
        self._literal_depth -= name in ("pre", "code")
        return name


def is_unnamed_drawing(element: HtmlElement) -> bool:
    """Return whether an element is an SVG drawing without a title."""
    return element.name == "img" and element.attributes == {"alt": _UNNAMED_DRAWING}


def _parse_attributes(text: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        unquoted = value[1:-1] if value[:1] in ("'", '"') and value else value
        attributes.setdefault(name.lower(), decode_html(unquoted))
    return attributes
