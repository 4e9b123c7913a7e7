"""Problems of deck files: the place and message of each, compared with golden/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from flashcards.decks.problem_collector import MOST_PROBLEMS
from flashcards.decks.reader import MOST_NOTES, read_deck, read_deck_text
from flashcards.decks.rules import ACROSS, ERRORS, RULES, WARNINGS
from flashcards.decks.yaml import nodes
from tests.goldens import compare_with_golden

GOLDEN = Path(__file__).parent / "golden"
HEAD = "deck: a/b\ntitle: T\nnotes:\n"


def found(path: Path) -> str:
    deck, problems = read_deck_text(path.read_bytes(), f"decks/{path.name}")
    notes = ", ".join(note.id for note in deck.notes) if deck else ""
    lines = [f"{deck.key if deck else 'no deck'}: {notes}".rstrip()]
    for problem in problems:
        lines.append(
            f"{problem.line}:{problem.column}  {problem.severity} {problem.rule}"
        )
        lines.append(f"  {problem.message}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.glob("*.yaml")), ids=lambda path: path.stem
)
def test_every_problem_is_reported_with_its_place_and_remedy(path: Path) -> None:
    compare_with_golden(found(path), path.parent / "problems" / f"{path.stem}.txt")


def test_every_rule_is_covered_by_a_test() -> None:
    met = {
        rule
        for path in [
            *GOLDEN.glob("problems/*.txt"),
            *Path(__file__).parent.glob("test_*.py"),
        ]
        for rule in re.findall(
            r"[a-z0-9]+(?:-[a-z0-9]+)+|syntax|alias|tag", path.read_text()
        )
    }
    assert set(RULES) - met == set()


@pytest.mark.parametrize("rule", [*ERRORS, *WARNINGS, *ACROSS])
def test_every_rule_has_an_id_in_kebab_case_and_a_message_in_sentences(
    rule: str,
) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule)
    text = RULES[rule][1]
    assert text.endswith((".", "{advice}"))
    assert re.search(r"\. |\.\{advice\} |\{advice\}$", text)


def problems_of(text: str | bytes) -> list[tuple[int, int, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    _, problems = read_deck_text(data, "a/b.yaml")
    return [(problem.line, problem.column, problem.rule) for problem in problems]


@pytest.fixture(params=["in C", "in Python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "in Python":
        monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)


@pytest.mark.usefixtures("_parser")
class TestHostileFiles:
    def test_deeply_nested_brackets_are_reported(self) -> None:
        brackets = "[" * 100_000
        # Where a parser stops depends on its release; it never reads on for ever.
        for text, line in ((f"deck: {brackets}", 1), (f"{HEAD}- {{id: {brackets}", 4)):
            assert [(n, rule) for n, _, rule in problems_of(text)] == [
                (line, "too-deep")
            ]
        assert next(rule for _, _, rule in problems_of(brackets)) in (
            "not-a-deck",
            "too-deep",
        )

    def test_deep_indentation_is_reported(self) -> None:
        text = "deck:\n" + "".join(" " * depth + "- \n" for depth in range(1, 60))
        assert [rule for _, _, rule in problems_of(text)] == ["too-deep"]

    def test_a_billion_laughs_attack_is_stopped(self) -> None:
        laughs = "a: &a [ha, ha]\n" + "".join(
            f"{new}: &{new} [*{old}, *{old}, *{old}]\n"
            for old, new in zip("abcdefghi", "bcdefghij", strict=True)
        )
        rules = {rule for _, _, rule in problems_of(laughs)}
        assert rules == {"alias", "unknown-key", "missing-field"}

    def test_an_endless_list_is_stopped(self) -> None:
        text = HEAD + "- {id: a, front: A, back: b, tags: [" + "x, " * 20_000 + "]}\n"
        assert [rule for _, _, rule in problems_of(text)] == ["too-many-values"]

    def test_every_spelling_of_the_escape_character_is_refused(self) -> None:
        for spelling in (
            r'"\e[31m"',
            r'"\x1b[31m"',
            r'"\u001b"',
            r'"\U0000009b"',
            "\x1b]52;c;aGk=\x07",
        ):
            deck, problems = read_deck_text(
                f"{HEAD}- id: a\n  front: {spelling}\n  back: b\n".encode(), "a/b.yaml"
            )
            assert deck is not None
            assert deck.notes == ()
            assert {problem.rule for problem in problems} == {"unsafe-character"}

    def test_a_tag_runs_no_code(self) -> None:
        text = (
            HEAD
            + '- {id: a, front: !!python/object/apply:os.system ["exit 3"], back: b}\n'
        )
        assert [rule for _, _, rule in problems_of(text)] == ["tag", "not-text"]

    def test_tabs_and_duplicate_keys_are_reported(self) -> None:
        text = (
            HEAD
            + "- id: a\n  front: A?\n\tback: b\n- {id: b, id: c, front: B, back: b}\n"
        )
        assert [rule for _, _, rule in problems_of(text)] == ["syntax", "duplicate-key"]


def test_a_text_of_fifty_megabytes_is_refused() -> None:
    text = f"{HEAD}- {{id: a, front: A, back: {'x' * 50_000_000}}}\n- {{id: b, front: B, back: b}}\n"
    deck, problems = read_deck_text(text.encode(), "a/b.yaml")
    assert deck is not None
    assert [note.id for note in deck.notes] == ["b"]
    assert [problem.rule for problem in problems] == ["too-long"]
    assert [problem.message for problem in problems] == [
        '"back" has 50,000,000 characters, more than 100,000. Shorten it.'
    ]


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("choice, question: Q, options: [{text: right, correct: true}, ITEMS]", 49),
        ("order, question: Q, items: [ITEMS]", 50),
        ("match, question: Q, pairs: [PAIRS]", 50),
        ("recall, question: Q, points: [ITEMS]", 50),
        ("typed, question: Q, accept: [ITEMS]", 100),
    ],
)
def test_the_number_of_items_of_a_note_is_limited(kind: str, most: int) -> None:
    def rules(count: int) -> list[str]:
        words = [f"item{number}" for number in range(count)]
        items = [f"{{text: {word}}}" if "choice" in kind else word for word in words]
        pairs = [f"{{left: {word}, right: R{word}}}" for word in words]
        own = kind.replace("ITEMS", ", ".join(items)).replace("PAIRS", ", ".join(pairs))
        return [rule for _, _, rule in problems_of(f"{HEAD}- {{id: n, kind: {own}}}\n")]

    assert rules(most) == []
    assert rules(most + 1) == ["too-many"]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    deck, problems = read_deck(path)
    assert deck is None
    assert [problem.rule for problem in problems] == ["file-too-large"]


def test_other_encodings_are_named_in_the_message() -> None:
    text = "deck: a/b\ntitle: Café\nnotes: []\n"
    for encoding, name in (
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32"),
    ):
        deck, problems = read_deck_text(text.encode(encoding), "a/b.yaml")
        assert deck is None
        assert [str(problem) for problem in problems] == [
            f"a/b.yaml:1:1  wrong-encoding\n  The file is {name} text. Save it as UTF-8."
        ]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    text = HEAD + "- id: a\n  front: |\n    One\n    two?\n  back: b\n  hnt: c\n"
    data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    deck, problems = read_deck_text(data.replace(b"  hnt: c\r\n", b""), "a/b.yaml")
    assert problems == []
    assert deck is not None
    assert deck.notes[0].front == "One\ntwo?\n"  # type: ignore[attr-defined]
    assert problems_of(data) == [(9, 3, "unknown-key")]


def test_a_stand_in_character_in_a_file_is_refused() -> None:
    assert problems_of(HEAD + "- {id: a, front: \ufdd0, back: b}\n") == [
        (4, 18, "unsafe-character")
    ]


def test_reading_stops_after_too_many_problems() -> None:
    _, problems = read_deck_text(
        (HEAD + "- x\n" * (MOST_PROBLEMS + 50)).encode(), "a/b.yaml"
    )
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].rule == "too-many-problems"


def test_the_number_of_notes_of_a_deck_is_limited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert MOST_NOTES >= 100_000
    monkeypatch.setattr("flashcards.decks.reader.MOST_NOTES", 3)
    note = "- {id: a%d, front: A, back: b}\n"
    deck, problems = read_deck_text(
        (HEAD + "".join(note % number for number in range(9))).encode(), "a/b.yaml"
    )
    assert deck is not None
    assert len(deck.notes) == 3
    assert {problem.rule for problem in problems} == {"too-many-notes"}


def test_a_missing_file_and_a_directory_are_reported(tmp_path: Path) -> None:
    _, problems = read_deck(tmp_path / "none.yaml")
    assert [problem.message for problem in problems] == [
        "The file cannot be read: No such file or directory. Check its name and its permissions."
    ]
    _, problems = read_deck(tmp_path)
    assert [problem.rule for problem in problems] == ["file-unreadable"]


def test_many_broken_notes_take_linear_time() -> None:
    note = "- id: n{}\n  front: 'open {}\n  back: b: c\n"
    text = HEAD + "".join(note.format(number, number) for number in range(3000))
    deck, problems = read_deck_text(text.encode(), "a/b.yaml")
    assert deck is not None
    assert deck.notes == ()
    assert len(problems) >= 3000


@pytest.mark.parametrize(
    ("topics", "rule"),
    [
        ("[a, b]", "not-a-mapping"),
        ("{" + ", ".join(f"t{number}: T" for number in range(101)) + "}", "too-many"),
        ("{a: [b]}", "not-text"),
    ],
)
def test_topics_are_slugs_with_titles(topics: str, rule: str) -> None:
    text = f"deck: a/b\ntitle: T\ntopics: {topics}\nnotes: [{{id: a, front: A, back: b}}]\n"
    assert [found for _, _, found in problems_of(text)] == [rule]


@pytest.mark.parametrize(
    ("variables", "answer", "rules"),
    [
        ("{a: []}", "a", ["numeric-range"]),
        ("{a: {from: 3, to: 1, step: 1}}", "a", ["numeric-range"]),
        ("{a: {from: 1, to: 3, step: 0}}", "a", ["numeric-range"]),
        ("{a: {from: 1, to: x, step: 1}}", "a", ["not-a-number"]),
        ("{max: [1], a: [1]}", "a", ["wrong-form"]),
        (
            "{" + ", ".join(f"{name}: [1]" for name in "abcdefghi") + "}",
            "a+b+c+d+e+f+g+h+i",
            ["too-many"],
        ),
        # Zero is no corner and there are too many combinations to try each of them.
        (
            "{a: {from: -50, to: 50, step: 1}, b: {from: 1, to: 50, step: 1}}",
            "b / a",
            ["numeric-failure"],
        ),
        ("null", "1", []),
    ],
)
def test_variables_with_wrong_values_are_reported(
    variables: str, answer: str, rules: list[str]
) -> None:
    note = f"- {{id: n, kind: numeric, question: 'A', variables: {variables}, answer: {answer}}}\n"
    assert [rule for _, _, rule in problems_of(HEAD + note)] == rules


def test_only_the_first_of_many_broken_gaps_are_reported() -> None:
    for unit, rule in (
        ("{{c1::", "cloze-broken-gap"),
        ("{{c1:: {{", "cloze-nested-gap"),
    ):
        text = unit * 1000 + ("}}" if rule == "cloze-nested-gap" else "")
        problems = problems_of(
            f'{HEAD}  - id: a-1\n    kind: cloze\n    text: "{text}"\n'
        )

        assert {found for *_, found in problems} == {rule}
        assert len(problems) <= 20
