"""Simulations of future study days, and the readiness they predict."""
