"""What a card of a list asks, where its note makes several cards."""

from __future__ import annotations

FRONT = """
    CASE cards.face WHEN '' THEN notes.front
    ELSE front_of_face(cards.face, notes.front, notes.content) END
"""
"""SQL for the text of a card in lists; needs the tables `cards` and `notes`."""


def front_of_face(face: str, front: str, content: str) -> str:
    """Return what a card asks, or the front of its note where that has no such face.

    Args:
        face: The face of the card, such as `c2`.
        front: The front of the note's first card.
        content: The note as JSON.
    """
    # A fifth of the start of `due`, which lists no card.
    from flashcards.domain.faces import faces_of, list_text
    from flashcards.domain.note_json import note_from_json

    try:
        note = note_from_json(content)
        return list_text(note, face) if face in faces_of(note) else front
    except (ValueError, TypeError, KeyError, AttributeError):
        # A damaged note is reported where it is asked, and must not empty a list.
        return front
