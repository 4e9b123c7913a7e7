"""Card templates as Anki and its kin write them: `{{Field}}`, `{{#Field}}` and filters.

Only what decides the words on a card is carried out: no scripts, no styles, no media.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_RENDERED = 200_000
"""Characters of one rendered side; the rest is left out."""
_MOST_DEPTH = 50

# Every expression takes linear time: templates come from anywhere.
_UNSHOWN = re.compile(r"<!--|<script\b|<style\b", re.IGNORECASE)
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
_SPOKEN = ("tts", "tts-voices")


@dataclass(frozen=True, slots=True)
class TemplateField:
    """The value of a field, as filters change it."""

    field: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Parts that are there only where a field has a value, or only where it has none."""

    field: str
    is_inverted: bool
    parts: Sequence[Part]


Part = str | TemplateField | Section


def compiled(template: str) -> list[Part]:
    """Return the parts of a template; a section that never ends, ends with the template."""
    parts: list[Part] = []
    open_parts = [parts]
    names: list[str] = []
    last = 0
    template = _shown(template)
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
            shown = TemplateField(name.strip(), tuple(one.strip() for one in filters))
            open_parts[-1].append(shown)
        elif len(names) < _MOST_DEPTH:
            inner: list[Part] = []
            open_parts[-1].append(Section(name, sign == "^", inner))
            open_parts.append(inner)
            names.append(name)
    if last < len(template):
        open_parts[-1].append(template[last:])
    return parts


def answer_part(template: str) -> tuple[str, bool]:
    """Return the part of a back template that is the answer, and whether it was marked so."""
    mark = _ANSWER.search(template)
    return (template[mark.end() :], True) if mark else (template, False)


def fields_in(parts: Sequence[Part], wanted: str = "") -> list[str]:
    """Return the fields that are shown, each once; only those with a filter where given."""
    found: dict[str, None] = {}
    for part in parts:
        if isinstance(part, TemplateField) and (not wanted or wanted in part.filters):
            found[part.field] = None
        elif isinstance(part, Section):
            found.update(dict.fromkeys(fields_in(part.parts, wanted)))
    return list(found)


def only_field(parts: Sequence[Part]) -> str:
    """Return the field that is all a template shows as it is, empty where there is more."""
    shown = [part for part in parts if not isinstance(part, str) or part.strip()]
    if len(shown) == 1 and isinstance(shown[0], TemplateField) and not shown[0].filters:
        return shown[0].field
    return ""


def rendered(
    parts: Sequence[Part], values: Mapping[str, str], *, is_front: bool
) -> str:
    """Return the HTML of one side.

    Args:
        parts: The compiled template.
        values: HTML of each field and special name; any other name shows nothing.
        is_front: Whether the learner is to answer yet: hints and boxes to type in are left
            out of a front and show their field on a back.
    """
    # Most templates are one field, whose value is all there is.
    if len(parts) == 1 and type(parts[0]) is TemplateField and not parts[0].filters:
        return values.get(parts[0].field, "")[:MOST_RENDERED]
    pieces: list[str] = []
    _render(parts, values, pieces, is_front=is_front)
    # What is left without its blank ends is mostly plain words, which are text as they are.
    return "".join(pieces)[:MOST_RENDERED].strip()


def is_empty(value: str) -> bool:
    """Tell whether a field counts as empty: blank but for line breaks."""
    return _EMPTY.fullmatch(value) is not None


def _shown(template: str) -> str:
    """Return a template without comments, scripts and styles."""
    pieces, last = [], 0
    while found := _UNSHOWN.search(template, last):
        pieces.append(template[last : found.start()])
        end = _ENDS[found[0].lower()].search(template, found.end())
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
    for one in filters:
        if one.startswith(_SPOKEN) or (is_front and one in ("type", "hint")):
            return True
    return False
