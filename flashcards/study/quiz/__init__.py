"""Quizzes and exams: selection, sessions, and results."""
