"""Review histories, memories and other learning data of an import."""
