"""Tables of notes: CSV, TSV, Quizlet and Anki's plain text."""
