"""Checks deck files: the rules of the format, across files, and the authoring rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flashcards.decks.files import SOURCES_NAME, find_deck_files, find_sources
from flashcards.decks.problem_collector import locate_problem, suggestion
from flashcards.decks.reader import read_deck
from flashcards.decks.sources import read_sources
from flashcards.domain.content import DeckContent, Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

_REFERENCES = (("links", "unknown-link"), ("requires", "unknown-requirement"))


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a check."""

    notes: int
    """Valid notes that were read."""
    problems: list[Problem]
    """Every problem, by file and line."""
    decks: list[DeckContent] = field(default_factory=list)


def check(
    paths: Sequence[Path], *, quality: bool = False, today: date | None = None
) -> CheckReport:
    """Read the deck files at the paths and return all their problems.

    Args:
        paths: Deck files, directories and bibliographies.
        quality: Whether to apply the authoring rules too.
        today: The date by which the age of facts is checked; None skips that rule.
    """
    decks: list[DeckContent] = []
    problems: list[Problem] = []
    files = find_deck_files(paths)
    for path in files:
        deck, problems_of_file = read_deck(path)
        problems += problems_of_file
        if deck is not None:
            decks.append(deck)
    problems += _check_across_decks(decks)
    bibliographies = [path for path in paths if path.name == SOURCES_NAME]
    problems += _check_sources([*files, *bibliographies], decks)
    if quality:
        from flashcards.decks.quality.quality import quality_problems

        problems += quality_problems(decks, today)
    order = {str(path): index for index, path in enumerate(files)}
    problems.sort(
        key=lambda problem: (
            order.get(problem.path, -1),
            problem.path,
            problem.line,
            problem.column,
        )
    )
    return CheckReport(sum(len(deck.notes) for deck in decks), problems, decks)


def _check_across_decks(decks: Sequence[DeckContent]) -> Iterator[Problem]:
    """Yield the problems that concern several decks."""
    paths: dict[str, str] = {}
    notes: dict[str, tuple[DeckContent, Note]] = {}
    for deck in decks:
        if paths.setdefault(deck.key, deck.path) != deck.path:
            position = (deck.path, 1, 1)
            yield locate_problem(
                "duplicate-deck", *position, key=deck.key, path=paths[deck.key]
            )
        for note in deck.notes:
            first_deck, first = notes.setdefault(note.id, (deck, note))
            if first is not note:
                values = {"value": note.id, "path": first_deck.path, "line": first.line}
                yield _problem_of_note("duplicate-note", deck, note, **values)
    for deck in decks:
        yield from _check_references(deck, notes)
    for cycle in _find_cycles({key: note.requires for key, (_, note) in notes.items()}):
        yield _problem_of_note(
            "requires-cycle", *notes[cycle[0]], value=", ".join(cycle)
        )


def _check_references(
    deck: DeckContent, notes: Mapping[str, object]
) -> Iterator[Problem]:
    for note in deck.notes:
        for name, rule in _REFERENCES:
            for target in getattr(note, name):
                if target not in notes:
                    yield _problem_of_note(
                        rule, deck, note, value=target, advice=suggestion(target, notes)
                    )


def _problem_of_note(
    rule: str, deck: DeckContent, note: Note, /, **values: object
) -> Problem:
    return locate_problem(rule, deck.path, note.line, 1, **values)


def _find_cycles(requires: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield each cycle of notes that require one another, once."""
    done: set[str] = set()
    for start, first in requires.items():
        # The notes from the start to the current one, each with the requirements not visited yet.
        path = {} if start in done else {start: iter(first)}
        while path:
            note, unvisited = next(reversed(path.items()))
            required = next(unvisited, None)
            if required is None:
                done.add(note)
                del path[note]
            elif required in path:
                notes = list(path)
                yield notes[notes.index(required) :]
            elif required in requires and required not in done:
                path[required] = iter(requires[required])


def _check_sources(
    files: Iterable[Path], decks: Sequence[DeckContent]
) -> Iterator[Problem]:
    """Yield the problems of the bibliographies, and the citations missing in them."""
    deck_by_path = {deck.path: deck for deck in decks}
    keys_by_file: dict[Path, set[str]] = {}
    for path in files:
        sources = find_sources(path)
        if sources is None or not path.exists():
            continue
        if sources not in keys_by_file:
            entries, problems = read_sources(sources)
            yield from problems
            keys_by_file[sources] = {entry.key for entry in entries}
        deck = deck_by_path.get(str(path))
        if deck is not None:
            yield from _check_citations(deck, keys_by_file[sources], sources)


def _check_citations(
    deck: DeckContent, source_keys: set[str], sources: Path
) -> Iterator[Problem]:
    for note in deck.notes:
        if note.source is not None and note.source.key not in source_keys:
            advice = suggestion(note.source.key, source_keys)
            values = {"value": note.source.key, "path": sources.name, "advice": advice}
            yield _problem_of_note("unknown-source", deck, note, **values)
