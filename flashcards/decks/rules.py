"""The rules of deck files: the id, severity and message of each.

A message says what is wrong and how to fix it. The names in braces are filled in when a
file breaks the rule.
"""

from __future__ import annotations

from flashcards.domain.content import Severity

ERRORS: dict[str, str] = {
    # The file as a whole.
    "file-unreadable": "The file cannot be read: {reason}. Check its name and its permissions.",
    "file-too-large": "The file has {size}, more than {most}. Split it into several decks.",
    "wrong-encoding": "The file is {encoding} text. Save it as UTF-8.",
    "not-utf-8": "The byte {byte} is not UTF-8 text. Save the file as UTF-8.",
    "unsafe-character": "The character {name} is invisible or controls the terminal. Delete it.",
    "syntax": "The YAML cannot be read: {found}. {advice}",
    "several-documents": "A second document starts here. Write one deck per file.",
    "alias": "Anchors and aliases are not supported. Write the value out, or put it in quotes if it is text.",
    "tag": "The YAML tag {tag} is not supported. Delete it, or put the value in quotes if it is text.",
    "duplicate-key": 'The key "{key}" appears twice. Delete one of them.',
    "key-not-text": "A key must be text. Put it in quotes.",
    "too-deep": "The value is nested more than {most} levels deep. Use fewer levels.",
    "too-many-values": "There are more than {most} values here. Split them across several notes.",
    "too-many-notes": "The deck has more than {most} notes. Split it into several decks.",
    "too-many-problems": "There are more than {most} problems. Fix these first; the rest of the file was not read.",
    "not-a-deck": "This is not a deck: the file must be a mapping with deck, title and notes. "
    "Start it with `deck: area/name`.",
    "not-sources": "This is not a bibliography: the file must be a mapping with the key sources. "
    "Start it with `sources:`.",
    # Any field.
    "unknown-key": 'The key "{key}" is not known in {place}. {advice}',
    "field-of-another-kind": '{place} has no "{key}". Write `kind: {other}`, or delete the key.',
    "missing-field": '{place} needs "{key}". Add it.',
    "blank-text": '"{key}" is empty. Fill it in or delete the key.',
    "not-text": '"{key}" must be text, not {found}. Write one value; put it in quotes if it looks like YAML.',
    "too-long": '"{key}" has {length:,} characters, more than {most:,}. Shorten it.',
    "several-lines": '"{key}" must be one line. Join the lines, or write it without `|`.',
    "wrong-form": '"{key}" cannot be `{value}`. Write {form}.',
    "unknown-value": '"{key}" cannot be `{value}`. Write one of {form}.{advice}',
    "not-a-flag": '"{key}" must be true or false, not `{value}`. Write `{key}: true` or delete the key.',
    "not-a-number": '"{key}" must be a number, not `{value}`. Write it in digits, such as 0.05 or 1e-3.',
    "number-out-of-range": '"{key}" cannot be {value}. Write a number {form}.',
    "not-a-list": '"{key}" must be a list, not {found}. Write one item per line, each after "- ".',
    "not-a-mapping": "{place} must be a mapping, not {found}. Write it as `{form}`.",
    "too-few": '"{key}" has {count}, but needs at least {least}. Add more.',
    "too-many": '"{key}" has {count}, more than {most}. Remove some or split the note.',
    "duplicate-item": '"{key}" has `{value}` twice. Change or delete one of them.',
    # Notes.
    "duplicate-id": 'The id "{value}" is taken by the note in line {line}. Give this note a new id.',
    "names-itself": '"{key}" names the note itself. Delete that id.',
    "cloze-without-gap": "The text has no gap. Hide a part of it, as in {{{{c1::gap}}}}.",
    "cloze-broken-gap": "The gap `{value}` is broken. Write it as {{{{c1::gap}}}} or {{{{c1::gap::hint}}}}.",
    "cloze-number": "The gap number `{value}` cannot be used. Number the gaps c1, c2 and so on up to c999.",
    "cloze-empty-gap": "The gap `{value}` hides nothing. Write the hidden text after the number.",
    "cloze-nested-gap": "The gap `{value}` contains another gap. Close the first gap before the next one starts.",
    "choice-without-answer": 'No option is correct. Mark one with "correct: true".',
    "choice-all-correct": "Every option is correct. Add a wrong option.",
    "numeric-tolerance": '"tolerance" cannot be `{value}`. Write a number such as 0.5, or a share such as 5%.',
    "numeric-expression": "The answer `{value}` cannot be computed: {reason}. Write arithmetic over the variables.",
    "numeric-failure": "The answer has no value for {values}: {reason}. Change the expression or the variables.",
    "numeric-unknown-name": 'The answer uses "{value}", which is not a variable.{advice} Add it to the variables.',
    "numeric-range": 'The values of "{key}" cannot be {value}. Write [500, 1000] '
    "or {{from: 20, to: 200, step: 20}}, at most {most:,} of them.",
    "numeric-unknown-gap": 'The text names {{{value}}}, which is not a variable.{advice} Add it to the variables.',
    "match-lure": 'The lure `{value}` is the right side of a pair. Change the lure.',
}  # fmt: skip

WARNINGS: dict[str, str] = {
    "key-differs-from-path": "The deck `{key}` is in {path}. Name the file `{key}.yaml`, or change the key.",
    "unknown-topic": 'The topic "{value}" is not among the topics of the deck.{advice} Add it there.',
    "cloze-uncertain-end": "The braces in the gap `{value}` are not balanced, so it ends at the first }}}}. "
    "Close each brace that the gap opens, or write }} }} for two braces that do not end it.",
    "no-notes": "The deck has no notes. Add one.",
    "numeric-unused-variable": 'The variable "{key}" is used neither in the question nor in the answer. Delete it.',
}  # fmt: skip

ACROSS: dict[str, tuple[Severity, str]] = {
    "duplicate-deck": ("error", "The deck `{key}` is also in {path}. Give one of them another key."),
    "duplicate-note": ("error", 'The id "{value}" is also used in {path}:{line}. Give one of the notes a new id.'),
    "requires-cycle": ("error", "The notes {value} require one another, so none is ever shown. Delete a requirement."),
    "unknown-source": ("error", 'The source "{value}" is not in {path}.{advice} Add it there.'),
    "unknown-link": ("warning", '"links" names `{value}`, which is not in any file.{advice} Correct or delete it.'),
    "unknown-requirement": ("warning", '"requires" names `{value}`, which is not in any file.{advice} Correct or delete it.'),
}  # fmt: skip
"""Rules across several files; `check` applies them."""

RULES: dict[str, tuple[Severity, str]] = (
    {rule: ("error", text) for rule, text in ERRORS.items()}
    | {rule: ("warning", text) for rule, text in WARNINGS.items()}
    | ACROSS
)
"""Severity and text of every rule of the format."""
