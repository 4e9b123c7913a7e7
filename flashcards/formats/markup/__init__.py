"""HTML and other markup as Markdown, and back."""
