"""Read a JSON file, and find the line and column of a name in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flashcards.decks.files import digest_of
from flashcards.decks.yaml.decoding import (
    foreign_encoding,
    read_bytes,
    report_not_utf_8,
)

if TYPE_CHECKING:
    from pathlib import Path

    from flashcards.decks.problem_collector import ProblemCollector

    Plain = dict[str, Any]

MOST_BYTES = 512 * 2**20
"""Enough for 100,000 notes with a million reviews."""


class JsonDocument:
    """The data of a file, and its text for finding positions."""

    def __init__(self, data: Plain, text: str, digest: str) -> None:
        self.data = data
        self.digest = digest
        self._text = text
        self._offset = 0
        self._line = 1

    def locate(self, name: object) -> tuple[int, int]:
        """Return the line and column of a name, 0 and 0 if it is not in the file.

        The search begins at the last name, so names must be asked for in the file's order.
        """
        if not isinstance(name, str):
            return 0, 0
        offset = self._text.find(json.dumps(name, ensure_ascii=False), self._offset)
        if offset < 0:
            return 0, 0
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line, offset - self._text.rfind("\n", 0, offset)


def read_document(path: Path, collector: ProblemCollector) -> JsonDocument | None:
    """Return the JSON object of a file, or None after reporting a problem."""
    data = read_bytes(path, collector, most=MOST_BYTES)
    if data is None:
        return None
    encoding = foreign_encoding(data)
    if encoding:
        collector.add_at("wrong-encoding", 1, 1, encoding=encoding)
        return None
    digest = digest_of(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report_not_utf_8(error, collector)
        return None
    del data
    content = _parse(text, collector)
    return None if content is None else JsonDocument(content, text, digest)


def _parse(text: str, collector: ProblemCollector) -> Plain | None:
    try:
        data = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        collector.add_at(
            "json-syntax", error.lineno, error.colno, reason=error.msg.lower()
        )
    except RecursionError:
        collector.add_at("json-too-deep", 1, 1)
    except ValueError:
        # NaN or Infinity, or a number with thousands of digits.
        collector.add_at("json-syntax", 1, 1, reason="a number in it is invalid")
    else:
        if isinstance(data, dict):
            return data
        collector.add_at("json-not-ours", 1, 1)
    return None


def _refuse(name: str) -> None:
    raise ValueError(name)
