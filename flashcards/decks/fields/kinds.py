"""The fields of every kind of note, and the checks across several fields of a note."""

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


def normalize_text(text: str) -> str:
    """Return text without differences in case and spaces, for comparing."""
    return " ".join(text.split()).casefold()


_id = Text(64, pattern=ID, description=ID_FORM)
_slug = Text(64, pattern=SLUG, description=SLUG_FORM)
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
    "why": Field(
        Text(MOST_SHORT_TEXT), "Why it is right, or why it is tempting but wrong."
    ),
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

_FIRST_FIELDS: Table = {
    "id": Field(
        _id, "Identifies the note for good; progress is saved under it.", required=True
    ),
    "kind": Field(OneOf(*NOTE_KINDS), "The kind of note, basic by default."),
    "style": Field(
        _slug, "The style of the note: contrast, scenario, definition, formula."
    ),
    "tier": Field(
        OneOf("core", "depth", "stretch"), "How soon it is taught, core by default."
    ),
    "topic": Field(_slug, "One of the deck's topics."),
}
_LAST_FIELDS: Table = {
    "hint": Field(Text(MOST_SHORT_TEXT), "A hint shown on request before the answer."),
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
                description="a word without spaces and commas",
            ),
            most=MOST_TAGS,
            single=True,
        ),
        "Words to search and filter by.",
    ),
    "seeds": Field(
        Many(_id, most=64, single=True), "Ids of the coverage list that it answers."
    ),
    "links": Field(
        Many(_id, most=64, single=True), "Ids of confusable or related notes."
    ),
    "requires": Field(Many(_id, most=64, single=True), "Ids of notes to learn first."),
    "as_of": Field(
        Text(
            7,
            pattern=r"[12][0-9]{3}-(?:0[1-9]|1[0-2])",
            description="a month as in 2026-11",
        ),
        "The month in which a fact that goes out of date was last checked.",
    ),
}

_KIND_FIELDS: dict[str, Table] = {
    "basic": {
        "front": _question,
        "back": Field(Text(MOST_TEXT), "The answer.", required=True),
        "reverse": Field(Flag(), "True to ask for the front as well."),
    },
    "cloze": {
        "text": Field(
            Text(MOST_TEXT),
            "Text with gaps {{c1::gap::hint}}; one card per number.",
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
                unique_by=lambda option: normalize_text(option.text),
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
            ToleranceForm(),
            "How far off an answer may be: a number, or a share such as 5%.",
        ),
        "unit": Field(_line, "The unit of the answer."),
        "working": Field(_explanation, "How the number is computed."),
        "variables": Field(
            VariablesForm(), "Names with the values that each may take."
        ),
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
            Many(
                Text(MOST_SHORT_TEXT),
                least=2,
                most=MOST_ITEMS,
                unique_by=normalize_text,
            ),
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
                unique_by=lambda pair: normalize_text(pair.left),
            ),
            "Left sides with the right sides that belong to them.",
            required=True,
        ),
        "lures": Field(
            Many(
                Text(MOST_SHORT_TEXT),
                most=MOST_ITEMS,
                single=True,
                unique_by=normalize_text,
            ),
            "Right sides that belong to no left side.",
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
                unique_by=lambda point: normalize_text(point.text),
            ),
            "The key points of a good answer.",
            required=True,
        ),
    },
}

NOTE_FIELDS: dict[str, Table] = {
    kind: _FIRST_FIELDS | own | _LAST_FIELDS for kind, own in _KIND_FIELDS.items()
}
"""Every field of every kind, in the order of the format."""


class NoteShape(Shape):
    """The keys of one kind of note; the message on a key of another kind names that kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            NOTE_FIELDS[kind], f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} note"
        )

    def report_unknown(self, key: ScalarEvent, collector: ProblemCollector) -> None:
        """Add a problem for an unknown key."""
        kinds = [kind for kind, table in _KIND_FIELDS.items() if key.value in table]
        if not kinds:
            super().report_unknown(key, collector)
            return
        other = kinds[0] if len(kinds) > _MANY_KINDS else "` or `kind: ".join(kinds)
        collector.add(
            "field-of-another-kind", key, place=self.subject, key=key.value, other=other
        )


_SHAPES = {kind: NoteShape(kind) for kind in NOTE_FIELDS}
_NOTE_REFERENCES = ("links", "requires")


def read_note(node: MappingNode, collector: ProblemCollector) -> Note | None:
    """Return the note, or None where it is invalid."""
    errors_before = collector.errors
    kind = _read_kind(node, collector)
    if kind is None:
        return None
    values = _SHAPES[kind].read(node, collector)
    if collector.errors == errors_before:
        _check(kind, values, node, collector)
    if collector.errors > errors_before:
        return None
    values.pop("kind", None)
    return NOTE_KINDS[kind](**values, line=node.start_mark.line + 1 + collector.shift)


def _read_kind(node: MappingNode, collector: ProblemCollector) -> str | None:
    if "kind" not in node or is_null(node["kind"][1]):
        return DEFAULT_KIND
    return _FIRST_FIELDS["kind"].form.read(node["kind"][1], "kind", collector)  # type: ignore[no-any-return]


def _check(
    kind: str, values: Values, node: MappingNode, collector: ProblemCollector
) -> None:
    """Check several fields together; each of them is valid by itself."""
    for name in _NOTE_REFERENCES:
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
    rights = {normalize_text(pair.right) for pair in values["pairs"]}
    for lure in values.get("lures", ()):
        if normalize_text(lure) in rights:
            collector.add("match-lure", node["lures"][1], value=lure)


_CHECKS: dict[str, Callable[[Values, MappingNode, ProblemCollector], None]] = {
    "cloze": check_cloze,
    "choice": _check_choice,
    "numeric": check_numeric,
    "match": _check_match,
}
