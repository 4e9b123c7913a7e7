"""The tables of the packages that we write, and what they say of notetypes and decks.

This is the schema of Anki's first package format, number 11, which every version reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.formats.anki.notes.own_notetypes import DATA
from flashcards.formats.anki.package.decks import description_of

if TYPE_CHECKING:
    from flashcards.domain.content import DeckContent
    from flashcards.formats.anki.notes.own_notetypes import OwnNoteType

SCHEMA = 11
TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
 ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
 models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
 usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
 flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
 mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
 ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
 left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
 ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
 type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""
NOTETYPES_SINCE = 1_483_228_800
"""Anki takes over templates and styles that are newer than its own, so this must grow with them."""
_STYLE = (
    ".card{font-family:arial;font-size:20px;text-align:left;max-width:40em;margin:auto}"
    ".why,.source,.hint{color:gray;font-size:smaller;margin-top:1em}"
    "table{border-collapse:collapse}td,th{border:1px solid gray;padding:.2em .5em}"
)


def notetype_json(notetype: OwnNoteType) -> dict[str, Any]:
    """Return one of our notetypes as the table col has it."""
    return {
        "id": notetype.id,
        "name": notetype.name,
        "type": int(notetype.is_cloze),
        "mod": NOTETYPES_SINCE,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "css": _STYLE,
        "flds": [
            {
                "name": name,
                "ord": place,
                "sticky": False,
                "rtl": False,
                "font": "Arial",
                "size": 20,
                "collapsed": name == DATA,
                "excludeFromSearch": name == DATA,
            }
            for place, name in enumerate(notetype.fields)
        ],
        "tmpls": [
            {"name": name, "ord": place, "qfmt": front, "afmt": back, "did": None}
            for place, (name, front, back) in enumerate(notetype.templates)
        ],
        "latexPre": "",
        "latexPost": "",
        "req": [[place, "any", [0]] for place in range(len(notetype.templates))],
    }


def deck_json(number: int, deck: DeckContent, name: str) -> dict[str, Any]:
    """Return a deck by its id and name in Anki as the table col has it."""
    none = [0, 0]
    return {
        "id": number,
        "name": name,
        "desc": description_of(deck, name),
        "mod": NOTETYPES_SINCE,
        "usn": -1,
        "collapsed": False,
        "dyn": 0,
        "conf": 1,
        "lrnToday": none,
        "revToday": none,
        "newToday": none,
        "timeToday": none,
    }
