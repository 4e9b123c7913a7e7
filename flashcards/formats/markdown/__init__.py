"""Markdown files of other programs: Obsidian, Logseq, Mochi, quizdown, hascard, headings."""
