"""HTML of other programs as our text, and our text as HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from urllib.parse import quote, unquote

from flashcards.domain.content import to_dict
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

# One class of characters with the space in it is matched ten times faster than words between
# spaces, and most texts are matched.
_PLAIN = re.compile(
    r"[^\s<&\\\[`*_|#>~+•\d-]"
    r"[^<&\\\[`*_|\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"
)
_CARRYING = re.compile(r'<div data-markdown="([^"<>]*)">(.*)</div>', re.DOTALL)
"""HTML that carries the Markdown it was made of, because it could not be read back from it."""
_CARRIED = re.compile(r"[^\w .,]")
"""What is written in percent-encoding, which no editor of HTML changes, as it does entities."""
_GUARD, _GUARD_HTML = "\ufdd5", "<!-- -->"
"""Keeps braces apart that would end a gap for Anki; the first is refused in every text."""
_SOURCE = '<div class="markdown" style="white-space: pre-wrap">'
"""Began text that HTML could not keep to the letter, in files that older versions wrote."""
_SOURCE_END = "</div>"
_ESCAPED = frozenset("&<>\"'")
_LINE = re.compile(r"<(?:br|div|p)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:br|div|p|span)\b[^<>]*>", re.IGNORECASE)
HTML_SIGNS = "<&"
"""Characters of which a text with HTML has at least one."""
_IMAGE = re.compile(r'<img src="([^"<>]*)">')
_SOUND = re.compile(r"\[sound:([^\[\]\n]+)\]")
_ESCAPE = re.compile(r"\\([\\`*_|#>~+-])")


def from_html(html: str) -> str:
    """Return HTML as text in our Markdown: any HTML, without fail and in linear time.

    Pictures and sounds are named `[image: NAME]` and `[sound: NAME]`, formulas become
    Unicode where that is possible, and what only looks like Markdown is escaped.
    """
    html = clean_text(html)[0]
    if _is_plain(html):
        return html
    if carried := read_carried_markdown(html):
        return carried
    if html.startswith(_SOURCE) and html.endswith(_SOURCE_END):
        return _source(html[len(_SOURCE) : -len(_SOURCE_END)])
    return tree_to_markdown(parse_html(html))


def from_plain_text(text: str) -> str:
    """Return a text whose every sign means itself as text in our Markdown."""
    return from_html(escape(text, quote=False).replace("\n", "<br>"))


def from_undeclared_html(html: str) -> str:
    """Return a text that shows that it is HTML as text in our Markdown.

    Unlike where HTML is declared, tags count only where they pair up around something or
    need no partner; every other one stays, as does all of a text that would be blank.
    """
    html = clean_text(html)[0]
    keeps_lines = "\n" in html and not has_line_tags(html)
    shown = html.replace("\n", "<br>") if keeps_lines else html
    return tree_to_markdown(parse_html(shown, is_guessed=True)) or from_plain_text(html)


def looks_like_html(text: str) -> bool:
    """Return whether a text shows that it is HTML, by an element in use or an entity."""
    return has_html(text) or has_entity(text)


def is_surely_html(text: str) -> bool:
    """Return whether a text shows that its whole file is HTML.

    An element in use does, and an entity such as `&nbsp;`; the signs that every markup
    escapes, as in `R&amp;D`, do not.
    """
    if has_html(text):
        return True
    if "&" not in text:
        return False
    found = ENTITY.findall(mask_code(text) if "`" in text else text)
    return any(unescape(each) not in _ESCAPED | {each} for each in found)


def has_entity(text: str) -> bool:
    """Return whether a text holds an entity such as `&amp;`, outside of code."""
    if "&" not in text:
        return False
    return ENTITY.search(mask_code(text) if "`" in text else text) is not None


def without_entities(text: str) -> str:
    """Return Markdown with the characters that its entities stand for, outside of code."""
    parts, last = [], 0
    for found in ENTITY.finditer(mask_code(text) if "`" in text else text):
        parts += [text[last : found.start()], decode_entities(found[0])]
        last = found.end()
    return "".join((*parts, text[last:])).replace("\xa0", " ")


def to_html(text: str) -> str:
    """Return text as HTML, of which `from_html` makes the same text again.

    Markdown that HTML could not give back to the letter is carried in an attribute, for as
    long as nobody edits what is shown. Braces in a gap are kept apart by a comment, because
    Anki ends a gap at the first two.
    """
    if _is_plain(text) and guard_gaps(text, _GUARD) == text:
        return text
    for is_tight in (False, True):
        html = _shown(text, is_tight=is_tight)
        if from_html(html) == text:
            return html
    carried = _CARRIED.sub(lambda sign: quote(sign[0], safe=""), text)
    return f'<div data-markdown="{carried}">{_shown(text)}</div>'


def read_carried_markdown(html: str) -> str:
    """Return the Markdown that HTML of ours carries, empty where it was edited since."""
    found = _CARRYING.fullmatch(html) if html.startswith("<div data-m") else None
    if not found:
        return ""
    text = clean_text(unquote(found[1]))[0]
    shown = _shown(text)
    is_unedited = normalize("NFC", shown) == normalize("NFC", found[2])
    return text if is_unedited else ""


def _shown(text: str, *, is_tight: bool = False) -> str:
    html = markdown_to_html(guard_gaps(text, _GUARD), is_tight=is_tight)
    return html.replace(_GUARD, _GUARD_HTML)


def _is_plain(text: str) -> bool:
    """Tell whether a text means the same in HTML and in our Markdown."""
    return bool(_PLAIN.fullmatch(text)) and "  " not in text and text[-1] != " "


def find_media_names_in_text(text: str) -> tuple[str, ...]:
    """Return the names of the pictures and sounds that a text names, in their order."""
    if "[" not in text:
        return ()
    return tuple(_ESCAPE.sub(r"\1", name) for _, name in NAMED_MEDIA.findall(text))


def find_media_names_in_decks(decks: Iterable[DeckContent]) -> Iterator[str]:
    """Give the names of the pictures and sounds that the notes of decks name."""
    for deck in decks:
        for note in deck.notes:
            yield from _names_within(to_dict(note))


def _names_within(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from find_media_names_in_text(value)
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _names_within(item)


def _source(html: str) -> str:
    """Return the Markdown that stands in HTML as it is, even where it was edited there."""
    html = _IMAGE.sub(
        lambda found: f"[image: {to_media_name(decode_html(found[1]))}]", html
    )
    html = _SOUND.sub(r"[sound: \1]", html)
    return decode_html(_TAG.sub("", _LINE.sub("\n", html)))
