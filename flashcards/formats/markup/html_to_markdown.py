"""From the tree of a piece of HTML to text in our Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.formats.markup.emphasis import (
    BOLD,
    CODE,
    ITALIC,
    STRIKE,
    StyledText,
    join_styled_lines,
    to_markdown_line,
)
from flashcards.formats.markup.html_elements import (
    ADDRESS,
    MOST_NUMBER,
    escape_closing_signs,
    find_content_outside_cells,
    find_picture_addresses,
    find_rows,
    format_image,
    get_address,
    get_language,
    is_right_aligned,
    limit_columns,
    normalize_address,
    parse_item_number,
    to_media_name,
    with_named_sounds,
    without_unnamed_drawings,
)
from flashcards.formats.markup.html_tags import BLOCKS
from flashcards.formats.markup.html_tree import HtmlElement
from flashcards.formats.markup.math_marks import MarkedFormula
from flashcards.text.latex.symbols import to_subscript, to_superscript

if TYPE_CHECKING:
    pass

_SPACES = re.compile(r"[ \t\n\xa0]+")
_STYLES = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "dfn": ITALIC, "cite": ITALIC, "var": ITALIC,
           "code": CODE, "kbd": CODE, "samp": CODE, "tt": CODE, "s": STRIKE, "del": STRIKE, "strike": STRIKE}  # fmt: skip
_AROUND = {
    "q": ("“", "”"),
    "rt": ("(", ")"),
}
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")
_TIGHT = frozenset(("item", "code", "table"))
"""Blocks that may follow a line of text without a blank line."""


def tree_to_markdown(root: HtmlElement) -> str:
    """Return the text of a whole tree."""
    flow = _Flow()
    flow.walk(root, 0)
    return flow.text()


class _Flow:
    """Collects what is read into lines, and lines into blocks."""

    def __init__(self, depth: int = 0, *, on_one_line: bool = False) -> None:
        self.blocks: list[tuple[str, str]] = []
        """Sort and text of each block: bare, paragraph, item, code, table, quote, rule."""
        self._lines: list[list[StyledText]] = [[]]
        self._depth = depth
        """How deep in lists it stands."""
        self._on_one_line = on_one_line

    def text(self) -> str:
        """Return the blocks as one text."""
        self.end()
        text, before = "", ""
        for sort, block in self.blocks:
            is_tight = (before == "bare" and sort in _TIGHT) or before == sort == "item"
            separator = "" if not before else "\n" if is_tight else "\n\n"
            text += separator + block
            before = sort
        return text

    def walk(self, element: HtmlElement, style: int) -> None:
        """Take in what an element holds."""
        for each in element.content:
            if isinstance(each, str):
                self._add(_SPACES.sub(" ", with_named_sounds(each)), style)
            elif isinstance(each, MarkedFormula):
                self._formula(each, style)
            elif each.name in BLOCKS:
                self._block(each, style)
            else:
                self._inline(each, style)

    def one_line(self) -> list[StyledText]:
        """Return what was taken in as one line."""
        return self._lines[0]

    def end(self, sort: str = "bare") -> None:
        """Make paragraphs of the lines so far."""
        paragraph: list[list[StyledText]] = []
        for line in [*self._lines, []]:
            if any(piece.text.strip() for piece in line):
                paragraph.append(line)
            elif paragraph:
                self.blocks.append((sort, join_styled_lines(paragraph)))
                paragraph = []
        self._lines = [[]]

    def _add(self, text: str, style: int) -> None:
        line = self._lines[-1]
        if text[:1] == " " and (not line or line[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            line.append(StyledText(text, style))

    def _break(self) -> None:
        if self._on_one_line:
            self._add(" ", 0)
        else:
            self._lines.append([])

    def _fresh(self) -> None:
        """Start a new line unless one was just started."""
        if any(piece.text.strip() for piece in self._lines[-1]):
            self._break()

    def _formula(self, formula: MarkedFormula, style: int) -> None:
        if formula.is_display:
            self._fresh()
        for number, line in enumerate(formula.text.split("\n")):
            if number:
                self._break()
            self._add(_SPACES.sub(" ", line), style & ~CODE)
        if formula.is_display:
            self._fresh()

    def _inline(self, element: HtmlElement, style: int) -> None:
        name = element.name
        if name == "br":
            self._break()
        elif name == "img":
            self._add(format_image(element), 0)
        elif name in ("audio", "video", "source", "embed"):
            if element.get("src"):
                self._add(f"[sound: {to_media_name(get_address(element, 'src'))}]", 0)
            self.walk(element, style)
        elif name in ("sub", "sup"):
            self._script(element, style)
        elif name == "a":
            self._link(element, style)
        elif name == "code" and not self._on_one_line and _has_lines(element):
            self._code(element)
        elif name in _AROUND:
            before, after = _AROUND[name]
            self._add(before, style)
            self.walk(element, style)
            self._add(after, style)
        elif name != "rp":
            self.walk(element, style | _STYLES.get(name, 0) | _looks(element))

    def _script(self, element: HtmlElement, style: int) -> None:
        inner = _plain(element).strip()
        if inner:
            self._add(
                to_subscript(inner) if element.name == "sub" else to_superscript(inner),
                style,
            )

    def _link(self, element: HtmlElement, style: int) -> None:
        self.walk(element, style)
        address = get_address(element, "href")
        if self._on_one_line or not ADDRESS.match(address):
            return
        shown = _plain(element).strip()
        bare = normalize_address(address)
        if not shown:
            self._add(address, style)
        elif bare not in map(
            normalize_address, (shown, *find_picture_addresses(element))
        ):
            self._add(f" ({address})", style)

    def _block(self, element: HtmlElement, style: int) -> None:
        name = element.name
        style |= _looks(element)
        if self._on_one_line:
            self._break()
            self.walk(element, style | CODE * (name == "pre"))
            self._break()
        elif name == "pre":
            self._code(element)
        elif name in ("ul", "ol"):
            self._list(element, style)
        elif name == "table":
            self._table(element, style)
        elif name == "blockquote":
            self._quote(element, style)
        elif name == "hr":
            self.end()
            self.blocks.append(("rule", "---"))
        elif _HEADING.fullmatch(name):
            self.end()
            inner = to_markdown_line(
                _pieces(without_unnamed_drawings(element), style & ~BOLD)
            )
            if inner:
                heading = f"{'#' * int(name[1])} {escape_closing_signs(inner)}"
                self.blocks.append(("heading", heading))
        elif name == "p":
            self.end()
            self.walk(element, style)
            self.end("paragraph")
        else:
            self._fresh()
            self.walk(element, style)
            self._fresh()

    def _code(self, element: HtmlElement) -> None:
        self.end()
        text = _verbatim(element).removeprefix("\n").rstrip()
        if not text:
            return
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        self.blocks.append(("code", f"{fence}{get_language(element)}\n{text}\n{fence}"))

    def _quote(self, element: HtmlElement, style: int) -> None:
        self.end()
        inner = _Flow()
        inner.walk(element, style)
        text = inner.text()
        if text:
            lines = (f"> {line}".rstrip() for line in text.split("\n"))
            self.blocks.append(("quote", "\n".join(lines)))

    def _list(self, element: HtmlElement, style: int) -> None:
        self.end()
        number = (
            parse_item_number(element.get("start"), 1) if element.name == "ol" else -1
        )
        for each in element.content:
            if isinstance(each, HtmlElement) and each.name in ("ul", "ol"):
                self.end()
                self._nested(each, style)
            elif isinstance(each, HtmlElement) and each.name == "li":
                self.end()
                if element.name == "ol":
                    number = parse_item_number(each.get("value"), number)
                self._item(each, style, number)
                number += element.name == "ol"
            else:
                self.walk(HtmlElement("", content=[each]), style)
        self.end()

    def _nested(self, element: HtmlElement, style: int) -> None:
        inner = _Flow(self._depth + 1)
        inner.walk(HtmlElement("", content=[element]), style)
        inner.end()
        self.blocks.extend(inner.blocks)

    def _item(self, element: HtmlElement, style: int, number: int) -> None:
        inner = _Flow(self._depth + 1)
        inner.walk(element, style)
        inner.end()
        indent = "  " * self._depth
        marker = f"{number}." if 0 <= number <= MOST_NUMBER else "-"
        own: list[str] = []
        rest = list(inner.blocks)
        while rest and rest[0][0] in ("bare", "paragraph"):
            own.append(rest.pop(0)[1])
        if own:
            text = f"\\\n{indent}  ".join("\\\n".join(own).split("\\\n"))
            self.blocks.append(("item", f"{indent}{marker} {text}"))
        self.blocks.extend(rest)

    def _table(self, element: HtmlElement, style: int) -> None:
        self.end()
        self.walk(HtmlElement("", content=find_content_outside_cells(element)), style)
        self.end()
        rows = [
            [
                each
                for each in row.content
                if isinstance(each, HtmlElement) and each.name in ("td", "th")
            ]
            for row in find_rows(element)
        ]
        rows = [limit_columns(row) for row in rows if row]
        columns = max((len(row) for row in rows), default=0)
        if columns <= 1:
            for row in rows:
                self.walk(row[0], style)
                self._fresh()
            return
        cells = [
            [to_markdown_line(_pieces(cell, style), in_table=True) for cell in row]
            for row in rows
        ]
        rule = [
            "--:" if is_right_aligned(rows, column) else "---"
            for column in range(columns)
        ]
        lines = [
            row + [""] * (columns - len(row)) for row in [cells[0], rule, *cells[1:]]
        ]
        self.blocks.append(
            ("table", "\n".join(f"| {' | '.join(line)} |" for line in lines))
        )


def _looks(element: HtmlElement) -> int:
    """Return the emphasis that an element's style gives it."""
    style = element.get("style")
    if not style:
        return 0
    return BOLD * bool(_BOLD.search(style)) | ITALIC * bool(_ITALIC.search(style))


def _pieces(element: HtmlElement, style: int) -> list[StyledText]:
    """Return everything in an element as one line."""
    flow = _Flow(on_one_line=True)
    flow.walk(element, style)
    return flow.one_line()


def _plain(element: HtmlElement) -> str:
    return "".join(piece.text for piece in _pieces(element, 0))


def _verbatim(element: HtmlElement) -> str:
    """Return the text of an element with its spaces and line breaks."""
    text = ""
    for each in element.content:
        if isinstance(each, str):
            text += each
        elif isinstance(each, MarkedFormula):
            text += each.text
        elif each.name == "br":
            text += "\n"
        else:
            inner = _verbatim(each)
            is_line = each.name in BLOCKS and text and not text.endswith("\n")
            text += f"\n{inner}" if is_line else inner
    return text


def _has_lines(element: HtmlElement) -> bool:
    return any(
        isinstance(each, HtmlElement)
        and (each.name == "br" or each.name in BLOCKS or _has_lines(each))
        for each in element.content
    )
