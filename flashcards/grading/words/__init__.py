"""Compares typed words by what they mean."""
