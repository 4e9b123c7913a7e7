"""Simulated learners study with the program itself, and forecasts are held to what came."""
