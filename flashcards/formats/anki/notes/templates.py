"""Render card templates of Anki and similar programs: `{{Field}}`, `{{#Field}}` and filters.

Only what affects the text of a card is supported: no scripts, no styles, no media.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_RENDERED = 200_000
"""The most characters of a rendered side; what follows is cut off."""
_MOST_DEPTH = 50

# Each expression runs in linear time, because templates come from anywhere.
_HIDDEN = re.compile(r"<!--|<script\b|<style\b", re.IGNORECASE)
_ENDS = {
    "<!--": re.compile("-->"),
    "<script": re.compile("</script[^<>]*>", re.IGNORECASE),
    "<style": re.compile("</style[^<>]*>", re.IGNORECASE),
}
_TAG = re.compile(r"\{\{([^{}]*)\}\}")
_EMPTY = re.compile(r"(?:\s|&nbsp;|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_ANSWER = re.compile(
    r"<hr\b[^<>]{0,80}?\bid ?= ?[\"']?answer\b[^<>]{0,80}>", re.IGNORECASE
)
_SIGNS = ("#", "^", "/")
_SPEECH_FILTERS = ("tts", "tts-voices")


@dataclass(frozen=True, slots=True)
class TemplateField:
    """The value of a field, with its filters."""

    field: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Parts that are shown only if a field has a value, or only if it is empty."""

    field: str
    is_inverted: bool
    parts: Sequence[Part]


Part = str | TemplateField | Section


def compile_template(template: str) -> list[Part]:
    """Return the parts of a template; an open section ends with the template."""
    parts: list[Part] = []
    open_parts = [parts]
    names: list[str] = []
    last = 0
    template = _without_hidden_parts(template)
    for tag in _TAG.finditer(template):
        if tag.start() > last:
            open_parts[-1].append(template[last : tag.start()])
        last = tag.end()
        name = tag[1].strip()
        sign = name[:1] if name[:1] in _SIGNS else ""
        name = name[len(sign) :].strip()
        if sign == "/":
            if names and names[-1] == name:
                names.pop()
                open_parts.pop()
        elif not sign:
            *filters, name = name.split(":")
            field = TemplateField(name.strip(), tuple(map(str.strip, filters)))
            open_parts[-1].append(field)
        elif len(names) < _MOST_DEPTH:
            inner: list[Part] = []
            open_parts[-1].append(Section(name, sign == "^", inner))
            open_parts.append(inner)
            names.append(name)
    if last < len(template):
        open_parts[-1].append(template[last:])
    return parts


def split_answer(template: str) -> tuple[str, bool]:
    """Return the answer in a back template, and whether a mark separates it."""
    mark = _ANSWER.search(template)
    return (template[mark.end() :], True) if mark else (template, False)


def list_fields(parts: Sequence[Part], filter_name: str = "") -> list[str]:
    """Return the fields that are shown, each once; with a filter only those that use it."""
    names: dict[str, None] = {}
    for part in parts:
        if isinstance(part, TemplateField) and (
            not filter_name or filter_name in part.filters
        ):
            names[part.field] = None
        elif isinstance(part, Section):
            names.update(dict.fromkeys(list_fields(part.parts, filter_name)))
    return list(names)


def find_only_field(parts: Sequence[Part]) -> str:
    """Return the field whose plain value is all that a template shows, else an empty name."""
    visible_parts = [
        part for part in parts if not isinstance(part, str) or part.strip()
    ]
    if (
        len(visible_parts) == 1
        and isinstance(visible_parts[0], TemplateField)
        and not visible_parts[0].filters
    ):
        return visible_parts[0].field
    return ""


def render(parts: Sequence[Part], values: Mapping[str, str], *, is_front: bool) -> str:
    """Return the HTML of one side.

    Args:
        parts: The compiled template.
        values: HTML of each field and special name; unknown names show nothing.
        is_front: Whether it is the front, without hints and fields to type in; a back shows
            the values of both.
    """
    # Fast path: most templates are one field.
    if len(parts) == 1 and type(parts[0]) is TemplateField and not parts[0].filters:
        return values.get(parts[0].field, "")[:MOST_RENDERED]
    pieces: list[str] = []
    _render(parts, values, pieces, is_front=is_front)
    # Without blank ends most sides are plain words, which need no conversion from HTML.
    return "".join(pieces)[:MOST_RENDERED].strip()


def is_empty(value: str) -> bool:
    """Return whether a field is empty for Anki: nothing but spaces and line breaks."""
    return _EMPTY.fullmatch(value) is not None


def _without_hidden_parts(template: str) -> str:
    """Return a template without comments, scripts and styles."""
    pieces, last = [], 0
    while start := _HIDDEN.search(template, last):
        pieces.append(template[last : start.start()])
        end = _ENDS[start[0].lower()].search(template, start.end())
        if end is None:
            return "".join(pieces)
        last = end.end()
    return "".join(pieces) + template[last:]


def _render(
    parts: Sequence[Part],
    values: Mapping[str, str],
    pieces: list[str],
    *,
    is_front: bool,
) -> None:
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, TemplateField):
            if not _is_silent(part.filters, is_front=is_front):
                pieces.append(values.get(part.field, ""))
        elif is_empty(values.get(part.field, "")) == part.is_inverted:
            _render(part.parts, values, pieces, is_front=is_front)


def _is_silent(filters: Sequence[str], *, is_front: bool) -> bool:
    return any(
        name.startswith(_SPEECH_FILTERS) or (is_front and name in ("type", "hint"))
        for name in filters
    )
