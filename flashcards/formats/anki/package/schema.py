"""The tables of exported packages, and the JSON of notetypes and decks in them.

This is schema 11, that of Anki's first package format, which every version reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.formats.anki.notes.own_notetypes import DATA
from flashcards.formats.anki.package.decks import to_anki_description

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
"""Unix seconds of the last change to templates and styles, to be raised with each change: Anki
imports them only if they are newer than its own."""
_STYLE = (
    ".card{font-family:arial;font-size:20px;text-align:left;max-width:40em;margin:auto}"
    ".why,.source,.hint{color:gray;font-size:smaller;margin-top:1em}"
    "table{border-collapse:collapse}td,th{border:1px solid gray;padding:.2em .5em}"
)


def to_notetype_json(notetype: OwnNoteType) -> dict[str, Any]:
    """Return one of our notetypes in the form of the table col."""
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
                "ord": index,
                "sticky": False,
                "rtl": False,
                "font": "Arial",
                "size": 20,
                "collapsed": name == DATA,
                "excludeFromSearch": name == DATA,
            }
            for index, name in enumerate(notetype.fields)
        ],
        "tmpls": [
            {"name": name, "ord": index, "qfmt": front, "afmt": back, "did": None}
            for index, (name, front, back) in enumerate(notetype.templates)
        ],
        "latexPre": "",
        "latexPost": "",
        "req": [[index, "any", [0]] for index in range(len(notetype.templates))],
    }


def to_deck_json(number: int, deck: DeckContent, name: str) -> dict[str, Any]:
    """Return a deck with its id and name in Anki in the form of the table col."""
    no_studies = [0, 0]
    return {
        "id": number,
        "name": name,
        "desc": to_anki_description(deck, name),
        "mod": NOTETYPES_SINCE,
        "usn": -1,
        "collapsed": False,
        "dyn": 0,
        "conf": 1,
        "lrnToday": no_studies,
        "revToday": no_studies,
        "newToday": no_studies,
        "timeToday": no_studies,
    }
