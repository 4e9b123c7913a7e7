"""Checking several files: the rules across files, and the bibliography."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flashcards.decks.files import shipped_decks
from flashcards.decks.quality.check import check
from flashcards.decks.sources import read_sources
from flashcards.domain.content import SourceEntry
from tests.unit.decks.conftest import Write


def messages(*paths: Path) -> list[str]:
    return [str(problem) for problem in check(paths).problems]


def test_valid_decks_have_no_problems(write: Write, tmp_path: Path) -> None:
    write("sources.yaml", "sources: {one: {authors: A, title: T}}")
    write(
        "a/b.yaml",
        """
        deck: a/b
        title: B
        notes:
          - {id: n1, front: One, back: a, source: one, links: [n2], requires: [n3]}
          - {id: n2, front: Two, back: b}
        """,
    )
    write("a/c.yaml", "deck: a/c\ntitle: C\nnotes: [{id: n3, front: Three, back: c}]\n")
    write("interviews/case.yaml", "case: not a deck\n")
    write(".hidden/x.yaml", "not a deck\n")
    report = check([tmp_path])
    assert report.problems == []
    assert report.notes == 3
    assert [deck.key for deck in report.decks] == ["a/b", "a/c"]


def test_a_key_or_id_in_two_files_is_reported(write: Write) -> None:
    first = write(
        "a.yaml", "deck: a\ntitle: A\nnotes: [{id: n1, front: One, back: a}]\n"
    )
    second = write(
        "b/a.yaml", "deck: a\ntitle: A\nnotes:\n  - {id: n1, front: One, back: b}\n"
    )
    assert messages(first, second) == [
        (
            f"{second}:1:1  duplicate-deck\n  The deck `a` is also in {first}. "
            "Give one of them another key."
        ),
        (
            f'{second}:4:1  duplicate-note\n  The id "n1" is also used in {first}:3. '
            "Give one of the notes a new id."
        ),
    ]


def test_unknown_ids_are_warnings_with_a_suggestion(write: Write) -> None:
    path = write(
        "a.yaml",
        """
        deck: a
        title: A
        notes:
          - {id: mcl-001, front: One, back: a, links: [mcl-02], requires: [elsewhere]}
          - {id: mcl-002, front: Two, back: b}
        """,
    )
    report = check([path])
    assert {problem.severity for problem in report.problems} == {"warning"}
    assert [str(problem) for problem in report.problems] == [
        (
            f'{path}:4:1  unknown-link\n  "links" names `mcl-02`, which is not in any file. '
            'Did you mean "mcl-002"? Correct or delete it.'
        ),
        (
            f'{path}:4:1  unknown-requirement\n  "requires" names `elsewhere`, which is not in any file. '
            "Correct or delete it."
        ),
    ]


def test_notes_that_require_one_another_are_reported_once(write: Write) -> None:
    path = write(
        "a.yaml",
        """
        deck: a
        title: A
        notes:
          - {id: n1, front: One, back: a, requires: [n2, n4]}
          - {id: n2, front: Two, back: b, requires: [n3]}
          - {id: n3, front: Three, back: c, requires: [n1]}
          - {id: n4, front: Four, back: d}
        """,
    )
    assert messages(path) == [
        (
            f"{path}:4:1  requires-cycle\n  The notes n1, n2, n3 require one another, "
            "so none is ever shown. Delete a requirement."
        )
    ]


def test_a_long_chain_of_requirements_is_not_a_cycle(write: Write) -> None:
    lines = [
        f"  - {{id: n{n}, front: A, back: b, requires: [n{n + 1}]}}"
        for n in range(5000)
    ]
    path = write("a.yaml", "deck: a\ntitle: A\nnotes:\n" + "\n".join(lines[:-1]) + "\n")
    rules = [problem.rule for problem in check([path]).problems]
    assert rules == ["unknown-requirement"]


def test_citations_are_looked_up_in_the_nearest_bibliography(write: Write) -> None:
    write("sources.yaml", "sources: {opitz2019: {authors: A, title: T}}")
    path = write(
        "x/y/a.yaml",
        "deck: a\ntitle: A\nnotes: [{id: n1, front: One, back: a, source: {key: opitz2018}}]\n",
    )
    assert messages(path) == [
        (
            f'{path}:3:1  unknown-source\n  The source "opitz2018" is not in sources.yaml. '
            'Did you mean "opitz2019"? Add it there.'
        )
    ]


def test_citations_are_not_checked_without_a_bibliography(write: Write) -> None:
    path = write(
        "a.yaml",
        "deck: a\ntitle: A\nnotes: [{id: n1, front: One, back: a, source: x}]\n",
    )
    assert messages(path) == []


def test_a_bibliography_is_read_with_valid_entries_and_problems(write: Write) -> None:
    path = write(
        "sources.yaml",
        """
        sources:
          opitz2019: {authors: Opitz & Burst, year: 2019, title: Macro F1 and Macro F1,
                      venue: "arXiv:1911.03347", url: "https://arxiv.org/abs/1911.03347", kind: paper}
          living: {authors: The project, title: Guide}
          bad key: {authors: A, title: T}
          late: {authors: A, title: T, year: soon, url: ftp://x, kind: novel, isbn: 3}
          text: only
          blank: {authors: A}
        """,
    )
    entries, problems = read_sources(path)
    assert entries == (
        SourceEntry(
            "opitz2019", "Opitz & Burst", "Macro F1 and Macro F1", 2019, "arXiv:1911.03347",
            "https://arxiv.org/abs/1911.03347", "paper",
        ),
        SourceEntry("living", "The project", "Guide"),
    )  # fmt: skip
    assert [(problem.line, problem.rule) for problem in problems] == [
        (5, "wrong-form"),
        (6, "not-a-number"),
        (6, "wrong-form"),
        (6, "unknown-value"),
        (6, "unknown-key"),
        (7, "not-a-mapping"),
        (8, "missing-field"),
    ]
    assert [p.rule for p in check([path]).problems] == [
        problem.rule for problem in problems
    ]


def test_a_file_that_is_not_a_bibliography_is_reported(write: Write) -> None:
    assert [p.rule for p in read_sources(write("a.yaml", "- a\n"))[1]] == [
        "not-sources"
    ]
    assert [p.rule for p in read_sources(write("a.yaml", "a: b\n"))[1]] == [
        "not-sources"
    ]
    assert [p.rule for p in read_sources(write("a.yaml", "sources: [a]\n"))[1]] == [
        "not-a-mapping"
    ]
    assert [
        p.rule for p in read_sources(write("a.yaml", "sources: {a: b: c}\n"))[1]
    ] == ["syntax"]
    assert read_sources(write("a.yaml", "sources:\n")) == ((), [])
    assert [p.rule for p in read_sources(Path("nowhere.yaml"))[1]] == [
        "file-unreadable"
    ]


def test_an_escape_character_in_the_bibliography_is_refused(write: Write) -> None:
    path = write("a.yaml", 'sources: {a: {authors: "\\e[2J", title: T}}\n')
    entries, problems = read_sources(path)
    assert [problem.rule for problem in problems] == ["unsafe-character"]
    assert all("\x1b" not in entry.authors for entry in entries)


def test_the_shipped_decks_have_no_problems() -> None:
    report = check([shipped_decks()], quality=True, today=date(2026, 11, 20))
    assert [problem for problem in report.problems if problem.severity == "error"] == []
