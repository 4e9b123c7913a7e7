"""Convert HTML of other programs to our Markdown, and our Markdown to HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from urllib.parse import quote, unquote

from flashcards.domain.note_json import to_dict
from flashcards.formats.common.cleaning import (
    ENTITY,
    clean_text,
    decode_entities,
    decode_html,
)
from flashcards.formats.markup.html_elements import to_media_name
from flashcards.formats.markup.html_tags import has_html, has_line_tags
from flashcards.formats.markup.html_to_markdown import tree_to_markdown
from flashcards.formats.markup.html_tree import parse_html
from flashcards.formats.markup.markdown_media import NAMED_MEDIA
from flashcards.formats.markup.markdown_to_html import markdown_to_html
from flashcards.text.markdown.code_spans import mask_code
from flashcards.text.markdown.gaps import guard_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashcards.domain.content import DeckContent

# One character class that includes the space matches ten times faster than words between
# spaces, and most texts match.
_PLAIN = re.compile(
    r"[^\s<&\\\[`*_|#>~+•\d-]"
    r"[^<&\\\[`*_|\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"
)
_CARRIER = re.compile(r'<div data-markdown="([^"<>]*)">(.*)</div>', re.DOTALL)
"""HTML that carries its own Markdown, because reading it back would give another text."""
_MUST_QUOTE = re.compile(r"[^\w .,]")
"""Characters to percent-encode, since editors of HTML rewrite entities but not percents."""
_GUARD, _GUARD_HTML = "\ufdd5", "<!-- -->"
"""Separate braces that would end a gap in Anki; the first is a noncharacter."""
_OLD_SOURCE_START = '<div class="markdown" style="white-space: pre-wrap">'
"""The beginning of text that older versions exported as it is."""
_OLD_SOURCE_END = "</div>"
_MARKUP_SIGNS = frozenset("&<>\"'")
_LINE_TAG = re.compile(r"<(?:br|div|p)\b[^<>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:br|div|p|span)\b[^<>]*>", re.IGNORECASE)
HTML_SIGNS = "<&"
"""A text with HTML has at least one of these characters."""
_IMAGE = re.compile(r'<img src="([^"<>]*)">')
_SOUND = re.compile(r"\[sound:([^\[\]\n]+)\]")
_ESCAPE = re.compile(r"\\([\\`*_|#>~+-])")


def from_html(html: str) -> str:
    """Convert any HTML to our Markdown, without errors and in linear time.

    Pictures and sounds become `[image: NAME]` and `[sound: NAME]`, formulas become Unicode if
    possible, and text that only looks like Markdown is escaped.
    """
    html = clean_text(html)[0]
    if _is_plain(html):
        return html
    if markdown := read_carried_markdown(html):
        return markdown
    if html.startswith(_OLD_SOURCE_START) and html.endswith(_OLD_SOURCE_END):
        return _read_old_source(html[len(_OLD_SOURCE_START) : -len(_OLD_SOURCE_END)])
    return tree_to_markdown(parse_html(html))


def from_plain_text(text: str) -> str:
    """Convert plain text, without any markup, to our Markdown."""
    return from_html(escape(text, quote=False).replace("\n", "<br>"))


def from_undeclared_html(html: str) -> str:
    """Convert text that looks like HTML, but is not declared as HTML, to our Markdown.

    Unlike in declared HTML, tags count only if they pair up around something or need no
    partner. Other tags stay as text, and so does the whole text if nothing else would be left.
    """
    html = clean_text(html)[0]
    keeps_lines = "\n" in html and not has_line_tags(html)
    html_lines = html.replace("\n", "<br>") if keeps_lines else html
    return tree_to_markdown(parse_html(html_lines, is_guessed=True)) or from_plain_text(
        html
    )


def looks_like_html(text: str) -> bool:
    """Return whether a text uses an element or an entity of HTML."""
    return has_html(text) or has_entity(text)


def is_surely_html(text: str) -> bool:
    """Return whether a text proves that its whole file is HTML.

    A used element does, and so does an entity such as `&nbsp;`; entities that every kind of
    markup needs, as in `R&amp;D`, do not.
    """
    if has_html(text):
        return True
    if "&" not in text:
        return False
    entities = ENTITY.findall(mask_code(text) if "`" in text else text)
    return any(unescape(entity) not in _MARKUP_SIGNS | {entity} for entity in entities)


def has_entity(text: str) -> bool:
    """Return whether a text has an entity such as `&amp;`, outside of code."""
    if "&" not in text:
        return False
    return ENTITY.search(mask_code(text) if "`" in text else text) is not None


def without_entities(text: str) -> str:
    """Decode the entities of Markdown, except in code."""
    pieces, last = [], 0
    for entity in ENTITY.finditer(mask_code(text) if "`" in text else text):
        pieces += [text[last : entity.start()], decode_entities(entity[0])]
        last = entity.end()
    return "".join((*pieces, text[last:])).replace("\xa0", " ")


def to_html(text: str) -> str:
    """Convert Markdown to HTML that `from_html` converts back to the same text.

    If HTML alone could not give back exactly the same text, it carries the Markdown in an
    attribute, which counts until somebody edits the shown text. A comment separates braces in a
    gap, because Anki ends a gap at the first two.
    """
    if _is_plain(text) and guard_gaps(text, _GUARD) == text:
        return text
    for is_tight in (False, True):
        html = _to_guarded_html(text, is_tight=is_tight)
        if from_html(html) == text:
            return html
    quoted_text = _MUST_QUOTE.sub(lambda match: quote(match[0], safe=""), text)
    return f'<div data-markdown="{quoted_text}">{_to_guarded_html(text)}</div>'


def read_carried_markdown(html: str) -> str:
    """Return the Markdown that our HTML carries, or an empty string if the HTML was edited."""
    carrier = _CARRIER.fullmatch(html) if html.startswith("<div data-m") else None
    if not carrier:
        return ""
    text = clean_text(unquote(carrier[1]))[0]
    html_of_text = _to_guarded_html(text)
    is_unedited = normalize("NFC", html_of_text) == normalize("NFC", carrier[2])
    return text if is_unedited else ""


def _to_guarded_html(text: str, *, is_tight: bool = False) -> str:
    html = markdown_to_html(guard_gaps(text, _GUARD), is_tight=is_tight)
    return html.replace(_GUARD, _GUARD_HTML)


def _is_plain(text: str) -> bool:
    """Return whether a text means the same in HTML and in our Markdown."""
    return bool(_PLAIN.fullmatch(text)) and "  " not in text and text[-1] != " "


def find_media_names_in_text(text: str) -> tuple[str, ...]:
    """Find the names of the pictures and sounds of a text, in order."""
    if "[" not in text:
        return ()
    return tuple(_ESCAPE.sub(r"\1", name) for _, name in NAMED_MEDIA.findall(text))


def find_media_names_in_decks(decks: Iterable[DeckContent]) -> Iterator[str]:
    """Yield the names of the pictures and sounds in the notes of decks."""
    for deck in decks:
        for note in deck.notes:
            yield from _find_names_in_value(to_dict(note))


def _find_names_in_value(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from find_media_names_in_text(value)
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _find_names_in_value(item)


def _read_old_source(html: str) -> str:
    """Read Markdown that older versions exported inside HTML, even if it was edited there."""
    html = _IMAGE.sub(
        lambda match: f"[image: {to_media_name(decode_html(match[1]))}]", html
    )
    html = _SOUND.sub(r"[sound: \1]", html)
    return decode_html(_BLOCK_TAG.sub("", _LINE_TAG.sub("\n", html)))
