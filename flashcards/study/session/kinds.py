"""The kinds of sittings, as a session says what it is and as the store keeps it."""

from __future__ import annotations

REVIEW = "review"
QUIZ = "quiz"
EXAM = "exam"
DIAGNOSTIC = "diagnostic"
