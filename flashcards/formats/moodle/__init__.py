"""Quizzes of Moodle: GIFT and XML."""
