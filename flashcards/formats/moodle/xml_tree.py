"""Parse untrusted XML into a tree: no custom entities, limited depth and size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from flashcards.formats.common.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_DEPTH = 50
_MOST_ELEMENTS = 2_000_000


class XmlError(Exception):
    """A file that is not XML, or not allowed here; the message is the reason."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


@dataclass(slots=True)
class XmlElement:
    """One element: its name, attributes, own text and children."""

    name: str
    attributes: dict[str, str]
    line: int
    texts: list[str] = field(default_factory=list)
    children: list[XmlElement] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that is directly in the element."""
        return "".join(self.texts)

    def get(self, attribute: str) -> str:
        """Return an attribute, or an empty string if the element lacks it."""
        return self.attributes.get(attribute, "")

    def find_all(self, name: str) -> Iterator[XmlElement]:
        """Yield the children with a name."""
        return (child for child in self.children if child.name == name)

    def find_first(self, *path: str) -> XmlElement | None:
        """Return the first element along a path of names, or None."""
        element: XmlElement | None = self
        for name in path:
            element = next(element.find_all(name), None) if element else None
        return element

    def get_text(self, *path: str) -> str:
        """Return the text of the first element along a path, or an empty string."""
        element = self.find_first(*path)
        return element.text if element else ""


def parse_xml(data: bytes) -> tuple[XmlElement, int]:
    """Parse a document; return its root and the number of unsafe characters left out.

    Raises:
        XmlError: The document is not well-formed, declares entities or a document type, is nested too
            deep or has too many elements.
    """
    builder = _TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.add_text
    parser.StartDoctypeDeclHandler = builder.reject_doctype
    parser.EntityDeclHandler = builder.reject_entity
    builder.parser = parser
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise XmlError(reason, error.lineno, error.offset + 1) from error
    except (ValueError, LookupError, UnicodeError) as error:
        raise XmlError("its encoding is not known", 1, 1) from error
    if builder.root is None:
        raise XmlError("it holds nothing", 1, 1)
    return builder.root, builder.removed


class _TreeBuilder:
    """Builds the tree from the events of the parser."""

    def __init__(self) -> None:
        self.root: XmlElement | None = None
        self.removed = 0
        self.parser: expat.XMLParserType | None = None
        self._open_elements: list[XmlElement] = []
        self._element_count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._element_count += 1
        if self._element_count > _MOST_ELEMENTS:
            self._reject(f"it has more than {_MOST_ELEMENTS:,} elements")
        if len(self._open_elements) >= _MOST_DEPTH:
            self._reject(f"it is nested more than {_MOST_DEPTH} levels deep")
        line = self.parser.CurrentLineNumber if self.parser else 0
        element = XmlElement(name.casefold(), attributes, line)
        if self._open_elements:
            self._open_elements[-1].children.append(element)
        else:
            self.root = element
        self._open_elements.append(element)

    def end(self, name: str) -> None:
        del name
        self._open_elements.pop()

    def add_text(self, text: str) -> None:
        text, removed = clean_text(text)
        self.removed += removed
        self._open_elements[-1].texts.append(text)

    def reject_doctype(self, *declaration: object) -> None:
        del declaration
        self._reject("it declares a document type, which is not read")

    def reject_entity(self, *declaration: object) -> None:
        del declaration
        self._reject("it declares entities, which are not read")

    def _reject(self, reason: str) -> NoReturn:
        parser = self.parser
        line = parser.CurrentLineNumber if parser else 1
        column = parser.CurrentColumnNumber + 1 if parser else 1
        raise XmlError(reason, line, column)
