"""Simulated learners study with the program itself, and forecasts are compared with the outcome."""
