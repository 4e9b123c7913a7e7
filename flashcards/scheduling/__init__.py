"""When a card comes back: FSRS-6 on plain values."""
