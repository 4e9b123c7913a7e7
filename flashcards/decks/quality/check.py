"""Checking deck files: their faults, the rules across files, and the authoring rules."""

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
    """What a check found."""

    notes: int
    """Good notes that were read."""
    problems: list[Problem]
    """Every fault and weakness, file by file and line by line."""
    decks: list[DeckContent] = field(default_factory=list)


def check(
    paths: Sequence[Path], *, quality: bool = False, today: date | None = None
) -> CheckReport:
    """Read the deck files among the paths and return everything that is wrong with them.

    With `quality` the authoring rules are applied too; the age of facts is judged where
    `today` is given.
    """
    decks: list[DeckContent] = []
    problems: list[Problem] = []
    files = find_deck_files(paths)
    for path in files:
        deck, found = read_deck(path)
        problems += found
        if deck is not None:
            decks.append(deck)
    problems += _across(decks)
    bibliographies = [path for path in paths if path.name == SOURCES_NAME]
    problems += _check_sources([*files, *bibliographies], decks)
    if quality:
        from flashcards.decks.quality.quality import quality_problems

        problems += quality_problems(decks, today)
    order = {str(path): place for place, path in enumerate(files)}
    problems.sort(
        key=lambda each: (order.get(each.path, -1), each.path, each.line, each.column)
    )
    return CheckReport(sum(len(deck.notes) for deck in decks), problems, decks)


def _across(decks: Sequence[DeckContent]) -> Iterator[Problem]:
    """Give the faults that only show when several decks are seen together."""
    paths: dict[str, str] = {}
    notes: dict[str, tuple[DeckContent, Note]] = {}
    for deck in decks:
        if paths.setdefault(deck.key, deck.path) != deck.path:
            where = (deck.path, 1, 1)
            yield locate_problem(
                "duplicate-deck", *where, key=deck.key, path=paths[deck.key]
            )
        for note in deck.notes:
            first_deck, first = notes.setdefault(note.id, (deck, note))
            if first is not note:
                words = {"value": note.id, "path": first_deck.path, "line": first.line}
                yield _at("duplicate-note", deck, note, **words)
    for deck in decks:
        yield from _unknown_notes(deck, notes)
    for cycle in _cycles({key: note.requires for key, (_, note) in notes.items()}):
        yield _at("requires-cycle", *notes[cycle[0]], value=", ".join(cycle))


def _unknown_notes(deck: DeckContent, notes: Mapping[str, object]) -> Iterator[Problem]:
    for note in deck.notes:
        for name, rule in _REFERENCES:
            for target in getattr(note, name):
                if target not in notes:
                    yield _at(
                        rule, deck, note, value=target, advice=suggestion(target, notes)
                    )


def _at(rule: str, deck: DeckContent, note: Note, /, **words: object) -> Problem:
    return locate_problem(rule, deck.path, note.line, 1, **words)


def _cycles(requires: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Give every ring of notes that require one another, once."""
    done: set[str] = set()
    for start, first in requires.items():
        # The notes from the start to here, each with its requirements still to be followed.
        path = {} if start in done else {start: iter(first)}
        while path:
            note, rest = next(reversed(path.items()))
            following = next(rest, None)
            if following is None:
                done.add(note)
                del path[note]
            elif following in path:
                ring = list(path)
                yield ring[ring.index(following) :]
            elif following in requires and following not in done:
                path[following] = iter(requires[following])


def _check_sources(
    files: Iterable[Path], decks: Sequence[DeckContent]
) -> Iterator[Problem]:
    """Give the faults of the bibliographies, and the citations they lack."""
    of_deck = {deck.path: deck for deck in decks}
    known: dict[Path, set[str]] = {}
    for path in files:
        sources = find_sources(path)
        if sources is None or not path.exists():
            continue
        if sources not in known:
            entries, problems = read_sources(sources)
            yield from problems
            known[sources] = {entry.key for entry in entries}
        deck = of_deck.get(str(path))
        if deck is not None:
            yield from _unknown_sources(deck, known[sources], sources)


def _unknown_sources(
    deck: DeckContent, known: set[str], sources: Path
) -> Iterator[Problem]:
    for note in deck.notes:
        if note.source is not None and note.source.key not in known:
            advice = suggestion(note.source.key, known)
            words = {"value": note.source.key, "path": sources.name, "advice": advice}
            yield _at("unknown-source", deck, note, **words)
