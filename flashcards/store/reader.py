"""The store as it is read, without loading what writing needs."""

from __future__ import annotations

from flashcards.store.reading.cards import CardReader
from flashcards.store.reading.export.learning import LearningReader
from flashcards.store.reading.export.origins import OriginReader
from flashcards.store.reading.figures import FigureReader
from flashcards.store.reading.search.search import SearchReader
from flashcards.store.reading.sessions import SessionReader
from flashcards.store.reading.stored_content import StoredContentReader
from flashcards.store.reading.study_plan import PlanReader


class Reader(
    CardReader,
    SessionReader,
    PlanReader,
    SearchReader,
    StoredContentReader,
    FigureReader,
    LearningReader,
    OriginReader,
):
    """The store, open for reading: each part says what one reader of the program needs."""
