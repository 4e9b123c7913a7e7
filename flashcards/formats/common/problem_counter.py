"""Counting what a foreign file loses or changes, so that each sentence is said once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flashcards.decks.plain import read_clean_note
from flashcards.decks.yaml.decoding import REFUSED
from flashcards.domain.content import from_dict, to_dict
from flashcards.formats.common.rules import new_collector
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    import re

    from flashcards.decks.problem_collector import ProblemCollector
    from flashcards.domain.content import Note

_NAMED = 5
_LONGEST_NAME = 40
_MOST_LISTED = 1000
"""Skipped notes that are reported one by one; further ones are only counted."""


class ProblemCounter:
    """The problems of a file without lines, whose notes are called by their names."""

    def __init__(self, collector: ProblemCollector) -> None:
        self._collector = collector
        self._counts: dict[str, int] = {}
        self._names: dict[str, list[str]] = {}
        self._listed = 0
        self._found = new_collector(collector.path)
        """What is wrong with the one note that is being checked."""

    def skip(self, rule: str, name: str) -> None:
        """Add the problem of one note that is left out."""
        if self._is_listed(name):
            self._collector.add_at(rule, 0, 0, value=_short(name))

    def count(self, rule: str, name: str = "", times: int = 1) -> None:
        """Count what breaks a rule, reported once for the whole file."""
        self._counts[rule] = self._counts.get(rule, 0) + times
        names = self._names.setdefault(rule, [])
        if name and len(names) <= _NAMED:
            names.append(name)

    def checked(self, note: Note, name: str) -> Note | None:
        """Return a note as a deck file could hold it, or None with the reason.

        Unsafe characters are left out and counted.
        """
        found = read_clean_note(note, self._found)
        if found is not None:
            return found
        if self._found.problems[0].rule == "unsafe-character":
            self.count("unsafe-characters-removed", name)
            self._found = new_collector(self._collector.path)
            found = read_clean_note(_cleaned(note), self._found)
        problems, self._found = (
            self._found.problems,
            new_collector(self._collector.path),
        )
        if problems and self._is_listed(name):
            for problem in problems:
                message = f"{_short(name)}: {problem.message}"
                self._collector.take(
                    replace(problem, line=0, column=0, message=message)
                )
        return found

    def flush(self) -> None:
        """Add a problem for each rule that was counted."""
        for rule, count in self._counts.items():
            shown = [_short(name) for name in self._names[rule]]
            names = ", ".join(shown[:_NAMED]) + (", …" if len(shown) > _NAMED else "")
            self._collector.add_at(rule, 0, 0, count=f"{count:,}", names=names)

    def _is_listed(self, name: str) -> bool:
        self._listed += 1
        if self._listed > _MOST_LISTED:
            self.count("more-notes-left-out", name)
        return self._listed <= _MOST_LISTED


def _short(name: str) -> str:
    return one_line(name, _LONGEST_NAME)


def _cleaned(note: Note) -> Note:
    return replace(from_dict(_without_unsafe(to_dict(note))), origin=note.origin)


def _without_unsafe(value: Any) -> Any:
    if isinstance(value, str):
        return REFUSED.sub(_stand_in, value)
    if isinstance(value, dict):
        return {key: _without_unsafe(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_unsafe(item) for item in value]
    return value


def _stand_in(character: re.Match[str]) -> str:
    return " " if character[0].isspace() else ""
