"""The review log and all cards as columns."""
