"""Convert HTML and other markup to Markdown, and back."""
