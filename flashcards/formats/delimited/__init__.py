"""Tables of notes: CSV, TSV and Quizlet."""
