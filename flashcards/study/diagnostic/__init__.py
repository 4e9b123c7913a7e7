"""The diagnostic: a short test of what the learner already knows."""
