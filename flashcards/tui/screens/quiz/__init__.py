"""Screens that set up quizzes, run exams, and show results."""
