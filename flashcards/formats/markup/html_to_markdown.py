"""Convert a tree of HTML to Markdown."""

from __future__ import annotations

import re

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

_SPACES = re.compile(r"[ \t\n\xa0]+")
_STYLES = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "dfn": ITALIC, "cite": ITALIC, "var": ITALIC,
           "code": CODE, "kbd": CODE, "samp": CODE, "tt": CODE, "s": STRIKE, "del": STRIKE, "strike": STRIKE}  # fmt: skip
_QUOTES_AROUND = {
    "q": ("“", "”"),
    "rt": ("(", ")"),
}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")
_TIGHT_BLOCKS = frozenset(("item", "code", "table"))
"""Blocks that can follow a line of text without a blank line."""


def tree_to_markdown(root: HtmlElement) -> str:
    """Convert a whole tree to Markdown."""
    writer = _BlockWriter()
    writer.write_content(root, 0)
    return writer.to_text()


class _BlockWriter:
    """Collects the content of elements in lines, and lines in blocks."""

    def __init__(self, depth: int = 0, *, on_one_line: bool = False) -> None:
        self.blocks: list[tuple[str, str]] = []
        """Kind and text of each block: bare, paragraph, heading, item, code, table, quote, rule."""
        self._lines: list[list[StyledText]] = [[]]
        self._depth = depth
        """The number of lists around it."""
        self._on_one_line = on_one_line

    def to_text(self) -> str:
        """Join the blocks into one text."""
        self.end_paragraph()
        text, previous_kind = "", ""
        for kind, block in self.blocks:
            is_tight = (
                previous_kind == "bare" and kind in _TIGHT_BLOCKS
            ) or previous_kind == kind == "item"
            separator = "" if not previous_kind else "\n" if is_tight else "\n\n"
            text += separator + block
            previous_kind = kind
        return text

    def write_content(self, element: HtmlElement, style: int) -> None:
        """Write the content of an element."""
        for child in element.content:
            if isinstance(child, str):
                self._add_text(_SPACES.sub(" ", with_named_sounds(child)), style)
            elif isinstance(child, MarkedFormula):
                self._write_formula(child, style)
            elif child.name in BLOCKS:
                self._write_block(child, style)
            else:
                self._write_inline(child, style)

    def get_single_line(self) -> list[StyledText]:
        """Return the content as one line."""
        return self._lines[0]

    def end_paragraph(self, kind: str = "bare") -> None:
        """Turn the lines so far into paragraphs."""
        paragraph: list[list[StyledText]] = []
        for line in [*self._lines, []]:
            if any(piece.text.strip() for piece in line):
                paragraph.append(line)
            elif paragraph:
                self.blocks.append((kind, join_styled_lines(paragraph)))
                paragraph = []
        self._lines = [[]]

    def _add_text(self, text: str, style: int) -> None:
        line = self._lines[-1]
        if text[:1] == " " and (not line or line[-1].text.endswith(" ")):
            text = text[1:]
        if text:
            line.append(StyledText(text, style))

    def _break_line(self) -> None:
        if self._on_one_line:
            self._add_text(" ", 0)
        else:
            self._lines.append([])

    def _ensure_new_line(self) -> None:
        """Start a new line, unless the current one is blank."""
        if any(piece.text.strip() for piece in self._lines[-1]):
            self._break_line()

    def _write_formula(self, formula: MarkedFormula, style: int) -> None:
        if formula.is_display:
            self._ensure_new_line()
        for number, line in enumerate(formula.text.split("\n")):
            if number:
                self._break_line()
            self._add_text(_SPACES.sub(" ", line), style & ~CODE)
        if formula.is_display:
            self._ensure_new_line()

    def _write_inline(self, element: HtmlElement, style: int) -> None:
        name = element.name
        if name == "br":
            self._break_line()
        elif name == "img":
            self._add_text(format_image(element), 0)
        elif name in ("audio", "video", "source", "embed"):
            if element.get("src"):
                self._add_text(
                    f"[sound: {to_media_name(get_address(element, 'src'))}]", 0
                )
            self.write_content(element, style)
        elif name in ("sub", "sup"):
            self._write_script(element, style)
        elif name == "a":
            self._write_link(element, style)
        elif name == "code" and not self._on_one_line and _has_line_breaks(element):
            self._write_code(element)
        elif name in _QUOTES_AROUND:
            before, after = _QUOTES_AROUND[name]
            self._add_text(before, style)
            self.write_content(element, style)
            self._add_text(after, style)
        elif name != "rp":
            self.write_content(
                element, style | _STYLES.get(name, 0) | _style_of(element)
            )

    def _write_script(self, element: HtmlElement, style: int) -> None:
        script = _flatten_to_text(element).strip()
        if script:
            self._add_text(
                to_subscript(script)
                if element.name == "sub"
                else to_superscript(script),
                style,
            )

    def _write_link(self, element: HtmlElement, style: int) -> None:
        self.write_content(element, style)
        address = get_address(element, "href")
        if self._on_one_line or not ADDRESS.match(address):
            return
        link_text = _flatten_to_text(element).strip()
        normalized_address = normalize_address(address)
        if not link_text:
            self._add_text(address, style)
        elif normalized_address not in map(
            normalize_address, (link_text, *find_picture_addresses(element))
        ):
            self._add_text(f" ({address})", style)

    def _write_block(self, element: HtmlElement, style: int) -> None:
        name = element.name
        style |= _style_of(element)
        if self._on_one_line:
            self._break_line()
            self.write_content(element, style | CODE * (name == "pre"))
            self._break_line()
        elif name == "pre":
            self._write_code(element)
        elif name in ("ul", "ol"):
            self._write_list(element, style)
        elif name == "table":
            self._write_table(element, style)
        elif name == "blockquote":
            self._write_quote(element, style)
        elif name == "hr":
            self.end_paragraph()
            self.blocks.append(("rule", "---"))
        elif _HEADING.fullmatch(name):
            self.end_paragraph()
            heading_text = to_markdown_line(
                _flatten_to_pieces(without_unnamed_drawings(element), style & ~BOLD)
            )
            if heading_text:
                heading = f"{'#' * int(name[1])} {escape_closing_signs(heading_text)}"
                self.blocks.append(("heading", heading))
        elif name == "p":
            self.end_paragraph()
            self.write_content(element, style)
            self.end_paragraph("paragraph")
        else:
            self._ensure_new_line()
            self.write_content(element, style)
            self._ensure_new_line()

    def _write_code(self, element: HtmlElement) -> None:
        self.end_paragraph()
        text = _collect_verbatim(element).removeprefix("\n").rstrip()
        if not text:
            return
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        self.blocks.append(("code", f"{fence}{get_language(element)}\n{text}\n{fence}"))

    def _write_quote(self, element: HtmlElement, style: int) -> None:
        self.end_paragraph()
        writer = _BlockWriter()
        writer.write_content(element, style)
        text = writer.to_text()
        if text:
            lines = (f"> {line}".rstrip() for line in text.split("\n"))
            self.blocks.append(("quote", "\n".join(lines)))

    def _write_list(self, element: HtmlElement, style: int) -> None:
        self.end_paragraph()
        number = (
            parse_item_number(element.get("start"), 1) if element.name == "ol" else -1
        )
        for child in element.content:
            if isinstance(child, HtmlElement) and child.name in ("ul", "ol"):
                self.end_paragraph()
                self._write_nested_list(child, style)
            elif isinstance(child, HtmlElement) and child.name == "li":
                self.end_paragraph()
                if element.name == "ol":
                    number = parse_item_number(child.get("value"), number)
                self._write_item(child, style, number)
                number += element.name == "ol"
            else:
                self.write_content(HtmlElement("", content=[child]), style)
        self.end_paragraph()

    def _write_nested_list(self, element: HtmlElement, style: int) -> None:
        writer = _BlockWriter(self._depth + 1)
        writer.write_content(HtmlElement("", content=[element]), style)
        writer.end_paragraph()
        self.blocks.extend(writer.blocks)

    def _write_item(self, element: HtmlElement, style: int, number: int) -> None:
        writer = _BlockWriter(self._depth + 1)
        writer.write_content(element, style)
        writer.end_paragraph()
        indent = "  " * self._depth
        marker = f"{number}." if 0 <= number <= MOST_NUMBER else "-"
        item_paragraphs: list[str] = []
        blocks = list(writer.blocks)
        while blocks and blocks[0][0] in ("bare", "paragraph"):
            item_paragraphs.append(blocks.pop(0)[1])
        if item_paragraphs:
            text = f"\\\n{indent}  ".join("\\\n".join(item_paragraphs).split("\\\n"))
            self.blocks.append(("item", f"{indent}{marker} {text}"))
        self.blocks.extend(blocks)

    def _write_table(self, element: HtmlElement, style: int) -> None:
        self.end_paragraph()
        self.write_content(
            HtmlElement("", content=find_content_outside_cells(element)), style
        )
        self.end_paragraph()
        rows = [
            [
                cell
                for cell in row.content
                if isinstance(cell, HtmlElement) and cell.name in ("td", "th")
            ]
            for row in find_rows(element)
        ]
        rows = [limit_columns(row) for row in rows if row]
        columns = max((len(row) for row in rows), default=0)
        if columns <= 1:
            for row in rows:
                self.write_content(row[0], style)
                self._ensure_new_line()
            return
        cells = [
            [
                to_markdown_line(_flatten_to_pieces(cell, style), in_table=True)
                for cell in row
            ]
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


def _style_of(element: HtmlElement) -> int:
    """Return the emphasis in the `style` attribute of an element."""
    style = element.get("style")
    if not style:
        return 0
    return BOLD * bool(_BOLD_STYLE.search(style)) | ITALIC * bool(
        _ITALIC_STYLE.search(style)
    )


def _flatten_to_pieces(element: HtmlElement, style: int) -> list[StyledText]:
    """Flatten an element to one line of pieces."""
    writer = _BlockWriter(on_one_line=True)
    writer.write_content(element, style)
    return writer.get_single_line()


def _flatten_to_text(element: HtmlElement) -> str:
    return "".join(piece.text for piece in _flatten_to_pieces(element, 0))


def _collect_verbatim(element: HtmlElement) -> str:
    """Collect the text of an element with its spaces and line breaks."""
    text = ""
    for child in element.content:
        if isinstance(child, str):
            text += child
        elif isinstance(child, MarkedFormula):
            text += child.text
        elif child.name == "br":
            text += "\n"
        else:
            child_text = _collect_verbatim(child)
            is_line = child.name in BLOCKS and text and not text.endswith("\n")
            text += f"\n{child_text}" if is_line else child_text
    return text


def _has_line_breaks(element: HtmlElement) -> bool:
    return any(
        isinstance(child, HtmlElement)
        and (child.name == "br" or child.name in BLOCKS or _has_line_breaks(child))
        for child in element.content
    )
