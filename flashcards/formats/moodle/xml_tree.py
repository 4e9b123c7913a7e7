"""XML as a tree, of files from anywhere: no entities but those of XML itself, bounded in every way."""

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
    """A file that is no XML, or none that is read; the message is a reason."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


@dataclass(slots=True)
class XmlElement:
    """One element: what it is called, its attributes, its own text and what it holds."""

    name: str
    attributes: dict[str, str]
    line: int
    texts: list[str] = field(default_factory=list)
    children: list[XmlElement] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text that is directly in it."""
        return "".join(self.texts)

    def get(self, attribute: str) -> str:
        """Return an attribute, empty where the element has none."""
        return self.attributes.get(attribute, "")

    def all(self, name: str) -> Iterator[XmlElement]:
        """Give the elements of a name that are directly in it."""
        return (each for each in self.children if each.name == name)

    def first(self, *path: str) -> XmlElement | None:
        """Return the first element along a path of names, None where there is none."""
        found: XmlElement | None = self
        for name in path:
            found = next(found.all(name), None) if found else None
        return found

    def text_of(self, *path: str) -> str:
        """Return the text of the first element along a path, empty where there is none."""
        found = self.first(*path)
        return found.text if found else ""


def parse_xml(data: bytes) -> tuple[XmlElement, int]:
    """Return the root of a document, and how many unsafe characters were left out.

    Raises:
        XmlError: it is not well-formed, declares entities or a document type, is nested too
            deep or has too many elements.
    """
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.add_text
    parser.StartDoctypeDeclHandler = builder.refuse_doctype
    parser.EntityDeclHandler = builder.refuse_entity
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


class _Builder:
    """Makes the tree of what the parser finds."""

    def __init__(self) -> None:
        self.root: XmlElement | None = None
        self.removed = 0
        self.parser: expat.XMLParserType | None = None
        self._open: list[XmlElement] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            self._refuse(f"it has more than {_MOST_ELEMENTS:,} elements")
        if len(self._open) >= _MOST_DEPTH:
            self._refuse(f"it is nested more than {_MOST_DEPTH} levels deep")
        line = self.parser.CurrentLineNumber if self.parser else 0
        element = XmlElement(name.casefold(), attributes, line)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, name: str) -> None:
        del name
        self._open.pop()

    def add_text(self, text: str) -> None:
        text, removed = clean_text(text)
        self.removed += removed
        self._open[-1].texts.append(text)

    def refuse_doctype(self, *declared: object) -> None:
        del declared
        self._refuse("it declares a document type, which is not read")

    def refuse_entity(self, *declared: object) -> None:
        del declared
        self._refuse("it declares entities, which are not read")

    def _refuse(self, reason: str) -> NoReturn:
        parser = self.parser
        line = parser.CurrentLineNumber if parser else 1
        column = parser.CurrentColumnNumber + 1 if parser else 1
        raise XmlError(reason, line, column)
