"""Aggregate repeated problems of one file into one message each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flashcards.decks.plain import read_clean_note
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.note_json import from_dict, to_dict
from flashcards.formats.common.rules import new_collector
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    import re

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.content import Note

_MOST_NAMES = 5
_LONGEST_NAME = 40
_MOST_LISTED = 1000
"""Skipped notes that are reported one by one; further ones are only counted."""


class ProblemCounter:
    """Problems of a file without line numbers, in which notes are known by name."""

    def __init__(self, collector: ProblemCollector) -> None:
        self._collector = collector
        self._counts: dict[str, int] = {}
        self._names: dict[str, list[str]] = {}
        self._listed = 0
        self._note_collector = new_collector(collector.path)
        """Collects the problems of the note that is being checked."""

    def skip(self, rule: str, name: str) -> None:
        """Report one note that is left out."""
        if self._is_listed(name):
            self._collector.add_at(rule, 0, 0, value=_short(name))

    def count(self, rule: str, name: str = "", times: int = 1) -> None:
        """Count a violation of a rule; `flush` reports each rule once for the whole file."""
        self._counts[rule] = self._counts.get(rule, 0) + times
        names = self._names.setdefault(rule, [])
        if name and len(names) <= _MOST_NAMES:
            names.append(name)

    def check(self, note: Note, name: str) -> Note | None:
        """Return a note as a deck file could hold it, or None after reporting the reason.

        Unsafe characters are removed and counted.
        """
        clean_note = read_clean_note(note, self._note_collector)
        if clean_note is not None:
            return clean_note
        if self._note_collector.problems[0].rule == "unsafe-character":
            self.count("unsafe-characters-removed", name)
            self._note_collector = new_collector(self._collector.path)
            clean_note = read_clean_note(
                _without_unsafe_characters(note), self._note_collector
            )
        problems, self._note_collector = (
            self._note_collector.problems,
            new_collector(self._collector.path),
        )
        if problems and self._is_listed(name):
            for problem in problems:
                message = f"{_short(name)}: {problem.message}"
                self._collector.append(
                    replace(problem, line=0, column=0, message=message)
                )
        return clean_note

    def flush(self) -> None:
        """Report each counted rule once."""
        for rule, count in self._counts.items():
            shown = [_short(name) for name in self._names[rule]]
            names = ", ".join(shown[:_MOST_NAMES]) + (
                ", …" if len(shown) > _MOST_NAMES else ""
            )
            self._collector.add_at(rule, 0, 0, count=f"{count:,}", names=names)

    def _is_listed(self, name: str) -> bool:
        """Return whether a skipped note is reported by itself; later ones are only counted."""
        self._listed += 1
        if self._listed > _MOST_LISTED:
            self.count("more-notes-left-out", name)
        return self._listed <= _MOST_LISTED


def _short(name: str) -> str:
    return one_line(name, _LONGEST_NAME)


def _without_unsafe_characters(note: Note) -> Note:
    return replace(from_dict(_clean_value(to_dict(note))), origin=note.origin)


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        return REFUSED.sub(_replacement, value)
    if isinstance(value, dict):
        return {key: _clean_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean_value(item) for item in value]
    return value


def _replacement(character: re.Match[str]) -> str:
    return " " if character[0].isspace() else ""
