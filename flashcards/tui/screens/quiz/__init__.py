"""Setting up quizzes, exams, and their results."""
