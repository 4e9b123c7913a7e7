"""The rules that files of other formats can break: severity and message of each.

A note that does not fit the deck format breaks a rule of `flashcards.decks.rules` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.decks.problem_collector import ProblemCollector
from flashcards.decks.rules import RULES

if TYPE_CHECKING:
    from flashcards.domain.content import Severity

_ERRORS: dict[str, str] = {
    # Any file.
    "repeated-id": "The id `{value}` is taken by the note in line {line}, so this note was left out. Give it another id.",
    "unknown-encoding": "The file is not UTF-8, and its encoding cannot be recognized. Save it as UTF-8, in a spreadsheet as CSV UTF-8, then import it again.",
    # Markdown.
    "not-this-format": "The file has no card in the form of {form}. {advice}",
    "not-recognized": "No cards were found. The file was searched for {forms}. {advice}",
    "nothing-taken": "No question in the file could be imported, for the reasons above. Correct them, then import the "
    "file again.",
    "running-text": "The lines read as running text, so no cards were made of them. "
    "If they are cards, name the columns in the first row: front,back.",
    "no-question-column": "The first row names columns, but none for the question. Name one of them front, and one back.",
    "question-without-answer": "The question has no answer. Write one below it in a line that begins with A:.",
    "answer-without-question": "The answer has no question. Write one above it in a line that begins with Q:.",
    "cloze-without-brackets": "The cloze hides nothing. Put square brackets around a part of it.",
    "cloze-brackets": "The square brackets do not pair up at `{value}`. Close each one before the next opens, "
    "and write `\\[` or `\\]` where they are text.",
    # JSON.
    "json-syntax": "The JSON cannot be read: {reason}. Correct it here.",
    "json-not-ours": "The file was not written by `flashcards export`. Name its format with --format.",
    "json-too-new": "The file was written by a newer version of flashcards. Update the program.",
    "json-too-deep": "The values are nested too deeply. Export the file again.",
    # GIFT.
    "gift-braces": "The braces of the question do not pair up. Close them before the next blank line, "
    "and write a brace that is text with a backslash before it.",
    "gift-answers": "No answer in `{value}` is wholly right. Mark one with an equals sign.",
    "gift-number": "`{value}` is not a number. Write 3.14, 3.14:0.01 or 3.1..3.2.",
    "gift-pair": "`{value}` is not a pair. Write it as left -> right.",
    # Moodle XML.
    "broken-xml": "The XML cannot be read: {reason}. Export the questions again.",
    "moodle-answers": "No answer to the question is wholly right, or one is missing. Correct it in Moodle, then export it again.",
    # Tables.
    "ragged-row": "The row has {count}, the table has {most}. Put quotes around a value that holds the separator or a line break.",
    "broken-quotes": "The quotes of the row do not pair up, so it was left out, up to where the next row begins: {count}. "
    "Write a quote within a value twice.",
    "row-without-answer": "The row has a question but no answer. Write the answer in the next column.",
    "row-too-long": "The row is longer than a card could be. Close the quote that it opens, or shorten it.",
    "too-many-lines": "The file has more than {most:,} lines. Split it into several files.",
    "unknown-option": "`{value}` is not one of the options. Write the letter, the number or the text of the right one.",
    "broken-json-cell": "The column json cannot be read. Write it as it was exported, or clear it.",
    # Anki packages.
    "more-notes-left-out": "More notes were left out for reasons such as these: {count} ({names}). Correct the first "
    "ones, then import again.",
    "anki-not-a-package": "This is not an Anki package: {reason}. Export the deck from Anki as .apkg or .colpkg.",
    "anki-in-use": "Anki has not written all of the collection yet: `{name}` is not empty. Close Anki, then import again.",
    "anki-placeholder": "This is only a placeholder for older programs, with no card of yours. Import `{name}` instead.",
    "anki-damaged": "The package is damaged: {reason}. Export or download it again.",
    "anki-too-new": "The package is of version {version}, which is newer than this program. In Anki, export it "
    'with "Support older Anki versions" ticked.',
    "anki-too-large": "The package is too large to be read safely: {what}. Export fewer decks at a time.",
    "anki-database": "The collection in the package cannot be read: {reason}. In Anki, run Tools > Check "
    "Database, then export it again.",
    "anki-no-notetype": "{value}: its notetype is not in the package, so it cannot be read. In Anki, run Tools > "
    "Check Database, then export it again.",
    "anki-image-occlusion": "{value}: it hides parts of a picture, which a terminal cannot show. Keep it in Anki, or ask "
    "for the same in words.",
    "anki-no-question": "{value}: none of its cards has a question. Fill its first field in Anki.",
    "anki-long-field": "{value}: one of its fields has more than 400,000 characters. Split the note in Anki.",
    "anki-no-answer": "{value}: one of its cards has no answer. Fill its back in Anki.",
    # CrowdAnki.
    "broken-json": "The JSON cannot be read: {reason}. Export the deck again.",
    "crowdanki-too-large": "The file has more than {most} lists and mappings. Export fewer decks at a time.",
    "crowdanki-broken-note": "{value}: its fields are not a list of texts. Export the deck again.",
    "crowdanki-no-notetype": "{value}: its notetype is not in the file. Export the deck again, from the top of its tree.",
}  # fmt: skip

_WARNINGS: dict[str, str] = {
    # Any file.
    "characters-removed": "Invisible characters and characters that control the terminal were removed, here and further down: "
    "{count}. Delete them in the file.",
    "same-wording": "The note repeats the one in line {line}, so it was imported once. Delete one of the two.",
    "guessed-encoding": "The file is not UTF-8; it was read as {encoding}. Save it as UTF-8 if letters with accents are wrong.",
    # Tables.
    "broken-quote": "The quotes of the row do not pair up around its values, so they were read as text. Write a quote within a value twice.",
    "unknown-column": "The column `{value}` was left out. Give it one of the names front, back, why, hint, tags, deck or "
    "id to import it.",
    "unknown-columns": "Also left out: {count} with unknown names.",
    "guessed-columns": "The first row does not name columns for question and answer, so they were read from `{front}` and "
    "`{back}`. Name the columns front and back if others are meant.",
    "unnamed-columns": "The table has {count}, of which only the first three were read: question, answer and tags. Name the "
    "columns in the first row to import them all.",
    "html-read": "Texts with HTML were converted to Markdown, here and further down: {count}. Text that only looks "
    "like a tag stays as it is.",
    "tags-left-out": "Only the first {most} tags of the note were imported. Left out: {value}.",
    "answer-left-out": "The answer of {value} note comes from the column json, so its column back was left out.",
    "passed-over": "The first row does not name columns for question and answer, so the file was skipped. Import it by "
    "its name if it holds cards.",
    "media-name": "A picture or sound was left out because of its name: `{value}`. Rename it to letters, digits, "
    "hyphens and a suffix.",
    "media-unreadable": "A picture or sound was left out; the notes that name it were imported. {reason}",
    "media-missing": "Pictures or sounds that the notes name were not found next to the file: {count} ({names}). Put them "
    "there and import the file again.",
    "media-too-large": "The file `{value}` was left out: a picture or sound may have up to 100 MiB, all of an import "
    "together 2 GiB.",
    # Markdown.
    "front-matter": "The front matter cannot be read: {reason}. The deck is named after its file.",
    "stray-text": "The text from here on belongs to no card and was left out. Begin a card with Q: or C:.",
    "open-code": "The block of code that begins here is never closed, so everything below it counts as code. "
    "Close it with a line like this one.",
    "card-without-heading": "The card has no heading, so it was left out. Begin it with #, a space and the question.",
    "heading-without-answer": "There is no answer below the heading, so it was left out. Write the answer there.",
    "card-without-answer": "There is no answer below the block, so it was left out. Write the answer in a block below it.",
    "side-missing": "The card has one side and hides nothing, so it was left out. Write --- and the answer below it.",
    "empty-side": "One side of the card is empty, so it was left out: `{value}`. Write both sides.",
    "bad-schedule": "The schedule `{value}` cannot be read, so the card starts as a new one.",
    "schedule-without-card": "The schedule here belongs to no card, so it was left out: `{value}`.",
    # JSON.
    "json-value": "{item} has an invalid value, so it was left out. Export the file again, or correct it.",
    "json-left-out": "Left out, because their notes are not in the file: {what}. Export everything again, including their "
    "decks.",
    "json-unknown": "This version does not know `{value}`, so it was left out. Correct its name, or update the program.",
    "json-kept": "Left out, because the store already has other values: {what}. Import the file into a new home to "
    "get them.",
    # GIFT.
    "gift-description": "The text asks nothing, so it was left out. Write answers in braces after it.",
    "moodle-type": "Questions of the type `{value}` are not supported, so this one was left out. Ask the same in "
    "another type.",
    "moodle-gap-answers": "A gap has one right answer here, so other answers and their feedback were left out: {count}.",
    "moodle-description": "The description asks nothing, so it was left out.",
    "gift-no-answer": "The essay question has no answer to learn, so it was left out. Write one after #### in its braces.",
    "gift-partial": "Answers that earn a part of the credit were left out: {value}.",
    "gift-partial-option": "Options that earn a part of the credit count as wrong here: {value}.",
    "gift-several-numbers": "Only the first right number was imported. Left out: {value}.",
    # Anki packages, all notes together.
    "unsafe-characters-removed": "Notes from which invisible or control characters were removed: {count} ({names}).",
    "anki-empty-cards": "Cards left out because they have no question: {count} ({names}). In Anki, Tools > Empty "
    "Cards shows them.",
    "anki-media-only": "Cards whose question is only a picture or a sound, of which a terminal shows the name: {count} "
    "({names}). Suspend them, or add words.",
    "anki-surplus-fields": "Notes with more fields than their notetype, whose extra fields were left out: {count} ({names}).",
    "anki-split": "Notes whose cards ask different questions, so that each card became a note: {count} ({names}).",
    "anki-many-tags": "Notes with more than 100 tags, of which the first 100 were imported: {count} ({names}).",
    "anki-several-decks": "Notes with cards in several decks, imported into the deck of their first card: {count} ({names}).",
    "anki-unclear-id": "Notes without an id of their own, identified by their number from now on: {count} ({names}).",
    "anki-edited": "Graded notes that were edited in Anki, imported without the edits: {count} ({names}). "
    "Edit them in their deck file.",
    "anki-data-damaged": "Notes from this program whose data field was changed, imported as plain cards: {count} ({names}).",
    "anki-old-reviews": "Reviews left out because their card was reset since, or is not in the package: {count}.",
    "anki-media-list": "The list of pictures and sounds in the package is damaged, so they were left out: {count} "
    "({names}). Export the package again.",
    "anki-media-missing": "Pictures or sounds that notes name but that are not in the package: {count} ({names}). Export it "
    "with media.",
    "anki-media-refused": "Pictures or sounds left out because their name or size is not safe: {count} ({names}).",
    # CrowdAnki.
    "crowdanki-media-missing": "Pictures or sounds that notes name but that are not in the directory media: {count} ({names}). "
    "Export the deck with media.",
    "crowdanki-unclear-guid": "Notes without a guid of their own in their deck, identified by their wording from now on: {count} "
    "({names}).",
    "crowdanki-twice": "Notes that appear twice in their deck, imported once: {count} ({names}).",
}  # fmt: skip

FORMAT_RULES: dict[str, tuple[Severity, str]] = {
    rule: ("error", text) for rule, text in _ERRORS.items()
} | {rule: ("warning", text) for rule, text in _WARNINGS.items()}
"""Severity and message of each rule that only other formats can break."""

_ALL_RULES = RULES | FORMAT_RULES


def new_collector(path: str) -> ProblemCollector:
    """Return an empty problem collector for a file of any format."""
    return ProblemCollector(path, _ALL_RULES)
