"""The store as it is read, without loading what writing needs."""

from __future__ import annotations

from flashcards.store.reading.cards import CardReader
from flashcards.store.reading.figures import FigureReader
from flashcards.store.reading.known import KnownReader
from flashcards.store.reading.learnt import LearntReader
from flashcards.store.reading.origins import OriginReader
from flashcards.store.reading.planning import PlanReader
from flashcards.store.reading.search import SearchReader
from flashcards.store.reading.sessions import SessionReader


class Reader(
    CardReader,
    SessionReader,
    PlanReader,
    SearchReader,
    KnownReader,
    FigureReader,
    LearntReader,
    OriginReader,
):
    """The store, open for reading: each part says what one reader of the program needs."""
