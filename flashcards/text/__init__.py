"""Safe text, deck keys, text folding, numbers, LaTeX and Markdown."""
