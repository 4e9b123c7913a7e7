"""Typed words compared as people mean them."""
