"""Text that is safe to show, figures in words, and card text as Markdown."""
