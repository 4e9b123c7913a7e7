"""The fields of every kind of note, and the rules that look at several fields of one note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.decks.fields.cloze import check_cloze
from flashcards.decks.fields.fields import Field, Record, Shape, Table
from flashcards.decks.fields.forms import Flag, Many, Number, OneOf, Text
from flashcards.decks.fields.limits import (
    MOST_ANSWER,
    MOST_ITEMS,
    MOST_SHORT_TEXT,
    MOST_TAG,
    MOST_TAGS,
    MOST_TEXT,
)
from flashcards.decks.fields.numeric import (
    AnswerForm,
    ToleranceForm,
    VariablesForm,
    check_numeric,
)
from flashcards.decks.yaml.nodes import MappingNode, is_null
from flashcards.domain.content import (
    NOTE_KINDS,
    Note,
    Option,
    Pair,
    Point,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.events import ScalarEvent

    from flashcards.decks.problem_collector import ProblemCollector

Values = dict[str, Any]
ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
ID_FORM = (
    "up to 64 letters, digits, dots, hyphens and underscores, a letter or digit first"
)
SLUG = r"[a-z0-9][a-z0-9_-]{0,63}"
SLUG_FORM = "up to 64 lower-case letters, digits, hyphens and underscores"
DEFAULT_KIND = "basic"
_MANY_KINDS = 3


def folded(text: str) -> str:
    """Return text for comparing: case and spaces do not count."""
    return " ".join(text.split()).casefold()


_id = Text(64, pattern=ID, wanted=ID_FORM)
_slug = Text(64, pattern=SLUG, wanted=SLUG_FORM)
_line = Text(200, one_line=True)
_question = Field(Text(MOST_TEXT), "What is asked.", required=True)
_explanation = Text(MOST_TEXT)
_keyword = Text(100, one_line=True)

SOURCE_FIELDS: Table = {
    "key": Field(_id, "A key of sources.yaml.", required=True),
    "at": Field(_line, "The place in the source, such as sec. 2."),
}
OPTION_FIELDS: Table = {
    "text": Field(Text(MOST_SHORT_TEXT), "What the option says.", required=True),
    "correct": Field(Flag(), "True for a correct option."),
    "why": Field(Text(MOST_SHORT_TEXT), "Why it is right, or why it tempts and fails."),
    "misconception": Field(_line, "The misconception behind a wrong option."),
}
PAIR_FIELDS: Table = {
    "left": Field(
        Text(MOST_SHORT_TEXT), "The left side, shown in this order.", required=True
    ),
    "right": Field(
        Text(MOST_SHORT_TEXT), "The right side that belongs to it.", required=True
    ),
}
POINT_FIELDS: Table = {
    "text": Field(Text(MOST_SHORT_TEXT), "The key point.", required=True),
    "required": Field(Flag(), "True where missing the point caps the rating at Hard."),
    "weight": Field(
        Number(above=0, most=100), "How much the point counts, 1 by default."
    ),
    "keywords": Field(
        Many(_keyword, most=MOST_ITEMS, single=True),
        "Words in an answer that tick the point.",
    ),
}

_BEFORE: Table = {
    "id": Field(_id, "Names the note for ever; progress hangs on it.", required=True),
    "kind": Field(OneOf(*NOTE_KINDS), "The kind of note, basic by default."),
    "style": Field(
        _slug, "What the note is like: contrast, scenario, definition, formula."
    ),
    "tier": Field(
        OneOf("core", "depth", "stretch"), "How soon it is taught, core by default."
    ),
    "topic": Field(_slug, "One of the deck's topics."),
}
_AFTER: Table = {
    "hint": Field(Text(MOST_SHORT_TEXT), "A nudge shown on demand before the answer."),
    "why": Field(_explanation, "The mechanism or consequence, shown after the answer."),
    "source": Field(
        Record(
            Source,
            Shape(SOURCE_FIELDS, "a source"),
            short="key",
            example="{key: opitz2019, at: sec. 2}",
        ),
        "Where the fact comes from: a key of sources.yaml and the place in it.",
    ),
    "derived": Field(Text(MOST_SHORT_TEXT), "The arithmetic behind a computed number."),
    "tags": Field(
        Many(
            Text(
                MOST_TAG,
                pattern=rf"[^\s,]{{1,{MOST_TAG}}}",
                wanted="a word without spaces and commas",
            ),
            most=MOST_TAGS,
            single=True,
        ),
        "Words to find and filter by.",
    ),
    "seeds": Field(
        Many(_id, most=64, single=True), "Ids of the coverage list it answers."
    ),
    "links": Field(
        Many(_id, most=64, single=True), "Ids of confusable or related notes."
    ),
    "requires": Field(
        Many(_id, most=64, single=True), "Ids of notes to be known before."
    ),
    "as_of": Field(
        Text(
            7, pattern=r"[12][0-9]{3}-(?:0[1-9]|1[0-2])", wanted="a month as in 2026-11"
        ),
        "The month in which an ageing fact was checked.",
    ),
}

_OWN: dict[str, Table] = {
    "basic": {
        "front": _question,
        "back": Field(Text(MOST_TEXT), "The answer.", required=True),
        "reverse": Field(Flag(), "True to ask for the front as well."),
    },
    "cloze": {
        "text": Field(
            Text(MOST_TEXT),
            "Text with gaps {{c1::gap::hint}}; one card a number.",
            required=True,
        ),
    },
    "choice": {
        "question": _question,
        "options": Field(
            Many(
                Record(
                    Option,
                    Shape(OPTION_FIELDS, "an option"),
                    example="{text: An option, correct: true}",
                ),
                least=2,
                most=MOST_ITEMS,
                same=lambda option: folded(option.text),
            ),
            "Two or more options, one or several of them correct.",
            required=True,
        ),
    },
    "numeric": {
        "question": _question,
        "answer": Field(
            AnswerForm(), "The number, or arithmetic over the variables.", required=True
        ),
        "tolerance": Field(
            ToleranceForm(), "How far off is right: a number, or a share such as 5%."
        ),
        "unit": Field(_line, "The unit of the answer."),
        "working": Field(_explanation, "How the number comes about."),
        "variables": Field(VariablesForm(), "Names with the values each may take."),
    },
    "typed": {
        "question": _question,
        "accept": Field(
            Many(
                Text(MOST_ANSWER, one_line=True),
                least=1,
                most=2 * MOST_ITEMS,
                single=True,
            ),
            "The accepted answers, the best one first.",
            required=True,
        ),
    },
    "order": {
        "question": _question,
        "items": Field(
            Many(Text(MOST_SHORT_TEXT), least=2, most=MOST_ITEMS, same=folded),
            "The items in the right order.",
            required=True,
        ),
    },
    "match": {
        "question": _question,
        "pairs": Field(
            Many(
                Record(
                    Pair,
                    Shape(PAIR_FIELDS, "a pair"),
                    example="{left: recall, right: TP / (TP + FN)}",
                ),
                least=2,
                most=MOST_ITEMS,
                same=lambda pair: folded(pair.left),
            ),
            "Left sides with the right sides that belong to them.",
            required=True,
        ),
        "lures": Field(
            Many(Text(MOST_SHORT_TEXT), most=MOST_ITEMS, single=True, same=folded),
            "Rights that belong nowhere.",
        ),
    },
    "recall": {
        "question": _question,
        "points": Field(
            Many(
                Record(
                    Point,
                    Shape(POINT_FIELDS, "a point"),
                    short="text",
                    example="{text: A point, required: true}",
                ),
                least=1,
                most=MOST_ITEMS,
                same=lambda point: folded(point.text),
            ),
            "The key points of a good answer.",
            required=True,
        ),
    },
}

NOTE_FIELDS: dict[str, Table] = {
    kind: _BEFORE | own | _AFTER for kind, own in _OWN.items()
}
"""Every field of every kind, in the order of the format."""


class NoteShape(Shape):
    """The keys of one kind of note; a key of another kind names that kind in its message."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            NOTE_FIELDS[kind], f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} note"
        )

    def unknown(self, key: ScalarEvent, collector: ProblemCollector) -> None:
        """Add the problem of a key that is not known here."""
        others = [other for other, table in _OWN.items() if key.value in table]
        if not others:
            super().unknown(key, collector)
            return
        other = others[0] if len(others) > _MANY_KINDS else "` or `kind: ".join(others)
        collector.add(
            "field-of-another-kind", key, place=self.subject, key=key.value, other=other
        )


_SHAPES = {kind: NoteShape(kind) for kind in NOTE_FIELDS}
_NAMES_NOTES = ("links", "requires")


def read_note(node: MappingNode, collector: ProblemCollector) -> Note | None:
    """Return the note, or None where it is faulty."""
    before = collector.errors
    kind = _kind(node, collector)
    if kind is None:
        return None
    values = _SHAPES[kind].read(node, collector)
    if collector.errors == before:
        _check(kind, values, node, collector)
    if collector.errors > before:
        return None
    values.pop("kind", None)
    return NOTE_KINDS[kind](**values, line=node.start_mark.line + 1 + collector.shift)


def _kind(node: MappingNode, collector: ProblemCollector) -> str | None:
    if "kind" not in node or is_null(node["kind"][1]):
        return DEFAULT_KIND
    return _BEFORE["kind"].form.read(node["kind"][1], "kind", collector)  # type: ignore[no-any-return]


def _check(
    kind: str, values: Values, node: MappingNode, collector: ProblemCollector
) -> None:
    """Apply the rules over several fields, which are all good by themselves."""
    for name in _NAMES_NOTES:
        if values["id"] in values.get(name, ()):
            collector.add("names-itself", node[name][1], key=name)
    check = _CHECKS.get(kind)
    if check is not None:
        check(values, node, collector)


def _check_choice(
    values: Values, node: MappingNode, collector: ProblemCollector
) -> None:
    correct = [option.correct for option in values["options"]]
    if not any(correct):
        collector.add("choice-without-answer", node["options"][1])
    elif all(correct):
        collector.add("choice-all-correct", node["options"][1])


def _check_match(
    values: Values, node: MappingNode, collector: ProblemCollector
) -> None:
    rights = {folded(pair.right) for pair in values["pairs"]}
    for lure in values.get("lures", ()):
        if folded(lure) in rights:
            collector.add("match-lure", node["lures"][1], value=lure)


_CHECKS: dict[str, Callable[[Values, MappingNode, ProblemCollector], None]] = {
    "cloze": check_cloze,
    "choice": _check_choice,
    "numeric": check_numeric,
    "match": _check_match,
}
