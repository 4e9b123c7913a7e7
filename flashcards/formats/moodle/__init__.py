"""Moodle quizzes: GIFT and XML."""
