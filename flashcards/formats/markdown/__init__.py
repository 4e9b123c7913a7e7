"""Markdown of other programs: Obsidian, Logseq, Mochi, quizdown, hascard and headings."""
