"""The morning sheet in words, as Markdown and as a page for print."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count, percent, short_date
from flashcards.text.safe_text import one_line

if TYPE_CHECKING:
    from flashcards.study.today.morning_sheet import MorningSheet, SheetCard

TITLE = "Morning sheet"
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~$&-])")
_STYLE = (
    "body{font:11pt/1.35 system-ui,sans-serif;max-width:46rem;margin:2rem auto;"
    "padding:0 1rem;color:#111;background:#fff}"
    "h1{font-size:15pt;margin:0}h2{font-size:12pt;margin:1rem 0 .3rem;"
    "border-bottom:1px solid #999}p{margin:.2rem 0 .6rem}dl{margin:0}"
    "dt{font-weight:600;margin-top:.45rem}dd{margin:0 0 0 1.2rem}"
    "small{color:#555;font-weight:400}"
    "@page{margin:14mm}@media print{body{margin:0;padding:0;max-width:none;"
    "font-size:9pt}dt{break-after:avoid}dd{break-inside:avoid}h2{break-after:avoid}}"
)
_PAGE_START = re.compile(
    rb"<!DOCTYPE html>\n<html[^>]*><head>(?:<meta[^>]*>)*<title>Morning sheet"
)


def sheet_title(sheet: MorningSheet) -> str:
    """Return the title with the interview: `Morning sheet: bank, Fri, Mar 13`."""
    if sheet.interview is None:
        return TITLE
    title = one_line(sheet.interview.title)
    names = [title] if title else []
    return f"{TITLE}: {', '.join([*names, short_date(sheet.interview.day)])}"


def sheet_sentence(sheet: MorningSheet) -> str:
    """Return what the sheet holds, and what it cannot know."""
    if not sheet.cards:
        return "The plan has no cards."
    if not sheet.seen:
        return (
            f"No reviews yet, so these are the first {count(sheet.cards, 'core card')} "
            "in teaching order."
        )
    on_day = f"on {short_date(sheet.day)}" if sheet.interview else "today"
    if sheet.new:
        reviewed = sheet.cards - sheet.new
        return (
            f"{count(reviewed, 'reviewed card')}, the least likely recalled {on_day} "
            f"first, and {count(sheet.new, 'core card')} not seen yet."
        )
    return (
        f"Your {count(sheet.cards, 'weakest card')} {on_day}, by predicted recall and "
        "weight. Reading them changes no due date."
    )


def recall_text(card: SheetCard) -> str:
    """Return the predicted recall: `62%`, or `new`."""
    return "new" if card.recall is None else percent(card.recall)


def sheet_as_markdown(sheet: MorningSheet) -> str:
    """Return the sheet as Markdown in which card text is literal."""
    lines = [f"# {_literal(sheet_title(sheet))}", "", sheet_sentence(sheet)]
    for area in sheet.areas:
        lines += ["", f"## {_literal(area.title)}", ""]
        for card in area.cards:
            lines.append(f"- **{_literal(card.question)}** ({recall_text(card)})  ")
            lines.append(f"  {_literal(card.answer)}")
    return "\n".join(lines) + "\n"


def sheet_as_html(sheet: MorningSheet) -> str:
    """Return the sheet as one page for print, without scripts or other files."""
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        f"<title>{escape(sheet_title(sheet))}</title><style>{_STYLE}</style></head>\n",
        f"<body><h1>{escape(sheet_title(sheet))}</h1>\n",
        f"<p>{escape(sheet_sentence(sheet))}</p>\n",
    ]
    for area in sheet.areas:
        parts.append(f"<h2>{escape(area.title)}</h2>\n<dl>\n")
        parts += [
            f"<dt>{escape(card.question)} <small>{recall_text(card)}</small></dt>"
            f"<dd>{escape(card.answer)}</dd>\n"
            for card in area.cards
        ]
        parts.append("</dl>\n")
    return "".join([*parts, "</body></html>\n"])


def is_sheet(content: bytes) -> bool:
    """Return whether a file begins like a morning sheet."""
    return content.startswith(f"# {TITLE}".encode()) or bool(_PAGE_START.match(content))


def _literal(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", text)
