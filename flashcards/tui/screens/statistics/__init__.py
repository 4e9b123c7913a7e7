"""Statistics as charts."""
